// Axes: round numbers over a range, and the frame of a chart with columns along the bottom.
#pragma once

#include <string>
#include <vector>

#include "tools/render/charts/drawing.h"
#include "tools/render/charts/series.h"

namespace trede::render {

// Ticks at low, low + step, .. high. Invariant: low <= 0 <= high, low < high.
struct Axis {
  double low = 0;
  double high = 1;
  double step = 1;
  int decimals = 0;  // that its ticks need

  std::vector<double> ticks() const;
  std::string text(double tick) const;  // as in Dutch
  // How far between low and high, 0..1.
  double share(double value) const { return (value - low) / (high - low); }
};

// Some five steps of 1, 2 or 5 times a power of ten that hold zero and both ends.
Axis axis_over(double least, double most, bool whole);

// The area of a chart with values upwards and the columns of the table from left to right.
class Frame {
 public:
  // Room for what else is drawn.
  struct Room {
    double above = 0;  // besides the unit of the values
    double right = 0;
  };

  // Draws both axes into `drawing` and sets its height.
  Frame(const ChartSeries& series, const Axis& axis, const Room& room, Drawing& drawing);

  double x(std::size_t column) const;  // the middle of its share of the width
  double y(double value) const;
  double slot() const { return slot_; }
  const Box& area() const { return area_; }

 private:
  void draw_values(const ChartSeries& series, Drawing& drawing) const;
  void draw_columns(const ChartSeries& series, Drawing& drawing) const;

  Axis axis_;
  Box area_;
  double slot_ = 0;
  bool turned_ = false;  // titles of columns that do not fit beside each other
};

}  // namespace trede::render
