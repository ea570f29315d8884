#include "engine/ledger/checkpoint.h"

#include <gtest/gtest.h>

#include "tests/support/fakes.h"
#include "tests/unit/ledger/leaf_tree.h"

namespace trede::test {
namespace {

const Uuid kLog = *parse_uuid("684e9a8e-3849-4409-8010-001b6563dc99");

SigningKey log_key() {
  SeededRandom random(3);
  return SigningKey::make(origin_of(kLog), random);
}

Checkpoint some_checkpoint() {
  return {origin_of(kLog), {3, leaf_hash("x")}, {"vastgelegd_op 2025-01-02T00:00:01Z", "epoch 2"}};
}

TEST(CheckpointText, HasOriginSizeRootAndWhatIsOurs) {
  EXPECT_EQ(checkpoint_text(some_checkpoint()),
            "trede/684e9a8e-3849-4409-8010-001b6563dc99\n"
            "3\n"
            "PH6byTDck/AfppmF7yQtn56GHzxTVaokzl70tLinDMs=\n"
            "vastgelegd_op 2025-01-02T00:00:01Z\n"
            "epoch 2\n");
}

TEST(CheckpointText, ReadsBackAsItWas) {
  EXPECT_EQ(parse_checkpoint(checkpoint_text(some_checkpoint())), some_checkpoint());
  Checkpoint plain = some_checkpoint();
  plain.extensions.clear();
  plain.head.size = ~std::uint64_t{0};
  EXPECT_EQ(parse_checkpoint(checkpoint_text(plain)), plain);
}

TEST(Checkpoint, FindsAnExtensionByItsFirstWord) {
  EXPECT_EQ(some_checkpoint().find("epoch"), "2");
  EXPECT_EQ(some_checkpoint().find("epo"), std::nullopt);
  EXPECT_EQ(some_checkpoint().find("trail"), std::nullopt);
}

TEST(ParseCheckpoint, SaysWhyATextIsNone) {
  const std::string root = "PH6byTDck/AfppmF7yQtn56GHzxTVaokzl70tLinDMs=\n";
  struct Row {
    std::string text;
    std::string why;
  };
  for (const Row& row : {
           Row{"", "it has fewer than three lines"},
           Row{"trede/x\n3\n", "it has fewer than three lines"},
           Row{"\n3\n" + root, "it does not say of which log it is"},
           Row{"trede/x\n\n" + root, "its second line is no number of events"},
           Row{"trede/x\n03\n" + root, "its second line is no number of events"},
           Row{"trede/x\n-3\n" + root, "its second line is no number of events"},
           Row{"trede/x\n18446744073709551616\n" + root, "its second line is no number of events"},
           Row{"trede/x\n3\n" + root.substr(1), "its third line is no tree head"},
           Row{"trede/x\n3\nAAAA\n", "its third line is no tree head"},
           Row{"trede/x\n3\n" + root + "\n", "a line below the tree head is empty or cut off"},
           Row{"trede/x\n3\n" + root + "epo", "a line below the tree head is empty or cut off"},
       }) {
    const auto parsed = parse_checkpoint(row.text);
    ASSERT_FALSE(parsed) << row.text;
    EXPECT_EQ(parsed.error().code, ErrorCode::kInvalid);
    EXPECT_EQ(parsed.error().message, "this is no checkpoint: " + row.why);
  }
}

TEST(OpenCheckpoint, RefusesACheckpointOfAnotherLogSignedWithThisKey) {
  Checkpoint foreign = some_checkpoint();
  foreign.origin = "trede/x";
  const auto opened = open_checkpoint(sign_checkpoint(foreign, log_key()), log_key().verifier());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message,
            "the checkpoint is of trede/x, the key of trede/684e9a8e-3849-4409-8010-001b6563dc99");
}

class EventProofs : public testing::Test {
 protected:
  EventProofs() {
    for (int i = 0; i < 11; ++i) tree_.add("event " + std::to_string(i));
  }

  EventProof proof_of(std::uint64_t index) const {
    const Checkpoint checkpoint{origin_of(kLog), {11, root_of(tree_, 11).value_or(Hash{})}};
    return {index, "event " + std::to_string(index),
            prove_inclusion(tree_, index, 11).value_or(ProofPath{}),
            sign_checkpoint(checkpoint, log_key())};
  }

  LeafTree tree_;
};

TEST_F(EventProofs, ReadBackAndHold) {
  for (std::uint64_t index = 0; index < 11; ++index) {
    const std::string text = event_proof_text(proof_of(index));
    const auto read = parse_event_proof(text);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, proof_of(index));
    const auto checkpoint = check_event_proof(*read, log_key().verifier());
    ASSERT_TRUE(checkpoint) << checkpoint.error().message;
    EXPECT_EQ(checkpoint->head.size, 11U);
  }
}

TEST_F(EventProofs, FailWithAnyByteOfTheirsAltered) {
  const std::string text = event_proof_text(proof_of(6));
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const int bit : {0, 1, 5}) {
      std::string altered = text;
      altered[i] = static_cast<char>(altered[i] ^ (1 << bit));
      const auto read = parse_event_proof(altered);
      EXPECT_FALSE(read && check_event_proof(*read, log_key().verifier()))
          << "byte " << i << ", bit " << bit;
    }
  }
}

TEST_F(EventProofs, SayWhyATextIsNone) {
  const std::string good = event_proof_text(proof_of(6));
  for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
           {"", "its first line is not `c2sp.org/tlog-proof@v1`"},
           {good.substr(0, 30), "the lines `extra` and `index` are missing"},
           {"c2sp.org/tlog-proof@v1\nextra _\nindex 6\n",
            "the event is not in base64, or its index no number"},
           {"c2sp.org/tlog-proof@v1\nextra \nindex 06\n",
            "the event is not in base64, or its index no number"},
           {"c2sp.org/tlog-proof@v1\nextra \nindex 6\nAAAA\n", "a line of it is no hash"},
           {"c2sp.org/tlog-proof@v1\nextra \nindex 6\n", "no empty line before the checkpoint"}}) {
    const auto parsed = parse_event_proof(text);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().message, "this is no proof of an event: " + why);
  }
}

}  // namespace
}  // namespace trede::test
