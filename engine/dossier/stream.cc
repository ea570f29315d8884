#include "engine/dossier/stream.h"

#include <algorithm>
#include <utility>

#include "engine/dossier/organisatie.h"
#include "engine/event/without_figures.h"

namespace trede {

namespace {

// Blocks for bodies. Most streams have some tens of events, of about a hundred bytes each.
google::protobuf::ArenaOptions small_blocks() {
  google::protobuf::ArenaOptions options;
  options.start_block_size = 256;
  options.max_block_size = 1024;
  return options;
}

std::vector<const ActingEvent*> pointers_to(const std::vector<ActingEvent>& events) {
  std::vector<const ActingEvent*> pointers;
  pointers.reserve(events.size());
  for (const ActingEvent& event : events) pointers.push_back(&event);
  return pointers;
}

// What was folded at provisional positions, those from `provisional` on, gets those of the store.
void put_at(std::vector<ActingEvent>& acting, Position provisional, Position first) {
  const std::uint64_t shift = first.value - provisional.value;
  for (ActingEvent& event : acting) {
    if (event.order >= provisional) event.order.value += shift;
    if (event.source >= provisional) event.source.value += shift;
  }
}

}  // namespace

Stream::Stream(const StreamId& id) : id_(id), bodies_(small_blocks()) {
  if (id_ == kOrganisatie) verantwoording_ = std::make_unique<Verantwoording>();
}

std::size_t Stream::bytes() const {
  return sizeof *this + bodies_.SpaceAllocated() + acting_.capacity() * sizeof(ActingEvent) +
         (withdrawn_.capacity() + vervangingen_.capacity()) * sizeof(EventId);
}

// Keeps what later rules ask of an event that was taken.
void Stream::note(const RecordedEvent& event) {
  ++version_;
  last_position_ = event.position;
  const bool replaces = trede::is_vervanging(*event.body);
  if (replaces || is_decisive(event.body->soort_case())) decisive_version_ = version();
  if (verantwoording_) verantwoording_->take(event);
  if (replaces) vervangingen_.push_back(event.id);
  if (event.body->has_intrekking())
    withdrawn_.push_back(vervangt_of(*event.body).value_or(EventId{}));
}

Status Stream::take(std::string_view stored) {
  const auto event = decode_without_figures(stored, bodies_);
  if (!event) return std::unexpected(event.error());
  note(*event);
  add_acting(acting_, *event);
  is_folded_ = id_.kind != StreamKind::kDossier;
  return {};
}

void Stream::prefetch() const {
  const ActingEvent* end = acting_.data() + acting_.size();
  if (!acting_.empty()) __builtin_prefetch(end - 1);
  if (acting_.size() < acting_.capacity()) __builtin_prefetch(end, 1);
}

void Stream::forget() {
  version_ = 0;
  unused_ = 0;
  last_position_ = {};
  acting_ = {};
  withdrawn_ = {};
  vervangingen_ = {};
  decisive_version_ = {};
  if (verantwoording_) *verantwoording_ = {};
  end_ = {};
  is_folded_ = true;
  bodies_.Reset();
}

std::vector<RecordedEvent> Stream::adopt(std::span<const RecordedEvent> proposed) {
  std::vector<RecordedEvent> adopted(proposed.begin(), proposed.end());
  unused_ += adopted.size();
  Position position = last_position_;
  for (RecordedEvent& event : adopted) {
    event.position = position = position.next();
    event.body = copy_without_figures(*event.body, bodies_);
  }
  return adopted;
}

bool Stream::come_last(std::span<const RecordedEvent> events) const {
  return std::ranges::all_of(events, [this](const RecordedEvent& event) {
    return !trede::is_vervanging(*event.body) && (!end_.day || *end_.day <= *event.geldig_op);
  });
}

void Stream::fold_all() {
  end_ = FoldEnd{};
  (void)fold_on(end_, pointers_to(acting_), {});  // what is recorded was judged when it came in
  is_folded_ = true;
}

Trial Stream::try_fold(std::span<const RecordedEvent> adopted, const StepVisitor& visit) {
  if (!is_folded_) fold_all();
  Trial trial;
  trial.is_whole = !come_last(adopted);
  if (trial.is_whole) {
    trial.acting = acting_with(adopted);
  } else {
    for (const RecordedEvent& event : adopted) add_acting(trial.acting, event);
  }
  // In place, because a copy of where the fold stands would take longer than to go on from it.
  // Until they are taken it does not tell where the fold of all that acts stands.
  FoldEnd& end = trial.is_whole ? trial.end : end_;
  is_folded_ = trial.is_whole;
  trial.violation = fold_on(end, pointers_to(trial.acting), visit);
  return trial;
}

std::vector<ActingEvent> Stream::acting_with(std::span<const RecordedEvent> adopted) const {
  std::vector<ActingEvent> acting;
  acting.reserve(acting_.size() + adopted.size());
  acting = acting_;
  for (const RecordedEvent& event : adopted) add_acting(acting, event);
  return acting;
}

void Stream::take(std::span<const RecordedEvent> adopted, Trial trial, Position first) {
  unused_ -= adopted.size();
  const Position provisional = adopted.front().position;
  Position position = first;
  for (RecordedEvent event : adopted) {
    event.position = position;
    note(event);
    if (id_.kind != StreamKind::kDossier) add_acting(acting_, event);
    position = position.next();
  }
  if (id_.kind != StreamKind::kDossier) return;
  put_at(trial.acting, provisional, first);
  if (trial.is_whole) {
    acting_ = std::move(trial.acting);
    end_ = std::move(trial.end);
  } else {
    append(std::move(trial));
  }
}

void Stream::append(Trial trial) {
  const std::span<const ActingEvent> before(acting_);
  acting_.insert(acting_.end(), trial.acting.begin(), trial.acting.end());
  is_folded_ = true;
  if (acting_.data() != before.data()) follow_moved(end_, before, acting_.data());
  follow_moved(end_, trial.acting, acting_.data() + before.size());
}

const ActingEvent* Stream::find_acting(const EventId& id) const {
  const auto found = std::ranges::find(acting_, id, &ActingEvent::id);
  return found == acting_.end() ? nullptr : &*found;
}

bool Stream::is_withdrawn(const EventId& id) const {
  return std::ranges::find(withdrawn_, id) != withdrawn_.end();
}

bool Stream::is_vervanging(const EventId& id) const {
  return std::ranges::find(vervangingen_, id) != vervangingen_.end();
}

}  // namespace trede
