// One folder, one course of steps, one fault, and what is found afterwards.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/faults/disk.h"
#include "tests/faults/load.h"

namespace trede::test {

enum class Course {
  kMake,       // a folder is made, opened and written to a little
  kFixed,      // everything a folder is for, in a fixed order
  kRecovered,  // a flush, RocksDB recovers from what it met, and appends go on
  kRandom,     // the same in a random order, from several threads too
};

// What happens after the steps, when power did not go on the way.
enum class Ending { kReopened, kPowerLoss };

struct Trial {
  Course course = Course::kFixed;
  std::uint64_t seed = 1;
  std::optional<DiskFault> fault = {};
  std::optional<std::pair<std::uint64_t, Harm>> fault_at_call = {};
  Ending ending = Ending::kReopened;
  Survivors survivors = Survivors::kNothing;
  std::size_t steps = 40;  // of kRandom

  std::string text() const;
};

struct Outcome {
  std::vector<std::string> findings;
  std::map<DiskPlace, std::uint64_t> calls;
  std::uint64_t injected = 0;  // faults, and a loss of power
  std::uint64_t acknowledged = 0;
  std::uint64_t lost = 0;  // acknowledged appends that are not there
};

Outcome run(const Trial& trial);

// Every one of `calls`, every harm, what follows and what survives in turn.
std::vector<Trial> every_fault(const std::map<DiskPlace, std::uint64_t>& calls, Course course,
                               std::uint64_t seed);

}  // namespace trede::test
