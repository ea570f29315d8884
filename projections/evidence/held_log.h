// A log of events that somebody handed over: all of a log up to a position, or whole streams of it.
#pragma once

#include <map>
#include <unordered_map>
#include <vector>

#include "engine/ledger/checkpoint.h"
#include "engine/log/data_folder.h"

namespace trede {

// What is not among the events does not exist for who reads; positions keep their places, so there
// are holes where the log had events of other streams. Nothing can be appended. Threads: any.
class HeldLog final : public EventLog {
 public:
  // `events` rise by position, at or before the size of `head`, which is where the log ends.
  // `earlier`: another head of this log, so that its root is known though events are missing.
  // Errors: kInvalid  an event is not what its place says (position, order, version of its stream,
  //                   an id that is there twice);  those of decode_envelope and decode_stream.
  static Result<std::unique_ptr<HeldLog>> make(std::vector<StoredEvent> events,
                                               const Uuid& identity, const TreeHead& head,
                                               const TreeHead& earlier);

  Result<Appended> append(std::span<const StreamAppend> streams,
                          const AppendOptions& options) override;
  Position last_position() const override { return Position{head_.size}; }
  Result<StreamVersion> version_of(const StreamId& stream) const override;
  Result<std::optional<Position>> find_event(const EventId& id) const override;
  Result<StoredEvent> load(Position position) const override;
  Result<std::vector<StoredEvent>> read_stream(const StreamId& stream, StreamVersion from,
                                               std::size_t limit) const override;
  Status scan(Position from, Position to, const Visitor& visit) const override;

  Uuid identity() const override { return identity_; }
  Result<LogHead> head() const override;
  Result<Position> position_at(Moment moment) const override;
  // A position of which the event is not there is taken as it is.
  Result<Position> settle(Position position) const override;
  // Errors: kInvalid where events up to `position` are missing, and it is neither of the heads.
  Result<Hash> root_at(Position position) const override;
  Result<Hash> subtree(unsigned height, std::uint64_t index) const override;
  Result<std::unique_ptr<Follower>> follow(Position after) override;
  Result<std::unique_ptr<StagedImport>> begin_import(const ImportOptions& options) override;

 private:
  HeldLog(std::vector<StoredEvent> events, const Uuid& identity, const TreeHead& head,
          const TreeHead& earlier)
      : events_(std::move(events)), identity_(identity), head_(head), earlier_(earlier) {}
  Status index();
  // The first event at or after `position`.
  std::vector<StoredEvent>::const_iterator first_from(Position position) const;

  std::vector<StoredEvent> events_;
  Uuid identity_;
  TreeHead head_;
  TreeHead earlier_;
  std::unordered_map<StreamId, std::vector<std::uint32_t>> streams_;  // places in events_
  std::unordered_map<EventId, Position> ids_;
};

// A folder that holds nothing but such a log: no KEYs, and no projections, so that what is asked is
// folded from the events. Threads: any.
class HeldFolder final : public DataFolder {
 public:
  explicit HeldFolder(std::unique_ptr<HeldLog> log);
  ~HeldFolder() override;

  HeldLog& log() override { return *log_; }
  KeyDirectory& keys() override;
  OpenMode mode() const override { return OpenMode::kRead; }
  const std::filesystem::path& path() const override { return path_; }
  Status close() override { return {}; }

 private:
  std::unique_ptr<HeldLog> log_;
  std::unique_ptr<KeyDirectory> keys_;
  std::filesystem::path path_;
};

}  // namespace trede
