// RocksDB with nothing around it, on the same bytes: no rules, ids, indexes, hashes or versions.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace trede::bench {

using Values = std::vector<std::string>;

class RawRocks {
 public:
  // In `folder`, which must not exist.
  explicit RawRocks(const std::filesystem::path& folder);
  ~RawRocks();

  // Puts every value under a key of its own, one synced write each: caller n has `callers[n]`, and
  // all of them write at the same time. RocksDB groups them as it likes.
  void put_synced(std::span<const Values> callers);
  // Puts them in batches of 256, and syncs once at the end.
  void put_batched(const Values& values);
  // Reads everything in the order of the keys. Returns the bytes read.
  std::size_t scan() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace trede::bench
