// The Merkle tree of RFC 6962 over a list that only grows, kept as the roots of its complete
// subtrees: appending costs one hash on average, the root as many as there are subtrees.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/ledger/sha256.h"

namespace trede {

// Source: RFC 6962, 2.1: a leaf hashes 0x00 and its bytes, a node 0x01 and its two children.
Hash leaf_hash(std::string_view leaf);
Hash node_hash(const Hash& left, const Hash& right);

// A complete subtree: the root over leaves [index << height, (index + 1) << height).
struct Subtree {
  unsigned height;
  std::uint64_t index;
  Hash root;
};

// Subtrees are stored in steps of so many levels (256 leaves, 65,536 leaves, ...).
inline constexpr unsigned kTreeStep = 8;

// What must be known of leaves 0..size-1 to go on: the roots of the complete subtrees whose sizes
// are the powers of two that make up `size`, largest first. Threads: one at a time.
class MerkleFrontier {
 public:
  MerkleFrontier() = default;
  // Errors: kCorrupt when `subtrees` are not as many as `size` has bits set.
  static Result<MerkleFrontier> restore(std::uint64_t size, std::vector<Hash> subtrees);

  // Appends a complete subtree of 2^height leaves; height 0 is a leaf hash. Every subtree that it
  // completes of a height that is a multiple of kTreeStep is added to `completed`, if given.
  // Requires: size() is a multiple of 2^height.
  void push(const Hash& root, unsigned height = 0, std::vector<Subtree>* completed = nullptr);

  std::uint64_t size() const { return size_; }
  const std::vector<Hash>& subtrees() const { return subtrees_; }
  // The tree head; of the empty tree SHA-256 of the empty string.
  Hash root() const;

  bool operator==(const MerkleFrontier&) const = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> subtrees_;
};

}  // namespace trede
