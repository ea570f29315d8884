// Scrubs a data folder for as long as a process keeps it open, too slowly to be noticed.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <thread>

#include "engine/log/scrubber.h"

namespace trede {

// A thread of low priority that reads a small share, then sleeps. Nothing waits for it, and it
// waits at most as long as it reads when the machine or the disk is busy. Memory: constant.
// Owner: who keeps the folder open for long; destroyed before the folder.
class BackgroundScrub {
 public:
  struct Options {
    // At 500 a round of 10 million events takes about six hours and one of 30 million less than a
    // day, so that damage is known before the backup of the night before last is written over; it
    // takes a hundredth of one core, and of the disk 2 MiB a second while it reads files.
    unsigned units_per_second = 500;  // Scrubber::step says what a unit is
    // A small log is not read again at once.
    std::chrono::milliseconds between_rounds = std::chrono::hours{1};
  };
  // Called for each finding that was not known, in the thread of the scrubber.
  using OnFinding = std::function<void(const std::string& finding)>;

  // Goes on where the last one stopped. Keeps its place in a folder opened to write; one opened to
  // read is left as it is. Every finding is logged as an error, too, through spdlog's default
  // logger, which the program has set up.
  // Requires: `folder` and `clock` outlive it.
  // Errors: kLocked  the folder is being scrubbed already;  kIo.
  static Result<std::unique_ptr<BackgroundScrub>> start(DataFolder& folder, const Clock& clock,
                                                        const Options& options,
                                                        OnFinding on_finding = {});
  ~BackgroundScrub();
  BackgroundScrub(const BackgroundScrub&) = delete;
  BackgroundScrub& operator=(const BackgroundScrub&) = delete;

  // Ends within one share, and keeps the place. Threads: the owner's.
  void stop();

  // How many findings were handed over. Threads: any.
  std::uint64_t findings() const { return findings_; }
  // Waits for the share that is being read. Threads: any.
  ScrubStanding standing() const;

 private:
  BackgroundScrub(std::unique_ptr<Scrubber> scrubber, bool keeps_place, const Options& options,
                  OnFinding on_finding);
  void run(const std::stop_token& stop);
  struct Share {
    std::vector<std::string> found;
    bool round_ended = false;
  };
  Share read_share();
  void report(const std::vector<std::string>& found);
  void save();

  const Options options_;
  const bool keeps_place_;
  const OnFinding on_finding_;
  std::atomic<std::uint64_t> findings_ = 0;
  mutable std::mutex mutex_;  // over the scrubber
  std::unique_ptr<Scrubber> scrubber_;
  std::jthread thread_;
};

}  // namespace trede
