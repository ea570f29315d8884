#include "tests/property/log/log_model.h"

#include <algorithm>

namespace trede::test {

namespace {

using namespace std::chrono_literals;

Error refused(ErrorCode code) { return {code, "refused by the model"}; }

}  // namespace

const LogModel::Entry* LogModel::find(const EventId& id) const {
  const auto found =
      std::ranges::find(entries_, id, [](const Entry& entry) { return entry.event.id; });
  return found == entries_.end() ? nullptr : &*found;
}

std::optional<Result<Appended>> LogModel::find_redelivered(
    const std::vector<StreamAppend>& streams) const {
  std::vector<const Entry*> there;
  std::size_t count = 0;
  for (const StreamAppend& stream : streams) {
    for (const NewEvent& event : stream.events) {
      ++count;
      const Entry* const entry = find(event.id);
      if (entry == nullptr) continue;
      if (entry->event.content != event.content) return refused(ErrorCode::kInvalid);
      there.push_back(entry);
    }
  }
  if (there.empty()) return std::nullopt;
  if (there.size() != count) return refused(ErrorCode::kInvalid);
  std::ranges::sort(there);  // of one list: in order of position
  const Envelope& last = there.back()->envelope;
  return Appended{there.front()->envelope.positie, last.positie, last.vastgelegd_op, true};
}

Result<Appended> LogModel::append(const std::vector<StreamAppend>& streams, const Way& way) {
  if (auto redelivered = find_redelivered(streams)) return *std::move(redelivered);
  std::uint32_t count = 0;
  for (const StreamAppend& stream : streams) {
    if (version_of(stream.stream) != stream.expected) return refused(ErrorCode::kConflict);
    count += static_cast<std::uint32_t>(stream.events.size());
  }
  if (!way.adopted && !entries_.empty() && way.now < last_moment() - 5min) {
    return refused(ErrorCode::kClock);
  }
  const Position first{entries_.size() + 1};
  std::uint32_t index = 0;
  for (const StreamAppend& stream : streams) {
    for (const NewEvent& event : stream.events) {
      Envelope envelope;
      envelope.positie = Position{entries_.size() + 1};
      envelope.vastgelegd_op = way.adopted.value_or(way.now);
      if (!entries_.empty()) {
        envelope.vastgelegd_op = std::max(envelope.vastgelegd_op, last_moment() + 1us);
      }
      envelope.versie = StreamVersion{version_of(stream.stream).value + 1};
      envelope.atomair_index = index++;
      envelope.atomair_aantal = count;
      envelope.import = way.import;
      if (way.adopted) envelope.overgenomen_op = way.now;
      entries_.push_back({envelope, stream.stream, event});
    }
  }
  return Appended{first, Position{entries_.size()}, last_moment(), false};
}

std::vector<std::string> LogModel::stored() const {
  std::vector<std::string> out;
  for (const Entry& entry : entries_) {
    out.push_back(encode_stored(entry.envelope, entry.event.content));
  }
  return out;
}

StreamVersion LogModel::version_of(const StreamId& stream) const {
  return StreamVersion{positions_of(stream).size()};
}

std::vector<Position> LogModel::positions_of(const StreamId& stream) const {
  std::vector<Position> out;
  for (const Entry& entry : entries_) {
    if (entry.stream == stream) out.push_back(entry.envelope.positie);
  }
  return out;
}

// The last position up to `position` at which an append ends.
Position LogModel::settle(Position position) const {
  for (; position.value > 0; --position.value) {
    const Envelope& envelope = entries_[position.value - 1].envelope;
    if (envelope.atomair_index + 1 == envelope.atomair_aantal) return position;
  }
  return position;
}

Position LogModel::position_at(Moment moment) const {
  Position last;
  for (const Entry& entry : entries_) {
    if (entry.envelope.vastgelegd_op <= moment) last = entry.envelope.positie;
  }
  return settle(last);
}

Moment LogModel::last_moment() const {
  return entries_.empty() ? Moment::min() : entries_.back().envelope.vastgelegd_op;
}

}  // namespace trede::test
