// Proof of the log over the API, checked with nothing but the public key.
#include <filesystem>

#include "engine/event/bytes_text.h"
#include "engine/log/signing_key_file.h"
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

class EvidenceTest : public ApiFixture {
 protected:
  VerifierKey key() const {
    auto found = find_signing_key(folder_->path(), folder_->log().identity());
    return (**found).verifier();
  }
};

ProofPath proof_path_of(const boost::json::array& hashes) {
  ProofPath out;
  for (const auto& one : hashes) {
    const auto bytes = parse_base64(std::string_view(one.as_string()));
    if (!bytes || bytes->size() != sizeof(Hash)) continue;
    std::ranges::copy(*bytes, reinterpret_cast<char*>(out.emplace_back().data()));
  }
  return out;
}

TEST_F(EvidenceTest, ACheckpointIsTheHeadOfLogAndTrailSigned) {
  const auto answered = get("/v1/controlepunt", "controller");
  ASSERT_EQ(answered.status(), 200U) << answered.body;
  const auto head = open_checkpoint(answered.body, key());
  ASSERT_TRUE(head) << head.error().message;
  EXPECT_EQ(head->head.size, last());
  EXPECT_FALSE(head->find("trail"));
  static_cast<void>(get(path_of(one())));
  EXPECT_TRUE(open_checkpoint(get("/v1/controlepunt").body, key())->find("trail"));
  EXPECT_EQ(open_checkpoint(get("/v1/controlepunt?positie=3").body, key())->head.size, 3U);
}

TEST_F(EvidenceTest, ItsCourseProvesThatTheLogContinuesWhatWasKept) {
  const auto kept = open_checkpoint(get("/v1/controlepunt?positie=5").body, key());
  record({event(one(), event_id(80), "2021-03-30", "uitstroom", {{"reden", "verhuizing"}})});
  const auto says = get("/v1/controlepunt/verloop?vanaf=5").json();
  const auto now = open_checkpoint(std::string(says.at("controlepunt").as_string()), key());
  ASSERT_TRUE(kept && now);
  EXPECT_EQ(now->head.size, last());
  ProofPath path = proof_path_of(says.at("bewijs").as_array());
  EXPECT_TRUE(proves_consistency(path, kept->head, now->head));
  path.front()[0] ^= 1U;
  EXPECT_FALSE(proves_consistency(path, kept->head, now->head));
}

TEST_F(EvidenceTest, WhatIsAskedWronglyIsNamed) {
  const std::string beyond = std::to_string(last() + 1);
  EXPECT_EQ(get("/v1/controlepunt?positie=" + beyond).status(), 400U);
  EXPECT_EQ(get("/v1/controlepunt/verloop").status(), 400U);
  EXPECT_EQ(get("/v1/controlepunt/verloop?vanaf=" + beyond).status(), 400U);
  EXPECT_EQ(get("/v1/controlepunt/verloop?vanaf=6&positie=5").status(), 400U);
}

TEST_F(EvidenceTest, IsForWhoAnswersForTheFigures) {
  for (const char* path : {"/v1/controlepunt", "/v1/controlepunt/verloop?vanaf=1"}) {
    EXPECT_EQ(get(path, "auditor").status(), 200U) << path;
    EXPECT_EQ(get(path, "beheerder").status(), 403U) << path;
    EXPECT_EQ(get(path, "gemeente").status(), 403U) << path;
  }
}

TEST_F(EvidenceTest, WithoutAKeyItSaysWhatToDo) {
  ASSERT_TRUE(std::filesystem::remove(folder_->path() / "signing.key"));
  for (const char* path : {"/v1/controlepunt", "/v1/controlepunt/verloop?vanaf=1"}) {
    const auto answered = get(path);
    EXPECT_EQ(answered.status(), 404U) << path;
    EXPECT_NE(answered.body.find("--new-key"), std::string::npos) << answered.body;
  }
}

}  // namespace
}  // namespace trede::test
