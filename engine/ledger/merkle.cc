#include "engine/ledger/merkle.h"

#include <bit>
#include <string>

#include "engine/base/check.h"

namespace trede {

Hash leaf_hash(std::string_view leaf) { return sha256({std::string_view("\0", 1), leaf}); }

Hash node_hash(const Hash& left, const Hash& right) {
  return sha256({std::string_view("\1", 1), hash_view(left), hash_view(right)});
}

Result<MerkleFrontier> MerkleFrontier::restore(std::uint64_t size, std::vector<Hash> subtrees) {
  if (static_cast<std::size_t>(std::popcount(size)) != subtrees.size()) {
    return Error{ErrorCode::kCorrupt, "tree of " + std::to_string(size) + " leaves with " +
                                          std::to_string(subtrees.size()) + " subtrees"};
  }
  MerkleFrontier frontier;
  frontier.size_ = size;
  frontier.subtrees_ = std::move(subtrees);
  return frontier;
}

void MerkleFrontier::push(const Hash& root, unsigned height, std::vector<Subtree>* completed) {
  const std::uint64_t width = std::uint64_t{1} << height;
  TREDE_CHECK(size_ % width == 0, "a subtree must begin at a multiple of its size");
  std::uint64_t index = size_ >> height;
  Hash node = root;
  // Like adding one to a binary counter: each set bit is a subtree of that height to join with.
  while ((index & 1) != 0) {
    node = node_hash(subtrees_.back(), node);
    subtrees_.pop_back();
    index >>= 1;
    ++height;
    if (completed != nullptr && height % kTreeStep == 0)
      completed->push_back({height, index, node});
  }
  subtrees_.push_back(node);
  size_ += width;
}

Hash MerkleFrontier::root() const {
  if (subtrees_.empty()) return sha256({});
  Hash root = subtrees_.back();
  for (std::size_t i = subtrees_.size() - 1; i > 0; --i) root = node_hash(subtrees_[i - 1], root);
  return root;
}

}  // namespace trede
