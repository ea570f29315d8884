// Every call that a folder makes of the disk fails once, in every way; and random courses with
// random faults. `TREDE_FAULTS_SECONDS` makes a campaign of it, `TREDE_FAULTS_SEED` begins it.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <iostream>

#include "tests/faults/trial.h"
#include "tests/support/temp_dir.h"

namespace trede::test {
namespace {

struct Figures {
  std::uint64_t rounds = 0;
  std::uint64_t injected = 0;
  std::uint64_t acknowledged = 0;
  std::uint64_t lost = 0;
};

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// Of all trials a share in turn, until time is over.
class Campaign {
 public:
  Campaign()
      : seed_(number_from("TREDE_FAULTS_SEED", 1)),
        seconds_(number_from("TREDE_FAULTS_SECONDS", 0)),
        end_(std::chrono::steady_clock::now() + std::chrono::seconds{seconds_}) {
    std::cout << "TREDE_FAULTS_SEED=" << seed_ << '\n';
  }
  ~Campaign() {
    std::cout << "figures: rounds=" << figures_.rounds << " faults=" << figures_.injected
              << " acknowledged=" << figures_.acknowledged << " lost=" << figures_.lost
              << std::endl;
  }
  bool is_long() const { return seconds_ > 0; }
  bool is_over() const { return is_long() && std::chrono::steady_clock::now() >= end_; }
  std::uint64_t seed() const { return seed_; }

  void run(const Trial& trial) {
    const Outcome outcome = test::run(trial);
    ++figures_.rounds;
    figures_.injected += outcome.injected;
    figures_.acknowledged += outcome.acknowledged;
    figures_.lost += outcome.lost;
    for (const std::string& finding : outcome.findings) {
      ADD_FAILURE() << finding << "\n  in: " << trial.text();
    }
  }

 private:
  std::uint64_t seed_;
  std::uint64_t seconds_;
  std::chrono::steady_clock::time_point end_;
  Figures figures_;
};

// Every place at which `course` calls the disk, every call there, every harm, what follows and what
// survives in turn.
std::vector<Trial> trials_of(Course course, std::uint64_t seed) {
  std::vector<Trial> trials;
  std::uint64_t turn = seed;
  for (const auto& [place, count] : run({.course = course, .seed = seed}).calls) {
    for (std::uint64_t nth = 1; nth <= count; ++nth) {
      for (const Harm harm : kHarms) {
        if (harm == Harm::kShort && place.call != DiskCall::kWrite) continue;
        if (harm == Harm::kForgets && place.call != DiskCall::kSync) continue;
        ++turn;
        trials.push_back({.course = course,
                          .seed = turn,
                          .fault = DiskFault{place, nth, harm, turn % 4 == 0},
                          .ending = turn % 3 == 0 ? Ending::kReopened : Ending::kPowerLoss,
                          .survivors = kSurvivors[turn / 3 % kSurvivors.size()]});
      }
    }
  }
  return trials;
}

void run_share(Course course, std::size_t most) {
  Campaign campaign;
  const std::vector<Trial> trials = trials_of(course, campaign.seed());
  std::cout << trials.size() << " trials\n";
  const std::size_t step = campaign.is_long() ? 1 : std::max<std::size_t>(1, trials.size() / most);
  for (std::size_t i = campaign.seed() % step; i < trials.size() && !campaign.is_over();
       i += step) {
    campaign.run(trials[i]);
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
        campaign.run({.course = Course::kMake,
                      .seed = seed,
                      .fault = DiskFault{place, nth, harm, harm == Harm::kNoSpace},
                      .ending = seed == 1 ? Ending::kReopened : Ending::kPowerLoss,
                      .survivors = Survivors::kAnything});
      }
    }
  }
}

TEST(EachFault, LosesNothingAcknowledged) { run_share(Course::kFixed, 24); }

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
  for (std::uint64_t i = 0; campaign.is_long() ? !campaign.is_over() : i < 10; ++i) {
    const std::uint64_t seed = campaign.seed() * 1'000'003 + i;
    std::mt19937_64 random(seed);
    Trial trial{.course = Course::kRandom, .seed = seed, .steps = 10 + random() % 60};
    trial.ending = random() % 3 == 0 ? Ending::kReopened : Ending::kPowerLoss;
    trial.survivors = kSurvivors[random() % kSurvivors.size()];
    if (random() % 8 != 0) trial.fault_at_call.emplace(1 + random() % 600, kHarms[random() % 6]);
    campaign.run(trial);
  }
}

}  // namespace
}  // namespace trede::test
