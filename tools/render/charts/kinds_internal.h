// A function per kind of chart. Each draws into an empty drawing and sets its height; the series
// has at least one number.
#pragma once

#include <string>

#include "tools/render/charts/drawing.h"
#include "tools/render/charts/series.h"

namespace trede::render {

// `id`: what the ids of patterns begin with.
void draw_trend(const ChartSeries& series, Drawing& drawing);
void draw_stacked(const ChartSeries& series, const std::string& id, Drawing& drawing);
void draw_flow(const ChartSeries& series, const std::string& id, Drawing& drawing);
void draw_target_bars(const ChartSeries& series, Drawing& drawing);

// The chart in words.
std::string describe(const ChartSeries& series, Chart::Kind kind);

// Moves what lies on a line apart until neighbours are `gap` away from each other, in their order,
// and between `least` and `most` as far as they fit. Requires: rising.
void spread(std::vector<double>& places, double gap, double least, double most);

}  // namespace trede::render
