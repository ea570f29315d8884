#include "engine/ledger/proof.h"

#include <algorithm>
#include <bit>

#include "engine/base/check.h"

namespace trede {

namespace {

// A run of leaves [begin, end), of which `begin` is a multiple of the largest power of two in it.
struct Run {
  std::uint64_t begin;
  std::uint64_t end;
  std::uint64_t size() const { return end - begin; }
  // Where RFC 6962 splits it: after the largest power of two smaller than its size.
  std::uint64_t middle() const { return begin + std::bit_floor(size() - 1); }
};

Result<Hash> root_over(const HashTree& tree, const Run& run) {
  if (std::has_single_bit(run.size())) {
    const auto height = static_cast<unsigned>(std::countr_zero(run.size()));
    return tree.subtree(height, run.begin >> height);
  }
  const auto left = root_over(tree, {run.begin, run.middle()});
  if (!left) return left;
  const auto right = root_over(tree, {run.middle(), run.end});
  if (!right) return right;
  return node_hash(*left, *right);
}

// Adds the root over `run` to `path`.
Status add_root(const HashTree& tree, const Run& run, ProofPath& path) {
  const auto root = root_over(tree, run);
  if (!root) return std::unexpected(root.error());
  path.push_back(*root);
  return {};
}

// The last bit is the lowest level that a proof speaks of.
bool is_odd(std::uint64_t number) { return (number & 1) != 0; }

// The way of a proof from a node up to the root, past the last node of each level.
class Climb {
 public:
  Climb(std::uint64_t node, std::uint64_t last) : node_(node), last_(last) {}

  bool is_at_root() const { return last_ == 0; }
  // Past the levels at which the node is the right one of its parent.
  void skip_right() {
    while (is_odd(node_)) up();
  }
  // Takes the next hash of the path; whether that stands left of the node.
  bool pass_left() {
    const bool is_left = is_odd(node_) || node_ == last_;
    while (is_left && !is_odd(node_) && node_ != 0) up();  // alone on its level: no hash there
    up();
    return is_left;
  }

 private:
  void up() {
    node_ >>= 1;
    last_ >>= 1;
  }

  std::uint64_t node_;
  std::uint64_t last_;
};

}  // namespace

Result<Hash> root_of(const HashTree& tree, std::uint64_t size) {
  if (size == 0) return sha256({});
  return root_over(tree, {0, size});
}

Result<ProofPath> prove_inclusion(const HashTree& tree, std::uint64_t index, std::uint64_t size) {
  TREDE_CHECK(index < size, "a leaf beyond the tree");
  ProofPath path;
  for (Run run{0, size}; run.size() > 1;) {
    const std::uint64_t middle = run.middle();
    const Run left{run.begin, middle};
    const Run right{middle, run.end};
    const bool is_left = index < middle;
    TREDE_RETURN_IF_ERROR(add_root(tree, is_left ? right : left, path));
    run = is_left ? left : right;
  }
  std::reverse(path.begin(), path.end());  // from the leaf upward
  return path;
}

Result<ProofPath> prove_consistency(const HashTree& tree, std::uint64_t old_size,
                                    std::uint64_t size) {
  TREDE_CHECK(old_size <= size, "a tree that continues a larger one");
  ProofPath path;
  if (old_size == 0 || old_size == size) return path;
  Run run{0, size};
  bool is_old_tree = true;  // `run` begins where the old tree does, so its root may be known
  while (run.end != old_size) {
    const std::uint64_t middle = run.middle();
    const Run left{run.begin, middle};
    const Run right{middle, run.end};
    const bool is_left = old_size <= middle;
    TREDE_RETURN_IF_ERROR(add_root(tree, is_left ? right : left, path));
    if (!is_left) is_old_tree = false;
    run = is_left ? left : right;
  }
  if (!is_old_tree) TREDE_RETURN_IF_ERROR(add_root(tree, run, path));
  std::reverse(path.begin(), path.end());
  return path;
}

bool proves_inclusion(std::span<const Hash> path, const Hash& leaf, std::uint64_t index,
                      const TreeHead& head) {
  if (index >= head.size) return false;
  Climb climb(index, head.size - 1);
  Hash root = leaf;
  for (const Hash& hash : path) {
    if (climb.is_at_root()) return false;
    root = climb.pass_left() ? node_hash(hash, root) : node_hash(root, hash);
  }
  return climb.is_at_root() && root == head.root;
}

bool proves_consistency(std::span<const Hash> path, const TreeHead& old_head,
                        const TreeHead& head) {
  if (old_head.size > head.size) return false;
  if (old_head.size == head.size) return path.empty() && old_head.root == head.root;
  if (old_head.size == 0) return path.empty() && old_head.root == sha256({});
  // The old tree is complete: its root begins the path, though it is not listed.
  const bool is_complete = std::has_single_bit(old_head.size);
  if (!is_complete && path.empty()) return false;
  Climb climb(old_head.size - 1, head.size - 1);
  climb.skip_right();
  Hash old_root = is_complete ? old_head.root : path.front();
  Hash root = old_root;
  for (const Hash& hash : is_complete ? path : path.subspan(1)) {
    if (climb.is_at_root()) return false;
    if (climb.pass_left()) {
      old_root = node_hash(hash, old_root);
      root = node_hash(hash, root);
    } else {
      root = node_hash(root, hash);
    }
  }
  return climb.is_at_root() && old_root == old_head.root && root == head.root;
}

}  // namespace trede
