// Per row the first column as a bar, the second as a mark to reach.
#include <algorithm>
#include <cmath>

#include "tools/render/charts/axis.h"
#include "tools/render/charts/kinds_internal.h"
#include "tools/render/words.h"

namespace trede::render {

namespace {

constexpr double kTop = 40;
constexpr double kRow = 46;
constexpr double kBar = 18;
constexpr double kMark = 30;
constexpr double kNames = 240;
constexpr double kNumbers = 150;  // to the right
constexpr std::size_t kNameCharacters = 30;
constexpr std::size_t kNameLines = 2;

struct Pair {
  Drawn reached;
  Drawn target;
};

Pair pair_of(const ChartSeries& series, std::size_t row) {
  const auto& cells = series.cells[row];
  return {cells.empty() ? Drawn{} : cells[0], cells.size() < 2 ? Drawn{} : cells[1]};
}

// `37 van 200`
std::string numbers_of(const Pair& pair) {
  const std::string reached = pair.reached.shown.empty() ? "–" : pair.reached.shown;
  return pair.target.number ? reached + " van " + pair.target.shown : reached;
}

void draw_legend(const ChartSeries& series, Drawing& drawing) {
  double x = kNames;
  drawing.box({x, 6, 26, 12}, "staaf");
  drawing.words({x + 34, 16.5}, series.columns[0], Anchor::kStart, "naam");
  if (series.columns.size() < 2) return;
  x += 34 + drawn_width(series.columns[0]) + 30;
  drawing.line({x, 2}, {x, 22}, "doel");
  drawing.words({x + 10, 16.5}, series.columns[1], Anchor::kStart, "naam");
}

}  // namespace

void draw_target_bars(const ChartSeries& series, Drawing& drawing) {
  double least = 0;
  double most = 0;
  for (std::size_t r = 0; r < series.rows.size(); ++r) {
    const Pair pair = pair_of(series, r);
    least = std::min({least, pair.reached.value(), pair.target.value()});
    most = std::max({most, pair.reached.value(), pair.target.value()});
  }
  const Axis axis = axis_over(least, most, series.decimals == 0);
  const double width = drawing.width() - kNames - kNumbers;
  const auto x = [&](double value) { return kNames + width * axis.share(value); };
  const double bottom = kTop + kRow * static_cast<double>(series.rows.size());
  draw_legend(series, drawing);
  drawing.words({0, 16.5}, unit_word(series.unit), Anchor::kStart, "as");
  for (const double tick : axis.ticks()) {
    const bool zero = std::abs(tick) < axis.step / 2;
    drawing.line({x(tick), kTop - 6}, {x(tick), bottom}, zero ? "nul" : "rooster");
    drawing.words({x(tick), bottom + 18}, axis.text(tick), Anchor::kMiddle, "as");
  }
  double middle = kTop + kRow / 2;
  for (std::size_t r = 0; r < series.rows.size(); ++r, middle += kRow) {
    const auto lines = wrapped(series.rows[r], kNameCharacters, kNameLines);
    double line = middle + 4.5 - 8 * static_cast<double>(lines.size() - 1);
    for (const std::string& part : lines) {
      drawing.words({kNames - 14, line}, part, Anchor::kEnd, "naam");
      line += 16;
    }
    const Pair pair = pair_of(series, r);
    const double from = std::min(x(0), x(pair.reached.value()));
    const double to = std::max(x(0), x(pair.reached.value()));
    drawing.box({from, middle - kBar / 2, to - from, kBar}, "staaf");
    if (pair.target.number) {
      const double at = x(pair.target.value());
      drawing.line({at, middle - kMark / 2}, {at, middle + kMark / 2}, "doel");
    }
    drawing.words({kNames + width + 14, middle + 4.5}, numbers_of(pair), Anchor::kStart, "naam");
  }
  drawing.set_height(bottom + 28);
}

}  // namespace trede::render
