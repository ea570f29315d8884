// RocksDB with nothing around it, on the same bytes: no rules, ids, indexes, hashes or versions.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/data/stored_events.h"

namespace trede::bench {

using Values = std::vector<std::string>;

class RawRocks {
 public:
  // In `folder`, which must not exist.
  explicit RawRocks(const std::filesystem::path& folder);
  ~RawRocks();

  // Both put every value under a key of its own, on disk before the next of that caller: caller n
  // has `callers[n]`, and all of them write at the same time.
  // Each caller makes its own synced write; RocksDB groups them as it likes.
  void put_in_own_groups(std::span<const Values> callers);
  // The callers hand over to one thread, which puts what waits in one batch with one sync.
  void put_through_one_writer(std::span<const Values> callers);

  // Puts all in batches of 256, and syncs once at the end.
  void put_batched(const StoredEvents& events);
  // Everything in the last level.
  void compact();
  // Hands over everything in the order of the keys.
  void scan(const std::function<void(std::string_view)>& visit) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace trede::bench
