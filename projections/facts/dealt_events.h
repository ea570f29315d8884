// The events of a range of the log in memory, dealt out by their streams.
//
// A share holds all events of its streams in the range, one behind the other. There are so many
// shares that one fits a processor's cache: an event is written to the end of its share as the log
// is read, and when the share is taken up, finding the events of each stream and going over them
// waits for no memory. (One table of all streams and events where they were read cost a third of a
// rebuild in waiting.)
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <vector>

#include "engine/event/recorded.h"

namespace trede {

// What a fold needs of one event; its bytes stand right behind it.
struct DealtEvent {
  enum class Form : std::uint8_t {
    kBody,            // the bytes are its body
    kBodyWithoutDay,  // the same, of an event without geldig_op
    kStored,          // the bytes are all that was stored, in another form than ours
  };

  Uuid stream;
  EventId id;
  std::uint64_t position;
  std::uint32_t append_index;  // its place in its append
  std::int32_t day;            // day_number of geldig_op
  std::uint32_t size;          // of the bytes
  StreamKind kind;
  Form form;

  std::string_view bytes() const { return {reinterpret_cast<const char*>(this + 1), size}; }
  StreamId stream_id() const { return {kind, stream}; }
  Position append_first() const { return Position{position - append_index}; }
};

// What an event with so many bytes takes here.
constexpr std::size_t dealt_bytes(std::size_t size) {
  constexpr std::size_t kAlign = alignof(DealtEvent);
  return (sizeof(DealtEvent) + size + kAlign - 1) / kAlign * kAlign;
}

// Where chunks come from: large pieces of memory, for which the system is asked to use large pages.
// Hundreds of chunks are written in turn, and each in a small page of its own would cost a look in
// the page table for every event, and a fault for every fifty.
class ChunkRoom {
 public:
  std::byte* take(std::size_t size);

 private:
  static constexpr std::size_t kPieceBytes = std::size_t{2} << 20;  // of one large page
  struct Free {
    void operator()(std::byte* piece) const {
      ::operator delete[](piece, std::align_val_t{kPieceBytes});
    }
  };

  std::vector<std::unique_ptr<std::byte[], Free>> pieces_;
  std::byte* at_ = nullptr;
  std::byte* end_ = nullptr;
};

// Threads: one adds; afterwards any may read.
class DealtEvents {
 public:
  DealtEvents() = default;  // no shares
  explicit DealtEvents(std::size_t shares) : shares_(shares) {}

  void add(std::size_t share, const EventParts& parts);
  void add_stored(std::size_t share, const StreamId& stream, std::string_view stored);

  // Calls `visit` with the events of a share in the order in which they came.
  template <typename Visit>
  void each(std::size_t share, const Visit& visit) const {
    const Share& of = shares_[share];
    for (std::size_t i = 0; i < of.chunks.size(); ++i) {
      const std::byte* const end = i + 1 == of.chunks.size() ? of.at : of.chunks[i].end;
      for (const std::byte* at = of.chunks[i].begin; at != end;) {
        const auto& event = *reinterpret_cast<const DealtEvent*>(at);
        visit(event);
        at += dealt_bytes(event.size);
      }
    }
  }

 private:
  static constexpr std::size_t kChunkBytes = std::size_t{16} << 10;
  struct Chunk {
    std::byte* begin;
    std::byte* end;  // of what is used; of the last chunk of a share it stands there
  };
  struct Share {
    std::byte* at = nullptr;    // where the next event goes
    std::byte* room = nullptr;  // end of the last chunk
    std::vector<Chunk> chunks;
  };

  void put(std::size_t share, const DealtEvent& event, const char* bytes);
  void begin_chunk(Share& share, std::size_t least);

  ChunkRoom room_;
  std::vector<Share> shares_;
};

// The events of one share, stream by stream. Threads: one.
class StreamsOfShare {
 public:
  // Of the same share of ranges that follow one another in the log; they must outlive what this
  // hands out.
  void take_up(std::span<const DealtEvents> ranges, std::size_t share);

  std::size_t size() const { return ends_.size(); }
  // Begins to fetch the events of a stream, if there is one. They were looked at when the share was
  // taken up, and many others since.
  void fetch(std::size_t stream) const;
  // The events of a stream in order of version; never empty.
  std::span<const DealtEvent* const> events(std::size_t stream) const {
    const std::size_t from = stream == 0 ? 0 : ends_[stream - 1];
    return std::span(by_stream_).subspan(from, ends_[stream] - from);
  }

 private:
  std::uint32_t number_of(const DealtEvent& event);

  std::vector<const DealtEvent*> events_;  // in the order of the log
  std::vector<std::uint32_t> numbers_;     // beside events_: which stream
  std::vector<const DealtEvent*> firsts_;  // by stream
  std::vector<std::uint32_t> slots_;       // a table of hashes: stream + 1, or zero
  std::vector<std::size_t> ends_;          // by stream, in by_stream_
  std::vector<std::size_t> places_;        // the same, while they are filled
  std::vector<const DealtEvent*> by_stream_;
};

// A number that spreads streams evenly, over all its bits.
std::uint64_t spread(const StreamId& stream);

}  // namespace trede
