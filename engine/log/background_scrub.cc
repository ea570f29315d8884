#include "engine/log/background_scrub.h"

#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>

namespace trede {

namespace {

using namespace std::chrono_literals;
using Watch = std::chrono::steady_clock;

constexpr int kShare = 256;        // units: some milliseconds
constexpr auto kSaveEvery = 1min;  // what is read again after a crash at most

// Of this thread only. Not the lowest there is: who waits for a lock that it holds would wait long.
void give_way() {
  constexpr int kNice = 10;
  constexpr int kIoOfThread = 1;    // IOPRIO_WHO_PROCESS, of which 0 is the calling thread
  constexpr int kIoIdle = 3 << 13;  // IOPRIO_CLASS_IDLE
  // Without them it only gives way less.
  static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice));
  static_cast<void>(::syscall(SYS_ioprio_set, kIoOfThread, 0, kIoIdle));
}

void sleep_until(Watch::time_point due, const std::stop_token& stop) {
  std::mutex nobody;
  std::condition_variable_any never;
  std::unique_lock lock(nobody);
  never.wait_until(lock, stop, due, [] { return false; });
}

}  // namespace

Result<std::unique_ptr<BackgroundScrub>> BackgroundScrub::start(DataFolder& folder,
                                                                const Clock& clock,
                                                                const Options& options,
                                                                OnFinding on_finding) {
  auto scrubber = Scrubber::open(folder, clock);
  if (!scrubber) return std::move(scrubber).error();
  return std::unique_ptr<BackgroundScrub>(new BackgroundScrub(
      std::move(*scrubber), folder.mode() == OpenMode::kWrite, options, std::move(on_finding)));
}

BackgroundScrub::BackgroundScrub(std::unique_ptr<Scrubber> scrubber, bool keeps_place,
                                 const Options& options, OnFinding on_finding)
    : options_(options),
      keeps_place_(keeps_place),
      on_finding_(std::move(on_finding)),
      scrubber_(std::move(scrubber)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

BackgroundScrub::~BackgroundScrub() { stop(); }

void BackgroundScrub::stop() {
  thread_.request_stop();
  if (!thread_.joinable()) return;
  thread_.join();
  save();
}

void BackgroundScrub::run(const std::stop_token& stop) {
  give_way();
  const auto pause = Watch::duration(1s) * kShare / std::max(1U, options_.units_per_second);
  auto saved = Watch::now();
  while (!stop.stop_requested()) {
    const auto begin = Watch::now();
    const Share share = read_share();
    const auto end = Watch::now();
    report(share.found);
    if (share.round_ended || !share.found.empty() || end - saved > kSaveEvery) {
      save();
      saved = end;
    }
    // A share that took long says that others are busy: they get as much again.
    const auto rest = share.round_ended ? Watch::duration(options_.between_rounds) : pause;
    sleep_until(std::max(begin + rest, end + (end - begin)), stop);
  }
}

BackgroundScrub::Share BackgroundScrub::read_share() {
  const std::lock_guard lock(mutex_);
  const std::uint64_t round = scrubber_->standing().round;
  std::vector<std::string> found = scrubber_->step(kShare);
  return {std::move(found), scrubber_->standing().round != round};
}

void BackgroundScrub::report(const std::vector<std::string>& found) {
  for (const std::string& finding : found) {
    ++findings_;
    spdlog::error("scrub: {}", finding);
    if (on_finding_) on_finding_(finding);
  }
}

void BackgroundScrub::save() {
  if (!keeps_place_) return;
  const std::lock_guard lock(mutex_);
  const Status saved = scrubber_->save();
  if (!saved) spdlog::warn("scrub: its place is not kept: {}", saved.error().message);
}

ScrubStanding BackgroundScrub::standing() const {
  const std::lock_guard lock(mutex_);
  return scrubber_->standing();
}

}  // namespace trede
