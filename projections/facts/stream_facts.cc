#include "projections/facts/stream_facts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/check.h"

namespace trede {

namespace {

using Acting = std::vector<ActingEvent>;

bool is_same(const ActingEvent& one, const ActingEvent& other) {
  return one.order == other.order && one.source == other.source;
}

// The first day on which two lists of acting events (in order of `order`) differ; absent when they
// do not.
std::optional<Day> first_difference(const Acting& before, const Acting& after) {
  std::optional<Day> first;
  const auto differs = [&first](const ActingEvent& event) {
    if (!first || event.geldig_op < *first) first = event.geldig_op;
  };
  auto one = before.begin();
  auto other = after.begin();
  while (one != before.end() || other != after.end()) {
    if (other == after.end() || (one != before.end() && one->order < other->order)) {
      differs(*one++);
    } else if (one == before.end() || other->order < one->order) {
      differs(*other++);
    } else {
      if (!is_same(*one, *other)) {
        differs(*one);
        differs(*other);
      }
      ++one;
      ++other;
    }
  }
  return first;
}

bool is_vervanging(const RecordedEvent& event) {
  return event.body->has_correctie() || event.body->has_intrekking();
}

}  // namespace

void StreamFacts::add(std::span<const RecordedEvent> append, Interner& interner,
                      const DeltaSink& sink) {
  TREDE_CHECK(!append.empty(), "an append without events");
  const Target target{interner, sum_};
  if (kind_ == StreamKind::kDossier) {
    add_to_dossier(append, target);
  } else {
    for (const RecordedEvent& event : append) add_to_points(event, target);
  }
  events_ += append.size();
  sum_.take(append.back().position, sink);
}

void StreamFacts::begin(StreamKind kind, std::size_t events) {
  kind_ = kind;
  events_ = 0;
  acting_.clear();
  acting_.reserve(events);
  end_ = FoldEnd{};
  is_folded_ = true;
}

void StreamFacts::restore(std::span<const RecordedEvent> events) {
  for (const RecordedEvent& event : events) add_acting(acting_, event);
  events_ = events.size();
  is_folded_ = kind_ != StreamKind::kDossier || events.empty();
}

// Whether nothing that is here lies after them, and nothing is replaced.
bool StreamFacts::come_last(std::span<const RecordedEvent> append) const {
  return std::ranges::all_of(append, [this](const RecordedEvent& event) {
    return !is_vervanging(event) && (!end_.day || *end_.day <= *event.geldig_op);
  });
}

void StreamFacts::fold_all() {
  std::vector<const ActingEvent*> all;
  all.reserve(acting_.size());
  for (const ActingEvent& event : acting_) all.push_back(&event);
  end_ = FoldEnd{};
  (void)fold_on(end_, std::move(all), {});  // what cannot act is passed over
  is_folded_ = true;
}

void StreamFacts::add_to_dossier(std::span<const RecordedEvent> append, const Target& target) {
  if (acting_.size() + append.size() > acting_.capacity()) {
    acting_.reserve(2 * (acting_.size() + append.size()));
    is_folded_ = false;  // what it pointed to has moved
  }
  if (!is_folded_) fold_all();
  if (come_last(append)) {
    add_last(append, target);
  } else {
    add_late(append, target);
  }
}

// Requires: room in acting_; none of `append` before the last day of the fold.
void StreamFacts::add_last(std::span<const RecordedEvent> append, const Target& target) {
  const std::size_t before = acting_.size();
  is_.clear();
  for (const RecordedEvent& event : append) add_acting(acting_, event);
  for (std::size_t i = before; i < acting_.size(); ++i) is_.push_back(&acting_[i]);
  const bool on_last_day = end_.day && std::ranges::any_of(is_, [this](const auto* event) {
                             return event->geldig_op == *end_.day;
                           });
  if (on_last_day) {
    // That day is folded again as a whole: what it added is taken back first.
    FoldEnd day_before;
    day_before.now = end_.before_day;
    was_ = end_.of_day;
    fold_facts(day_before, was_, target.interner,
               [&](const Fact& fact) { target.sum.add(fact, -1); });
  }
  fold_facts(end_, is_, target.interner, [&](const Fact& fact) { target.sum.add(fact, 1); });
}

// What lies before the first day that differs is folded once, what follows as it was and as it is.
void StreamFacts::add_late(std::span<const RecordedEvent> append, const Target& target) {
  before_ = acting_;
  for (const RecordedEvent& event : append) add_acting(acting_, event);
  is_folded_ = false;
  const auto from = first_difference(before_, acting_);
  if (!from) return;
  early_.clear();
  was_.clear();
  is_.clear();
  for (const ActingEvent& event : before_) {
    if (event.geldig_op >= *from) was_.push_back(&event);
  }
  for (const ActingEvent& event : acting_) {
    (event.geldig_op < *from ? early_ : is_).push_back(&event);
  }
  end_ = FoldEnd{};
  (void)fold_on_from(early_, end_, {});  // what cannot act is passed over
  FoldEnd as_it_was = end_;
  fold_facts(as_it_was, was_, target.interner, [&](const Fact& fact) { target.sum.add(fact, -1); });
  fold_facts(end_, is_, target.interner, [&](const Fact& fact) { target.sum.add(fact, 1); });
  is_folded_ = true;
}

// Each event of these streams stands for itself, so only what it replaces is taken back.
void StreamFacts::add_to_points(const RecordedEvent& event, const Target& target) {
  const auto count = [&](const ActingEvent& acting, int sign) {
    point_facts(acting, target.interner, [&](const Fact& fact) { target.sum.add(fact, sign); });
  };
  if (!is_vervanging(event)) {
    add_acting(acting_, event);
    count(acting_.back(), 1);
    return;
  }
  const auto vervangt = vervangt_of(*event.body);
  const auto find = [&] {
    return std::ranges::find(acting_, vervangt.value_or(EventId{}), &ActingEvent::id);
  };
  if (const auto replaced = find(); replaced != acting_.end()) count(*replaced, -1);
  add_acting(acting_, event);
  if (const auto replacing = find(); replacing != acting_.end()) count(*replacing, 1);
}

}  // namespace trede
