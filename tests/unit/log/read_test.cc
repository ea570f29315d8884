// What can be read of a log, by position, stream, id and moment.
#include "engine/ledger/merkle.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

using namespace std::chrono_literals;

class ReadTest : public LogTest, public ::testing::WithParamInterface<OpenMode> {
 protected:
  // 1: dossier 1; 2..4: one append to dossier 1 and 2; 5: dossier 1. A minute between appends.
  ReadTest() {
    fill();
    if (GetParam() == OpenMode::kRead) reopen(OpenMode::kRead);
  }
  void fill() {
    begin_ = clock_.now();
    append_each(log(), dossier(1), 1);
    clock_.advance(1min);
    ASSERT_TRUE(append(log(), {to(dossier(1), 1, {2, 3}), to(dossier(2), 0, {4})}));
    clock_.advance(1min);
    append_each(log(), dossier(1), 5);
  }

  std::vector<std::uint64_t> numbers_of(const std::vector<StoredEvent>& events) {
    std::vector<std::uint64_t> numbers;
    for (const StoredEvent& event : events) numbers.push_back(event.position.value);
    return numbers;
  }

  Moment begin_;
};

using Numbers = std::vector<std::uint64_t>;

TEST_P(ReadTest, APositionOutsideTheLogIsNotFound) {
  EXPECT_TRUE(failed_with(log().load(Position{0}), ErrorCode::kNotFound, "positie 0"));
  EXPECT_TRUE(failed_with(log().load(Position{6}), ErrorCode::kNotFound, "the last one is 5"));
}

TEST_P(ReadTest, AStreamIsReadInOrderOfVersionWithinTheLimit) {
  const auto read = [&](const StreamId& stream, std::uint64_t from, std::size_t limit) {
    return numbers_of(value_of(log().read_stream(stream, StreamVersion{from}, limit)));
  };
  EXPECT_EQ(read(dossier(1), 1, 100), (Numbers{1, 2, 3, 5}));
  EXPECT_EQ(read(dossier(1), 0, 100), (Numbers{1, 2, 3, 5}));
  EXPECT_EQ(read(dossier(1), 2, 2), (Numbers{2, 3}));
  EXPECT_EQ(read(dossier(1), 4, 2), (Numbers{5}));
  EXPECT_EQ(read(dossier(1), 5, 2), Numbers{});
  EXPECT_EQ(read(dossier(1), 1, 0), Numbers{});
  EXPECT_EQ(read(dossier(2), 1, 100), Numbers{4});
  EXPECT_EQ(read(dossier(3), 1, 100), Numbers{});
  EXPECT_EQ(read(kOrganisatie, 1, 100), Numbers{});
}

TEST_P(ReadTest, AStreamHasTheVersionOfItsLastEvent) {
  EXPECT_EQ(value_of(log().version_of(dossier(1))), StreamVersion{4});
  EXPECT_EQ(value_of(log().version_of(dossier(2))), StreamVersion{1});
  EXPECT_EQ(value_of(log().version_of(dossier(3))), StreamVersion{0});
  EXPECT_EQ(value_of(log().version_of(werkgever(1))), StreamVersion{0});
}

TEST_P(ReadTest, AnEventIsFoundByItsId) {
  EXPECT_EQ(value_of(log().find_event(event_id(4))), std::optional(Position{4}));
  EXPECT_EQ(value_of(log().find_event(event_id(6))), std::optional<Position>());
}

TEST_P(ReadTest, AScanHandsOutTheRangeAndStopsAtAnError) {
  Numbers seen;
  const auto visit = [&](Position position, std::string_view) -> Status {
    seen.push_back(position.value);
    if (position == Position{4}) return Error{ErrorCode::kRefused, "enough"};
    return {};
  };
  EXPECT_TRUE(log().scan(Position{2}, Position{3}, visit));
  EXPECT_EQ(seen, (Numbers{2, 3}));
  seen.clear();
  EXPECT_TRUE(failed_with(log().scan(Position{0}, Position{99}, visit), ErrorCode::kRefused));
  EXPECT_EQ(seen, (Numbers{1, 2, 3, 4}));
  seen.clear();
  EXPECT_TRUE(log().scan(Position{5}, Position{99}, visit));
  EXPECT_TRUE(log().scan(Position{3}, Position{2}, visit));
  EXPECT_TRUE(log().scan(Position{6}, Position{7}, visit));
  EXPECT_EQ(seen, Numbers{5});
}

TEST_P(ReadTest, AMomentIsTheLastPositionRecordedAtOrBeforeItAndNeverInsideAnAppend) {
  const auto at = [&](Moment moment) { return value_of(log().position_at(moment)).value; };
  EXPECT_EQ(at(begin_ - 1us), 0U);
  EXPECT_EQ(at(begin_), 1U);
  EXPECT_EQ(at(begin_ + 30s), 1U);
  EXPECT_EQ(at(begin_ + 1min), 1U);  // the first of three of one append
  EXPECT_EQ(at(begin_ + 1min + 1us), 1U);
  EXPECT_EQ(at(begin_ + 1min + 2us), 4U);
  EXPECT_EQ(at(begin_ + 2min), 5U);
  EXPECT_EQ(at(begin_ + 24h), 5U);
}

TEST_P(ReadTest, APositionInsideAnAppendSettlesToTheLastBeforeIt) {
  const Numbers settled = {0, 1, 1, 1, 4, 5};
  for (std::uint64_t position = 0; position < settled.size(); ++position) {
    EXPECT_EQ(value_of(log().settle(Position{position})), Position{settled[position]}) << position;
  }
  EXPECT_TRUE(failed_with(log().settle(Position{6}), ErrorCode::kInvalid, "the last one is 5"));
}

TEST_P(ReadTest, TheTreeHeadIsThatOfTheStoredBytes) {
  MerkleFrontier tree;
  EXPECT_EQ(value_of(log().root_at(Position{0})), tree.root());
  for (const std::string& stored : stored_events(log())) {
    tree.push(leaf_hash(stored));
    EXPECT_EQ(value_of(log().root_at(Position{tree.size()})), tree.root());
  }
  const auto head = log().head();
  ASSERT_TRUE(head);
  EXPECT_EQ(head->position, Position{5});
  EXPECT_EQ(head->vastgelegd_op, begin_ + 2min);
  EXPECT_EQ(head->root, tree.root());
  EXPECT_TRUE(failed_with(log().root_at(Position{6}), ErrorCode::kInvalid));
}

TEST_P(ReadTest, NothingFollowsBeyondTheLastPosition) {
  EXPECT_TRUE(failed_with(log().follow(Position{6}), ErrorCode::kInvalid));
  const auto follower = log().follow(Position{5});
  ASSERT_TRUE(follower);
  const auto none = (*follower)->next(10, 1ms, {});
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->empty());
}

TEST_P(ReadTest, AFollowerHandsOutEachEventOnceInOrder) {
  const auto follower = log().follow(Position{1});
  ASSERT_TRUE(follower);
  EXPECT_EQ(numbers_of(*(*follower)->next(3, 0ms, {})), (Numbers{2, 3, 4}));
  EXPECT_EQ(numbers_of(*(*follower)->next(0, 0ms, {})), Numbers{});
  EXPECT_EQ(numbers_of(*(*follower)->next(3, 0ms, {})), Numbers{5});
  EXPECT_EQ(numbers_of(*(*follower)->next(3, 0ms, {})), Numbers{});
}

INSTANTIATE_TEST_SUITE_P(Mode, ReadTest, ::testing::Values(OpenMode::kWrite, OpenMode::kRead),
                         [](const auto& one) {
                           return one.param == OpenMode::kWrite ? "Writer" : "Reader";
                         });

using EmptyLogTest = LogTest;

TEST_F(EmptyLogTest, AnEmptyLogHasNothing) {
  for (const OpenMode mode : {OpenMode::kWrite, OpenMode::kRead}) {
    reopen(mode);
    EXPECT_EQ(log().last_position(), Position{0});
    EXPECT_EQ(value_of(log().position_at(clock_.now())), Position{0});
    EXPECT_EQ(value_of(log().settle(Position{0})), Position{0});
    EXPECT_EQ(log().head()->root, sha256({}));
    EXPECT_EQ(stored_events(log()), std::vector<std::string>());
    EXPECT_FALSE(log().identity().is_nil());
  }
}

// More than one complete subtree of 256 leaves, so that what is stored of the tree is used.
TEST_F(EmptyLogTest, EveryTreeHeadOfAGrowingLogIsRemembered) {
  MerkleFrontier tree;
  std::vector<Hash> roots = {tree.root()};
  for (std::uint64_t number = 0; number < 700; number += 10) {
    StreamAppend ten{dossier(number), {}, {}};
    for (std::uint64_t i = 1; i <= 10; ++i) {
      ten.events.push_back(some_event(dossier(number), number + i));
    }
    ASSERT_TRUE(append(log(), {ten}));
  }
  for (const std::string& stored : stored_events(log())) {
    tree.push(leaf_hash(stored));
    roots.push_back(tree.root());
  }
  EXPECT_EQ(log().head()->root, tree.root());
  reopen();
  append_each(log(), dossier(10'000), 10'000);
  for (std::uint64_t position = 0; position < roots.size(); position += 7) {
    EXPECT_EQ(value_of(log().root_at(Position{position})), roots[position]) << position;
  }
}

}  // namespace
}  // namespace trede::test
