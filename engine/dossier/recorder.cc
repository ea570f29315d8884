#include "engine/dossier/recorder.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/dossier/rules.h"
#include "engine/dossier/stream_cache.h"
#include "engine/event/attributes.h"

namespace trede {

namespace {

constexpr int kAttempts = 32;           // each lost to another writer of the same stream
constexpr std::size_t kReadPage = 512;  // events of a stream read at once

// The events for one stream.
struct Part {
  StreamId stream;
  std::size_t offset = 0;  // of its first event among all
  std::span<const pb::Event> events;
};

// A part on its way in: its stream, held, and what would come of it.
struct Work {
  Part part;
  std::shared_ptr<CachedStream> cached;
  std::vector<RecordedEvent> proposed;
  Judgement judgement;

  Stream& stream() const { return cached->stream; }
};

// What makes an event unfit to be recorded whatever the rules say; empty when nothing does.
std::string flaw_of(const pb::Event& event, bool flawless) {
  const bool organisatie = event.stream_soort() == pb::STREAM_SOORT_ORGANISATIE;
  if (event.stream_soort() != pb::STREAM_SOORT_DOSSIER &&
      event.stream_soort() != pb::STREAM_SOORT_WERKGEVER && !organisatie) {
    return "stream: missing or unknown";
  }
  if (event.stream_id().size() != (organisatie ? 0U : 16U)) return "stream: not an id";
  if (event.event_id().size() != 16) return "event_id: missing or not an id";
  if (!event.oorzaak().empty() && event.oorzaak().size() != 16) return "oorzaak: not an id";
  if (!event.actor().empty()) {
    if (const auto checked = check_label(event.actor()); !checked) {
      return "actor: " + checked.error().message;
    }
  }
  const auto flaw = flawless ? std::nullopt : find_flaw(event.body());
  if (flaw) return flaw->attribute + ": " + flaw->message;
  if (!event.has_geldig_op() && !event.body().has_intrekking()) {
    return "geldig_op: missing, expected a day";
  }
  return {};
}

Error invalid(std::size_t index, const std::string& message) {
  return {ErrorCode::kInvalid, "event " + std::to_string(index + 1) + ": " + message};
}

// Which of `events` has an id that stands before it already.
std::optional<std::size_t> find_twice(std::span<const pb::Event> events) {
  if (events.size() == 1) return std::nullopt;
  std::unordered_set<EventId> ids;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (!ids.insert(id_of(events[i])).second) return i;
  }
  return std::nullopt;
}

// Checks every event by itself and divides them by stream.
Result<std::vector<Part>> divide(std::span<const pb::Event> events, bool flawless) {
  if (events.empty() || events.size() > kAppendMax) {
    return Error{ErrorCode::kInvalid,
                 "expected 1 to " + std::to_string(kAppendMax) + " events in one append"};
  }
  std::vector<Part> parts;
  std::unordered_set<StreamId> before;  // the streams of all parts but the last
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (const std::string flaw = flaw_of(events[i], flawless); !flaw.empty()) {
      return invalid(i, flaw);
    }
    const StreamId stream = stream_of(events[i]);
    if (parts.empty() || parts.back().stream != stream) {
      if (!parts.empty()) before.insert(parts.back().stream);
      if (before.contains(stream)) {
        return invalid(i, "stream: events of one stream must stand together");
      }
      parts.push_back(Part{stream, i, {}});
    }
    Part& part = parts.back();
    part.events = events.subspan(part.offset, i + 1 - part.offset);
  }
  if (const auto twice = find_twice(events)) return invalid(*twice, "event_id: stands twice");
  return parts;
}

void propose(Work& work) {
  std::vector<RecordedEvent> proposed;
  proposed.reserve(work.part.events.size());
  for (const pb::Event& event : work.part.events) proposed.push_back(recorded_of(event));
  work.proposed = work.stream().adopt(proposed);
}

}  // namespace

struct Recorder::Impl {
  Impl(EventStore& the_store, const Clock& the_clock, const RecorderOptions& options)
      : store(the_store), clock(the_clock), cache(options.max_cached_bytes) {}

  Result<RecordOutcome> attempt(const std::vector<Part>& parts, const RecordOptions& options);
  Result<RecordOutcome> judge_and_append(std::vector<Work>& works, const RecordOptions& options);
  Result<std::optional<Refusal>> judge_all(std::vector<Work>& works, std::span<const Day> vandaag);
  Result<bool> is_redelivery(std::span<const Work> works) const;
  Result<std::optional<Refusal>> judge_by_organisatie(std::span<const Work> works);
  Result<RecordOutcome> append(std::vector<Work>& works, const RecordOptions& options);
  Result<RecordOutcome> refused(std::vector<Work>& works, Refusal refusal);

  Status catch_up(CachedStream& cached);
  Result<std::shared_ptr<const Organisatie>> current_organisatie();

  EventStore& store;
  const Clock& clock;
  StreamCache cache;

  // Held, so that it stays in memory: most dossiers ask for it.
  const std::shared_ptr<CachedStream> organisatie_stream = cache.acquire(kOrganisatie);
  // What the organisation's events up to a version say of gemeenten and afdelingen. Its mutex is
  // taken after that of the stream.
  std::mutex organisatie_mutex;
  StreamVersion organisatie_version;
  std::shared_ptr<const Organisatie> organisatie = std::make_shared<const Organisatie>();
};

Recorder::Recorder(EventStore& store, const Clock& clock, const RecorderOptions& options)
    : impl_(std::make_unique<Impl>(store, clock, options)) {}

Recorder::~Recorder() = default;

void Recorder::expect(std::span<const StreamId> streams) const { impl_->cache.expect(streams); }

Result<RecordOutcome> Recorder::record(std::span<const pb::Event> events,
                                       const RecordOptions& options) {
  const auto parts = divide(events, options.flawless);
  if (!parts) return parts.error();
  if (!options.each.empty() && options.each.size() != events.size()) {
    return Error{ErrorCode::kInvalid, std::to_string(options.each.size()) +
                                          " recording moments for " +
                                          std::to_string(events.size()) + " events"};
  }
  for (int i = 0; i < kAttempts; ++i) {
    auto outcome = impl_->attempt(*parts, options);
    if (outcome || outcome.error().code != ErrorCode::kConflict) return outcome;
  }
  return Error{ErrorCode::kConflict, "other writers were first " + std::to_string(kAttempts) +
                                         " times; nothing was recorded"};
}

namespace {

using Locks = std::vector<std::unique_lock<std::mutex>>;

// Locks every stream of `works`, always in the same order, so that callers never wait in a ring;
// the organisation's stream comes last.
Locks lock_all(std::span<const Work> works) {
  std::vector<const Work*> sorted;
  for (const Work& work : works) sorted.push_back(&work);
  std::ranges::sort(sorted, {}, [](const Work* work) { return work->part.stream; });
  Locks locks;
  locks.reserve(sorted.size());
  for (const Work* work : sorted) locks.emplace_back(work->cached->mutex);
  return locks;
}

std::vector<StreamAppend> appends_of(std::span<const Work> works) {
  std::vector<StreamAppend> appends;
  for (const Work& work : works) {
    StreamAppend append{
        .stream = work.part.stream, .expected = work.stream().version(), .events = {}};
    append.events.reserve(work.part.events.size());
    for (const pb::Event& event : work.part.events) {
      append.events.push_back({id_of(event), encode_content(event)});
    }
    appends.push_back(std::move(append));
  }
  return appends;
}

// What acts of a stream and decides what a dossier may name.
Organisatie inrichting_of(std::span<const ActingEvent> acting) {
  std::vector<ActingEvent> events;
  std::ranges::copy_if(acting, std::back_inserter(events), is_inrichting, &ActingEvent::soort);
  return Organisatie::fold(events);
}

// The civil day on which each event is recorded, or one for all of them.
std::vector<Day> days_of_recording(const RecordOptions& options, const Clock& clock) {
  if (options.each.empty()) return {civil_day(options.vastgelegd_op.value_or(clock.now()))};
  std::vector<Day> days;
  for (const Moment moment : options.each) days.push_back(civil_day(moment));
  return days;
}

}  // namespace

Result<RecordOutcome> Recorder::Impl::attempt(const std::vector<Part>& parts,
                                              const RecordOptions& options) {
  std::vector<Work> works;
  works.reserve(parts.size());
  for (const Part& part : parts) works.push_back(Work{part, cache.acquire(part.stream), {}, {}});
  const Locks locks = lock_all(works);
  auto outcome = judge_and_append(works, options);
  for (const Work& work : works) {
    if (work.stream().is_worn()) {
      work.stream().forget();
      work.cached->is_current = false;
    }
    cache.account(*work.cached);
  }
  return outcome;
}

Result<RecordOutcome> Recorder::Impl::judge_and_append(std::vector<Work>& works,
                                                       const RecordOptions& options) {
  for (Work& work : works) {
    if (!work.cached->is_current) TREDE_RETURN_IF_ERROR(catch_up(*work.cached));
    propose(work);
  }
  auto refusal = judge_all(works, days_of_recording(options, clock));
  if (!refusal) return refusal.error();
  if (!*refusal) return append(works, options);
  // What is there already may well be refused a second time; the store tells what comes of it.
  const auto known = is_redelivery(works);
  if (!known) return known.error();
  return *known ? append(works, options) : refused(works, **std::move(refusal));
}

Result<std::optional<Refusal>> Recorder::Impl::judge_all(std::vector<Work>& works,
                                                         std::span<const Day> vandaag) {
  for (Work& work : works) {
    const auto days =
        vandaag.size() == 1 ? vandaag : vandaag.subspan(work.part.offset, work.part.events.size());
    work.judgement = judge(work.stream(), work.proposed, days);
    if (!work.judgement.refusal) continue;
    work.judgement.refusal->index += work.part.offset;
    return std::move(work.judgement.refusal);
  }
  return judge_by_organisatie(works);
}

// Whether one of the events is in the store.
Result<bool> Recorder::Impl::is_redelivery(std::span<const Work> works) const {
  for (const Work& work : works) {
    for (const pb::Event& event : work.part.events) {
      const auto found = store.find_event(id_of(event));
      if (!found) return found.error();
      if (*found) return true;
    }
  }
  return false;
}

// An organisation that is part of the append counts as it will be.
Result<std::optional<Refusal>> Recorder::Impl::judge_by_organisatie(std::span<const Work> works) {
  std::shared_ptr<const Organisatie> known;
  for (const Work& work : works) {
    if (work.judgement.eisen.empty()) continue;
    const auto own =
        std::ranges::find(works, kOrganisatie, [](const Work& one) { return one.part.stream; });
    if (known == nullptr && own != works.end()) {
      known = std::make_shared<const Organisatie>(
          inrichting_of(own->stream().acting_with(own->proposed)));
    } else if (known == nullptr) {
      auto current = current_organisatie();
      if (!current) return current.error();
      known = *std::move(current);
    }
    if (auto refusal = judge_eisen(work.judgement.eisen, work.proposed, *known)) {
      refusal->index += work.part.offset;
      return refusal;
    }
  }
  return std::optional<Refusal>();
}

// A refusal counts when it was given for all that the store has now.
Result<RecordOutcome> Recorder::Impl::refused(std::vector<Work>& works, Refusal refusal) {
  for (const Work& work : works) {
    const auto version = store.version_of(work.part.stream);
    if (!version) return version.error();
    if (*version == work.stream().version()) continue;
    work.cached->is_current = false;
    return Error{ErrorCode::kConflict, "another writer was first"};
  }
  if (refusal.code != rule_code(Rule::kVervangtOnbekend)) return refusal;
  for (const Work& work : works) {
    if (refusal.index < work.part.offset ||
        refusal.index >= work.part.offset + work.part.events.size()) {
      continue;
    }
    const RecordedEvent& event = work.proposed[refusal.index - work.part.offset];
    const auto found = store.find_event(*vervangt_of(*event.body));
    if (!found) return found.error();
    if (*found) return refusal_of_andere_stroom(event, refusal.index);
  }
  return refusal;
}

Result<RecordOutcome> Recorder::Impl::append(std::vector<Work>& works,
                                             const RecordOptions& options) {
  const auto appends = appends_of(works);
  const auto appended = store.append(appends, AppendOptions{options.vastgelegd_op, options.each});
  if (!appended || appended->already_there) {
    // What the store has is not what we thought, or not known: look again next time.
    for (const Work& work : works) work.cached->is_current = false;
    if (!appended) return appended.error();
    return Recorded{appended->first, appended->last, true};
  }
  Position first = appended->first;
  for (Work& work : works) {
    work.stream().take(work.proposed, std::move(work.judgement.trial), first);
    first.value += work.proposed.size();
  }
  return Recorded{appended->first, appended->last, false};
}

Status Recorder::Impl::catch_up(CachedStream& cached) {
  Stream& stream = cached.stream;
  const auto version = store.version_of(stream.id());
  if (!version) return version.error();
  if (*version < stream.version()) {
    return Error{ErrorCode::kCorrupt, stream.id().text() + ": has lost events"};
  }
  while (stream.version() < *version) {
    const StreamVersion next{stream.version().value + 1};
    const auto page = store.read_stream(stream.id(), next, kReadPage);
    if (!page) return page.error();
    if (page->empty()) {
      return Error{ErrorCode::kCorrupt, stream.id().text() + ": ends before its version"};
    }
    for (const StoredEvent& stored : *page) TREDE_RETURN_IF_ERROR(stream.take(stored.bytes));
  }
  cached.is_current = true;
  cache.account(cached);
  return {};
}

Result<std::shared_ptr<const Organisatie>> Recorder::Impl::current_organisatie() {
  const auto version = store.version_of(kOrganisatie);
  if (!version) return version.error();
  {
    const std::lock_guard lock(organisatie_mutex);
    if (*version <= organisatie_version) return organisatie;
  }
  const std::lock_guard stream_lock(organisatie_stream->mutex);
  TREDE_RETURN_IF_ERROR(catch_up(*organisatie_stream));
  const Stream& stream = organisatie_stream->stream;
  const std::lock_guard lock(organisatie_mutex);
  if (stream.inrichting_version() > organisatie_version) {
    organisatie = std::make_shared<const Organisatie>(inrichting_of(stream.acting()));
  }
  organisatie_version = stream.version();
  return organisatie;
}

}  // namespace trede
