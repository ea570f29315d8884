// The versions of streams written to lately, so that an append need not look them up on disk.
#pragma once

#include <optional>
#include <unordered_map>
#include <utility>

#include "engine/base/ids.h"

namespace trede {

// Bounded: when the young half is full it becomes the old one, and the old one is forgotten.
// Threads: one at a time.
class StreamHeads {
 public:
  std::optional<StreamVersion> find(const StreamId& stream) {
    if (const auto found = young_.find(stream); found != young_.end()) return found->second;
    const auto found = old_.find(stream);
    if (found == old_.end()) return std::nullopt;
    const StreamVersion version = found->second;
    set(stream, version);
    return version;
  }

  void set(const StreamId& stream, StreamVersion version) {
    if (young_.size() >= kHalf) {
      old_ = std::move(young_);
      young_.clear();
    }
    young_.insert_or_assign(stream, version);
  }

 private:
  static constexpr std::size_t kHalf = 32 * 1024;
  std::unordered_map<StreamId, StreamVersion> young_;
  std::unordered_map<StreamId, StreamVersion> old_;
};

}  // namespace trede
