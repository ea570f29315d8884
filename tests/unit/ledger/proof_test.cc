#include "engine/ledger/proof.h"

#include <gtest/gtest.h>

#include "tests/unit/ledger/leaf_tree.h"

namespace trede::test {
namespace {

// The leaves and proofs that the implementations of certificate transparency test each other with.
LeafTree reference_tree() {
  LeafTree tree;
  for (const char* leaf : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                           "606162636465666768696a6b6c6d6e6f"}) {
    tree.add(bytes_of_hex(leaf));
  }
  return tree;
}

std::string text_of(const Result<ProofPath>& path) {
  if (!path) return path.error().message;
  std::string text;
  for (const Hash& hash : *path) text += hash_text(hash).substr(0, 8) + " ";
  return text;
}

TEST(ProveInclusion, GivesThePathsOfTheReferenceTree) {
  struct Row {
    std::uint64_t index;
    std::uint64_t size;
    const char* path;
  };
  const LeafTree tree = reference_tree();
  for (const Row& row : {Row{0, 1, ""}, Row{0, 8, "96a296d2 5f083f0a 6b47aaf2 "},
                         Row{5, 8, "bc1a0643 ca854ea1 d37ee418 "}, Row{2, 3, "fac54203 "},
                         Row{1, 5, "6e340b9c 5f083f0a bc1a0643 "}}) {
    EXPECT_EQ(text_of(prove_inclusion(tree, row.index, row.size)), row.path)
        << row.index << " in " << row.size;
  }
}

TEST(ProveConsistency, GivesThePathsOfTheReferenceTree) {
  struct Row {
    std::uint64_t from;
    std::uint64_t to;
    const char* path;
  };
  const LeafTree tree = reference_tree();
  for (const Row& row :
       {Row{1, 1, ""}, Row{1, 8, "96a296d2 5f083f0a 6b47aaf2 "},
        Row{6, 8, "0ebc5d34 ca854ea1 d37ee418 "}, Row{2, 5, "5f083f0a bc1a0643 "}}) {
    EXPECT_EQ(text_of(prove_consistency(tree, row.from, row.to)), row.path)
        << row.from << " to " << row.to;
  }
}

// Whatever is changed of what is proved, or of the proof, proves nothing.
class EveryProof : public testing::Test {
 protected:
  static constexpr std::uint64_t kLeaves = 40;

  EveryProof() {
    for (std::uint64_t i = 0; i < kLeaves; ++i) tree_.add("leaf " + std::to_string(i));
  }

  TreeHead head(std::uint64_t size) const {
    const auto root = root_of(tree_, size);
    EXPECT_TRUE(root);
    return {size, root.value_or(Hash{})};
  }

  // `holds` must say no for every path near to `path`.
  template <typename Holds>
  static void expect_no_other(const ProofPath& path, const Holds& holds) {
    for (std::size_t i = 0; i < path.size(); ++i) {
      ProofPath other = path;
      other[i][i % 32] ^= 1;
      EXPECT_FALSE(holds(other));
      other = path;
      other.erase(other.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_FALSE(holds(other));
      if (i == 0) continue;
      other = path;
      std::swap(other[i - 1], other[i]);
      EXPECT_FALSE(holds(other));
    }
    ProofPath longer = path;
    longer.push_back(Hash{});
    EXPECT_FALSE(holds(longer));
  }

  LeafTree tree_;
};

TEST_F(EveryProof, OfInclusionHoldsForItsLeafAloneInItsTreeAlone) {
  for (std::uint64_t size = 1; size <= kLeaves; ++size) {
    const TreeHead there = head(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto path = prove_inclusion(tree_, index, size);
      ASSERT_TRUE(path);
      const Hash leaf = tree_.leaf(index);
      EXPECT_TRUE(proves_inclusion(*path, leaf, index, there)) << index << " in " << size;
      for (std::uint64_t other = 0; other <= size; ++other) {
        EXPECT_EQ(proves_inclusion(*path, leaf, other, there), other == index);
      }
      EXPECT_FALSE(proves_inclusion(*path, tree_.leaf((index + 1) % kLeaves), index, there));
      EXPECT_FALSE(proves_inclusion(*path, leaf, index, {size, Hash{}}));
      if (size == kLeaves) {
        expect_no_other(*path, [&](const ProofPath& other) {
          return proves_inclusion(other, leaf, index, there);
        });
      }
    }
  }
}

TEST_F(EveryProof, OfConsistencyHoldsForItsTwoTreesAlone) {
  for (std::uint64_t size = 1; size <= kLeaves; ++size) {
    const TreeHead now = head(size);
    for (std::uint64_t old_size = 0; old_size <= size; ++old_size) {
      const TreeHead before = head(old_size);
      const auto path = prove_consistency(tree_, old_size, size);
      ASSERT_TRUE(path);
      EXPECT_TRUE(proves_consistency(*path, before, now)) << old_size << " to " << size;
      EXPECT_FALSE(proves_consistency(*path, {old_size, Hash{}}, now));
      EXPECT_FALSE(proves_consistency(*path, before, {size, Hash{}}) && old_size > 0);
      if (size < kLeaves && old_size > 0) {
        EXPECT_FALSE(proves_consistency(*path, before, head(size + 1)));
      }
      if (size == kLeaves) {
        expect_no_other(
            *path, [&](const ProofPath& other) { return proves_consistency(other, before, now); });
      }
    }
  }
}

TEST_F(EveryProof, OfConsistencyNeedsTheLargerTreeToComeLast) {
  EXPECT_FALSE(proves_consistency({}, head(5), head(4)));
  EXPECT_FALSE(proves_consistency({}, head(5), {5, head(4).root}));
}

TEST_F(EveryProof, IsRefusedWhereTheTreeCannotBeRead) {
  const auto inclusion = prove_inclusion(tree_, 0, kLeaves + 1);
  ASSERT_FALSE(inclusion);
  EXPECT_EQ(inclusion.error().code, ErrorCode::kInvalid);
  EXPECT_FALSE(prove_consistency(tree_, 3, kLeaves + 1));
  EXPECT_FALSE(root_of(tree_, kLeaves + 1));
}

}  // namespace
}  // namespace trede::test
