// Decoded bodies of a rebuild: those that are the same, byte for byte, are decoded and checked
// once. Most events say one of few things (a contactmoment by phone, an oponthoud that ends), so
// most of the work of decoding a log is spared.
#pragma once

#include <google/protobuf/arena.h>

#include <memory>
#include <string_view>
#include <vector>

#include "engine/event/recorded.h"

namespace trede {

// Threads: one.
class CountedBodies {
 public:
  CountedBodies();

  // As decode_counted_body. The body lives on `arena`, or here until the next `make_room`.
  Status decode(std::string_view body, RecordedEvent& event, google::protobuf::Arena& arena);
  // Forgets all when there is no room for more.
  void make_room();

 private:
  static constexpr std::size_t kMost = 16'384;   // bodies
  static constexpr std::size_t kMostBytes = 64;  // of one
  static constexpr std::size_t kSlots = 2 * kMost;

  struct Slot {
    std::size_t hash = 0;
    std::string_view encoded;
    const pb::Body* body = nullptr;
  };
  Slot& slot_of(std::size_t hash, std::string_view encoded);

  google::protobuf::Arena kept_;
  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace trede
