#include <algorithm>
#include <tuple>

#include "tools/render/charts/kinds_internal.h"

namespace trede::render {

namespace {

constexpr std::size_t kMostSaid = 12;  // the table beside it has the rest

// `a`, `a en b`, `a, b en c`
std::string enumerated(const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " en " : ", ";
    out += words[i];
  }
  return out;
}

std::string trend_of(const ChartSeries& series, std::size_t row) {
  std::vector<std::size_t> known;
  for (std::size_t c = 0; c < series.columns.size(); ++c) {
    if (series.cells[row][c].number) known.push_back(c);
  }
  const auto said = [&](std::size_t c) {
    return series.cells[row][c].shown + " (" + series.columns[c] + ")";
  };
  const std::string name = " " + series.rows[row] + ": ";
  if (known.empty()) return name + "geen getallen.";
  if (known.size() == 1) return name + said(known[0]) + ".";
  const auto value = [&](std::size_t c) { return series.cells[row][c].value(); };
  const auto [least, most] = std::ranges::minmax_element(known, {}, value);
  return name + "van " + said(known.front()) + " naar " + said(known.back()) + ", laagste " +
         said(*least) + ", hoogste " + said(*most) + ".";
}

std::string stack_of(const ChartSeries& series, std::size_t column) {
  std::vector<std::string> parts;
  for (std::size_t r = 0; r < series.rows.size(); ++r) {
    const Drawn& cell = series.cells[r][column];
    if (cell.number) parts.push_back(series.rows[r] + " " + cell.shown);
  }
  const std::string name = " " + series.columns[column] + ": ";
  if (parts.empty()) return name + "geen getallen.";
  const Drawn total = series.column_total(column);
  return name + (total.number ? total.shown + ", met " : "") + enumerated(parts) + ".";
}

std::string flows_of(const ChartSeries& series) {
  std::vector<std::tuple<double, std::size_t, std::size_t>> flows;
  for (std::size_t r = 0; r < series.rows.size(); ++r) {
    for (std::size_t c = 0; c < series.columns.size(); ++c) {
      const double value = series.cells[r][c].value();
      if (value > 0) flows.emplace_back(-value, r, c);  // the largest first
    }
  }
  if (flows.empty()) return " Er is niets dat stroomt.";
  std::ranges::sort(flows);
  std::string out;
  for (std::size_t i = 0; i < std::min(flows.size(), kMostSaid); ++i) {
    const auto& [value, r, c] = flows[i];
    out += " Van " + series.rows[r] + " naar " + series.columns[c] + ": " +
           series.cells[r][c].shown + ".";
  }
  return out;
}

std::string target_of(const ChartSeries& series, std::size_t row) {
  const auto& cells = series.cells[row];
  const std::string name = " " + series.rows[row] + ": ";
  const bool has_target = cells.size() > 1 && cells[1].number;
  if (!cells[0].number) {
    return name + "geen getal" + (has_target ? ", doel " + cells[1].shown : "") + ".";
  }
  if (!has_target) return name + cells[0].shown + ", zonder doel.";
  std::string out = name + cells[0].shown + " van " + cells[1].shown;
  if (!cells[1].number->is_zero()) {
    const Rational share = Rational(Int128{100}) * *cells[0].number / *cells[1].number;
    out += " (" + share.text(0) + "%)";
  }
  return out + ".";
}

template <typename Say>
std::string each(std::size_t count, const Say& say) {
  std::string out;
  for (std::size_t i = 0; i < std::min(count, kMostSaid); ++i) out += say(i);
  return out;
}

}  // namespace

std::string describe(const ChartSeries& series, Chart::Kind kind) {
  if (!series.has_numbers()) return "Er zijn geen getallen om te tekenen.";
  const auto say = [&](auto function) {
    return [&series, function](std::size_t i) { return function(series, i); };
  };
  std::string out;
  switch (kind) {
    case Chart::Kind::kTrend:
      out = "Een lijn per rij, van " + series.columns.front() + " tot " + series.columns.back() +
            "." + each(series.rows.size(), say(trend_of));
      break;
    case Chart::Kind::kStacked:
      out = "Gestapelde staven." + each(series.columns.size(), say(stack_of));
      break;
    case Chart::Kind::kFlow: out = "Stroomdiagram." + flows_of(series); break;
    case Chart::Kind::kTargetBar:
      out = "Staven van " + enumerated(series.columns) + "." +
            each(series.rows.size(), say(target_of));
      break;
  }
  return out + " Alle getallen staan in de tabel erbij.";
}

}  // namespace trede::render
