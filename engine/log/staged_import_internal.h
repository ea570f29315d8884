// An import beyond the head of the writer's log.
#pragma once

#include "engine/log/rocks_log_internal.h"

namespace trede {

// Holds the sequencer's turn from construction to its end. Threads: one.
class RocksStagedImport final : public StagedImport {
 public:
  RocksStagedImport(RocksLog& log, const ImportOptions& options);
  ~RocksStagedImport() override;

  Result<Appended> append(std::span<const StreamAppend> streams,
                          const AppendOptions& options) override;
  Status adopt(std::string_view stored) override;
  Status commit() override;

  Position last_position() const override { return draft_.head().position; }
  Result<StreamVersion> version_of(const StreamId& stream) const override;
  Result<std::optional<Position>> find_event(const EventId& id) const override;
  Result<StoredEvent> load(Position position) const override;
  Result<std::vector<StoredEvent>> read_stream(const StreamId& stream, StreamVersion from,
                                               std::size_t limit) const override;
  Status scan(Position from, Position to, const Visitor& visit) const override;

 private:
  Result<Stamp> stamp(const AppendOptions& options);
  Status write_if_large();
  template <typename How>
  Status write(const How& how);
  Status fail(Error error);

  // A file goes on with all that is under way in it: some 20 MiB, where it has so many streams.
  static constexpr std::size_t kHeads = 256 * 1024;

  RocksLog& log_;
  ImportOptions options_;
  mutable StreamHeads heads_{kHeads};  // a cache
  mutable Draft draft_;
  std::optional<Moment> adopted_;  // the last moment that was to be adopted
  std::optional<Error> failed_;    // of no use any more
  bool ended_ = false;
};

}  // namespace trede
