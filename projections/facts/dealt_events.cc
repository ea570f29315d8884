#include "projections/facts/dealt_events.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>

namespace trede {

std::uint64_t spread(const StreamId& stream) {
  const std::uint64_t mixed = std::hash<StreamId>{}(stream)*0x9E3779B97F4A7C15u;
  return mixed ^ (mixed >> 29);
}

void DealtEvents::put(std::size_t share, const DealtEvent& event, const char* bytes) {
  const std::size_t room = dealt_bytes(event.size);
  std::vector<Chunk>& chunks = shares_[share].chunks;
  if (chunks.empty() || chunks.back().size - chunks.back().used < room) {
    const std::size_t size = std::max(kChunkBytes, room);
    chunks.push_back({std::make_unique_for_overwrite<std::byte[]>(size), size});
  }
  Chunk& chunk = chunks.back();
  std::byte* place = chunk.bytes.get() + chunk.used;
  new (place) DealtEvent(event);
  std::memcpy(place + sizeof event, bytes, event.size);
  chunk.used += room;
}

void DealtEvents::add(std::size_t share, const EventParts& parts) {
  const RecordedEvent& event = parts.event;
  const DealtEvent dealt{
      .stream = parts.stream.uuid,
      .id = event.id,
      .position = event.position.value,
      .append_index = static_cast<std::uint32_t>(event.position.value - event.append_first.value),
      .day = event.geldig_op ? day_number(*event.geldig_op) : 0,
      .size = static_cast<std::uint32_t>(parts.body.size()),
      .kind = parts.stream.kind,
      .form = event.geldig_op ? DealtEvent::Form::kBody : DealtEvent::Form::kBodyWithoutDay};
  put(share, dealt, parts.body.data());
}

void DealtEvents::add_stored(std::size_t share, const StreamId& stream, std::string_view stored) {
  const DealtEvent dealt{.stream = stream.uuid,
                         .id = {},
                         .position = 0,
                         .append_index = 0,
                         .day = 0,
                         .size = static_cast<std::uint32_t>(stored.size()),
                         .kind = stream.kind,
                         .form = DealtEvent::Form::kStored};
  put(share, dealt, stored.data());
}

// The number of the stream of `event`, a new one when it is the first of it.
std::uint32_t StreamsOfShare::number_of(const DealtEvent& event) {
  const std::size_t mask = slots_.size() - 1;
  // Other bits than those that chose the share.
  for (std::size_t at = spread(event.stream_id()) >> 8 & mask;; at = (at + 1) & mask) {
    std::uint32_t& slot = slots_[at];
    if (slot == 0) {
      firsts_.push_back(&event);
      slot = static_cast<std::uint32_t>(firsts_.size());
      return slot - 1;
    }
    const DealtEvent& first = *firsts_[slot - 1];
    if (first.stream == event.stream && first.kind == event.kind) return slot - 1;
  }
}

void StreamsOfShare::take_up(std::span<const DealtEvents> ranges, std::size_t share) {
  events_.clear();
  for (const DealtEvents& range : ranges) {
    range.each(share, [this](const DealtEvent& event) { events_.push_back(&event); });
  }
  slots_.assign(std::bit_ceil(2 * events_.size() + 1), 0);
  firsts_.clear();
  numbers_.clear();
  ends_.clear();
  for (const DealtEvent* event : events_) {
    numbers_.push_back(number_of(*event));
    ends_.resize(firsts_.size());
    ++ends_[numbers_.back()];
  }
  // Counts become ends; then each event goes to its place, the last first.
  std::size_t end = 0;
  for (std::size_t& of_stream : ends_) of_stream = end += of_stream;
  by_stream_.resize(events_.size());
  places_ = ends_;
  for (std::size_t i = events_.size(); i > 0; --i) {
    by_stream_[--places_[numbers_[i - 1]]] = events_[i - 1];
  }
}

}  // namespace trede
