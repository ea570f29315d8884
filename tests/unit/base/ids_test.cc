#include "engine/base/ids.h"

#include <gtest/gtest.h>

#include <unordered_set>

namespace trede {
namespace {

constexpr const char* kText = "01234567-89ab-cdef-0123-456789abcdef";

TEST(ParseUuid, TakesTheForm8_4_4_4_12InEitherCaseAndWritesLowerCase) {
  for (const char* text : {kText, "01234567-89AB-CDEF-0123-456789ABCDEF"}) {
    const auto id = parse_uuid(text);
    ASSERT_TRUE(id) << text;
    EXPECT_EQ(id->text(), kText);
  }
}

TEST(ParseUuid, RefusesEveryOtherForm) {
  const char* const cases[] = {
      "",
      "0123456789abcdef0123456789abcdef",
      "01234567-89ab-cdef-0123-456789abcde",
      "01234567-89ab-cdef-0123-456789abcdef0",
      "01234567-89ab-cdef-0123-456789abcdeg",
      "01234567_89ab_cdef_0123_456789abcdef",
      "0123456-789ab-cdef-0123-456789abcdef",
      "{1234567-89ab-cdef-0123-456789abcde}",
      "01234567-89ab-cdef-0123-45678-abcdef",
  };
  for (const char* text : cases) {
    const auto id = parse_uuid(text);
    ASSERT_FALSE(id) << text;
    EXPECT_EQ(id.error().code, ErrorCode::kInvalid) << text;
  }
}

TEST(DecodeUuid, TakesSixteenBytesAndNothingElse) {
  const auto id = parse_uuid(kText);
  ASSERT_TRUE(id);
  const auto again = decode_uuid(id->view());
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *id);
  for (const std::size_t length : {0U, 15U, 17U}) {
    const auto wrong = decode_uuid(std::string(length, 'x'));
    ASSERT_FALSE(wrong) << length;
    EXPECT_EQ(wrong.error().code, ErrorCode::kCorrupt) << length;
  }
}

TEST(Uuid, NilIsTheOneWithoutBits) {
  EXPECT_TRUE(Uuid{}.is_nil());
  Uuid id;
  id.bytes[15] = 1;
  EXPECT_FALSE(id.is_nil());
  EXPECT_EQ(Uuid{}.text(), "00000000-0000-0000-0000-000000000000");
}

TEST(Uuid, OrdersByItsBytes) {
  Uuid low;
  Uuid high;
  low.bytes[15] = 0xFF;
  high.bytes[0] = 0x01;
  EXPECT_LT(low, high);
}

TEST(StreamId, IsWrittenAsKindAndId) {
  const auto id = parse_uuid(kText);
  ASSERT_TRUE(id);
  EXPECT_EQ((StreamId{StreamKind::kDossier, *id}.text()), std::string("dossier/") + kText);
  EXPECT_EQ((StreamId{StreamKind::kWerkgever, *id}.text()), std::string("werkgever/") + kText);
  EXPECT_EQ(kOrganisatie.text(), "organisatie");
}

TEST(StreamId, TheSameIdInAnotherKindIsAnotherStream) {
  std::unordered_set<StreamId> streams;
  streams.insert(StreamId{StreamKind::kDossier, {}});
  streams.insert(StreamId{StreamKind::kWerkgever, {}});
  streams.insert(StreamId{StreamKind::kDossier, {}});
  EXPECT_EQ(streams.size(), 2U);
}

TEST(Position, CountsOn) { EXPECT_EQ(Position{}.next(), Position{1}); }

}  // namespace
}  // namespace trede
