#include "tools/render/charts/chart.h"

#include <algorithm>

#include "tools/render/charts/kinds_internal.h"

namespace trede::render {

namespace {

constexpr double kWidth = 900;

void draw(const ChartSeries& series, Chart::Kind kind, const std::string& id, Drawing& drawing) {
  if (!series.has_numbers()) {
    drawing.words({0, 24}, "Er zijn geen getallen om te tekenen.", Anchor::kStart, "as");
    return drawing.set_height(36);
  }
  switch (kind) {
    case Chart::Kind::kTrend: return draw_trend(series, drawing);
    case Chart::Kind::kStacked: return draw_stacked(series, id, drawing);
    case Chart::Kind::kFlow: return draw_flow(series, id, drawing);
    case Chart::Kind::kTargetBar: return draw_target_bars(series, drawing);
  }
}

}  // namespace

const char* const kChartStyle =
    "svg{display:block;width:100%;height:auto;font:13px system-ui,sans-serif;fill:#1a1f26}"
    "svg text{font-variant-numeric:tabular-nums}"
    ".as{fill:#444c56}.rooster{stroke:#d8dee4}.nul{stroke:#444c56;stroke-width:1.2}"
    ".lijn{fill:none;stroke-width:2.5;stroke-linejoin:round}.teken{stroke-width:1.6}"
    ".leider{stroke:#8c959f}.naam{font-weight:600}"
    ".arcering{fill:none;stroke-width:1.6;stroke-linecap:round}.vlak{stroke-width:1}"
    ".opschrift{font-size:12px;paint-order:stroke;stroke:#fff;stroke-width:4px;"
    "stroke-linejoin:round}"
    ".totaal{font-weight:600}.stroom{fill-opacity:.85;stroke-width:.8}.knoop{fill:#2f3a45}"
    ".spoor{fill:#eaeef2;stroke:#8c959f}.staaf{fill:#1b4f8a}.doel{stroke:#1a1f26;stroke-width:3}";

void spread(std::vector<double>& places, double gap, double least, double most) {
  double before = least - gap;
  for (double& place : places) place = before = std::max(place, before + gap);
  double after = most + gap;
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    *place = after = std::min(*place, after - gap);
  }
}

std::string chart_svg(const ReportTable& table, const std::string& id) {
  const ChartSeries series = series_of(table);
  Drawing drawing(kWidth);
  draw(series, table.chart->kind, id, drawing);
  return drawing.svg(id, table.chart->title, describe(series, table.chart->kind));
}

}  // namespace trede::render
