#include <algorithm>
#include <array>
#include <cstdio>

#include "tests/bench/figures/report.h"

namespace trede::bench {

namespace {

std::string spread(const Series& series) {
  std::string out = short_number(median(series.values)) + " (" +
                    short_number(least(series.values)) + "–" + short_number(most(series.values)) +
                    ")";
  if (!series.p99.empty()) out += ", p99 " + short_number(median(series.p99));
  return out;
}

std::string line_of(const std::string& name, const std::string& unit, const std::string& figures,
                    const std::string& ratio) {
  return "| " + name + " | " + unit + " | " + figures + " | " + ratio + " |\n";
}

std::string lines_of(const Row& row) {
  if (!row.error.empty()) {
    std::string error = row.error;
    std::ranges::replace(error, '\n', ' ');
    return line_of("**" + row.name + "**", row.unit, error, "failed");
  }
  std::string out = line_of("**" + row.name + "** " + row.what, row.unit, spread(row.ours), "");
  for (const Series& peer : row.peers) {
    out += line_of("– " + peer.name, row.unit, spread(peer), short_number(ratio(row, peer)));
  }
  for (const Extra& extra : row.extras) {
    out += line_of("+ " + extra.what, extra.unit, spread({extra.what, extra.values, {}}), "");
  }
  for (const std::string& peer : row.left_out) {
    out += line_of("– " + peer, row.unit, "left out by an option", "");
  }
  return out;
}

std::string list_of(const std::string& title, const Facts& facts) {
  std::string out = "- " + title + ": ";
  for (const auto& [name, value] : facts) {
    if (!out.ends_with(": ")) out += ", ";
    out += name + " " + value;
  }
  return out + "\n";
}

// The median, and the 99th percentile behind a stroke.
std::string brief(const Series& series) {
  std::string out = short_number(median(series.values));
  if (!series.p99.empty()) out += " / " + short_number(median(series.p99));
  return out;
}

// The cell of `name` (empty = Trede) in a row that was measured at some point.
std::string cell_of(const Row& row, const std::string& name) {
  if (!row.error.empty()) return "failed";
  if (name.empty()) return brief(row.ours);
  for (const Series& peer : row.peers) {
    if (peer.name == name) return brief(peer);
  }
  for (const Extra& extra : row.extras) {
    if (extra.what == name) return brief({name, extra.values, {}});
  }
  return "";
}

// The row of this name at each point.
std::vector<Row> row_at_points(const Curve& curve, const std::string& name) {
  std::vector<Row> out;
  for (const Report& report : curve.reports) {
    const auto at = std::ranges::find(report.rows, name, &Row::name);
    if (at != report.rows.end()) out.push_back(*at);
  }
  return out;
}

std::string curve_line(const std::string& title, const std::string& unit,
                       const std::vector<Row>& rows, const std::string& name) {
  std::string out = "| " + title + " | " + unit + " |";
  for (const Row& row : rows) out += " " + cell_of(row, name) + " |";
  return out + "\n";
}

}  // namespace

std::string short_number(double value) {
  const char* suffix = "";
  if (value >= 1e6) {
    value /= 1e6;
    suffix = " M";
  } else if (value >= 1e4) {
    value /= 1e3;
    suffix = " k";
  }
  const int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%.*f%s", decimals, value, suffix);
  return out.data();
}

std::string markdown(const Report& report) {
  std::string out =
      list_of("machine", report.machine) + list_of("versions", report.versions) +
      list_of("settings", report.settings) +
      "\n| what | unit | median (min–max) | Trede is better by |\n|---|---|---|---|\n";
  for (const Row& row : report.rows) out += lines_of(row);
  return out;
}

std::string markdown(const Curve& curve) {
  if (curve.reports.empty()) return "";
  std::string out = list_of("machine", curve.reports[0].machine) +
                    list_of("versions", curve.reports[0].versions) +
                    list_of("settings of the first point", curve.reports[0].settings) +
                    "\nMedians; of a latency p50 / p99.\n\n| what | unit |";
  for (std::size_t i = 0; i < curve.reports.size(); ++i) {
    out += " " + std::to_string(curve.points[i]) + " " + curve.of + " |";
  }
  out += "\n|---|---|";
  for (std::size_t i = 0; i < curve.reports.size(); ++i) out += "---|";
  out += "\n";
  for (const Row& first : curve.reports[0].rows) {
    const std::vector<Row> rows = row_at_points(curve, first.name);
    out += curve_line("**" + first.name + "** " + first.what, first.unit, rows, "");
    for (const Series& peer : first.peers) {
      out += curve_line("– " + peer.name, first.unit, rows, peer.name);
    }
    for (const Extra& extra : first.extras) {
      out += curve_line("+ " + extra.what, extra.unit, rows, extra.what);
    }
  }
  return out;
}

}  // namespace trede::bench
