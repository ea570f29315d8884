// Recording at a version that is expected, and only asking whether something would be recorded.
#include "tests/unit/dossier/rule_table.h"

namespace trede::test {
namespace {

pb::Event contact(std::uint64_t number) {
  return event(dossier(1), event_id(number), "2021-02-01", "contactmoment",
               {{"contact", "gesprek"}});
}

pb::Event aanmelding(std::uint64_t number, std::uint64_t dossier_number) {
  return event(dossier(dossier_number), event_id(number), "2021-01-04", "aanmelding",
               {{"gemeente", "Alkmaar"}, {"regeling", "nug"}});
}

RecordOutcome record_expecting(Recorder& recorder, const std::vector<pb::Event>& events,
                               std::uint64_t version) {
  const ExpectedVersion expected{dossier(1), StreamVersion{version}};
  auto outcome = recorder.record(events, {.expected = {&expected, 1}});
  EXPECT_TRUE(outcome.has_value());
  return *std::move(outcome);
}

TEST(RecorderExpected, AStreamAtTheExpectedVersionIsRecorded) {
  Story story;
  EXPECT_TRUE(
      std::holds_alternative<Recorded>(record_expecting(story.recorder(), {aanmelding(50, 1)}, 0)));
  EXPECT_TRUE(
      std::holds_alternative<Recorded>(record_expecting(story.recorder(), {contact(51)}, 1)));
}

TEST(RecorderExpected, AStreamAtAnotherVersionIsOutdatedBeforeItIsJudged) {
  Story story;
  story.tell(kTraject);
  for (const std::uint64_t version : {0, 2, 4}) {
    const auto outcome = record_expecting(story.recorder(), {aanmelding(50, 1)}, version);
    ASSERT_TRUE(std::holds_alternative<Outdated>(outcome)) << version;
    EXPECT_EQ(std::get<Outdated>(outcome).stream, dossier(1));
    EXPECT_EQ(std::get<Outdated>(outcome).current, StreamVersion{3});
  }
  EXPECT_EQ(story.history().version(), StreamVersion{3});
}

TEST(RecorderExpected, WhatAnotherRecorderWroteMakesAVersionOutdatedToo) {
  Story story;
  story.tell(kTraject);
  Recorder other(story.store(), story.clock());
  const pb::Event before = contact(50);
  ASSERT_TRUE(other.record({&before, 1}).has_value());
  const auto outcome = record_expecting(story.recorder(), {contact(51)}, 3);
  ASSERT_TRUE(std::holds_alternative<Outdated>(outcome));
  EXPECT_EQ(std::get<Outdated>(outcome).current, StreamVersion{4});
}

TEST(RecorderExpected, WhatIsThereAlreadyIsSoWhateverVersionIsExpected) {
  Story story;
  story.tell("01-04 aanmelding");
  EXPECT_TRUE(
      std::holds_alternative<Recorded>(record_expecting(story.recorder(), {contact(50)}, 1)));
  const auto again = record_expecting(story.recorder(), {contact(50)}, 1);
  ASSERT_TRUE(std::holds_alternative<Recorded>(again));
  EXPECT_TRUE(std::get<Recorded>(again).already_there);
}

TEST(RecorderExpected, AVersionExpectedOfAStreamWithoutEventsIsInvalid) {
  Story story;
  const ExpectedVersion expected{dossier(2), StreamVersion{0}};
  const pb::Event one = aanmelding(50, 1);
  const auto outcome = story.recorder().record({&one, 1}, {.expected = {&expected, 1}});
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code, ErrorCode::kInvalid);
}

TEST(RecorderExpected, WhatIsOnlyJudgedIsNotRecorded) {
  Story story;
  story.tell(kTraject);
  const Position last = story.store().last_position();
  const auto judged = [&](const pb::Event& event) {
    return *story.recorder().record({&event, 1}, {.only_judge = true});
  };
  const auto good = judged(contact(50));
  ASSERT_TRUE(std::holds_alternative<Recorded>(good));
  EXPECT_EQ(std::get<Recorded>(good).last, last);
  EXPECT_FALSE(std::get<Recorded>(good).already_there);
  EXPECT_TRUE(std::holds_alternative<Refusal>(judged(aanmelding(51, 1))));
  EXPECT_EQ(story.store().last_position(), last);
  EXPECT_EQ(story.judge("02-01 contactmoment"), "goed");
  EXPECT_TRUE(std::get<Recorded>(judged(story.last().front())).already_there);
}

}  // namespace
}  // namespace trede::test
