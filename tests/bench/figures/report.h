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

}  // namespace trede::bench
