#include "engine/vault/sealing.h"

#include <gtest/gtest.h>

#include "tests/support/fakes.h"

namespace trede::test {

namespace {

class SealingTest : public testing::Test {
 protected:
  SeededRandom random_{3};
  SecretKey key_ = SecretKey::random(random_);
  SealedPlace place_{Sealed::kPerson, random_.uuid4(), random_.uuid4(), {}};
};

TEST_F(SealingTest, OpensWhatItSealedOfAnyLength) {
  for (const std::size_t size : {0, 1, 63, 64, 65, 1000}) {
    const std::string plain(size, 'p');
    const auto opened = unseal(seal(plain, 64, key_, place_, random_), 64, key_, place_);
    ASSERT_TRUE(opened) << size;
    EXPECT_EQ(opened->view(), plain);
  }
}

TEST_F(SealingTest, TheSameTextIsNeverSealedTheSame) {
  EXPECT_NE(seal("a", 64, key_, place_, random_), seal("a", 64, key_, place_, random_));
}

TEST_F(SealingTest, LengthsAreThoseOfBlocks) {
  const std::size_t one = seal("", 64, key_, place_, random_).size();
  EXPECT_EQ(seal(std::string(63, 'x'), 64, key_, place_, random_).size(), one);
  EXPECT_EQ(seal(std::string(64, 'x'), 64, key_, place_, random_).size(), one + 64);
}

TEST_F(SealingTest, OpensInNoOtherPlaceAndWithNoOtherKey) {
  const std::string sealed = seal("geheim", 64, key_, place_, random_);
  SealedPlace other = place_;
  other.what = Sealed::kDossierNote;
  EXPECT_FALSE(unseal(sealed, 64, key_, other));
  for (Uuid SealedPlace::*id : {&SealedPlace::log, &SealedPlace::owner, &SealedPlace::row}) {
    other = place_;
    (other.*id).bytes[9] ^= 1;
    EXPECT_FALSE(unseal(sealed, 64, key_, other));
  }
  const auto opened = unseal(sealed, 64, SecretKey::random(random_), place_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kCorrupt);
}

TEST_F(SealingTest, AKeyOpensOnlyWhereItWasWrapped) {
  const SecretKey inner = SecretKey::random(random_);
  const SealedPlace place{Sealed::kPersonKey, place_.log, place_.owner, {}};
  std::string wrapped = wrap(inner, key_, place, random_);
  EXPECT_EQ(unwrap(wrapped, key_, place)->view(), inner.view());
  EXPECT_FALSE(unwrap(wrapped, inner, place));
  EXPECT_FALSE(unwrap(wrapped, key_, place_));
  EXPECT_FALSE(unwrap(wrapped.substr(1), key_, place));
  wrapped[30] = static_cast<char>(wrapped[30] ^ 1);
  EXPECT_FALSE(unwrap(wrapped, key_, place));
}

TEST_F(SealingTest, ATagHangsOnTextKeyAndLog) {
  const std::string tag = blind_tag("bsn 1", key_, place_.log);
  EXPECT_EQ(tag.size(), 32U);
  EXPECT_EQ(tag, blind_tag("bsn 1", key_, place_.log));
  EXPECT_NE(tag, blind_tag("bsn 2", key_, place_.log));
  EXPECT_NE(tag, blind_tag("bsn 1", SecretKey::random(random_), place_.log));
  EXPECT_NE(tag, blind_tag("bsn 1", key_, random_.uuid4()));
}

TEST_F(SealingTest, AKeyThatWasMovedAwayLeavesZeros) {
  SecretKey first = SecretKey::random(random_);
  const std::string bytes(first.view());
  const SecretKey second = std::move(first);
  EXPECT_EQ(second.view(), bytes);
  EXPECT_EQ(first.view(), std::string(32, '\0'));
}

TEST_F(SealingTest, WipingAlsoReachesWhatAShortTextLeavesBehind) {
  std::string text = "123456782";
  const char* const place = text.data();
  const std::string moved = std::move(text);
  wipe(text);
  EXPECT_EQ(std::string(place, 9), std::string(9, '\0'));
  EXPECT_EQ(moved, "123456782");
}

}  // namespace

}  // namespace trede::test
