// Proofs over a Merkle tree that only grows: that a leaf is in it, and that a tree is the beginning
// of a larger one. Source: RFC 6962, 2.1.1 and 2.1.2 (the checks: RFC 9162, 2.1.3.2 and 2.1.4.2).
#pragma once

#include <span>
#include <vector>

#include "engine/ledger/merkle.h"

namespace trede {

// A tree of which every complete subtree can be asked. The log is one (engine/log/event_log.h).
class HashTree {
 public:
  virtual ~HashTree() = default;
  // The root over leaves [index << height, (index + 1) << height); a leaf hash for height 0.
  // Errors: kInvalid for a subtree that is not complete.
  virtual Result<Hash> subtree(unsigned height, std::uint64_t index) const = 0;
};

// Hashes, as a proof lists them.
using ProofPath = std::vector<Hash>;

// The tree head over the first `size` leaves. Errors: those of `tree`.
Result<Hash> root_of(const HashTree& tree, std::uint64_t size);

// That leaf `index` (from 0) is in the tree over the first `size` leaves.
// Requires: index < size. Errors: those of `tree`.
Result<ProofPath> prove_inclusion(const HashTree& tree, std::uint64_t index, std::uint64_t size);

// That the tree over the first `size` leaves continues the one over the first `old_size`; empty
// when both are the same, or the first is the empty tree.
// Requires: old_size <= size. Errors: those of `tree`.
Result<ProofPath> prove_consistency(const HashTree& tree, std::uint64_t old_size,
                                    std::uint64_t size);

// A tree as it is stated: so many leaves, this head.
struct TreeHead {
  std::uint64_t size = 0;
  Hash root{};
  bool operator==(const TreeHead&) const = default;
};

// Whether `path` proves that the leaf with `leaf` as its hash stands at `index` in the tree of
// `head`. A path that is too long or too short proves nothing. Threads: any.
bool proves_inclusion(std::span<const Hash> path, const Hash& leaf, std::uint64_t index,
                      const TreeHead& head);

// Whether `path` proves that the tree of `head` continues the one of `old_head`.
bool proves_consistency(std::span<const Hash> path, const TreeHead& old_head, const TreeHead& head);

}  // namespace trede
