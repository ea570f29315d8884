// The projections of one data folder: kept on disk by a worker, asked through this class.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/log/data_folder.h"
#include "projections/measures/query.h"
#include "projections/worker/limits.h"
#include "projections/worker/status.h"

namespace trede {

struct ProjectionsOptions {
  // What the rollups of the cube take in memory at most. A large log asked in many ways works on
  // with less, but reads what it let go again.
  std::size_t rollup_bytes = kRollupBytes;
};

// Owner: main, for one data folder, which must outlive it. In a folder opened for writing it keeps
// the store; in one opened for reading it never writes, and folds what the store has not seen yet
// in memory. Threads: any; asking never blocks appending.
//
// A store that turns out to be damaged when it is asked is never believed: opened for writing it is
// built anew from the log, opened for reading the answer is folded from the log.
class Projections {
 public:
  // Opens `folder.projections_path()`. A store that is missing, damaged, of another definition,
  // ahead of the log or of another log is dropped (kWrite) or not used (kRead).
  // Errors: kIo, kLocked.
  static Result<std::unique_ptr<Projections>> open(DataFolder& folder,
                                                   const ProjectionsOptions& options = {});
  virtual ~Projections() = default;

  // Brings the store up to date with the log. Requires: kWrite.
  // Errors: kNewer  an event of a newer version: nothing beyond it is projected; kIo, kCorrupt.
  virtual Status catch_up(const Progress& progress = {}) = 0;
  // Follows the log until `stop`; each micro-batch is one atomic write of deltas and position.
  // Requires: kWrite. Errors: as catch_up; it has stopped, and `status` says why.
  virtual Status run(const std::stop_token& stop) = 0;
  // Builds a new generation beside the current one, then takes over in one step; questions are
  // answered meanwhile. Requires: kWrite. Errors: as catch_up; the current one stays.
  virtual Status rebuild(const Progress& progress = {}) = 0;

  // Reads what `queries` need in one go, each table once, so that asking them does not read again.
  // Errors: as answer.
  virtual Status prepare(std::span<const Query> queries) = 0;
  // Errors: kInvalid  check_query, or `query.known` lies beyond the log;  kNewer, kIo, kCorrupt.
  virtual Result<Answer> answer(const Query& query) = 0;
  // The events behind the figure as known at `query.known`; per row their parts add up to it. In
  // order of row, then position.
  virtual Result<std::vector<Contribution>> explain(const Query& query) = 0;
  // The events recorded after `query.known` up to `then` that moved the figure, with by how much;
  // they add up to the difference. What one append did in one stream stands as one, at the last of
  // its events there. In order of row, then position. `then` is settled, as `query.known` is.
  // Errors: as answer, and kInvalid when `then` lies before `query.known`.
  virtual Result<std::vector<Contribution>> diff(const Query& query, Position then) = 0;

  // Compares the store, up to where it stands, with a refold of the whole log, table by table and
  // cell by cell. Empty when there is no store.
  virtual Result<Findings> verify(const Progress& progress = {}) = 0;
  virtual ProjectionStatus status() const = 0;
};

}  // namespace trede
