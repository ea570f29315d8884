// The rows of the table: each measures Trede and its peer in turn, round after round.
#pragma once

#include <filesystem>

#include "tests/bench/table.h"

namespace trede::bench {

struct Settings {
  std::filesystem::path trede;   // the program
  std::filesystem::path folder;  // scratch space, on the disk to be measured
  int rounds = 5;
  int gemeenten = 4;
  std::size_t appends = 20'000;  // per round, over all callers; a fifth of it for one caller
  std::size_t events = 200'000;  // of the log that is imported, rebuilt and asked
  int queries = 200;             // per round
};

Row append_row(const Settings& settings, int callers);
// Import, rebuild, and questions as known now and at a random position, over one log.
std::vector<Row> log_rows(const Settings& settings);

}  // namespace trede::bench
