// Figures of several rounds, side by side with a peer's, as a Markdown table.
#pragma once

#include <string>
#include <vector>

namespace trede::bench {

struct Row {
  std::string name;
  std::string unit;
  std::vector<double> ours;  // one per round
  std::vector<double> peer;  // one per round, taken just before or after ours
  std::string peer_name;
  bool less_is_better = false;
};

double median(std::vector<double> values);

// `12.3 k`, `640`, `0.52`: three digits that count.
std::string short_number(double value);

// | name | unit | ours: median (min–max) | peer | peer: median (min–max) | ratio |
// A ratio above 1 is better than the peer, whatever the unit.
std::string markdown(const std::vector<Row>& rows);

}  // namespace trede::bench
