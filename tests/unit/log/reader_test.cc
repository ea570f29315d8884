// Readers beside a writer: they show what is on disk, miss nothing, and see the writer's new files.
#include <atomic>
#include <thread>

#include "engine/log/folder_internal.h"
#include "engine/log/verify.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

using namespace std::chrono_literals;

class ReaderTest : public LogTest {
 protected:
  std::unique_ptr<DataFolder> reader() { return value_of(open(OpenMode::kRead)); }
  // Makes the writer put what it has in memory into table files, and begin a new write-ahead log.
  void flush() {
    const auto tables = dynamic_cast<RocksFolder&>(*folder_).log().tables();
    const Status flushed = tables->db().flush_beyond(0);
    ASSERT_TRUE(flushed) << flushed.error().message;
  }
};

TEST_F(ReaderTest, AReaderShowsEverythingThatWasAcknowledgedWhateverFilesItIsIn) {
  for (std::uint64_t round = 0; round < 6; ++round) {
    append_each(log(), dossier(round % 2), 100 * round, 20);
    if (round % 3 == 0) flush();
    if (round == 4) reopen();
    const auto folder = reader();
    EXPECT_EQ(stored_events(folder->log()), stored_events(log())) << round;
    EXPECT_EQ(value_of(folder->log().head()).root, value_of(log().head()).root);
    EXPECT_EQ(value_of(verify_log(*folder)), std::vector<std::string>());
  }
}

TEST_F(ReaderTest, AReaderKeepsItsViewUntilItIsAskedForMore) {
  append_each(log(), dossier(1), 1, 3);
  const auto folder = reader();
  append_each(log(), dossier(1), 4, 3);
  EXPECT_EQ(folder->log().last_position(), Position{3});
  const auto follower = value_of(folder->log().follow(Position{3}));
  EXPECT_EQ(value_of(follower->next(100, 1s, {})).size(), 3U);
  EXPECT_EQ(folder->log().last_position(), Position{6});
}

TEST_F(ReaderTest, AReaderFollowsAWriterWithoutGapOrDuplicate) {
  const std::uint64_t last = 400;
  const auto folder = reader();
  const std::jthread writer([&] {
    for (std::uint64_t i = 0; i < last; i += 10) {
      append_each(log(), dossier(i), 10'000 + i, 10);
      if (i % 70 == 0) flush();
    }
  });
  const auto follower = value_of(folder->log().follow(Position{0}));
  std::vector<std::string> seen;
  while (seen.size() < last) {
    for (StoredEvent& event : value_of(follower->next(64, 10s, {}))) {
      ASSERT_EQ(event.position.value, seen.size() + 1);
      seen.push_back(std::move(event.bytes));
    }
  }
  EXPECT_EQ(seen, stored_events(log()));
}

TEST_F(ReaderTest, AReaderSeesKeysThatWereAssignedMeanwhile) {
  const auto folder = reader();
  const KeyEntry entry{dossier(1), "A-1"};
  ASSERT_TRUE(keys().assign({&entry, 1}));
  append_each(log(), dossier(1), 1);
  const auto follower = value_of(folder->log().follow(Position{0}));
  ASSERT_EQ(value_of(follower->next(1, 10s, {})).size(), 1U);
  EXPECT_EQ(value_of(folder->keys().find_key(dossier(1))), "A-1");
}

TEST_F(ReaderTest, AReaderThatIsToldToStopReturns) {
  const auto folder = reader();
  const auto follower = value_of(folder->log().follow(Position{0}));
  std::jthread waiting([&](const std::stop_token& stop) {
    EXPECT_TRUE(value_of(follower->next(1, 1h, stop)).empty());
  });
  waiting.request_stop();
  waiting.join();
}

// The writer replaces its files about as fast as a reader can still keep up with: three times
// slower than the last one opened, however slow the machine.
TEST_F(ReaderTest, ReadersOpenWhileTheWriterReplacesItsFiles) {
  using Watch = std::chrono::steady_clock;
  std::atomic<Watch::duration> opening{100ms};
  std::atomic<int> flushes{0};
  const std::jthread writer([&](const std::stop_token& stop) {
    auto flushed = Watch::now();
    for (std::uint64_t i = 0; !stop.stop_requested(); ++i) {
      append_each(log(), dossier(i % 7), 10'000 + i);
      if (Watch::now() - flushed < 3 * opening.load()) continue;
      flush();
      ++flushes;
      flushed = Watch::now();
    }
  });
  Position before;
  for (int i = 0; i < 20 || flushes < 5; ++i) {
    const auto begin = Watch::now();
    const auto folder = reader();
    opening = Watch::now() - begin;
    EXPECT_GE(folder->log().last_position(), before);
    before = folder->log().last_position();
    EXPECT_EQ(stored_events(folder->log()).size(), before.value);
  }
}

TEST_F(ReaderTest, VerifiesWhatTheWriterHasAddedSinceItWasOpened) {
  const auto folder = reader();
  append_each(log(), dossier(1), 1, 20);
  ASSERT_TRUE(folder_->close());  // so that the anchor is ahead of what the reader has seen
  EXPECT_EQ(value_of(verify_log(*folder)), std::vector<std::string>());
  EXPECT_EQ(folder->log().last_position(), log().last_position());
}

}  // namespace
}  // namespace trede::test
