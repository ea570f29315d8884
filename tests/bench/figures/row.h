// A row of the table: what was measured of Trede and of its peers, round after round.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace trede::bench {

enum class Better { kMore, kLess };

// One contender's figures, one per round.
struct Series {
  std::string name;
  std::vector<double> values;  // of a latency: the median of each round
  std::vector<double> p99;     // of a latency; else empty
};

// A figure beside the row's own: a part of it, or what it is made of.
struct Extra {
  std::string what;
  std::string unit;
  std::vector<double> values;
};

struct Row {
  std::string name;
  std::string what;
  std::string unit;
  Better better = Better::kMore;
  Series ours = {};
  std::vector<Series> peers = {};
  std::vector<std::string> left_out = {};  // peers that an option left out
  std::vector<Extra> extras = {};
  std::string error = {};  // why it could not be run; empty when it could
};

// Requires (all three): values.
double median(std::vector<double> values);
double least(const std::vector<double>& values);
double most(const std::vector<double>& values);

// How many times better ours is than the peer's by their medians, whatever the unit: 2 is twice as
// fast, or half as large.
double ratio(const Row& row, const Series& peer);

}  // namespace trede::bench
