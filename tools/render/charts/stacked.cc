// Per column the rows on top of one another, those below zero under it.
#include <algorithm>
#include <cmath>

#include "tools/render/charts/axis.h"
#include "tools/render/charts/kinds_internal.h"
#include "tools/render/charts/marks.h"

namespace trede::render {

namespace {

constexpr double kBarMax = 84;
constexpr double kLabelHeight = 15;
constexpr std::size_t kNameMax = 30;  // characters
constexpr double kLegendLine = 24;
constexpr double kLegendSample = 22;

struct Ends {
  double below = 0;
  double above = 0;
};

// Where the stack of a column ends on both sides of zero.
Ends ends_of(const ChartSeries& series, std::size_t column) {
  Ends ends;
  for (const auto& row : series.cells) {
    const double value = row[column].value();
    (value < 0 ? ends.below : ends.above) += value;
  }
  return ends;
}

void draw_bar(const ChartSeries& series, std::size_t column, const Frame& frame,
              const std::vector<std::string>& fills, Drawing& drawing) {
  const double width = std::min(kBarMax, frame.slot() * 0.66);
  Ends ends;
  for (std::size_t r = 0; r < series.rows.size(); ++r) {
    const Drawn& cell = series.cells[r][column];
    if (cell.value() == 0) continue;
    double& end = cell.value() < 0 ? ends.below : ends.above;
    const double from = frame.y(end);
    end += cell.value();
    const double to = frame.y(end);
    const Box box{frame.x(column) - width / 2, std::min(from, to), width, std::abs(from - to)};
    drawing.box(box, "vlak", fills[r]);
    if (box.height < kLabelHeight || drawn_width(cell.shown) > width) continue;
    drawing.words({frame.x(column), box.y + box.height / 2 + 4.5}, cell.shown, Anchor::kMiddle,
                  "opschrift");
  }
  const Drawn total = series.column_total(column);
  if (total.number && drawn_width(total.shown) <= frame.slot() + 4) {
    drawing.words({frame.x(column), frame.y(ends.above) - 6}, total.shown, Anchor::kMiddle,
                  "totaal");
  }
}

// From left to right and on, in the order of the stacks from below.
double draw_legend(const ChartSeries& series, const std::vector<std::string>& fills,
                   Drawing& drawing) {
  double x = 110;
  double y = 2;
  for (std::size_t r = 0; r < series.rows.size(); ++r) {
    const std::string name = shortened(series.rows[r], kNameMax);
    const double width = kLegendSample + 8 + drawn_width(name) + 18;
    if (x + width > drawing.width() && x > 110) {
      x = 110;
      y += kLegendLine;
    }
    drawing.box({x, y, kLegendSample, 15}, "vlak", fills[r]);
    drawing.words({x + kLegendSample + 8, y + 12}, name, Anchor::kStart, "naam");
    x += width;
  }
  return y + kLegendLine;
}

}  // namespace

void draw_stacked(const ChartSeries& series, const std::string& id, Drawing& drawing) {
  std::vector<std::string> fills;
  for (std::size_t r = 0; r < series.rows.size(); ++r) {
    fills.push_back(define_fill(drawing, r, id));
  }
  double least = 0;
  double most = 0;
  for (std::size_t c = 0; c < series.columns.size(); ++c) {
    const Ends ends = ends_of(series, c);
    least = std::min(least, ends.below);
    most = std::max(most, ends.above);
  }
  const double legend = draw_legend(series, fills, drawing);
  const Frame frame(series, axis_over(least, most * 1.06, series.decimals == 0),
                    {legend - kLegendLine, 8}, drawing);
  for (std::size_t c = 0; c < series.columns.size(); ++c) {
    draw_bar(series, c, frame, fills, drawing);
  }
}

}  // namespace trede::render
