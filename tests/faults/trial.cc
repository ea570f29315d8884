#include "tests/faults/trial.h"

#include <algorithm>

#include "tests/support/temp_dir.h"

namespace trede::test {

namespace {

namespace fs = std::filesystem;

void little(Load& load) {
  load.append(1, 1);
  load.assign(1);
}

void make(Load& load) {
  load.create();
  load.open();
  little(load);
  load.close();
}

// Every part of a folder is written, flushed and written anew, and everything once more after it
// was closed and opened.
void everything(Load& load) {
  for (int round = 0; round < 2; ++round) {
    load.open();
    little(load);
    load.append(2, 2);
    load.append_from_threads(2, 2);
    load.flush();
    load.resume();
    load.append(1, 1);
    load.import(12, /*commit=*/true);
    load.append(1, 300);  // a block of the tree, more than a write buffer
    load.import(12, /*commit=*/false);
    load.append(1, 1);
    load.assign(3);
    load.erase();
    load.assign(1);
    load.compact();
    load.resume();
    little(load);
    load.close();
  }
}

void recover(Load& load) {
  load.open();
  little(load);
  load.flush();
  load.resume();
  for (int i = 0; i < 4; ++i) load.append(1, 2);
}

void take(Load& load, const Trial& trial) {
  switch (trial.course) {
    case Course::kMake: return make(load);
    case Course::kFixed: return everything(load);
    case Course::kRecovered: return recover(load);
    case Course::kRandom:
      for (std::size_t step = 0; step < trial.steps; ++step) load.random_step();
      return;
  }
  std::unreachable();
}

std::string_view name_of(Survivors survivors) {
  switch (survivors) {
    case Survivors::kNothing: return "nothing";
    case Survivors::kEverything: return "everything";
    case Survivors::kAnything: return "anything";
  }
  std::unreachable();
}

}  // namespace

std::string Trial::text() const {
  std::string out = "seed " + std::to_string(seed);
  if (course == Course::kRandom) out += ", " + std::to_string(steps) + " random steps";
  if (fault) {
    out += ", " + std::string(test::name_of(fault->harm)) + " at " + std::to_string(fault->nth) +
           " of `" + fault->place.text() + "`" + (fault->stays ? " and on" : "");
  }
  if (fault_at_call) {
    out += ", " + std::string(test::name_of(fault_at_call->second)) + " at call " +
           std::to_string(fault_at_call->first);
  }
  if (ending == Ending::kPowerLoss) out += ", then power loss";
  return out + "; of what is not synced survives " + std::string(name_of(survivors)) +
         " when power goes, else it is opened again";
}

Outcome run(const Trial& trial) {
  Disk& disk = Disk::the();
  const TempDir dir;
  const fs::path before = dir / "before";
  const fs::path after = dir / "after";
  fs::create_directory(before);
  std::mt19937_64 random(trial.seed);
  Load load(before / "data", trial.seed);
  if (trial.course != Course::kMake) load.create();
  const std::uint64_t injected = disk.injected();

  disk.watch(before);
  if (trial.fault) disk.fail_at(*trial.fault);
  if (trial.fault_at_call) {
    disk.fail_at_call(trial.fault_at_call->first, trial.fault_at_call->second);
  }
  take(load, trial);
  Outcome outcome;
  outcome.calls = disk.calls();
  outcome.injected = disk.injected() - injected;
  if (trial.ending == Ending::kPowerLoss && !disk.is_cut()) {
    disk.cut_power();
    ++outcome.injected;
  }
  load.close();
  if (disk.is_cut()) {
    disk.after_power_loss(after, trial.survivors, random);
    load.move_to(after / "data");
    disk.stop_watching();
  }
  disk.repair();
  outcome.findings = load.look();
  disk.stop_watching();
  outcome.acknowledged = load.witness().acknowledged();
  outcome.lost = static_cast<std::uint64_t>(std::ranges::count_if(
      outcome.findings, [](const std::string& line) { return line.ends_with(": lost"); }));
  return outcome;
}

std::vector<Trial> every_fault(const std::map<DiskPlace, std::uint64_t>& calls, Course course,
                               std::uint64_t seed) {
  std::vector<Trial> trials;
  std::uint64_t turn = seed;
  for (const auto& [place, count] : calls) {
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

}  // namespace trede::test
