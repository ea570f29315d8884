// An import beyond the head of the writer's log.
#pragma once

#include "engine/log/rocks_log_internal.h"

namespace trede {

// Lets the write-ahead log grow further while it exists. The tables of random keys are merged as
// often as it is emptied, each time as a whole; what a start after a crash has to read longer for
// is an import that is cut off then. Threads: one.
class LongWriteAhead {
 public:
  // `db` must outlive it.
  explicit LongWriteAhead(RocksDb& db) : db_(db), before_(db.write_ahead_limit()) { limit(kBytes); }
  ~LongWriteAhead() { limit(before_); }
  LongWriteAhead(const LongWriteAhead&) = delete;
  LongWriteAhead& operator=(const LongWriteAhead&) = delete;

 private:
  static constexpr std::uint64_t kBytes = 128 << 20;
  // Where it cannot be changed everything works as well, but slower or with a longer start.
  void limit(std::uint64_t bytes) { (void)db_.limit_write_ahead(bytes); }

  RocksDb& db_;
  std::uint64_t before_;
};

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
  LongWriteAhead write_ahead_;
  ImportOptions options_;
  mutable StreamHeads heads_{kHeads};  // a cache
  mutable Draft draft_;
  std::optional<Moment> adopted_;  // the last moment that was to be adopted
  std::optional<Error> failed_;    // of no use any more
  bool ended_ = false;
};

}  // namespace trede
