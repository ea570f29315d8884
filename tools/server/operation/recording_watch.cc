#include "tools/server/operation/recording_watch.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/event/recorded.h"

namespace trede::server {

namespace {

constexpr std::string_view kDoor = "http";
constexpr std::string_view kServer = "server";    // the object of a run
constexpr std::string_view kMended = "hersteld";  // what a record is that was added later
constexpr std::string_view kNobody = "onbekend";  // the actor of an event that names none
constexpr std::string_view kAttempt = "poging/";
constexpr std::size_t kMostAtOnce = 1000;  // records that are added in one sync

// Positions of events that the trail has, by its object.
class Noted {
 public:
  void add(const TrailRecord& record) {
    const std::array writing = {action_code(TrailAction::kVastleggen),
                                action_code(TrailAction::kImporteren),
                                action_code(TrailAction::kVaststellen)};
    const bool is_written = std::ranges::find(writing, record.action) != writing.end() &&
                            record.outcome == outcome_code(TrailOutcome::kGelukt);
    if (!is_written || record.first == 0 || record.object == kServer) return;
    ranges_[record.object].emplace_back(record.first, record.last);
  }
  void sort() {
    for (auto& [object, ranges] : ranges_) std::ranges::sort(ranges);
  }
  // Ranges of one object do not overlap: each is an append of its own.
  bool has(const std::string& object, Position position) const {
    return lies_in(object, position) || lies_in(std::string(kWholeLog), position);
  }

 private:
  bool lies_in(const std::string& object, Position position) const {
    const auto found = ranges_.find(object);
    if (found == ranges_.end()) return false;
    const auto& ranges = found->second;
    const auto beyond = std::ranges::upper_bound(ranges, position.value, {},
                                                 &std::pair<std::uint64_t, std::uint64_t>::first);
    return beyond != ranges.begin() && std::prev(beyond)->second >= position.value;
  }

  std::unordered_map<std::string, std::vector<std::pair<std::uint64_t, std::uint64_t>>> ranges_;
};

std::uint64_t attempt_of(const TrailRecord& record) {
  const std::string_view about = record.about;
  std::uint64_t number = 0;
  if (about.starts_with(kAttempt)) {
    std::from_chars(about.data() + kAttempt.size(), about.data() + about.size(), number);
  }
  return number;
}

std::string system_actor() { return std::string(kSystemActor) + std::to_string(::getuid()); }

}  // namespace

// With the events that stand in the log since the run began, if any.
TrailEntry RecordingWatch::entry_of_run(TrailOutcome outcome) const {
  TrailEntry entry{.action = TrailAction::kVastleggen,
                   .object = std::string(kServer),
                   .outcome = outcome,
                   .origin = std::string(kDoor),
                   .actor = system_actor(),
                   .attempt = attempt_};
  const Position last = folder_.log().last_position();
  if (last < first_) return entry;
  entry.first = first_;
  entry.last = last;
  return entry;
}

// Adds what the trail lacks of the events since `begun`.
Status RecordingWatch::mend_since(const TrailRecord& begun) {
  Noted noted;
  const auto note = [&](const TrailRecord& record) -> Status {
    noted.add(record);
    return {};
  };
  TREDE_RETURN_IF_ERROR(trail_->scan({.from = begun.moment}, note));
  noted.sort();
  std::vector<TrailEntry> missing;
  const auto look = [&](Position position, std::string_view stored) -> Status {
    const auto event = decode_any(stored);
    if (!event) return event.error();
    const std::string object = object_of(stream_of(*event));
    if (noted.has(object, position)) return {};
    missing.push_back({.action = TrailAction::kVastleggen,
                       .object = object,
                       .outcome = TrailOutcome::kGelukt,
                       .origin = std::string(kDoor),
                       .actor = is_actor(event->actor()) ? event->actor() : std::string(kNobody),
                       .first = position,
                       .last = position,
                       .count = 1,
                       .about = std::string(kMended)});
    if (missing.size() < kMostAtOnce) return {};
    mended_ += missing.size();
    return trail_->append(std::exchange(missing, {}));
  };
  const Position last = folder_.log().last_position();
  TREDE_RETURN_IF_ERROR(folder_.log().scan(Position{begun.first}, last, look));
  mended_ += missing.size();
  return trail_->append(missing);
}

// The ends come last: a crash on the way leaves the runs without one, and the next start goes on.
Status RecordingWatch::mend() {
  std::vector<TrailRecord> runs;
  const auto take = [&](const TrailRecord& record) -> Status {
    runs.push_back(record);
    return {};
  };
  const TrailFilter cut_short{.objects = {std::string(kServer)}, .unended = true};
  TREDE_RETURN_IF_ERROR(trail_->scan(cut_short, take));
  if (runs.empty()) return {};
  TREDE_RETURN_IF_ERROR(mend_since(runs.front()));
  std::vector<TrailEntry> ends;
  for (const TrailRecord& run : runs) {
    attempt_ = attempt_of(run);
    first_ = Position{run.first};
    ends.push_back(entry_of_run(TrailOutcome::kMislukt));
  }
  return trail_->append(ends);
}

Result<std::unique_ptr<RecordingWatch>> RecordingWatch::begin(DataFolder& folder,
                                                              const Clock& clock) {
  auto trail = Trail::open(folder.path(), folder.log().identity(), TrailAccess::kWrite, clock);
  if (!trail) return std::move(trail).error();
  std::unique_ptr<RecordingWatch> watch(new RecordingWatch(std::move(*trail), folder));
  TREDE_RETURN_IF_ERROR(watch->mend());
  watch->attempt_ = 0;
  watch->first_ = folder.log().last_position().next();
  TrailEntry run = watch->entry_of_run(TrailOutcome::kBegonnen);
  run.first = watch->first_;
  const auto attempt = watch->trail_->begin({&run, 1});
  if (!attempt) return attempt.error();
  watch->attempt_ = *attempt;
  return watch;
}

Status RecordingWatch::end() {
  const TrailEntry run = entry_of_run(TrailOutcome::kGelukt);
  return trail_->append({&run, 1});
}

}  // namespace trede::server
