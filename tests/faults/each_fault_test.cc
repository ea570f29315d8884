// Every call that a folder makes of the disk fails once, in every way; and random courses with
// random faults.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <random>

#include "tests/faults/trial.h"
#include "tests/support/campaign.h"
#include "tests/support/temp_dir.h"

namespace trede::test {
namespace {

// Returns: how many events were acknowledged.
std::uint64_t run_in(Campaign& campaign, const Trial& trial) {
  const Outcome outcome = run(trial);
  campaign.count("rounds", 1);
  campaign.count("faults", outcome.injected);
  campaign.count("acknowledged", outcome.acknowledged);
  campaign.count("lost", outcome.lost);
  for (const std::string& finding : outcome.findings) {
    ADD_FAILURE() << finding << "\n  in: " << trial.text();
  }
  return outcome.acknowledged;
}

void run_share(Course course, std::size_t most) {
  Campaign campaign;
  const auto calls = run({.course = course, .seed = campaign.seed()}).calls;
  const std::vector<Trial> trials = every_fault(calls, course, campaign.seed());
  std::cout << trials.size() << " trials\n";
  const std::size_t step = campaign.is_long() ? 1 : std::max<std::size_t>(1, trials.size() / most);
  for (std::size_t i = campaign.seed() % step; i < trials.size() && campaign.goes_on(0, 1);
       i += step) {
    run_in(campaign, trials[i]);
  }
}

TEST(EachFault, LeavesAFolderThatIsBeingMadeWholeOrToBeMadeAgain) { run_share(Course::kMake, 16); }

// The syncs of the folder itself are what tells an unfinished one from a whole one.
TEST(EachFault, OfASyncOfTheFolderItselfLeavesItWholeOrToBeMadeAgain) {
  Campaign campaign;
  const DiskPlace place{"data", DiskCall::kSyncFolder};
  const std::uint64_t count = run({.course = Course::kMake}).calls.at(place);
  EXPECT_GE(count, 3U);
  for (std::uint64_t nth = 1; nth <= count; ++nth) {
    for (const Harm harm : {Harm::kIoError, Harm::kNoSpace, Harm::kCutBefore}) {
      for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        run_in(campaign, {.course = Course::kMake,
                          .seed = seed,
                          .fault = DiskFault{place, nth, harm, harm == Harm::kNoSpace},
                          .ending = seed == 1 ? Ending::kReopened : Ending::kPowerLoss,
                          .survivors = Survivors::kAnything});
      }
    }
  }
}

TEST(EachFault, LosesNothingAcknowledged) { run_share(Course::kFixed, 24); }

// RocksDB recovers by itself when its disk was full, and the log goes on: a sync after that must be
// one still.
TEST(EachFault, OfAFlushLeavesWhatIsSyncedAfterTheRecovery) {
  Campaign campaign;
  std::uint64_t turn = campaign.seed();
  std::uint64_t trials = 0;
  std::uint64_t acknowledged = 0;
  for (const auto& [place, count] : run({.course = Course::kRecovered}).calls) {
    if (!place.part.ends_with(".sst") && !place.part.starts_with("data/log/MANIFEST") &&
        place.part != "data/log") {
      continue;
    }
    for (std::uint64_t nth = 1; nth <= count; ++nth) {
      for (const Harm harm : {Harm::kIoError, Harm::kNoSpace}) {
        if (!campaign.is_long() && ++turn % 11 != 0) continue;
        const Trial trial{.course = Course::kRecovered,
                          .seed = campaign.seed(),
                          .fault = DiskFault{place, nth, harm},
                          .ending = Ending::kPowerLoss};
        ++trials;
        acknowledged += run_in(campaign, trial);
      }
    }
  }
  EXPECT_GT(acknowledged, 5 * trials);  // some were taken after the recovery
}

TEST(PowerLoss, AFolderThatWasMadeIsThereWithAllTheFoldersOnTheWayToIt) {
  Disk& disk = Disk::the();
  const TempDir dir;
  std::filesystem::create_directory(dir / "before");
  disk.watch(dir / "before");
  Load load(dir / "before" / "a" / "b" / "data", 1);
  load.create();
  std::mt19937_64 random(1);
  disk.after_power_loss(dir / "after", Survivors::kNothing, random);
  disk.stop_watching();
  load.move_to(dir / "after" / "a" / "b" / "data");
  EXPECT_EQ(load.look(), std::vector<std::string>());
}

TEST(RandomFaults, LoseNothingAcknowledged) {
  Campaign campaign;
  for (std::uint64_t i = 0; campaign.goes_on(i, 10); ++i) {
    const std::uint64_t seed = campaign.seed() * 1'000'003 + i;
    std::mt19937_64 random(seed);
    Trial trial{.course = Course::kRandom, .seed = seed, .steps = 10 + random() % 60};
    trial.ending = random() % 3 == 0 ? Ending::kReopened : Ending::kPowerLoss;
    trial.survivors = kSurvivors[random() % kSurvivors.size()];
    if (random() % 8 != 0) trial.fault_at_call.emplace(1 + random() % 600, kHarms[random() % 6]);
    run_in(campaign, trial);
  }
}

}  // namespace
}  // namespace trede::test
