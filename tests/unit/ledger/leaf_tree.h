// A tree over leaves in memory, its subtrees worked out from the definition each time.
#pragma once

#include <string>
#include <vector>

#include "engine/event/bytes_text.h"
#include "engine/ledger/proof.h"

namespace trede::test {

inline std::string bytes_of_hex(std::string_view text) { return parse_hex(text).value_or("bad"); }

class LeafTree final : public HashTree {
 public:
  void add(std::string_view leaf) { leaves_.push_back(leaf_hash(leaf)); }
  const Hash& leaf(std::uint64_t index) const { return leaves_[index]; }

  Result<Hash> subtree(unsigned height, std::uint64_t index) const override {
    if ((index + 1) << height > leaves_.size()) {
      return Error{ErrorCode::kInvalid, "not complete"};
    }
    if (height == 0) return leaves_[index];
    const auto left = subtree(height - 1, 2 * index);
    const auto right = subtree(height - 1, 2 * index + 1);
    if (!left) return left;
    if (!right) return right;
    return node_hash(*left, *right);
  }

 private:
  std::vector<Hash> leaves_;
};

}  // namespace trede::test
