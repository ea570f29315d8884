#include "tests/faults/store_trial.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <random>

#include "tests/support/campaign.h"

namespace trede::test {

namespace {

namespace fs = std::filesystem;

bool is_one_clear_line(const std::string& message) {
  return !message.empty() && message.find('\n') == std::string::npos;
}

// The machine comes up again with what the disk kept, at the same place: SQLite knows the files of
// a change by their whole path.
void lose_power(const fs::path& watched, const fs::path& spare, const Trial& trial) {
  std::mt19937_64 random(trial.seed);
  fs::remove_all(spare);
  Disk::the().after_power_loss(spare, trial.survivors, random);
  Disk::the().stop_watching();
  fs::create_directories(spare);
  fs::remove_all(watched);
  fs::rename(spare, watched);
}

}  // namespace

void Store::find_all(const std::string& of, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) find(of + ": " + line);
}

bool Store::did(const Status& status) {
  if (status) {
    ++acknowledged_;
  } else if (!is_one_clear_line(status.error().message)) {
    find("an error that is not one clear line: " + status.error().message);
  }
  return status.has_value();
}

bool Store::must(const std::string& what, const Status& status) {
  if (!status) find(what + ": " + status.error().message);
  return status.has_value();
}

StoreRounds::StoreRounds(MakeStore make) : make_(std::move(make)) {
  fs::create_directory(dir_ / "disk");
  make_(dir_ / "disk", 1)->lay();
  fs::rename(dir_ / "disk", dir_ / "laid");
}

Outcome StoreRounds::run(const Trial& trial) {
  Disk& disk = Disk::the();
  const fs::path folder = dir_ / "disk";
  fs::remove_all(folder);
  fs::copy(dir_ / "laid", folder, fs::copy_options::recursive);
  const auto store = make_(folder, trial.seed);
  store->begin();
  const std::uint64_t injected = disk.injected();
  disk.watch(store->watched());
  if (trial.fault) disk.fail_at(*trial.fault);
  if (trial.fault_at_call) {
    const auto& [nth, harm] = *trial.fault_at_call;
    disk.fail_at_call(nth, harm, /*stays=*/trial.seed % 2 == 0);
  }
  store->act();
  Outcome outcome;
  outcome.calls = disk.calls();
  outcome.injected = disk.injected() - injected;
  if (trial.ending == Ending::kPowerLoss && !disk.is_cut()) {
    disk.cut_power();
    ++outcome.injected;
  }
  store->let_go();
  if (disk.is_cut()) lose_power(store->watched(), dir_ / "spare", trial);
  disk.repair();
  disk.watch(store->watched());  // which is quicker than a disk
  store->look();
  disk.stop_watching();
  outcome.findings = store->findings();
  outcome.acknowledged = store->acknowledged();
  outcome.lost = static_cast<std::uint64_t>(std::ranges::count_if(
      outcome.findings, [](const std::string& line) { return line.ends_with(": lost"); }));
  return outcome;
}

std::vector<Trial> StoreRounds::all_trials(std::uint64_t seed) {
  const Outcome undisturbed = run({.seed = seed});
  EXPECT_EQ(undisturbed.findings, std::vector<std::string>());
  auto calls = undisturbed.calls;
  const auto store = make_(dir_ / "disk", seed);
  std::erase_if(calls, [&](const auto& call) { return !store->is_about(call.first.part); });
  EXPECT_FALSE(calls.empty());
  return every_fault(calls, Course::kFixed, seed);
}

void StoreRounds::run_share(std::size_t most) {
  Campaign campaign(std::random_device{}() % 1'000'000);
  const auto one = [&](const Trial& trial) {
    const Outcome outcome = run(trial);
    campaign.count("rounds", 1);
    campaign.count("faults", outcome.injected);
    campaign.count("lost", outcome.lost);
    for (const std::string& finding : outcome.findings) {
      ADD_FAILURE() << finding << "\n  in: " << trial.text();
    }
  };
  const std::vector<Trial> trials = all_trials(campaign.seed());
  std::cout << trials.size() << " trials\n";
  const std::size_t step = campaign.is_long() ? 1 : std::max<std::size_t>(1, trials.size() / most);
  for (std::size_t i = campaign.seed() % step; i < trials.size() && campaign.goes_on(0, 1);
       i += step) {
    one(trials[i]);
  }
  std::mt19937_64 random(campaign.seed());
  for (std::uint64_t i = 0; campaign.goes_on(i, most / 8); ++i) {
    Trial trial{.seed = random()};
    trial.fault_at_call.emplace(1 + random() % (trials.size() / 4), kHarms[random() % 6]);
    trial.ending = random() % 2 == 0 ? Ending::kReopened : Ending::kPowerLoss;
    trial.survivors = kSurvivors[random() % kSurvivors.size()];
    one(trial);
  }
}

}  // namespace trede::test
