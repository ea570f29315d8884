#include "projections/evidence/held_log.h"

#include <algorithm>

#include "engine/event/event.h"
#include "engine/log/envelope.h"

namespace trede {

namespace {

Error read_only() { return {ErrorCode::kClosed, "events of a bundle can only be read"}; }

Error beyond(Position position, Position last) {
  return {ErrorCode::kInvalid, "positie " + std::to_string(position.value) +
                                   " does not exist: the last one is " +
                                   std::to_string(last.value)};
}

Error out_of_place(Position position, std::string_view what) {
  return {ErrorCode::kInvalid,
          "the event at positie " + std::to_string(position.value) + " " + std::string(what)};
}

// No stream of a bundle has a KEY.
class NoKeys final : public KeyDirectory {
 public:
  Result<std::optional<StreamId>> find_stream(StreamKind, std::string_view) const override {
    return std::optional<StreamId>();
  }
  Result<std::optional<std::string>> find_key(const StreamId&) const override {
    return std::optional<std::string>();
  }
  Status assign(std::span<const KeyEntry>) override { return read_only(); }
  Status erase_all(std::span<const StreamId>) override { return read_only(); }
  Status scan(const std::function<Status(const KeyEntry&)>&) const override { return {}; }
};

}  // namespace

Result<std::unique_ptr<HeldLog>> HeldLog::make(std::vector<StoredEvent> events,
                                               const Uuid& identity, const TreeHead& head,
                                               const TreeHead& earlier) {
  std::unique_ptr<HeldLog> log(new HeldLog(std::move(events), identity, head, earlier));
  TREDE_RETURN_IF_ERROR(log->index());
  return log;
}

Status HeldLog::index() {
  Position before;
  Moment moment = Moment::min();
  for (std::uint32_t i = 0; i < events_.size(); ++i) {
    const StoredEvent& one = events_[i];
    if (one.position <= before || one.position > last_position()) {
      return out_of_place(one.position, "stands out of order");
    }
    const auto envelope = decode_envelope(one.bytes);
    if (!envelope) return std::unexpected(envelope.error());
    const auto event = decode_any(one.bytes);
    if (!event) return std::unexpected(event.error());
    auto& places = streams_[stream_of(*event)];
    places.push_back(i);
    if (envelope->positie != one.position || envelope->versie.value != places.size() ||
        envelope->vastgelegd_op <= moment) {
      return out_of_place(one.position, "does not belong there");
    }
    if (!ids_.emplace(id_of(*event), one.position).second) {
      return out_of_place(one.position, "has an id that is there already");
    }
    before = one.position;
    moment = envelope->vastgelegd_op;
  }
  return {};
}

std::vector<StoredEvent>::const_iterator HeldLog::first_from(Position position) const {
  return std::ranges::lower_bound(events_, position, {}, &StoredEvent::position);
}

Result<Appended> HeldLog::append(std::span<const StreamAppend>, const AppendOptions&) {
  return read_only();
}

Result<StreamVersion> HeldLog::version_of(const StreamId& stream) const {
  const auto found = streams_.find(stream);
  return StreamVersion{found == streams_.end() ? 0 : found->second.size()};
}

Result<std::optional<Position>> HeldLog::find_event(const EventId& id) const {
  const auto found = ids_.find(id);
  if (found == ids_.end()) return std::optional<Position>();
  return std::optional(found->second);
}

Result<StoredEvent> HeldLog::load(Position position) const {
  const auto found = first_from(position);
  if (found == events_.end() || found->position != position) {
    return Error{ErrorCode::kNotFound,
                 "the event at positie " + std::to_string(position.value) + " is not here"};
  }
  return *found;
}

Result<std::vector<StoredEvent>> HeldLog::read_stream(const StreamId& stream, StreamVersion from,
                                                      std::size_t limit) const {
  std::vector<StoredEvent> events;
  const auto found = streams_.find(stream);
  if (found == streams_.end()) return events;
  const auto& places = found->second;
  for (std::size_t i = from.value == 0 ? 0 : from.value - 1;
       i < places.size() && events.size() < limit; ++i) {
    events.push_back(events_[places[i]]);
  }
  return events;
}

Status HeldLog::scan(Position from, Position to, const Visitor& visit) const {
  for (auto one = first_from(from); one != events_.end() && one->position <= to; ++one) {
    TREDE_RETURN_IF_ERROR(visit(one->position, one->bytes));
  }
  return {};
}

Result<LogHead> HeldLog::head() const {
  LogHead head{last_position(), {}, head_.root};
  if (events_.empty()) return head;
  const auto envelope = decode_envelope(events_.back().bytes);
  if (!envelope) return envelope.error();
  head.vastgelegd_op = envelope->vastgelegd_op;
  return head;
}

Result<Position> HeldLog::position_at(Moment moment) const {
  Position last;
  for (const StoredEvent& one : events_) {
    const auto envelope = decode_envelope(one.bytes);
    if (!envelope) return envelope.error();
    if (envelope->vastgelegd_op > moment) break;
    last = one.position;
  }
  return settle(last);
}

Result<Position> HeldLog::settle(Position position) const {
  if (position > last_position()) return beyond(position, last_position());
  const auto found = first_from(position);
  if (found == events_.end() || found->position != position) return position;
  const auto envelope = decode_envelope(found->bytes);
  if (!envelope) return envelope.error();
  if (envelope->atomair_index + 1 == envelope->atomair_aantal) return position;
  return Position{position.value - envelope->atomair_index - 1};
}

Result<Hash> HeldLog::root_at(Position position) const {
  if (position > last_position()) return beyond(position, last_position());
  for (const TreeHead& known : {head_, earlier_}) {
    if (position.value == known.size) return known.root;
  }
  return root_of(*this, position.value);
}

Result<Hash> HeldLog::subtree(unsigned height, std::uint64_t index) const {
  const Error missing{ErrorCode::kInvalid, "not every event is here"};
  if (height >= 64 || index >= head_.size >> height) return missing;
  const std::uint64_t width = std::uint64_t{1} << height;
  MerkleFrontier tree;
  const Status read = scan(Position{index * width + 1}, Position{(index + 1) * width},
                           [&](Position, std::string_view stored) -> Status {
                             tree.push(leaf_hash(stored));
                             return {};
                           });
  if (!read) return std::unexpected(read.error());
  return tree.size() == width ? Result<Hash>(tree.root()) : missing;
}

Result<std::unique_ptr<Follower>> HeldLog::follow(Position) { return read_only(); }

Result<std::unique_ptr<StagedImport>> HeldLog::begin_import(const ImportOptions&) {
  return read_only();
}

HeldFolder::HeldFolder(std::unique_ptr<HeldLog> log)
    : log_(std::move(log)), keys_(std::make_unique<NoKeys>()), path_("/dev/null") {}

HeldFolder::~HeldFolder() = default;

KeyDirectory& HeldFolder::keys() { return *keys_; }

}  // namespace trede
