// A store that stands beside the log, one course of actions with it, one fault, and what is found
// afterwards.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "tests/faults/trial.h"
#include "tests/support/temp_dir.h"

namespace trede::test {

// What is kept, what is done with it and what it must hold then. Owner: one round. Threads: one.
class Store {
 public:
  explicit Store(std::filesystem::path folder) : folder_(std::move(folder)) {}
  virtual ~Store() = default;

  // Makes what every round finds, on a disk that does not fail. Closes all of it.
  virtual void lay() = 0;
  // The folder whose disk fails: `folder`, or below it; there when a round begins.
  virtual std::filesystem::path watched() const { return folder_; }
  // Whether faults at calls for `part` are what it is about.
  virtual bool is_about(const std::string&) const { return true; }
  // Before the faults: reads what `look` needs to know.
  virtual void begin() {}
  virtual void act() = 0;
  virtual void let_go() = 0;  // closes what `act` left open
  // Without faults, at the same place: finds what is not as it should be.
  virtual void look() = 0;

  const std::vector<std::string>& findings() const { return findings_; }
  std::uint64_t acknowledged() const { return acknowledged_; }

 protected:
  const std::filesystem::path& folder() const { return folder_; }
  void find(std::string what) { findings_.push_back(std::move(what)); }
  void find_all(const std::string& of, const std::vector<std::string>& lines);
  // Of an action that the fault may have stopped. Returns: whether it was done.
  bool did(const Status& status);
  // Of one that nothing stops any more.
  bool must(const std::string& what, const Status& status);
  template <typename T>
  bool must(const std::string& what, const Result<T>& result) {
    return must(what, result ? Status() : Status(result.error()));
  }
  template <typename T>
  bool did(const Result<T>& result) {
    return did(result ? Status() : Status(result.error()));
  }

 private:
  std::filesystem::path folder_;
  std::vector<std::string> findings_;
  std::uint64_t acknowledged_ = 0;
};

using MakeStore =
    std::function<std::unique_ptr<Store>(const std::filesystem::path& folder, std::uint64_t seed)>;

// Rounds with one kind of store, which is laid once: each begins with a copy at the same place.
class StoreRounds {
 public:
  explicit StoreRounds(MakeStore make);
  // Of `trial` everything but its course and steps.
  Outcome run(const Trial& trial);
  // Every call that the store makes of the disk fails once in every way; `most` of these spread
  // over all of them, or all and then random ones in a campaign.
  void run_share(std::size_t most);

 private:
  std::vector<Trial> all_trials(std::uint64_t seed);

  TempDir dir_;
  MakeStore make_;
};

}  // namespace trede::test
