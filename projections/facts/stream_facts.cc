#include "projections/facts/stream_facts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/check.h"

namespace trede {

namespace {

// How many appends that come last are folded between two marks: a mark costs a copy of a state.
constexpr std::size_t kMarkEvery = 3;

using Acting = std::span<const ActingEvent>;

bool is_same(const ActingEvent& one, const ActingEvent& other) {
  return one.order == other.order && one.source == other.source;
}

// The days on which something differs, both included.
struct Changed {
  Day first;
  Day last;

  static Changed on(Day day) { return {day, day}; }
  void add(Day day) {
    first = std::min(first, day);
    last = std::max(last, day);
  }
  bool contains(Day day) const { return first <= day && day <= last; }
};

// Where two lists of acting events (in order of `order`) differ; absent when they do not.
std::optional<Changed> difference(Acting before, Acting after) {
  std::optional<Changed> changed;
  const auto differs = [&changed](const ActingEvent& event) {
    if (!changed) changed = Changed::on(event.geldig_op);
    changed->add(event.geldig_op);
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
  return changed;
}

// The days of events that replace nothing.
Changed days_of(std::span<const RecordedEvent> append) {
  Changed changed = Changed::on(*append.front().geldig_op);
  for (const RecordedEvent& event : append) changed.add(*event.geldig_op);
  return changed;
}

// Those of `events` whose days are good.
template <typename IsGood>
void select(std::vector<const ActingEvent*>& out, Acting events, const IsGood& is_good) {
  out.clear();
  for (const ActingEvent& event : events) {
    if (is_good(event.geldig_op)) out.push_back(&event);
  }
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
  marks_.clear();
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
  marks_.clear();
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
  const Day first_day = days_of(append).first;
  if (end_.day == first_day) {
    // That day is folded again as a whole: what it added is taken back first.
    FoldEnd day_before;
    day_before.now = end_.before_day;
    was_ = end_.of_day;
    fold_facts(day_before, was_, target.interner,
               [&](const Fact& fact) { target.sum.add(fact, -1); });
  } else if (++unmarked_ >= kMarkEvery) {
    marks_.add(first_day, end_.now);
    unmarked_ = 0;
  }
  fold_facts(end_, is_, target.interner, [&](const Fact& fact) { target.sum.add(fact, 1); });
}

// Makes `reached` the fold of all that acts before `day`, from the last mark on.
// Requires: something acts on `day` or later, for a mark does not know the last day before it; or
// there is no mark.
void StreamFacts::fold_before(Day day, FoldEnd& reached) {
  reached = FoldEnd{};
  Day from = Day::min();
  if (const FoldMark* mark = marks_.find(day)) {
    from = mark->day;
    reached.now = mark->before;
  }
  select(early_, acting_, [&](Day of) { return from <= of && of < day; });
  (void)fold_on_from(early_, reached, {});  // what cannot act is passed over
}

// The days that differ are folded as they were and as they are. When both leave the same behind,
// what follows them adds what it added; else that is folded twice as well.
void StreamFacts::add_late(std::span<const RecordedEvent> append, const Target& target) {
  const std::size_t count = acting_.size();
  const bool replaces =
      std::ranges::any_of(append, [](const RecordedEvent& event) { return is_vervanging(event); });
  if (replaces) before_ = acting_;
  for (const RecordedEvent& event : append) add_acting(acting_, event);
  const Acting before = replaces ? Acting(before_) : Acting(acting_).first(count);
  const auto changed = replaces ? difference(before, acting_) : days_of(append);
  if (!changed) return;
  // What was withdrawn has left its place to those behind it.
  const bool moved = std::ranges::any_of(
      append, [](const RecordedEvent& event) { return event.body->has_intrekking(); });
  if (moved) marks_.clear();
  const auto fold = [&](FoldEnd& reached, Events& events, int sign) {
    fold_facts(reached, events, target.interner,
               [&](const Fact& fact) { target.sum.add(fact, sign); });
  };
  const auto fold_both = [&](const auto& is_good) {
    select(was_, before, is_good);
    select(is_, acting_, is_good);
    fold(as_it_was_, was_, -1);
    fold(as_it_is_, is_, 1);
  };
  fold_before(changed->first, as_it_is_);
  as_it_was_ = as_it_is_;
  fold_both([&](Day day) { return changed->contains(day); });
  marks_.forget(changed->first, changed->last);
  const bool ends_later = end_.day && *end_.day > changed->last;
  if (ends_later && !moved && holds_same(as_it_was_.now, as_it_is_.now)) return;
  fold_both([&](Day day) { return day > changed->last; });
  marks_.forget(changed->first, Day::max());
  std::swap(end_, as_it_is_);
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
