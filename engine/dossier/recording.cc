#include <algorithm>
#include <string>
#include <utility>

#include "engine/dossier/afgesloten.h"
#include "engine/dossier/recording_internal.h"

namespace trede {

namespace {

constexpr int kAttempts = 32;           // each lost to another writer of the same stream
constexpr std::size_t kReadPage = 512;  // events of a stream read at once

// What acts of the organisation's stream and decides what may be recorded of dossiers.
Organisatie decisive_of(std::span<const ActingEvent> acting) {
  std::vector<ActingEvent> events;
  std::ranges::copy_if(acting, std::back_inserter(events), is_decisive, &ActingEvent::soort);
  return Organisatie::fold(events);
}

// The civil day on which each event is recorded, or one for all of them.
std::vector<Day> days_of_recording(const RecordOptions& options, const Clock& clock) {
  if (options.each.empty()) return {civil_day(options.vastgelegd_op.value_or(clock.now()))};
  std::vector<Day> days;
  for (const Moment moment : options.each) days.push_back(civil_day(moment));
  return days;
}

// Takes what the store has beyond `stream`.
Status catch_up(Stream& stream, const EventStore& store) {
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
  return {};
}

}  // namespace

Result<std::shared_ptr<const Organisatie>> Recorder::Impl::current_organisatie() {
  const std::lock_guard lock(organisatie_mutex);
  TREDE_RETURN_IF_ERROR(catch_up(organisatie_stream, store));
  if (organisatie_stream.decisive_version() > decisive_version) {
    organisatie = std::make_shared<const Organisatie>(decisive_of(organisatie_stream.acting()));
    decisive_version = organisatie_stream.decisive_version();
  }
  return organisatie;
}

Result<Recording> Recording::of(Recorder& recorder, std::span<const pb::Event> events,
                                const RecordOptions& options) {
  auto parts = divide(events, options.flawless);
  if (!parts) return parts.error();
  if (!options.each.empty() && options.each.size() != events.size()) {
    return Error{ErrorCode::kInvalid, std::to_string(options.each.size()) +
                                          " recording moments for " +
                                          std::to_string(events.size()) + " events"};
  }
  return Recording(*recorder.impl_, *std::move(parts), options);
}

Error Recording::too_many_attempts() {
  return {ErrorCode::kConflict,
          "other writers were first " + std::to_string(kAttempts) + " times; nothing was recorded"};
}

bool Recording::begin_attempt() {
  if (attempts_++ == kAttempts) return false;
  works_.clear();
  works_.reserve(parts_.size());
  std::vector<const Work*> sorted;
  for (const ProposedPart& part : parts_) {
    works_.push_back(Work{part, impl_->cache.acquire(part.stream), {}, {}});
    sorted.push_back(&works_.back());
  }
  std::ranges::sort(sorted, {}, [](const Work* work) { return work->part.stream; });
  for (const Work* work : sorted) turns_.push_back(&work->cached->turn);
  return true;
}

Turn* Recording::next_turn() { return taken_ == turns_.size() ? nullptr : turns_[taken_++]; }

void Recording::pass_turns() {
  for (std::size_t i = 0; i < taken_; ++i) turns_[i]->pass();
  taken_ = 0;
  turns_.clear();
}

std::optional<Result<RecordOutcome>> Recording::judge() {
  auto outdated = find_outdated();
  if (!outdated) return outdated.error();
  if (*outdated) return **std::move(outdated);
  auto refusal = find_refusal();
  if (!refusal) return refusal.error();
  if (!*refusal && options_.only_judge) return judged_only();
  if (!*refusal) return std::nullopt;
  // What is there already may well be refused a second time; the store tells what comes of it.
  const auto known = is_redelivery();
  if (!known) return known.error();
  if (*known) return options_.only_judge ? std::optional(judged_only()) : std::nullopt;
  return refused(**std::move(refusal));
}

Status Recording::load() {
  for (Work& work : works_) {
    if (work.cached->is_current) continue;
    TREDE_RETURN_IF_ERROR(catch_up(work.stream(), impl_->store));
    work.cached->is_current = true;
    impl_->cache.account(*work.cached);
  }
  return {};
}

// Who sends again what went in before expects a version that is gone: the store tells what he got.
Result<std::optional<RecordOutcome>> Recording::find_outdated() {
  TREDE_RETURN_IF_ERROR(load());
  for (const ExpectedVersion& expected : options_.expected) {
    const auto work =
        std::ranges::find(works_, expected.stream, [](const Work& one) { return one.part.stream; });
    if (work == works_.end()) {
      return Error{ErrorCode::kInvalid, expected.stream.text() + ": expected, and gets no event"};
    }
    if (work->stream().version() == expected.version) continue;
    const auto known = is_redelivery();
    if (!known) return known.error();
    if (*known) return std::optional<RecordOutcome>();
    TREDE_RETURN_IF_ERROR(check_still_current());
    return std::optional<RecordOutcome>(Outdated{expected.stream, work->stream().version()});
  }
  return std::optional<RecordOutcome>();
}

// Another part of an append that is there already is refused by the store; here it is let be.
Result<RecordOutcome> Recording::judged_only() const {
  const Position last = impl_->store.last_position();
  const auto known = is_redelivery();
  if (!known) return known.error();
  return Recorded{last, last, *known};
}

Result<std::optional<Refusal>> Recording::find_refusal() {
  for (Work& work : works_) propose(work);
  return judge_all(days_of_recording(options_, impl_->clock));
}

void Recording::propose(Work& work) {
  std::vector<RecordedEvent> proposed;
  proposed.reserve(work.part.events.size());
  for (const pb::Event& event : work.part.events) proposed.push_back(recorded_of(event));
  work.proposed = work.stream().adopt(proposed);
}

Result<std::optional<Refusal>> Recording::judge_all(std::span<const Day> vandaag) {
  for (Work& work : works_) {
    const auto days =
        vandaag.size() == 1 ? vandaag : vandaag.subspan(work.part.offset, work.part.events.size());
    work.judgement = trede::judge(work.stream(), work.proposed, days);
    if (!work.judgement.refusal) continue;
    work.judgement.refusal->index += work.part.offset;
    return std::move(work.judgement.refusal);
  }
  return judge_by_organisatie();
}

const Recording::Work* Recording::find_own_organisatie() const {
  const auto own =
      std::ranges::find(works_, kOrganisatie, [](const Work& one) { return one.part.stream; });
  return own == works_.end() ? nullptr : &*own;
}

// Of an organisation that is part of the append, gemeenten and afdelingen count as they will be;
// what it closes, it closes for what stands behind it.
Result<std::optional<Refusal>> Recording::judge_by_organisatie() {
  const Work* own = find_own_organisatie();
  std::shared_ptr<const Organisatie> known;
  if (own == nullptr) {
    auto current = impl_->current_organisatie();
    if (!current) return current.error();
    known = *std::move(current);
  } else if (works_.size() > 1) {
    known =
        std::make_shared<const Organisatie>(decisive_of(own->stream().acting_with(own->proposed)));
  }
  Afgesloten closed(own == nullptr ? known->verantwoording() : own->stream().verantwoording());
  for (const Work& work : works_) {
    std::optional<Refusal> refusal;
    if (!work.judgement.eisen.empty()) {
      refusal = judge_eisen(work.judgement.eisen, work.proposed, *known);
    }
    if (!refusal) refusal = closed.judge(work.stream(), work.proposed);
    if (!refusal) continue;
    refusal->index += work.part.offset;
    return refusal;
  }
  return std::optional<Refusal>();
}

// Whether one of the events is in the store.
Result<bool> Recording::is_redelivery() const {
  for (const Work& work : works_) {
    for (const pb::Event& event : work.part.events) {
      const auto found = impl_->store.find_event(id_of(event));
      if (!found) return found.error();
      if (*found) return true;
    }
  }
  return false;
}

// What is said counts when it was said of all that the store has now.
Status Recording::check_still_current() {
  for (const Work& work : works_) {
    const auto version = impl_->store.version_of(work.part.stream);
    if (!version) return version.error();
    if (*version == work.stream().version()) continue;
    work.cached->is_current = false;
    return Error{ErrorCode::kConflict, "another writer was first"};
  }
  return {};
}

Result<RecordOutcome> Recording::refused(Refusal refusal) {
  TREDE_RETURN_IF_ERROR(check_still_current());
  if (refusal.code != rule_code(Rule::kVervangtOnbekend)) return refusal;
  for (const Work& work : works_) {
    if (refusal.index < work.part.offset ||
        refusal.index >= work.part.offset + work.part.events.size()) {
      continue;
    }
    const RecordedEvent& event = work.proposed[refusal.index - work.part.offset];
    const auto found = impl_->store.find_event(*vervangt_of(*event.body));
    if (!found) return found.error();
    if (*found) return refusal_of_andere_stroom(event, refusal.index);
  }
  return refusal;
}

std::span<const StreamAppend> Recording::appends() {
  appends_.clear();
  for (const Work& work : works_) {
    StreamAppend append{
        .stream = work.part.stream, .expected = work.stream().version(), .events = {}};
    append.events.reserve(work.part.events.size());
    for (const pb::Event& event : work.part.events) {
      append.events.push_back({id_of(event), encode_content(event)});
    }
    appends_.push_back(std::move(append));
  }
  return appends_;
}

Result<RecordOutcome> Recording::finish(const Result<Appended>& appended) {
  if (!appended || appended->already_there) {
    // What the store has is not what we thought, or not known: look again next time.
    for (const Work& work : works_) work.cached->is_current = false;
    if (!appended) return appended.error();
    return Recorded{appended->first, appended->last, true};
  }
  Position first = appended->first;
  for (Work& work : works_) {
    work.stream().take(work.proposed, std::move(work.judgement.trial), first);
    first.value += work.proposed.size();
  }
  return Recorded{appended->first, appended->last, false};
}

bool Recording::end_attempt(const Result<RecordOutcome>& outcome) {
  for (const Work& work : works_) {
    if (work.stream().is_worn()) {
      work.stream().forget();
      work.cached->is_current = false;
    }
    impl_->cache.account(*work.cached);
  }
  pass_turns();
  return outcome || outcome.error().code != ErrorCode::kConflict;
}

}  // namespace trede
