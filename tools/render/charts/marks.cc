#include "tools/render/charts/marks.h"

#include <array>

namespace trede::render {

namespace {

// Each colour has a contrast of at least 4.5 with white; a tint of at least 3 with the dark lines
// drawn over it.
struct SeriesLook {
  std::string_view colour;
  std::string_view tint;
  std::string_view dashes;   // "" = a whole line
  std::string_view pattern;  // what is drawn over the tint, in 10 x 10
};

constexpr std::array<SeriesLook, 8> kLooks = {{
    {"#1b4f8a", "#8fb4dc", "", ""},
    {"#9a4a00", "#f6cfa3", "9 4", "<path d=\"M-2 12L12 -2M-2 2L2 -2M8 12L12 8\"/>"},
    {"#1d6b45", "#bfe3cf", "2 4", "<path d=\"M2.5 2.5h.01M7.5 7.5h.01\"/>"},
    {"#8c1d40", "#f0c4d2", "12 3 2 3", "<path d=\"M0 5H10\"/>"},
    {"#5b3a8c", "#d9cbee", "16 5", "<path d=\"M-2 -2L12 12M-2 8L2 12M8 -2L12 2\"/>"},
    {"#0f6674", "#b5dfe6", "5 5", "<path d=\"M5 0V10\"/>"},
    {"#5a4a1c", "#e6dcae", "1 5", "<path d=\"M0 5H10M5 0V10\"/>"},
    {"#4a4a4a", "#f4f4f4", "12 3 2 3 2 3", ""},
}};

const SeriesLook& look_of(std::size_t index) { return kLooks[index % kLooks.size()]; }

// After eight the patterns come again in other colours.
const SeriesLook& colours_of(std::size_t index) {
  return look_of(index + 3 * (index / kLooks.size()));
}

}  // namespace

std::string stroke_of(std::size_t index) {
  const std::string_view dashes = look_of(index).dashes;
  std::string out = "stroke=\"" + std::string(colours_of(index).colour) + "\"";
  if (!dashes.empty()) out += " stroke-dasharray=\"" + std::string(dashes) + "\"";
  return out;
}

void draw_sign(Drawing& drawing, std::size_t index, Point at) {
  const std::string colour(colours_of(index).colour);
  const std::string full = "fill=\"" + colour + "\" stroke=\"" + colour + "\"";
  const std::string open = "fill=\"#fff\" stroke=\"" + colour + "\"";
  const std::string from = "M" + coordinates(at);
  const char* const circle = "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z";
  const char* const square = "m-4 -4h8v8h-8z";
  switch (index % kLooks.size()) {
    case 0: return drawing.path(from + circle, "teken", full);
    case 1: return drawing.path(from + square, "teken", full);
    case 2: return drawing.path(from + "m0 -5l5 9h-10z", "teken", full);
    case 3: return drawing.path(from + "m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z", "teken", full);
    case 4: return drawing.path(from + circle, "teken", open);
    case 5: return drawing.path(from + square, "teken", open);
    case 6: return drawing.path(from + "m0 5l5 -9h-10z", "teken", open);
    case 7: return drawing.path(from + "m-4.5 -4.5l9 9m0 -9l-9 9", "teken", open);
  }
}

std::string define_fill(Drawing& drawing, std::size_t index, const std::string& id) {
  const SeriesLook& look = colours_of(index);
  const std::string name = id + "-vulling-" + std::to_string(index + 1);
  drawing.define("<pattern id=\"" + name +
                 "\" width=\"10\" height=\"10\" patternUnits=\"userSpaceOnUse\">"
                 "<rect width=\"10\" height=\"10\" fill=\"" +
                 std::string(look.tint) + "\"/><g class=\"arcering\" stroke=\"" +
                 std::string(look.colour) + "\">" + std::string(look_of(index).pattern) +
                 "</g></pattern>");
  return "fill=\"url(#" + name + ")\" stroke=\"" + std::string(look.colour) + "\"";
}

}  // namespace trede::render
