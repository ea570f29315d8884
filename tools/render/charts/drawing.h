// Lines, shapes and words as SVG.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace trede::render {

struct Point {
  double x = 0;
  double y = 0;
};

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

enum class Anchor { kStart, kMiddle, kEnd };

// A drawing of a given width that grows downwards. `kind` names the class that the style of the
// page knows (chart_style); `more` are attributes as they are written.
class Drawing {
 public:
  explicit Drawing(double width) : width_(width) {}

  void define(const std::string& definition) { definitions_ += definition; }
  void line(Point from, Point to, std::string_view kind, std::string_view more = {});
  void box(const Box& box, std::string_view kind, std::string_view more = {});
  void path(const std::string& commands, std::string_view kind, std::string_view more = {});
  // `turned`: upwards by so many degrees, around `at`.
  void words(Point at, std::string_view words, Anchor anchor, std::string_view kind,
             double turned = 0);

  void set_height(double height) { height_ = height; }
  double width() const { return width_; }
  // The whole; `id` makes its own ids unique on the page.
  std::string svg(const std::string& id, const std::string& title,
                  const std::string& description) const;

 private:
  double width_;
  double height_ = 0;
  std::string definitions_;
  std::string shapes_;
};

// With at most one decimal: `12`, `12.5`.
std::string coordinate(double value);
std::string coordinates(Point point);
// Characters, not bytes.
std::size_t length_of(std::string_view text);
// About as wide as it is drawn.
double drawn_width(std::string_view text);
// At most `characters`, with `…` for what was cut.
std::string shortened(std::string_view text, std::size_t characters);
// `text` in lines of at most `characters`, broken between words; the last of `lines` is shortened.
std::vector<std::string> wrapped(std::string_view text, std::size_t characters, std::size_t lines);

}  // namespace trede::render
