// Where a simulated history goes: into an empty log through the recorder, or into an import file
// that gives the same log.
#pragma once

#include <functional>

#include "engine/base/clock.h"
#include "engine/log/data_folder.h"
#include "tools/simulate/simulation.h"
#include "tools/trede/failure.h"
#include "tools/trede/output.h"
#include "tools/trede/rows/import_report.h"

namespace trede::tool {

// Everything must outlive the run.
struct SimulatedRun {
  simulate::Simulation& simulation;
  ImportTotals& totals;
  std::function<void(Position)> on_progress;  // how far it is
  std::optional<Moment> before = {};          // what would be recorded from then on is left out
};

// Records all of it, whole or not at all, as an import that adopts the moments of recording.
// Errors: the caller's when the log is not empty.
Outcome<> record_simulation(const SimulatedRun& run, DataFolder& folder, const ImportId& import,
                            const Clock& clock, RandomSource& random);

// Records a made-up organisation to look around in: three years until yesterday, as above.
Outcome<> record_example(DataFolder& folder, const ImportId& import, ImportTotals& totals,
                         const Clock& clock, RandomSource& random);

// Writes all of it as rows with the columns of every kind, for `trede import --as-recorded`.
// Errors: kIo as soon as `out` takes no more.
Status write_simulation(const SimulatedRun& run, Output& out);

}  // namespace trede::tool
