// Sees to it that what was recorded through the server is in the audit trail, also when the process
// was killed between the log and the trail.
#pragma once

#include <memory>
#include <string>

#include "engine/log/data_folder.h"
#include "engine/trail/trail.h"

namespace trede::server {

// An endpoint notes what it recorded after the log has it, so that an append costs one sync and not
// two in a row. In return each run of the server is an attempt in the trail: begun before the first
// request, ended when all that was recorded is noted. A run without an end was cut short: the next
// one holds the log against the trail from where that run began, and adds what is missing, with
// the actor of the event and `hersteld`.
//
// Owner: the service. Threads: one at a time. Nothing else appends to the log between `begin` and
// the first request.
class RecordingWatch {
 public:
  // Mends what earlier runs left, and begins this one.
  // Errors: those of Trail and of EventLog::scan: nothing may be recorded then.
  static Result<std::unique_ptr<RecordingWatch>> begin(DataFolder& folder, const Clock& clock);

  // How many records `begin` had to add.
  std::size_t mended() const { return mended_; }

  // Requires: every request was answered. Errors: those of Trail::append.
  Status end();

 private:
  RecordingWatch(std::unique_ptr<Trail> trail, DataFolder& folder)
      : trail_(std::move(trail)), folder_(folder) {}
  Status mend();
  Status mend_since(const TrailRecord& begun);
  TrailEntry entry_of_run(TrailOutcome outcome) const;

  std::unique_ptr<Trail> trail_;
  DataFolder& folder_;
  std::uint64_t attempt_ = 0;
  Position first_;
  std::size_t mended_ = 0;
};

}  // namespace trede::server
