#include "engine/backup/state.h"

#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

BackupState some_state() {
  BackupState state;
  state.log = SeededRandom(1).uuid4();
  state.epoch = 2;
  state.head = {7, leaf_hash("a")};
  state.recorded = FakeClock().now();
  state.made = FakeClock().now() + std::chrono::hours{1};
  state.trail = {3, leaf_hash("b")};
  state.public_key = "trede/x+00000000+AAAA";
  state.files = {{"checkpoint", leaf_hash("c")},
                 {"reports/eigen rapport.textproto", leaf_hash("d")}};
  return state;
}

TEST(BackupStateFile, WrittenAndReadIsTheSame) {
  EXPECT_EQ(value_of(parse_state(state_text(some_state()))), some_state());
  EXPECT_EQ(value_of(parse_state(state_text({}))), BackupState());
}

TEST(BackupStateFile, EveryChangedOrMissingByteIsNoticed) {
  const std::string text = state_text(some_state());
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = static_cast<char>(other[i] ^ 1);
    EXPECT_TRUE(failed_with(parse_state(other), ErrorCode::kCorrupt)) << i;
    EXPECT_TRUE(failed_with(parse_state(text.substr(0, i)), ErrorCode::kCorrupt)) << i;
  }
  EXPECT_TRUE(failed_with(parse_state(text + "x"), ErrorCode::kCorrupt));
}

}  // namespace
}  // namespace trede::test
