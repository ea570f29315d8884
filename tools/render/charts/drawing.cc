#include "tools/render/charts/drawing.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "tools/render/markup.h"

namespace trede::render {

namespace {

constexpr double kCharacterWidth = 8.2;  // of 13 px and bold in the widest of the usual fonts

std::string_view anchor_text(Anchor anchor) {
  switch (anchor) {
    case Anchor::kStart: return "start";
    case Anchor::kMiddle: return "middle";
    case Anchor::kEnd: return "end";
  }
  return "start";
}

std::string with(std::string_view kind, std::string_view more) {
  std::string out = " class=\"" + std::string(kind) + "\"";
  if (!more.empty()) out += " " + std::string(more);
  return out + "/>\n";
}

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

std::string coordinate(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.begin(), text.end(), value, std::chars_format::fixed, 1).ptr;
  std::string out(text.begin(), end);
  if (out.ends_with(".0")) out.resize(out.size() - 2);
  return out == "-0" ? "0" : out;
}

std::string coordinates(Point point) { return coordinate(point.x) + " " + coordinate(point.y); }

std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

double drawn_width(std::string_view text) {
  return kCharacterWidth * static_cast<double>(length_of(text));
}

std::string shortened(std::string_view text, std::size_t characters) {
  if (length_of(text) <= characters) return std::string(text);
  std::string out;
  std::size_t taken = 0;
  for (const char c : text) {
    if (begins_character(c) && ++taken >= characters) break;
    out.push_back(c);
  }
  while (out.ends_with(' ')) out.pop_back();
  return out + "…";
}

std::vector<std::string> wrapped(std::string_view text, std::size_t characters, std::size_t lines) {
  std::vector<std::string> out(1);
  while (!text.empty()) {
    const auto end = text.find(' ');
    const std::string_view word = text.substr(0, end);
    const bool fits = length_of(out.back()) + 1 + length_of(word) <= characters;
    if (!out.back().empty() && !fits && out.size() == lines) {
      out.back() = shortened(out.back() + " " + std::string(text), characters);
      return out;
    }
    if (!out.back().empty() && !fits) out.emplace_back();
    out.back() += (out.back().empty() ? "" : " ") + std::string(word);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  for (std::string& line : out) line = shortened(line, characters);
  return out;
}

void Drawing::line(Point from, Point to, std::string_view kind, std::string_view more) {
  shapes_ += "<line x1=\"" + coordinate(from.x) + "\" y1=\"" + coordinate(from.y) + "\" x2=\"" +
             coordinate(to.x) + "\" y2=\"" + coordinate(to.y) + "\"" + with(kind, more);
}

void Drawing::box(const Box& box, std::string_view kind, std::string_view more) {
  shapes_ += "<rect x=\"" + coordinate(box.x) + "\" y=\"" + coordinate(box.y) + "\" width=\"" +
             coordinate(std::max(0.0, box.width)) + "\" height=\"" +
             coordinate(std::max(0.0, box.height)) + "\"" + with(kind, more);
}

void Drawing::path(const std::string& commands, std::string_view kind, std::string_view more) {
  shapes_ += "<path d=\"" + commands + "\"" + with(kind, more);
}

void Drawing::words(Point at, std::string_view words, Anchor anchor, std::string_view kind,
                    double turned) {
  shapes_ += "<text x=\"" + coordinate(at.x) + "\" y=\"" + coordinate(at.y) + "\" text-anchor=\"" +
             std::string(anchor_text(anchor)) + "\"";
  if (turned != 0) {
    shapes_ += " transform=\"rotate(" + coordinate(-turned) + " " + coordinates(at) + ")\"";
  }
  shapes_ += " class=\"" + std::string(kind) + "\">" + escaped(words) + "</text>\n";
}

std::string Drawing::svg(const std::string& id, const std::string& title,
                         const std::string& description) const {
  return "<svg role=\"img\" viewBox=\"0 0 " + coordinate(width_) + " " + coordinate(height_) +
         "\" aria-labelledby=\"" + id + "-titel\" aria-describedby=\"" + id + "-beschrijving\">\n" +
         "<title id=\"" + id + "-titel\">" + escaped(title) + "</title>\n<desc id=\"" + id +
         "-beschrijving\">" + escaped(description) + "</desc>\n" +
         (definitions_.empty() ? "" : "<defs>" + definitions_ + "</defs>\n") + shapes_ + "</svg>\n";
}

}  // namespace trede::render
