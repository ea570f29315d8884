// The generation of a data folder that answers now, and the work that keeps it up with the log.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/log/data_folder.h"
#include "projections/facts/projector.h"
#include "projections/worker/generation.h"
#include "projections/worker/status.h"

namespace trede {

// Threads: any; who projects, or loads tables of the current generation, holds `project_mutex`.
class FolderStore {
 public:
  using GenerationPtr = std::shared_ptr<Generation>;

  FolderStore(DataFolder& folder, std::size_t rollup_bytes);

  // Errors: kIo, kLocked.
  Status open();

  bool is_writable() const { return writable_; }
  GenerationPtr current() const;
  ProjectionStatus status() const;
  std::mutex& project_mutex() { return project_mutex_; }

  // Requires (all four): project_mutex held.
  // Projects everything up to the last position of the log.
  // Errors: kNewer, kIo, kCorrupt; what came before the trouble is projected.
  Status advance(const Progress& progress);
  // Projects the whole appends that `events` begins with and takes them out. Of the log in order,
  // from wherever they were read: what was projected already, or is handed over again, counts once;
  // where something lies missing between them, it is read from the log. Errors: as advance.
  Status take(std::vector<StoredEvent>& events);
  // Why there is a store that is not used; empty when there is none or it is.
  const std::string& damage() const { return damage_; }
  Status verify_checksums() const { return store_->verify_checksums(); }

  // Requires (both): project_mutex not held.
  // Builds a generation beside the current one and switches to it. Errors: as advance.
  Status rebuild(const Progress& progress);
  // Puts another generation in the place of `damaged`, unless that was done already: built anew
  // (writable), or folded in memory. Errors: as advance.
  Status recover(const GenerationPtr& damaged, const Error& damage);

 private:
  struct Batch {
    std::vector<Delta> deltas;
    StoreHead head;
    std::size_t events = 0;
  };

  Status open_to_write();
  void open_to_read();
  Result<bool> stands_on_log(const StoreHead& head) const;
  Result<GenerationPtr> make_empty();
  Result<GenerationPtr> make_filled(const Progress& progress);
  Status rebuild_alone(const Progress& progress);
  Result<StoreHead> head_at(Position position) const;
  void set_current(GenerationPtr generation);

  Status advance(const GenerationPtr& generation, const Progress& progress);
  static bool keep_next(Position position, std::vector<StoredEvent>& events);
  Status add(Batch& batch, std::string_view stored);
  Status apply(Generation& generation, Batch& batch);
  Status note_stop(Generation& generation, Status status);
  void begin(const GenerationPtr& generation);

  EventLog& log_;
  const bool writable_;
  const StoreOptions options_;
  const GenerationOptions generation_options_;
  std::unique_ptr<ProjectionStore> store_;
  std::string damage_;

  std::mutex rebuild_mutex_;  // one at a time builds a generation; taken before project_mutex_
  std::mutex project_mutex_;
  std::unique_ptr<Projector> projector_;
  GenerationPtr projected_;       // whose dictionary the projector uses
  std::vector<EventPtr> append_;  // of which the end did not come in yet

  mutable std::mutex mutex_;  // over the two below
  GenerationPtr current_;
  std::string stopped_;
};

}  // namespace trede
