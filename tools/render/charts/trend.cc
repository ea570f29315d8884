// A line per row over the columns, with its name at its end.
#include <algorithm>
#include <numeric>

#include "tools/render/charts/axis.h"
#include "tools/render/charts/kinds_internal.h"
#include "tools/render/charts/marks.h"

namespace trede::render {

namespace {

constexpr std::size_t kNameMax = 24;  // characters
constexpr double kNameGap = 17;
constexpr double kNameDistance = 22;

Axis axis_of(const ChartSeries& series) {
  double least = 0;
  double most = 0;
  for (const auto& row : series.cells) {
    for (const Drawn& cell : row) {
      least = std::min(least, cell.value());
      most = std::max(most, cell.value());
    }
  }
  return axis_over(least, most, series.decimals == 0);
}

// A gap interrupts the line; a number between two gaps has its sign alone.
void draw_line(const ChartSeries& series, std::size_t row, const Frame& frame, Drawing& drawing) {
  std::string commands;
  bool down = false;
  for (std::size_t c = 0; c < series.columns.size(); ++c) {
    const Drawn& cell = series.cells[row][c];
    if (cell.number) {
      commands += (down ? "L" : "M") + coordinates({frame.x(c), frame.y(cell.value())});
    }
    down = cell.number.has_value();
  }
  drawing.path(commands, "lijn", stroke_of(row));
  for (std::size_t c = 0; c < series.columns.size(); ++c) {
    const Drawn& cell = series.cells[row][c];
    if (cell.number) draw_sign(drawing, row, {frame.x(c), frame.y(cell.value())});
  }
}

struct LineEnd {
  std::size_t row;
  Point at;
  std::string shown;
};

std::vector<LineEnd> ends_of(const ChartSeries& series, const Frame& frame) {
  std::vector<LineEnd> ends;
  for (std::size_t r = 0; r < series.rows.size(); ++r) {
    for (std::size_t c = series.columns.size(); c-- > 0;) {
      const Drawn& cell = series.cells[r][c];
      if (!cell.number) continue;
      ends.push_back({r, {frame.x(c), frame.y(cell.value())}, cell.shown});
      break;
    }
  }
  std::ranges::stable_sort(ends, {}, [](const LineEnd& end) { return end.at.y; });
  return ends;
}

std::string name_of(const ChartSeries& series, std::size_t row) {
  return shortened(series.rows[row], kNameMax);
}

}  // namespace

void draw_trend(const ChartSeries& series, Drawing& drawing) {
  double longest = 0;
  for (std::size_t r = 0; r < series.rows.size(); ++r) {
    std::size_t number = 0;
    for (const Drawn& cell : series.cells[r]) number = std::max(number, length_of(cell.shown));
    longest = std::max(longest, drawn_width(name_of(series, r) + std::string(number + 1, ' ')));
  }
  const Frame frame(series, axis_of(series), {0, longest + kNameDistance}, drawing);
  for (std::size_t r = 0; r < series.rows.size(); ++r) draw_line(series, r, frame, drawing);
  const std::vector<LineEnd> ends = ends_of(series, frame);
  std::vector<double> places(ends.size());
  std::ranges::transform(ends, places.begin(), [](const LineEnd& end) { return end.at.y; });
  const Box& area = frame.area();
  spread(places, kNameGap, area.y, area.y + area.height);
  const double beside = area.x + area.width;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    drawing.line({ends[i].at.x + 7, ends[i].at.y}, {beside + 2, places[i]}, "leider");
    draw_sign(drawing, ends[i].row, {beside + 9, places[i]});
    drawing.words({beside + kNameDistance - 4, places[i] + 4.5},
                  name_of(series, ends[i].row) + " " + ends[i].shown, Anchor::kStart, "naam");
  }
}

}  // namespace trede::render
