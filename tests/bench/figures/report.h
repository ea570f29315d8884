// All that one run found out, and how it is written down.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/bench/figures/row.h"

namespace trede::bench {

// A name and its value, in the order in which they are written. A value that is a number is
// written as one.
using Facts = std::vector<std::pair<std::string, std::string>>;

struct Report {
  Facts machine;
  Facts versions;
  Facts settings;
  std::vector<Row> rows;
};

// `12.3 k`, `640`, `0.52`: three digits that count.
std::string short_number(double value);

// Lists of the facts, then one line per row and peer.
std::string markdown(const Report& report);
// README.md has its shape.
std::string json(const Report& report);

// The same rows at several points.
struct Curve {
  std::string of;  // what differs: `events`, ...
  std::vector<std::size_t> points;
  std::vector<Report> reports;  // one per point, as far as they are measured
};

// Of each row and peer one line with its medians, one column per point.
std::string markdown(const Curve& curve);
std::string json(const Curve& curve);

}  // namespace trede::bench
