// What an append gives, refuses and keeps.
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

using namespace std::chrono_literals;

using AppendTest = LogTest;

TEST_F(AppendTest, AnAppendOverSeveralStreamsGetsConsecutivePositionsInTheOrderGiven) {
  append_each(log(), dossier(9), 90, 2);
  const auto appended = append(
      log(), {to(dossier(1), 0, {1, 2}), to(kOrganisatie, 0, {3}), to(werkgever(1), 0, {4})});
  ASSERT_TRUE(appended) << appended.error().message;
  EXPECT_EQ(appended->first, Position{3});
  EXPECT_EQ(appended->last, Position{6});
  EXPECT_FALSE(appended->already_there);
  const std::vector<StreamId> streams = {dossier(1), dossier(1), kOrganisatie, werkgever(1)};
  const std::vector<std::uint64_t> versions = {1, 2, 1, 1};
  for (std::uint32_t i = 0; i < 4; ++i) {
    const pb::Event event = load(log(), 3 + i);
    EXPECT_EQ(event.positie(), 3 + i);
    EXPECT_EQ(id_of(event), event_id(1 + i));
    EXPECT_EQ(stream_of(event), streams[i]);
    EXPECT_EQ(event.versie(), versions[i]);
    EXPECT_EQ(event.atomair_index(), i);
    EXPECT_EQ(event.atomair_aantal(), 4U);
  }
  EXPECT_EQ(appended->vastgelegd_op, moment_of(load(log(), 6)));
}

TEST_F(AppendTest, TheContentIsStoredByteForByte) {
  const NewEvent event = some_event(dossier(1), 1);
  ASSERT_TRUE(append(log(), {{dossier(1), {}, {event}}}));
  const StoredEvent stored = value_of(log().load(Position{1}));
  EXPECT_EQ(value_of(content_of(stored.bytes)), event.content);
}

TEST_F(AppendTest, MomentsRiseByAMicrosecondWhenTheClockStandsStill) {
  ASSERT_TRUE(append(log(), {to(dossier(1), 0, {1, 2, 3})}));
  EXPECT_EQ(moment_of(load(log(), 1)), clock_.now());
  EXPECT_EQ(moment_of(load(log(), 2)), clock_.now() + 1us);
  EXPECT_EQ(moment_of(load(log(), 3)), clock_.now() + 2us);
  clock_.advance(1h);
  append_each(log(), dossier(1), 4);
  EXPECT_EQ(moment_of(load(log(), 4)), clock_.now());
}

TEST_F(AppendTest, MomentsRiseWhenTheClockStepsBackAtMostFiveMinutes) {
  append_each(log(), dossier(1), 1);
  const Moment last = clock_.now();
  clock_.advance(-5min);
  append_each(log(), dossier(1), 2);
  EXPECT_EQ(moment_of(load(log(), 2)), last + 1us);
}

TEST_F(AppendTest, AClockFurtherBackIsRefusedWithBothMomentsNamed) {
  append_each(log(), dossier(1), 1);
  const Moment last = clock_.now();
  clock_.advance(-5min - 1us);
  const auto refused = append(log(), {to(dossier(1), 1, {2})});
  EXPECT_TRUE(failed_with(refused, ErrorCode::kClock, format_moment(last)));
  EXPECT_TRUE(failed_with(refused, ErrorCode::kClock, format_moment(clock_.now())));
  EXPECT_EQ(log().last_position(), Position{1});
  reopen();
  EXPECT_TRUE(failed_with(append(log(), {to(dossier(1), 1, {2})}), ErrorCode::kClock));
  clock_.set(last);
  EXPECT_TRUE(append(log(), {to(dossier(1), 1, {2})}));
}

TEST_F(AppendTest, AnotherVersionThanExpectedIsAConflictAndNothingIsWritten) {
  append_each(log(), dossier(1), 1, 2);
  for (const std::uint64_t expected : {0, 1, 3}) {
    EXPECT_TRUE(
        failed_with(append(log(), {to(dossier(2), 0, {10}), to(dossier(1), expected, {11})}),
                    ErrorCode::kConflict, "is at version 2"));
  }
  EXPECT_EQ(log().last_position(), Position{2});
  EXPECT_EQ(value_of(log().version_of(dossier(2))), StreamVersion{0});
  EXPECT_TRUE(append(log(), {to(dossier(2), 0, {10}), to(dossier(1), 2, {11})}));
}

TEST_F(AppendTest, VersionsAreKnownAfterReopening) {
  append_each(log(), dossier(1), 1, 3);
  reopen();
  EXPECT_TRUE(failed_with(append(log(), {to(dossier(1), 2, {4})}), ErrorCode::kConflict));
  EXPECT_TRUE(append(log(), {to(dossier(1), 3, {4})}));
}

TEST_F(AppendTest, ARedeliveredAppendGetsItsFirstPositionsWhateverVersionItExpects) {
  const auto first = append(log(), {to(dossier(1), 0, {1, 2}), to(dossier(2), 0, {3})});
  append_each(log(), dossier(1), 4, 3);
  for (int round = 0; round < 2; ++round) {
    const auto again = append(log(), {to(dossier(1), 0, {1, 2}), to(dossier(2), 0, {3})});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_TRUE(again->already_there);
    EXPECT_EQ(again->first, first->first);
    EXPECT_EQ(again->last, first->last);
    EXPECT_EQ(again->vastgelegd_op, first->vastgelegd_op);
    EXPECT_EQ(log().last_position(), Position{6});
    reopen();
  }
}

TEST_F(AppendTest, ARedeliveredAppendIsRecognisedWhateverTheClock) {
  append_each(log(), dossier(1), 1);
  clock_.advance(-1h);
  const auto again = append(log(), {to(dossier(1), 0, {1})});
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_TRUE(again->already_there);
}

TEST_F(AppendTest, AnIdThatIsThereWithOtherContentIsRefusedByName) {
  append_each(log(), dossier(1), 1);
  const StreamAppend other{dossier(1), StreamVersion{1}, {some_event(dossier(1), 1, "telefoon")}};
  EXPECT_TRUE(failed_with(append(log(), {other}), ErrorCode::kInvalid, event_id(1).uuid.text()));
  // The same id in another stream is other content too.
  EXPECT_TRUE(failed_with(append(log(), {to(dossier(2), 0, {1})}), ErrorCode::kInvalid,
                          event_id(1).uuid.text()));
  EXPECT_EQ(log().last_position(), Position{1});
}

TEST_F(AppendTest, AnAppendOfWhichOnlySomeEventsAreThereIsRefused) {
  append_each(log(), dossier(1), 1);
  for (const auto& numbers : {std::initializer_list<std::uint64_t>{1, 2}, {2, 1}}) {
    EXPECT_TRUE(failed_with(append(log(), {to(dossier(1), 1, numbers)}), ErrorCode::kInvalid,
                            "of the same append is not"));
  }
  EXPECT_EQ(log().last_position(), Position{1});
}

TEST_F(AppendTest, WhatIsNotWellFormedIsRefused) {
  const StreamAppend good = to(dossier(1), 0, {1});
  StreamAppend large{dossier(1), {}, {}};
  for (std::uint64_t i = 0; i <= kAppendMax; ++i) {
    large.events.push_back(some_event(dossier(1), 100 + i));
  }
  struct Case {
    std::vector<StreamAppend> streams;
    std::string what;
  };
  const std::vector<Case> cases = {
      {{}, "an append of 0 events"},
      {{large}, "an append of 10001 events"},
      {{good, {dossier(2), {}, {}}}, "nothing to append"},
      {{good, to(dossier(1), 1, {2})}, "twice in one append"},
      {{to(dossier(1), 0, {1, 1})}, "twice in one append"},
      {{{dossier(2), {}, {some_event(dossier(1), 1)}}}, "its content is not of"},
      {{{dossier(1), {}, {{event_id(2), good.events[0].content}}}}, "its content is not of"},
  };
  for (const Case& one : cases) {
    EXPECT_TRUE(failed_with(append(log(), one.streams), ErrorCode::kInvalid, one.what));
  }
  EXPECT_EQ(log().last_position(), Position{0});
  large.events.pop_back();
  const auto most = append(log(), {large});
  ASSERT_TRUE(most) << most.error().message;
  EXPECT_EQ(most->last, Position{kAppendMax});
}

TEST_F(AppendTest, ARecordingMomentIsNotAdoptedOutsideAnImport) {
  EXPECT_TRUE(
      failed_with(append(log(), {to(dossier(1), 0, {1})}, {.vastgelegd_op = clock_.now() - 24h}),
                  ErrorCode::kInvalid, "only by an import"));
}

TEST_F(AppendTest, NothingIsAppendedOnceTheFolderIsClosed) {
  append_each(log(), dossier(1), 1);
  ASSERT_TRUE(folder_->close());
  EXPECT_TRUE(failed_with(append(log(), {to(dossier(1), 1, {2})}), ErrorCode::kClosed));
  EXPECT_TRUE(failed_with(log().begin_import({}), ErrorCode::kClosed));
  EXPECT_EQ(log().last_position(), Position{1});
  EXPECT_TRUE(log().load(Position{1}));
  ASSERT_TRUE(folder_->close());
}

}  // namespace
}  // namespace trede::test
