#include "tests/bench/table.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace trede::bench {

namespace {

std::string spread(const std::vector<double>& values) {
  const auto [least, most] = std::ranges::minmax(values);
  return short_number(median(values)) + " (" + short_number(least) + "–" + short_number(most) + ")";
}

}  // namespace

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

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

std::string markdown(const std::vector<Row>& rows) {
  std::string out =
      "| what | unit | Trede: median (min–max) | peer | peer: median (min–max) | ratio |\n"
      "|---|---|---|---|---|---|\n";
  for (const Row& row : rows) {
    const double ours = median(row.ours);
    const double peer = median(row.peer);
    const double ratio = row.less_is_better ? peer / ours : ours / peer;
    out += "| " + row.name + " | " + row.unit + " | " + spread(row.ours) + " | " + row.peer_name +
           " | " + spread(row.peer) + " | " + short_number(ratio) + " |\n";
  }
  return out;
}

}  // namespace trede::bench
