// Scrubbing share by share: it covers everything, goes on after a restart, and remembers.
#include <algorithm>
#include <fstream>

#include "engine/log/files.h"
#include "engine/log/layout.h"
#include "engine/log/rocks_tables_internal.h"
#include "engine/log/scrub_state.h"
#include "tests/support/scrub_round.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

class ScrubTest : public LogTest {
 protected:
  static constexpr std::uint64_t kEvents = 700;

  ScrubTest() { fill(1, kEvents); }

  // Appends of ten events each: some lie across the end of a share.
  void fill(std::uint64_t first, std::uint64_t count) {
    for (std::uint64_t i = first; i < first + count; i += 10) {
      const StreamId stream = dossier(i / 10 % 7);
      StreamAppend append{stream, value_of(log().version_of(stream)), {}};
      for (std::uint64_t j = i; j < i + 10; ++j) append.events.push_back(some_event(stream, j));
      value_of(log().append({&append, 1}));
    }
  }

  std::unique_ptr<Scrubber> scrubber() { return open_scrubber(*folder_, clock_); }
  fs::path file() const { return path() / "scrub"; }

  // Steps until `part` is being read, and `done` of it has been.
  static void step_to(Scrubber& one, std::string_view part, std::uint64_t done) {
    while (one.standing().part != part || one.standing().done < done) {
      ASSERT_EQ(one.step(1), Lines());
    }
  }

  // Of the event at `position`, with the folder closed.
  void overwrite(std::uint64_t position, std::string_view bytes) {
    folder_.reset();
    {
      const auto tables = value_of(LogTables::open(path() / "log", {.access = Access::kWrite}));
      rocksdb::WriteBatch batch;
      const PositionKey key(Position{position});
      batch.SingleDelete(tables->events(), slice(key.view()));
      batch.Put(tables->events(), slice(key.view()), slice(bytes));
      ASSERT_TRUE(tables->db()->Write({}, &batch).ok());
    }
    reopen(OpenMode::kRead);
  }
};

TEST_F(ScrubTest, ARoundOfAFolderThatIsWholeFindsNothing) {
  const auto one = scrubber();
  EXPECT_EQ(one->standing().round_ended, std::nullopt);
  clock_.advance(std::chrono::hours{5});
  EXPECT_EQ(finish_round(*one), Lines());
  EXPECT_EQ(one->standing().round, 2U);
  EXPECT_EQ(one->standing().round_ended, clock_.now());
  EXPECT_EQ(one->standing().findings, Lines());
}

TEST_F(ScrubTest, AShareIsAsSmallAsItWasAsked) {
  const auto one = scrubber();
  step_to(*one, "events", 0);
  for (const std::uint64_t done : {256, 512}) {
    one->step(256);
    EXPECT_EQ(one->standing().done, done);
    EXPECT_EQ(one->standing().of, kEvents);
  }
}

TEST_F(ScrubTest, ARoundIsAboutWhatWasThereWhenItBegan) {
  const auto one = scrubber();
  step_to(*one, "events", 256);
  fill(10'001, 100);
  EXPECT_EQ(finish_round(*one), Lines());
  step_to(*one, "events", 0);
  EXPECT_EQ(one->standing().of, kEvents + 100);
}

TEST_F(ScrubTest, TheEmptyLogIsARoundToo) {
  const fs::path empty = dir_ / "empty";
  ASSERT_TRUE(DataFolder::create(empty, clock_, random_));
  const auto folder = value_of(DataFolder::open(empty, OpenMode::kWrite, clock_, random_));
  EXPECT_EQ(scrub_round(*folder, clock_), Lines());
}

TEST_F(ScrubTest, OneFolderIsScrubbedByOne) {
  auto one = scrubber();
  EXPECT_TRUE(failed_with(Scrubber::open(*folder_, clock_), ErrorCode::kLocked, path().string()));
  one.reset();
  EXPECT_TRUE(Scrubber::open(*folder_, clock_));
}

TEST_F(ScrubTest, GoesOnAfterARestartInEveryPart) {
  const KeyEntry entry{dossier(1), "K-1"};
  ASSERT_TRUE(keys().assign({&entry, 1}));
  auto one = scrubber();
  Lines parts;
  while (one->standing().round == 1) {
    const ScrubStanding before = one->standing();
    parts.push_back(before.part + " " + std::to_string(before.done));
    ASSERT_TRUE(one->save());
    one.reset();
    reopen(parts.size() % 2 == 0 ? OpenMode::kWrite : OpenMode::kRead);
    one = scrubber();
    ASSERT_EQ(one->standing().round, 1U);
    ASSERT_EQ(one->standing().part, before.part);
    ASSERT_EQ(one->standing().done, before.done);
    ASSERT_EQ(one->step(1), Lines());
  }
  EXPECT_TRUE(std::ranges::count(parts, "events 256"));
  EXPECT_TRUE(std::ranges::count(parts, "events 512"));
  EXPECT_TRUE(std::ranges::count(parts, "KEYs by stream 0"));
}

TEST_F(ScrubTest, WithoutAPlaceThatFitsAFirstRoundBegins) {
  auto one = scrubber();
  step_to(*one, "events", 512);
  ASSERT_TRUE(one->save());
  one.reset();
  const std::string whole = value_of(read_file(file()));
  std::string flipped = whole;
  flipped[whole.size() / 2] = static_cast<char>(flipped[whole.size() / 2] ^ 1);
  Lines cases = {flipped, whole.substr(0, whole.size() - 1), "", "trede scrub 1\n"};
  const ScrubState sound = find_scrub_state(file()).value();
  std::vector<ScrubState> odd(4, sound);
  odd[0].log = event_id(1).uuid;
  odd[1].until = Position{kEvents + 1};
  odd[2].event = leaf_hash("another");
  odd[3].part = static_cast<ScrubPart>(99);
  odd.push_back(sound);
  odd.back().tree.push(leaf_hash("between two shares"));
  ++odd.back().reached;
  for (const ScrubState& state : odd) {
    ASSERT_TRUE(save_scrub_state(file(), state));
    cases.push_back(value_of(read_file(file())));
  }
  for (const std::string& bytes : cases) {
    std::ofstream(file(), std::ios::binary) << bytes;
    one = scrubber();
    EXPECT_EQ(one->standing().part, "not begun");
    EXPECT_EQ(finish_round(*one), Lines());
    one.reset();
  }
  std::ofstream(file(), std::ios::binary) << whole;
  EXPECT_EQ(scrubber()->standing().part, "events");
}

// The same log, put back as it was and gone another way since.
TEST_F(ScrubTest, AFolderThatWasPutBackIsReadFromTheBeginning) {
  folder_.reset();
  const fs::path before = dir_ / "before";
  fs::copy(path(), before, fs::copy_options::recursive);
  reopen();
  fill(1'001, 300);
  auto one = scrubber();
  step_to(*one, "events", 768);
  ASSERT_TRUE(one->save());
  one.reset();
  folder_.reset();
  fs::copy(file(), before / "scrub");
  fs::remove_all(path());
  fs::rename(before, path());
  reopen();
  fill(2'001, 300);
  one = scrubber();
  EXPECT_EQ(one->standing().part, "not begun");
  EXPECT_EQ(finish_round(*one), Lines());
}

TEST_F(ScrubTest, WhatWasFoundStaysUntilAWholeRoundPassedWithoutIt) {
  const std::string sound = value_of(log().load(Position{300})).bytes;
  overwrite(300, value_of(log().load(Position{301})).bytes);
  auto one = scrubber();
  const Lines found = finish_round(*one);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front(), "log: event at positie 300: it says that its positie is 301");
  EXPECT_EQ(one->standing().findings, found);
  EXPECT_EQ(finish_round(*one), Lines());  // known
  EXPECT_EQ(one->standing().findings, found);
  ASSERT_TRUE(one->save());
  one.reset();

  overwrite(300, sound);
  one = scrubber();
  EXPECT_EQ(one->standing().round, 3U);
  step_to(*one, "anchor", 0);
  EXPECT_EQ(one->standing().findings, found);
  EXPECT_EQ(finish_round(*one), Lines());
  EXPECT_EQ(one->standing().findings, Lines());
}

TEST_F(ScrubTest, ARoundRemembersAHundredFindingsAndSaysThatThereAreMore) {
  const std::string other = value_of(log().load(Position{1})).bytes;
  folder_.reset();
  {
    const auto tables = value_of(LogTables::open(path() / "log", {.access = Access::kWrite}));
    for (std::uint64_t position = 300; position < 500; ++position) {
      const PositionKey key(Position{position});
      ASSERT_TRUE(tables->db()->SingleDelete({}, tables->events(), slice(key.view())).ok());
      ASSERT_TRUE(tables->db()->Put({}, tables->events(), slice(key.view()), other).ok());
    }
  }
  reopen(OpenMode::kRead);
  const auto one = scrubber();
  EXPECT_GT(finish_round(*one).size(), 200U);
  EXPECT_EQ(one->standing().findings.size(), 101U);
  EXPECT_NE(one->standing().findings.back().find("more than 100"), std::string::npos);
}

// Otherwise an erased KEY would live on there.
TEST_F(ScrubTest, APlaceAmongKeysIsNotKept) {
  std::vector<KeyEntry> many;
  for (std::uint64_t i = 0; i < 9'000; ++i) many.push_back({dossier(i), "K" + std::to_string(i)});
  ASSERT_TRUE(keys().assign(many));
  auto one = scrubber();
  step_to(*one, "KEYs by name", 4096);
  ASSERT_TRUE(one->save());
  EXPECT_EQ(find_scrub_state(file()).value().after, "");
  one.reset();
  one = scrubber();
  EXPECT_EQ(one->standing().part, "KEYs by name");
  EXPECT_EQ(one->standing().done, 0U);
  EXPECT_EQ(finish_round(*one), Lines());
}

TEST_F(ScrubTest, KeysThatComeMeanwhileAreNoFinding) {
  std::vector<KeyEntry> many;
  for (std::uint64_t i = 0; i < 9'000; ++i) many.push_back({dossier(i), "K" + std::to_string(i)});
  ASSERT_TRUE(keys().assign(many));
  const auto one = scrubber();
  for (const char* part : {"KEYs by stream", "KEYs by name"}) {
    step_to(*one, part, 4096);
    const KeyEntry more{werkgever(part[8]), std::string("W") + part[8]};
    ASSERT_TRUE(keys().assign({&more, 1}));
    ASSERT_TRUE(keys().erase(dossier(part[8])));
  }
  EXPECT_EQ(finish_round(*one), Lines());
}

TEST_F(ScrubTest, NothingIsWrittenUnlessItIsSaved) {
  reopen(OpenMode::kRead);
  EXPECT_EQ(scrub_round(*folder_, clock_), Lines());
  EXPECT_FALSE(fs::exists(file()));
}

TEST_F(ScrubTest, APlaceThatCannotBeKeptIsAnErrorAndLeavesTheOneBefore) {
  const auto one = scrubber();
  ASSERT_TRUE(one->save());
  fs::create_directories(path() / "scrub.new/in the way");
  step_to(*one, "events", 256);
  EXPECT_TRUE(failed_with(one->save(), ErrorCode::kIo, "scrub.new"));
  EXPECT_EQ(find_scrub_state(file()).value().part, ScrubPart::kBegin);
}

}  // namespace
}  // namespace trede::test
