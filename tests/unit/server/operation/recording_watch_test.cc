// What a server that is killed leaves unnoted is noted by the next one.
#include "tools/server/operation/recording_watch.h"

#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

using server::RecordingWatch;

class RecordingWatchTest : public LogTest {
 protected:
  std::unique_ptr<RecordingWatch> begin() {
    return value_of(RecordingWatch::begin(*folder_, clock_));
  }
  std::unique_ptr<Trail> trail() {
    return value_of(Trail::open(path(), log().identity(), TrailAccess::kWrite, clock_));
  }
  // As an endpoint notes it.
  void note(const StreamId& stream, std::uint64_t first, std::uint64_t last) {
    const TrailEntry entry{.action = TrailAction::kVastleggen,
                           .object = object_of(stream),
                           .origin = "http",
                           .actor = "w1",
                           .first = Position{first},
                           .last = Position{last},
                           .count = last - first + 1};
    ASSERT_TRUE(trail()->append({&entry, 1}));
  }
  // Records `events` of `stream`, whose first is `number`, as one append, by `actor`.
  void record(const StreamId& stream, std::uint64_t number, std::uint64_t events,
              const std::string& actor) {
    StreamAppend added{stream, value_of(log().version_of(stream)), {}};
    for (std::uint64_t i = 0; i < events; ++i) {
      const EventId id = event_id(number + i);
      pb::Event one = event(stream, id, "2025-01-02", "contactmoment", {{"contact", "gesprek"}});
      one.set_actor(actor);
      added.events.push_back({id, encode_content(one)});
    }
    ASSERT_TRUE(append(log(), {added}));
  }
  // `object outcome actor first-last about` of each record but those of runs.
  std::vector<std::string> noted() {
    std::vector<std::string> out;
    EXPECT_TRUE(trail()->scan({}, [&](const TrailRecord& record) -> Status {
      if (record.object == "server") return {};
      out.push_back(record.object + " " + record.outcome + " " + record.actor + " " +
                    std::to_string(record.first) + "-" + std::to_string(record.last) + " " +
                    record.about);
      return {};
    }));
    return out;
  }
  // `outcome first-last` of each record of a run.
  std::vector<std::string> runs() {
    std::vector<std::string> out;
    EXPECT_TRUE(trail()->scan({.objects = {"server"}}, [&](const TrailRecord& record) -> Status {
      out.push_back(record.outcome + " " + std::to_string(record.first) + "-" +
                    std::to_string(record.last));
      return {};
    }));
    return out;
  }
};

TEST_F(RecordingWatchTest, WhatAKilledRunDidNotNoteIsNotedByTheNextWithTheActorOfTheEvent) {
  record(dossier(1), 1, 1, "w1");  // before there was a server: not its business
  begin();
  record(dossier(2), 2, 2, "w2");
  note(dossier(2), 2, 3);
  record(dossier(1), 4, 1, "w3");  // killed before this is noted
  record(dossier(2), 5, 1, "w4");
  note(dossier(2), 5, 5);
  record(dossier(2), 6, 1, "");
  const auto next = begin();
  EXPECT_EQ(next->mended(), 2U);
  EXPECT_EQ(noted(),
            (std::vector<std::string>{object_of(dossier(2)) + " gelukt w1 2-3 ",
                                      object_of(dossier(2)) + " gelukt w1 5-5 ",
                                      object_of(dossier(1)) + " gelukt w3 4-4 hersteld",
                                      object_of(dossier(2)) + " gelukt onbekend 6-6 hersteld"}));
  EXPECT_EQ(runs(), (std::vector<std::string>{"begonnen 2-0", "mislukt 2-6", "begonnen 7-0"}));
}

TEST_F(RecordingWatchTest, NothingIsAddedTwice) {
  begin();
  record(dossier(1), 1, 1, "w1");
  EXPECT_EQ(begin()->mended(), 1U);
  EXPECT_EQ(begin()->mended(), 0U);
  EXPECT_EQ(noted().size(), 1U);
}

TEST_F(RecordingWatchTest, ARunThatEndedIsNotLookedThrough) {
  const auto run = begin();
  record(dossier(1), 1, 1, "w1");  // as if it were noted: its end says that all was
  ASSERT_TRUE(run->end());
  EXPECT_EQ(begin()->mended(), 0U);
  EXPECT_EQ(runs(), (std::vector<std::string>{"begonnen 1-0", "gelukt 1-1", "begonnen 2-0"}));
}

TEST_F(RecordingWatchTest, ARunInWhichNothingWasRecordedNamesNoPositionsAtItsEnd) {
  ASSERT_TRUE(begin()->end());
  begin();
  begin();
  EXPECT_EQ(runs(), (std::vector<std::string>{"begonnen 1-0", "gelukt 0-0", "begonnen 1-0",
                                              "mislukt 0-0", "begonnen 1-0"}));
}

// More than one start may be cut short before it has put all right.
TEST_F(RecordingWatchTest, EveryRunWithoutAnEndGetsOneAndIsLookedThrough) {
  begin();
  record(dossier(1), 1, 1, "w1");
  const TrailEntry another{.action = TrailAction::kVastleggen,
                           .object = "server",
                           .origin = "http",
                           .actor = "os:0",
                           .first = Position{2}};
  ASSERT_TRUE(trail()->begin({&another, 1}));
  record(dossier(1), 2, 1, "w1");
  EXPECT_EQ(begin()->mended(), 2U);
  EXPECT_EQ(runs(), (std::vector<std::string>{"begonnen 1-0", "begonnen 2-0", "mislukt 1-2",
                                              "mislukt 2-2", "begonnen 3-0"}));
}

TEST_F(RecordingWatchTest, WhatOthersNotedInTheMeantimeIsNotMissing) {
  begin();
  record(dossier(1), 1, 3, "import");
  const TrailEntry import{.action = TrailAction::kImporteren,
                          .object = std::string(kWholeLog),
                          .origin = "cli",
                          .actor = "os:0",
                          .first = Position{1},
                          .last = Position{3},
                          .count = 3};
  ASSERT_TRUE(trail()->append({&import, 1}));
  EXPECT_EQ(begin()->mended(), 0U);
}

// Whoever read a dossier, or failed to record, noted how far the log was known.
TEST_F(RecordingWatchTest, OnlyWhatWasRecordedCountsAsNoted) {
  begin();
  record(dossier(1), 1, 1, "w1");
  TrailEntry read{.action = TrailAction::kTonen,
                  .object = object_of(dossier(1)),
                  .origin = "http",
                  .actor = "w1",
                  .first = Position{1},
                  .last = Position{1}};
  TrailEntry refused = read;
  refused.action = TrailAction::kVastleggen;
  refused.outcome = TrailOutcome::kGeweigerd;
  for (const TrailEntry& entry : {read, refused}) ASSERT_TRUE(trail()->append({&entry, 1}));
  EXPECT_EQ(begin()->mended(), 1U);
}

TEST_F(RecordingWatchTest, WithoutATrailThatTakesItNoRunBegins) {
  begin();
  auto file = value_of(SqliteFile::open(trail_file(path()), SqliteAccess::kWrite));
  ASSERT_TRUE(
      file.execute("CREATE TRIGGER z BEFORE INSERT ON spoor BEGIN SELECT raise(IGNORE); "
                   "END"));
  EXPECT_FALSE(RecordingWatch::begin(*folder_, clock_));
}

}  // namespace
}  // namespace trede::test
