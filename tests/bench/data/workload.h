// What the benchmarks append, import and ask about: people of a few gemeenten on their way through
// the treden, the same for the same seed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/event/event.h"

namespace trede::bench {

using WorkloadEvents = std::vector<pb::Event>;

struct Workload {
  WorkloadEvents organisatie;            // what must be recorded first
  std::vector<WorkloadEvents> dossiers;  // each in the order in which it is recorded
  std::size_t events() const;            // of all dossiers together
};

// Enough whole dossiers for at least `events` events, over `gemeenten` gemeenten. Days lie in the
// years 2015 to 2024; one dossier in twenty has a correction.
Workload make_workload(std::size_t events, int gemeenten, std::uint64_t seed);

// The same as a file for `trede import --as-recorded`, recorded in the order of its days.
// Returns the number of rows.
std::size_t write_csv(const Workload& workload, const std::filesystem::path& file);

}  // namespace trede::bench
