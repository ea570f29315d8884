// Decoded bodies of a rebuild: those that are the same, byte for byte, are decoded and checked
// once. Most events say one of few things (a contactmoment by phone, an oponthoud that ends), so
// most of the work of decoding a log is spared.
#pragma once

#include <google/protobuf/arena.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/event/recorded.h"

namespace trede {

// Threads: one.
class CountedBodies {
 public:
  using Hash = std::uint32_t;

  CountedBodies();

  // Begins to fetch what `decode` will look at, so that who has many to decode waits once for all
  // of them. Returns: what `decode` wants with that body.
  Hash fetch(std::string_view body) const;
  // As decode_counted_body. The body lives on `arena`, or here until the next `make_room`.
  // Requires: the hash that `fetch` gave.
  Status decode(std::string_view body, Hash hash, RecordedEvent& event,
                google::protobuf::Arena& arena);
  // Forgets all when there is no room for more.
  void make_room();

 private:
  static constexpr std::size_t kMost = 16'384;  // bodies
  static constexpr std::size_t kSlots = 2 * kMost;
  static constexpr std::size_t kMostBytes = 51;  // of one: a slot is one line of the cache

  struct alignas(64) Slot {
    const pb::Body* body = nullptr;
    Hash hash = 0;
    std::uint8_t size = 0;
    char encoded[kMostBytes] = {};

    std::string_view text() const { return {encoded, size}; }
  };
  static_assert(sizeof(Slot) == 64);
  Slot& slot_of(Hash hash, std::string_view encoded);

  google::protobuf::Arena kept_;
  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace trede
