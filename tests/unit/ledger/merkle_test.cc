#include "engine/ledger/merkle.h"

#include <gtest/gtest.h>

#include <span>
#include <string>

namespace trede::test {
namespace {

// The definition of RFC 6962, 2.1, word for word: split at the largest power of two below the size.
Hash defined_root(std::span<const std::string> leaves) {
  if (leaves.empty()) return sha256({});
  if (leaves.size() == 1) return leaf_hash(leaves.front());
  std::size_t split = 1;
  while (2 * split < leaves.size()) split *= 2;
  return node_hash(defined_root(leaves.first(split)), defined_root(leaves.subspan(split)));
}

std::vector<std::string> some_leaves(std::size_t count) {
  std::vector<std::string> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back("leaf " + std::to_string(i));
  return leaves;
}

TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(hash_text(sha256({})),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hash_text(sha256({"a", "b", "c"})),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// The leaves and roots that the implementations of certificate transparency test each other with.
TEST(MerkleFrontier, GivesTheRootsOfTheReferenceTree) {
  const std::vector<std::string> leaves = {
      "",
      std::string(1, '\0'),
      "\x10",
      "\x20\x21",
      "\x30\x31",
      "\x40\x41\x42\x43",
      "\x50\x51\x52\x53\x54\x55\x56\x57",
      "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
  const std::vector<std::string> roots = {
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  MerkleFrontier frontier;
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    frontier.push(leaf_hash(leaves[i]));
    EXPECT_EQ(hash_text(frontier.root()), roots[i]) << "after " << i + 1 << " leaves";
  }
}

TEST(MerkleFrontier, HasTheDefinedRootAtEverySize) {
  const std::vector<std::string> leaves = some_leaves(300);
  MerkleFrontier frontier;
  EXPECT_EQ(frontier.root(), defined_root({}));
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    frontier.push(leaf_hash(leaves[size - 1]));
    EXPECT_EQ(frontier.root(), defined_root(std::span(leaves).first(size))) << size;
  }
}

TEST(MerkleFrontier, NamesEachSubtreeOf256LeavesWhenItIsComplete) {
  const std::vector<std::string> leaves = some_leaves(600);
  MerkleFrontier frontier;
  std::vector<Subtree> completed;
  for (const std::string& leaf : leaves) frontier.push(leaf_hash(leaf), 0, &completed);
  ASSERT_EQ(completed.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(completed[i].height, kTreeStep);
    EXPECT_EQ(completed[i].index, i);
    EXPECT_EQ(completed[i].root, defined_root(std::span(leaves).subspan(256 * i, 256)));
  }
}

TEST(MerkleFrontier, IsTheSameFromSubtreesAsFromLeaves) {
  const std::vector<std::string> leaves = some_leaves(256 + 17);
  MerkleFrontier from_leaves;
  for (const std::string& leaf : leaves) from_leaves.push(leaf_hash(leaf));
  MerkleFrontier from_subtrees;
  from_subtrees.push(defined_root(std::span(leaves).first(256)), kTreeStep);
  for (std::size_t i = 256; i < leaves.size(); ++i) from_subtrees.push(leaf_hash(leaves[i]));
  EXPECT_EQ(from_subtrees, from_leaves);
}

TEST(MerkleFrontier, GoesOnFromWhatWasKept) {
  MerkleFrontier frontier;
  for (const std::string& leaf : some_leaves(11)) frontier.push(leaf_hash(leaf));
  auto restored = MerkleFrontier::restore(frontier.size(), frontier.subtrees());
  ASSERT_TRUE(restored);
  frontier.push(leaf_hash("next"));
  restored->push(leaf_hash("next"));
  EXPECT_EQ(restored->root(), frontier.root());
}

TEST(MerkleFrontier, RefusesAnotherNumberOfSubtreesThanItsSizeHas) {
  const auto restored = MerkleFrontier::restore(3, {leaf_hash("only one")});
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace trede::test
