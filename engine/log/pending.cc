#include "engine/log/pending.h"

#include <algorithm>

namespace trede {

void PendingEvents::clear(Position next) {
  first_ = next;
  bytes_.clear();
  entries_.clear();
  index_of_.clear();
  last_of_.clear();
}

void PendingEvents::add(const StreamId& stream, StreamVersion version, const EventId& id,
                        std::string_view stored) {
  const std::size_t index = entries_.size();
  const auto [last, is_first] = last_of_.try_emplace(stream, index);
  entries_.push_back({bytes_.size(), version, is_first ? kNone : last->second});
  last->second = index;
  index_of_.emplace(id, index);
  bytes_.append(stored);
}

std::optional<Position> PendingEvents::find(const EventId& id) const {
  const auto found = index_of_.find(id);
  if (found == index_of_.end()) return std::nullopt;
  return Position{first_.value + found->second};
}

std::string_view PendingEvents::load(Position position) const {
  const std::size_t index = position.value - first_.value;
  const std::size_t begin = entries_[index].at;
  const std::size_t end = index + 1 < entries_.size() ? entries_[index + 1].at : bytes_.size();
  return std::string_view(bytes_).substr(begin, end - begin);
}

std::optional<StreamVersion> PendingEvents::version_of(const StreamId& stream) const {
  const auto last = last_of_.find(stream);
  if (last == last_of_.end()) return std::nullopt;
  return entries_[last->second].version;
}

std::vector<Position> PendingEvents::positions_of(const StreamId& stream,
                                                  StreamVersion from) const {
  std::vector<Position> positions;
  const auto last = last_of_.find(stream);
  if (last == last_of_.end()) return positions;
  for (std::size_t index = last->second; index != kNone && entries_[index].version >= from;
       index = entries_[index].before) {
    positions.push_back(Position{first_.value + index});
  }
  std::reverse(positions.begin(), positions.end());
  return positions;
}

}  // namespace trede
