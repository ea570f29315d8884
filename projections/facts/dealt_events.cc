#include "projections/facts/dealt_events.h"

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace trede {

std::uint64_t spread(const StreamId& stream) {
  const std::uint64_t mixed = std::hash<StreamId>{}(stream)*0x9E3779B97F4A7C15u;
  return mixed ^ (mixed >> 29);
}

std::byte* ChunkRoom::take(std::size_t size) {
  if (static_cast<std::size_t>(end_ - at_) < size) {
    const std::size_t piece = std::max(kPieceBytes, size);
    pieces_.emplace_back(new (std::align_val_t{kPieceBytes}) std::byte[piece]);
    at_ = pieces_.back().get();
    end_ = at_ + piece;
    ::madvise(at_, piece, MADV_HUGEPAGE);  // where it is refused, small pages do
  }
  return std::exchange(at_, at_ + size);
}

void DealtEvents::begin_chunk(Share& share, std::size_t least) {
  if (!share.chunks.empty()) share.chunks.back().end = share.at;
  const std::size_t size = std::max(kChunkBytes, least);
  share.at = room_.take(size);
  share.room = share.at + size;
  share.chunks.push_back({share.at, nullptr});
}

void DealtEvents::put(std::size_t share, const DealtEvent& event, const char* bytes) {
  const std::size_t room = dealt_bytes(event.size);
  Share& of = shares_[share];
  if (static_cast<std::size_t>(of.room - of.at) < room) begin_chunk(of, room);
  new (of.at) DealtEvent(event);
  std::memcpy(of.at + sizeof event, bytes, event.size);
  of.at += room;
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

void StreamsOfShare::fetch(std::size_t stream) const {
  if (stream >= size()) return;
  for (const DealtEvent* event : events(stream)) {
    __builtin_prefetch(event);
    __builtin_prefetch(event + 1);  // its bytes
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
