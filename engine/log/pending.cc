#include "engine/log/pending.h"

#include <algorithm>

namespace trede {

void PendingEvents::clear(Position next) {
  first_ = next;
  bytes_.clear();
  entries_.clear();
  by_id_.clear();
  by_stream_.clear();
}

std::optional<std::size_t> PendingEvents::last_of(const StreamId& stream) const {
  return by_stream_.find(std::hash<StreamId>{}(stream),
                         [&](std::size_t index) { return entries_[index].stream == stream; });
}

void PendingEvents::add(const StreamId& stream, StreamVersion version, const EventId& id,
                        std::string_view stored) {
  const std::size_t index = entries_.size();
  const auto before = by_stream_.put(
      std::hash<StreamId>{}(stream),
      [&](std::size_t other) { return entries_[other].stream == stream; }, index);
  by_id_.add(std::hash<EventId>{}(id), index);
  entries_.push_back({id, stream, version, bytes_.size(), before.value_or(kNone)});
  bytes_.append(stored);
}

std::optional<Position> PendingEvents::find(const EventId& id) const {
  const auto found = by_id_.find(std::hash<EventId>{}(id),
                                 [&](std::size_t index) { return entries_[index].id == id; });
  if (!found) return std::nullopt;
  return Position{first_.value + *found};
}

std::string_view PendingEvents::load(Position position) const {
  const std::size_t index = position.value - first_.value;
  const std::size_t begin = entries_[index].at;
  const std::size_t end = index + 1 < entries_.size() ? entries_[index + 1].at : bytes_.size();
  return std::string_view(bytes_).substr(begin, end - begin);
}

std::optional<StreamVersion> PendingEvents::version_of(const StreamId& stream) const {
  const auto last = last_of(stream);
  if (!last) return std::nullopt;
  return entries_[*last].version;
}

std::vector<Position> PendingEvents::positions_of(const StreamId& stream,
                                                  StreamVersion from) const {
  std::vector<Position> positions;
  const auto last = last_of(stream);
  if (!last) return positions;
  for (std::size_t index = *last; index != kNone && entries_[index].version >= from;
       index = entries_[index].before) {
    positions.push_back(Position{first_.value + index});
  }
  std::reverse(positions.begin(), positions.end());
  return positions;
}

}  // namespace trede
