// Scrubbing beside whoever writes: nothing that comes and goes meanwhile is a finding, and it stops
// at once.
#include "engine/log/background_scrub.h"

#include <fstream>
#include <future>

#include "engine/log/folder_internal.h"
#include "engine/log/layout.h"
#include "engine/log/scrub_state.h"
#include "tests/support/scrub_round.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using Lines = std::vector<std::string>;
using Watch = std::chrono::steady_clock;

class BackgroundScrubTest : public LogTest {
 protected:
  static BackgroundScrub::Options fast() {
    return {.units_per_second = 1'000'000'000, .between_rounds = 0ms};
  }
  std::unique_ptr<BackgroundScrub> start(const BackgroundScrub::Options& options,
                                         BackgroundScrub::OnFinding on_finding = {}) {
    auto started = BackgroundScrub::start(*folder_, clock_, options, std::move(on_finding));
    if (!started) throw std::runtime_error(started.error().message);
    return std::move(*started);
  }
  TableLog& tables() { return dynamic_cast<RocksFolder&>(*folder_).log(); }

  // What a busy day does to the files of a folder, all at once.
  void work(std::uint64_t turn) {
    const std::uint64_t first = 1'000 * (turn + 1);
    append_each(log(), dossier(turn % 5), first, 20);
    const KeyEntry entry{dossier(first), "K" + std::to_string(first)};
    ASSERT_TRUE(keys().assign({&entry, 1}));
    if (turn % 2 == 0) {
      ASSERT_TRUE(keys().erase(entry.stream));
    }
    {
      ImportOptions options;
      options.held_bytes = 1'000;
      const auto import = value_of(log().begin_import(options));
      append_each(*import, dossier(900), first + 500, 30);
      if (turn % 3 == 0) {  // else it is given up
        ASSERT_TRUE(import->commit());
      }
    }
    ASSERT_TRUE(tables().tables()->db().flush());
    if (turn % 4 == 3) {
      for (const std::size_t family : {LogTables::kEvents, LogTables::kIds}) {
        ASSERT_TRUE(tables().tables()->db().write_anew(family, {}, {}));
      }
    }
  }
};

TEST_F(BackgroundScrubTest, FindsNothingBesideAWriterInItsProcess) {
  Lines found;  // read when it has stopped
  const auto scrub = start(fast(), [&](const std::string& line) { found.push_back(line); });
  for (std::uint64_t turn = 0; turn < 12 || scrub->standing().round < 4; ++turn) work(turn);
  scrub->stop();
  EXPECT_EQ(found, Lines());
  EXPECT_EQ(scrub->findings(), 0U);
}

TEST_F(BackgroundScrubTest, FindsNothingBesideAWriterInAnother) {
  const auto reader = value_of(open(OpenMode::kRead));
  std::atomic<int> rounds = 0;
  std::jthread scrubbing([&](const std::stop_token& stop) {
    const auto one = open_scrubber(*reader, clock_);
    while (!stop.stop_requested()) {
      EXPECT_EQ(finish_round(*one), Lines());
      ++rounds;
    }
  });
  for (std::uint64_t turn = 0; turn < 12 || rounds < 3; ++turn) work(turn);
}

TEST_F(BackgroundScrubTest, ManyCallersAppendWhileItReads) {
  append_each(log(), dossier(1), 1, 300);
  const auto scrub = start(fast());
  {
    std::vector<std::jthread> callers;
    for (std::uint64_t caller = 0; caller < 4; ++caller) {
      callers.emplace_back(
          [&, caller] { append_each(log(), dossier(100 + caller), 10'000 * (caller + 1), 150); });
    }
  }
  const std::uint64_t round = scrub->standing().round;
  while (scrub->standing().round < round + 2) std::this_thread::yield();
  EXPECT_EQ(scrub->findings(), 0U);
}

TEST_F(BackgroundScrubTest, HandsOverWhatItFindsAndKeepsIt) {
  append_each(log(), dossier(1), 1, 300);
  const TreeKey row(0, 0);
  ASSERT_TRUE(
      tables().tables()->db()->Put({}, tables().tables()->tree(), slice(row.view()), "x").ok());
  std::promise<std::string> told;
  const auto scrub = start(fast(), [&, once = false](const std::string& line) mutable {
    if (!std::exchange(once, true)) told.set_value(line);
  });
  auto line = told.get_future();
  ASSERT_EQ(line.wait_for(60s), std::future_status::ready);
  const std::string expected =
      "log: tree over events 1..256: the stored hashes are not those of the events";
  EXPECT_EQ(line.get(), expected);
  const std::uint64_t round = scrub->standing().round;
  while (scrub->standing().round < round + 2) std::this_thread::yield();
  scrub->stop();
  EXPECT_EQ(scrub->findings(), 1U);  // told once
  EXPECT_EQ(scrub->standing().findings, Lines{expected});
  EXPECT_EQ(find_scrub_state(path() / "scrub").value().found_before, Lines{expected});
}

TEST_F(BackgroundScrubTest, StopsAtOnceHoweverLongItSleeps) {
  append_each(log(), dossier(1), 1, 300);
  for (const auto& options :
       {BackgroundScrub::Options{.units_per_second = 10},  // 26 seconds between two shares
        BackgroundScrub::Options{.units_per_second = 1'000'000, .between_rounds = 26s}}) {
    const bool between_rounds = options.units_per_second > 10;
    const auto scrub = start(options);
    while (between_rounds ? scrub->standing().round == 1 : scrub->standing().part == "not begun") {
      std::this_thread::yield();
    }
    const auto begin = Watch::now();
    scrub->stop();
    EXPECT_LT(Watch::now() - begin, 15s);
    scrub->stop();  // again is no error
  }
}

TEST_F(BackgroundScrubTest, ReadsNoFasterThanItIsTold) {
  append_each(log(), dossier(1), 1, 300);
  const auto begin = Watch::now();
  const auto scrub = start({.units_per_second = 25'600, .between_rounds = 24h});
  while (scrub->standing().round == 1) std::this_thread::yield();
  EXPECT_GE(Watch::now() - begin, 80ms);  // nine shares or more, and nine pauses between ten
}

TEST_F(BackgroundScrubTest, KeepsItsPlaceWhereItMayWriteOnly) {
  for (const OpenMode mode : {OpenMode::kRead, OpenMode::kWrite}) {
    reopen(mode);
    auto scrub = start({.units_per_second = 1'000'000, .between_rounds = 24h});
    while (scrub->standing().round == 1) std::this_thread::yield();
    scrub.reset();
    EXPECT_EQ(fs::exists(path() / "scrub"), mode == OpenMode::kWrite);
  }
  EXPECT_EQ(find_scrub_state(path() / "scrub").value().round, 2U);
}

TEST_F(BackgroundScrubTest, IsRefusedWhereItGoesOnAlready) {
  const auto scrub = start(fast());
  EXPECT_TRUE(
      failed_with(BackgroundScrub::start(*folder_, clock_, fast()), ErrorCode::kLocked, "scrub"));
}

}  // namespace
}  // namespace trede::test
