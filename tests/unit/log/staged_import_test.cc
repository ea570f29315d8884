// Imports beyond the head: seen by nobody until they are committed, gone when they are not.
#include <atomic>
#include <thread>

#include "engine/log/verify.h"
#include "tests/support/crash_copy.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

const ImportId kImport{event_id(777).uuid};

// An event so large that some of them go to disk before the commit.
NewEvent large_event(const StreamId& stream, std::uint64_t number) {
  NewEvent event = some_event(stream, number);
  const std::string filling(100'000, 'x');
  event.content += std::string("\xA2\x06\xA0\x8D\x06", 5) + filling;  // field 100, 100,000 bytes
  return event;
}

class StagedImportTest : public LogTest {
 protected:
  std::unique_ptr<StagedImport> begin(bool as_recorded = false) {
    return value_of(log().begin_import({kImport, as_recorded}));
  }
  // More than the 16 MiB that are held in memory.
  void stage_much(StagedImport& import, std::uint64_t first) {
    for (std::uint64_t i = 0; i < 400; ++i) {
      const StreamId stream = dossier(first + i % 50);
      const StreamAppend one{
          stream, value_of(import.version_of(stream)), {large_event(stream, first + i)}};
      const auto appended = append(import, {one});
      ASSERT_TRUE(appended) << appended.error().message;
    }
  }
};

TEST_F(StagedImportTest, WhatIsBeingWrittenIsFoundToo) {
  append_each(log(), dossier(1), 1, 3);
  const auto import = value_of(log().begin_import({.id = kImport, .held_bytes = 2'000}));
  std::vector<std::string> expected = stored_events(log());
  for (std::uint64_t i = 0; i < 400; ++i) {
    const StreamId stream = dossier(1 + i % 7);
    const StreamVersion version = value_of(import->version_of(stream));
    value_of(append(*import, {to(stream, version.value, {100 + i})}));
    EXPECT_EQ(value_of(import->find_event(event_id(100 + i))), Position{4 + i});
    EXPECT_EQ(value_of(import->find_event(event_id(100 + i / 2))), Position{4 + i / 2});
    EXPECT_EQ(id_of(load(*import, 4 + i / 2)), event_id(100 + i / 2));
    expected.push_back(value_of(import->load(Position{4 + i})).bytes);
    const auto read = value_of(import->read_stream(stream, StreamVersion{1}, 1'000));
    EXPECT_EQ(read.size(), version.value + 1);
    EXPECT_EQ(read.back().position, Position{4 + i});
    EXPECT_EQ(log().last_position(), Position{3});
  }
  EXPECT_EQ(stored_events(*import), expected);
  ASSERT_TRUE(import->commit());
  EXPECT_EQ(stored_events(log()), expected);
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

// It is kept in memory, because every recording asks about it.
TEST_F(StagedImportTest, TheOrganisationHasTheVersionOfWhatMayBeSeen) {
  const auto version = [this] { return value_of(log().version_of(kOrganisatie)).value; };
  EXPECT_EQ(version(), 0U);
  append_each(log(), kOrganisatie, 1, 2);
  append_each(log(), dossier(1), 3);
  EXPECT_EQ(version(), 2U);
  const auto import = begin();
  value_of(append(*import, {to(kOrganisatie, 2, {4, 5, 6}), to(dossier(2), 0, {7})}));
  EXPECT_EQ(version(), 2U);
  EXPECT_EQ(value_of(import->version_of(kOrganisatie)), StreamVersion{5});
  ASSERT_TRUE(import->commit());
  EXPECT_EQ(version(), 5U);
  ASSERT_TRUE(append(log(), {to(dossier(1), 1, {8}), to(kOrganisatie, 5, {9})}));
  EXPECT_EQ(version(), 6U);
  reopen();
  EXPECT_EQ(version(), 6U);
}

TEST_F(StagedImportTest, WhatIsStagedIsSeenByTheImportAlone) {
  append_each(log(), dossier(1), 1, 3);
  const auto import = begin();
  const auto staged = append(*import, {to(dossier(1), 3, {4, 5}), to(dossier(2), 0, {6})});
  ASSERT_TRUE(staged) << staged.error().message;
  EXPECT_EQ(staged->first, Position{4});
  EXPECT_EQ(staged->last, Position{6});

  EXPECT_EQ(import->last_position(), Position{6});
  EXPECT_EQ(value_of(import->version_of(dossier(1))), StreamVersion{5});
  EXPECT_EQ(value_of(import->find_event(event_id(6))), std::optional(Position{6}));
  EXPECT_EQ(value_of(import->find_event(event_id(2))), std::optional(Position{2}));
  EXPECT_EQ(value_of(import->find_event(event_id(7))), std::optional<Position>());
  EXPECT_EQ(id_of(load(*import, 5)), event_id(5));
  EXPECT_EQ(id_of(load(*import, 2)), event_id(2));
  EXPECT_TRUE(failed_with(import->load(Position{7}), ErrorCode::kNotFound));
  EXPECT_EQ(value_of(import->read_stream(dossier(1), StreamVersion{3}, 2)).size(), 2U);
  EXPECT_EQ(value_of(import->read_stream(dossier(1), StreamVersion{3}, 2))[1].position,
            Position{4});
  EXPECT_EQ(stored_events(*import).size(), 6U);

  EXPECT_EQ(log().last_position(), Position{3});
  EXPECT_EQ(value_of(log().version_of(dossier(1))), StreamVersion{3});
  EXPECT_EQ(value_of(log().version_of(dossier(2))), StreamVersion{0});
  EXPECT_EQ(value_of(log().find_event(event_id(6))), std::optional<Position>());
  EXPECT_TRUE(failed_with(log().load(Position{4}), ErrorCode::kNotFound));
  EXPECT_EQ(value_of(log().read_stream(dossier(1), StreamVersion{1}, 100)).size(), 3U);
}

TEST_F(StagedImportTest, ACommitMovesTheHeadOnceAndIsOnDisk) {
  append_each(log(), dossier(1), 1, 3);
  auto import = begin();
  for (std::uint64_t i = 0; i < 20; ++i) append_each(*import, dossier(i % 3), 10 + i);
  const std::vector<std::string> staged = stored_events(*import);
  ASSERT_TRUE(import->commit());
  import.reset();
  EXPECT_EQ(stored_events(log()), staged);
  EXPECT_EQ(load(log(), 4).import_id(), kImport.uuid.view());
  EXPECT_EQ(load(log(), 4).overgenomen_op(), 0);
  EXPECT_EQ(load(log(), 3).import_id(), "");
  append_each(log(), dossier(1), 50);
  reopen();
  EXPECT_EQ(log().last_position(), Position{24});
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

TEST_F(StagedImportTest, WithoutACommitTheLogIsAsItWas) {
  append_each(log(), dossier(1), 1, 3);
  const std::vector<std::string> before = stored_events(log());
  auto import = begin();
  append_each(*import, dossier(1), 4, 10);
  import.reset();
  EXPECT_EQ(stored_events(log()), before);
  append_each(log(), dossier(1), 4, 2);
  EXPECT_EQ(log().last_position(), Position{5});
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

TEST_F(StagedImportTest, AnImportThatWentToDiskIsRemovedWhenItIsNotCommitted) {
  append_each(log(), dossier(1), 1, 300);
  const std::vector<std::string> before = stored_events(log());
  auto import = begin();
  stage_much(*import, 1000);
  EXPECT_EQ(value_of(log().version_of(dossier(1000))), StreamVersion{0});
  EXPECT_EQ(value_of(log().find_event(event_id(1000))), std::optional<Position>());
  EXPECT_EQ(value_of(import->version_of(dossier(1000))), StreamVersion{8});
  import.reset();
  EXPECT_EQ(stored_events(log()), before);
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
  append_each(log(), dossier(1000), 1000, 2);
  reopen();
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
  EXPECT_EQ(log().last_position(), Position{302});
}

TEST_F(StagedImportTest, AnImportThatACrashEndedNeverWas) {
  append_each(log(), dossier(1), 1, 3);
  const std::vector<std::string> before = stored_events(log());
  const fs::path crashed = dir_ / "crashed";
  {
    const auto import = begin();
    stage_much(*import, 1000);
    crash_copy(path(), crashed);
    ASSERT_TRUE(import->commit());
  }
  auto folder = value_of(DataFolder::open(crashed, OpenMode::kRead, clock_, random_));
  EXPECT_EQ(stored_events(folder->log()), before);
  EXPECT_EQ(value_of(folder->log().find_event(event_id(1000))), std::optional<Position>());
  EXPECT_EQ(value_of(folder->log().version_of(dossier(1000))), StreamVersion{0});
  EXPECT_TRUE(value_of(folder->log().read_stream(dossier(1000), {}, 10)).empty());
  EXPECT_EQ(value_of(verify_log(*folder)), std::vector<std::string>());

  folder = value_of(DataFolder::open(crashed, OpenMode::kWrite, clock_, random_));
  EXPECT_EQ(stored_events(folder->log()), before);
  EXPECT_EQ(value_of(verify_log(*folder)), std::vector<std::string>());
  // The ids and streams of the import are free again.
  append_each(folder->log(), dossier(1000), 1000, 3);
  folder = nullptr;
  folder = value_of(DataFolder::open(crashed, OpenMode::kRead, clock_, random_));
  EXPECT_EQ(folder->log().last_position(), Position{6});
  EXPECT_EQ(value_of(verify_log(*folder)), std::vector<std::string>());
}

TEST_F(StagedImportTest, OtherAppendsWaitUntilTheImportEnds) {
  auto import = begin();
  std::atomic<bool> appended = false;
  std::jthread other([&] {
    append_each(log(), dossier(7), 70);
    appended = true;
  });
  append_each(*import, dossier(1), 1, 50);
  EXPECT_FALSE(appended);
  ASSERT_TRUE(import->commit());
  import.reset();
  other.join();
  EXPECT_EQ(id_of(load(log(), 51)), event_id(70));
}

TEST_F(StagedImportTest, EventsThatAreThereAlreadyAreRecognised) {
  append_each(log(), dossier(1), 1, 2);
  {
    const auto import = begin();
    const auto again = append(*import, {to(dossier(1), 0, {1})});
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_TRUE(again->already_there);
    ASSERT_TRUE(append(*import, {to(dossier(1), 2, {3})}));
    EXPECT_TRUE(value_of(append(*import, {to(dossier(1), 2, {3})})).already_there);
    EXPECT_TRUE(failed_with(append(*import, {to(dossier(2), 0, {3})}), ErrorCode::kInvalid));
    EXPECT_TRUE(failed_with(append(*import, {to(dossier(1), 2, {4})}), ErrorCode::kConflict));
    ASSERT_TRUE(import->commit());
  }
  {
    const auto import = begin();
    EXPECT_TRUE(value_of(append(*import, {to(dossier(1), 0, {3})})).already_there);
    ASSERT_TRUE(import->commit());
  }
  EXPECT_EQ(log().last_position(), Position{3});
}

TEST_F(StagedImportTest, AnImportIsOfNoUseOnceItIsCommitted) {
  const auto import = begin();
  append_each(*import, dossier(1), 1);
  ASSERT_TRUE(import->commit());
  EXPECT_TRUE(failed_with(import->commit(), ErrorCode::kClosed));
  EXPECT_TRUE(failed_with(append(*import, {to(dossier(1), 1, {2})}), ErrorCode::kClosed));
  EXPECT_TRUE(failed_with(import->adopt("anything"), ErrorCode::kClosed));
  append_each(log(), dossier(1), 2);
}

TEST_F(StagedImportTest, AClockThatStandsBackIsRefusedInAnImportToo) {
  append_each(log(), dossier(1), 1);
  clock_.advance(-6min);
  const auto import = begin();
  EXPECT_TRUE(failed_with(append(*import, {to(dossier(1), 1, {2})}), ErrorCode::kClock));
}

TEST_F(StagedImportTest, RecordingMomentsAreAdoptedAsTheyWere) {
  const Moment then = clock_.now() - 100h;
  {
    const auto import = begin(true);
    const std::vector<Moment> given = {then, then, then, then + 1us, then + 5s};
    for (std::uint64_t i = 0; i < given.size(); ++i) {
      ASSERT_TRUE(append(*import, {to(dossier(1), i, {i})}, {.vastgelegd_op = given[i]}));
    }
    ASSERT_TRUE(import->commit());
  }
  const std::vector<Moment> adopted = {then, then + 1us, then + 2us, then + 3us, then + 5s};
  for (std::uint64_t i = 0; i < adopted.size(); ++i) {
    const pb::Event event = load(log(), i + 1);
    EXPECT_EQ(moment_of(event), adopted[i]);
    EXPECT_EQ(event.overgenomen_op(), clock_.now().time_since_epoch().count());
  }
}

TEST_F(StagedImportTest, EventsOfOneAppendMayAdoptMomentsOfTheirOwn) {
  const Moment then = clock_.now() - 100h;
  const std::vector<Moment> given = {then, then, then + 5s};
  const std::vector<Moment> falling = {then, then - 1us};
  {
    const auto import = begin(true);
    EXPECT_TRUE(failed_with(
        append(*import, {to(dossier(1), 0, {1, 2})}, {.vastgelegd_op = then, .each = falling}),
        ErrorCode::kInvalid, "before the one of the event before it"));
    EXPECT_TRUE(failed_with(
        append(*import, {to(dossier(1), 0, {1, 2})}, {.vastgelegd_op = then, .each = given}),
        ErrorCode::kInvalid, "3 recording moments for 2 events"));
    ASSERT_TRUE(append(*import, {to(dossier(1), 0, {1, 2}), to(dossier(2), 0, {3})},
                       {.vastgelegd_op = then, .each = given}));
    EXPECT_TRUE(failed_with(append(*import, {to(dossier(1), 2, {4})}, {.vastgelegd_op = then}),
                            ErrorCode::kInvalid, "before the one of the event before it"));
    ASSERT_TRUE(import->commit());
  }
  EXPECT_EQ(moment_of(load(log(), 1)), then);
  EXPECT_EQ(moment_of(load(log(), 2)), then + 1us);
  EXPECT_EQ(moment_of(load(log(), 3)), then + 5s);
}

TEST_F(StagedImportTest, ARecordingMomentThatFallsOrLiesInTheFutureIsRefused) {
  const auto import = begin(true);
  const Moment then = clock_.now() - 1h;
  ASSERT_TRUE(append(*import, {to(dossier(1), 0, {1})}, {.vastgelegd_op = then}));
  EXPECT_TRUE(failed_with(append(*import, {to(dossier(1), 1, {2})}, {.vastgelegd_op = then - 1us}),
                          ErrorCode::kInvalid, "before the one of the event before it"));
  EXPECT_TRUE(
      failed_with(append(*import, {to(dossier(1), 1, {2})}, {.vastgelegd_op = clock_.now() + 1us}),
                  ErrorCode::kInvalid, "in the future"));
  EXPECT_TRUE(append(*import, {to(dossier(1), 1, {2})}, {.vastgelegd_op = then}));
}

TEST_F(StagedImportTest, RecordingMomentsAreAdoptedByAnEmptyLogOnly) {
  {
    const auto import = begin();
    EXPECT_TRUE(
        failed_with(append(*import, {to(dossier(1), 0, {1})}, {.vastgelegd_op = clock_.now()}),
                    ErrorCode::kInvalid, "only by an import as recorded"));
  }
  append_each(log(), dossier(1), 1);
  EXPECT_TRUE(failed_with(log().begin_import({kImport, true}), ErrorCode::kInvalid, "empty log"));
  append_each(log(), dossier(1), 2);
}

TEST_F(StagedImportTest, AReaderCannotImport) {
  reopen(OpenMode::kRead);
  EXPECT_TRUE(failed_with(log().begin_import({kImport, false}), ErrorCode::kClosed));
  EXPECT_TRUE(failed_with(append(log(), {to(dossier(1), 0, {1})}), ErrorCode::kClosed));
}

}  // namespace
}  // namespace trede::test
