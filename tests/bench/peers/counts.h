// What a counting peer answers, in the words of Trede's own answer.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "projections/measures/query.h"
#include "tests/bench/data/prepared_log.h"
#include "tests/bench/machine/measuring.h"

namespace trede::bench {

// (gemeente, trede) to the number of trajecten; rows with 0 are left out.
using Counts = std::map<std::pair<std::string, std::string>, std::int64_t>;

Counts counts_of(const Answer& answer);
std::string trede_code(int number);  // as in pb::Trede

// Somebody who keeps the bitemporal rectangles of trajecten (cell, days, positions) and counts
// them.
class CountingPeer {
 public:
  virtual ~CountingPeer() = default;
  virtual Counts count(const Question& question) = 0;
  // Asks them one by one (ask_many), in microseconds.
  virtual Sample time(const std::vector<Question>& questions);
};

// Throws when `peer` does not count what Trede answers, on some questions of every kind.
void check_counts(PreparedLog& log, const std::string& name, CountingPeer& peer);

}  // namespace trede::bench
