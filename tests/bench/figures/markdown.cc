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
  if (!row.error.empty()) return line_of("**" + row.name + "**", row.unit, row.error, "failed");
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

}  // namespace trede::bench
