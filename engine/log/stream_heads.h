// The versions of streams written to lately, so that an append need not look them up on disk.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/index_table.h"

namespace trede {

// Bounded: when the young half is full it becomes the old one, and the old one is forgotten.
// Threads: one at a time.
class StreamHeads {
 public:
  // `half`: how many streams are kept at least, and half of the most.
  explicit StreamHeads(std::size_t half = 32 * 1024) : half_(half) {}

  std::optional<StreamVersion> find(const StreamId& stream) {
    if (const auto found = young_.find(stream)) return young_.heads[*found].second;
    const auto found = old_.find(stream);
    if (!found) return std::nullopt;
    const StreamVersion version = old_.heads[*found].second;
    set(stream, version);
    return version;
  }

  void set(const StreamId& stream, StreamVersion version) {
    if (const auto found = young_.find(stream)) {
      young_.heads[*found].second = version;
      return;
    }
    if (young_.heads.size() >= half_) {
      std::swap(old_, young_);
      young_.index.clear();
      young_.heads.clear();
    }
    young_.index.add(std::hash<StreamId>{}(stream), young_.heads.size());
    young_.heads.emplace_back(stream, version);
  }

 private:
  struct Half {
    std::optional<std::size_t> find(const StreamId& stream) const {
      return index.find(std::hash<StreamId>{}(stream),
                        [&](std::size_t i) { return heads[i].first == stream; });
    }
    IndexTable index;
    std::vector<std::pair<StreamId, StreamVersion>> heads;
  };

  std::size_t half_;
  Half young_;
  Half old_;
};

}  // namespace trede
