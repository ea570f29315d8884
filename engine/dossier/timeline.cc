#include "engine/dossier/timeline.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/base/check.h"
#include "engine/dossier/fold.h"
#include "engine/dossier/step.h"

namespace trede {

namespace {

using Events = std::vector<const ActingEvent*>;
using EventSpan = std::span<const ActingEvent* const>;

// Which part of its day an event belongs to.
enum class PartOfDay {
  kEndsOfBefore,  // ends of what was open at the end of the day before
  kOther,
  kEndsOfToday,  // ends of what began that day, and ends of nothing
};

bool has_kenmerk(Soort soort) {
  return soort == Soort::kVoorzieningEinde || soort == Soort::kPlaatsingEinde;
}

bool ends_same(const ActingEvent& one, const ActingEvent& other) {
  if (one.soort() != other.soort()) return false;
  return !has_kenmerk(one.soort()) || kenmerk_of(*one.body) == kenmerk_of(*other.body);
}

// By day, then by kind, then by position. What a kind is stands in the body, elsewhere in memory:
// it is looked at only where the day does not tell.
bool acts_before(const ActingEvent* one, const ActingEvent* other) {
  if (one->geldig_op != other->geldig_op) return one->geldig_op < other->geldig_op;
  return std::tuple(one->soort(), one->order) < std::tuple(other->soort(), other->order);
}

// Puts the events of one day, which stand in order of kind and position, into the order in which
// they act after `before`.
void order_day(const State& before, Events& events) {
  const auto first_end = std::ranges::find_if(events, is_einde, &ActingEvent::soort);
  if (events.size() < 2 || first_end == events.end()) return;
  std::array<Events, 3> parts;
  for (const ActingEvent* event : events) {
    PartOfDay part = PartOfDay::kOther;
    if (is_einde(event->soort())) {
      const auto& taken = parts[std::to_underlying(PartOfDay::kEndsOfBefore)];
      const bool first = std::ranges::none_of(
          taken, [&](const ActingEvent* other) { return ends_same(*other, *event); });
      part = first && find_ended(before, *event) != nullptr ? PartOfDay::kEndsOfBefore
                                                            : PartOfDay::kEndsOfToday;
    }
    parts[std::to_underlying(part)].push_back(event);
  }
  events.clear();
  for (const Events& part : parts) events.insert(events.end(), part.begin(), part.end());
}

// Lets the events of one day act on `state` one by one.
std::optional<Violation> fold_day(State& state, EventSpan events, const StepVisitor& visit) {
  std::optional<Violation> first;
  State before;
  for (const ActingEvent* event : events) {
    // Half of all events change nothing of what holds: a copy of it would be half of the fold.
    const bool may_change = !leaves_state(event->soort());
    if (visit && may_change) before = state;
    const auto violation = act(state, *event);
    if (violation) {
      if (!first) first = violation;
    } else if (visit) {
      visit(Step{*event, may_change ? before : state, state});
    }
  }
  return first;
}

std::string_view kenmerk_or_standaard(bool given, std::string_view kenmerk) {
  return given ? kenmerk : "1";
}

}  // namespace

DoelgroepSet doelgroepen_of(const google::protobuf::RepeatedField<int>& codes) {
  DoelgroepSet set;
  for (const int code : codes) set.set(static_cast<std::size_t>(code));
  return set;
}

std::string_view kenmerk_of(const pb::Body& body) {
  const auto of = [](const auto& kind) {
    return kenmerk_or_standaard(kind.has_kenmerk(), kind.kenmerk());
  };
  if (body.has_voorziening_start()) return of(body.voorziening_start());
  if (body.has_voorziening_einde()) return of(body.voorziening_einde());
  if (body.has_plaatsing()) return of(body.plaatsing());
  if (body.has_plaatsing_einde()) return of(body.plaatsing_einde());
  if (body.has_maatregel()) return of(body.maatregel());
  TREDE_CHECK(body.has_maatregel_herzien(), "a kind without a kenmerk");
  return of(body.maatregel_herzien());
}

std::optional<Violation> fold_on(FoldEnd& reached, Events events, const StepVisitor& visit) {
  return fold_on_from(events, reached, visit);
}

std::optional<Violation> fold_on_from(Events& events, FoldEnd& reached, const StepVisitor& visit) {
  if (events.empty()) return std::nullopt;
  const auto on_last_day = [&](const ActingEvent* event) {
    return event->geldig_op == reached.day;
  };
  if (std::ranges::any_of(events, on_last_day)) {
    events.insert(events.end(), reached.of_day.begin(), reached.of_day.end());
    reached.now = reached.before_day;
  }
  if (!std::ranges::is_sorted(events, acts_before)) std::ranges::sort(events, acts_before);
  TREDE_CHECK(!reached.day || *reached.day <= events.front()->geldig_op, "a fold that goes back");
  const Day last_day = events.back()->geldig_op;
  std::optional<Violation> first;
  for (auto from = events.begin(); from != events.end();) {
    const Day day = (*from)->geldig_op;
    const auto to = std::find_if(
        from, events.end(), [day](const ActingEvent* event) { return event->geldig_op != day; });
    if (day == last_day) reached.before_day = reached.now;
    Events& today = reached.of_day;
    today.assign(from, to);
    order_day(reached.now, today);
    const auto violation = fold_day(reached.now, today, visit);
    if (!first) first = violation;
    from = to;
  }
  reached.day = last_day;
  return first;
}

std::optional<Violation> fold_dossier(std::span<const ActingEvent> events,
                                      const StepVisitor& visit) {
  Events all;
  all.reserve(events.size());
  for (const ActingEvent& event : events) all.push_back(&event);
  FoldEnd reached;
  return fold_on(reached, std::move(all), visit);
}

State state_at(std::span<const ActingEvent> events, Day day) {
  Events until;
  for (const ActingEvent& event : events) {
    if (event.geldig_op <= day) until.push_back(&event);
  }
  FoldEnd reached;
  (void)fold_on(reached, std::move(until), {});
  return std::move(reached.now);
}

}  // namespace trede
