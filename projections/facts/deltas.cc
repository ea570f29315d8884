#include "projections/facts/deltas.h"

#include <algorithm>
#include <optional>
#include <tuple>
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

void add_to_dossier(History& history, std::vector<EventPtr> events, Dictionary& dictionary,
                    DeltaSum& sum) {
  const Acting before = history.acting();
  for (auto& event : events) history.add(std::move(event));
  const Acting& after = history.acting();
  const auto from = first_difference(before, after);
  if (!from) return;
  const auto from_or_later = [&from](const ActingEvent& event) { return event.geldig_op >= *from; };
  // Nothing of what was there before lies on or after that day: there is nothing to take back.
  if (std::ranges::any_of(before, from_or_later)) {
    dossier_facts(before, *from, dictionary, [&sum](const Fact& fact) { sum.add(fact, -1); });
  }
  dossier_facts(after, *from, dictionary, [&sum](const Fact& fact) { sum.add(fact, 1); });
}

// What acts for a correctie's or intrekking's target, or for the event itself.
const ActingEvent* find_target(const History& history, const pb::Event& event) {
  return history.find_acting(vervangt_of(event).value_or(id_of(event)));
}

// Each event of these streams stands for itself, so only what it replaces is taken back.
void add_to_points(History& history, EventPtr event, Dictionary& dictionary, DeltaSum& sum) {
  const pb::Event& added = *event;
  const auto count = [&](int sign) {
    const ActingEvent* acting = find_target(history, added);
    if (acting == nullptr) return;
    point_facts(*acting, dictionary, [&sum, sign](const Fact& fact) { sum.add(fact, sign); });
  };
  count(-1);
  history.add(std::move(event));
  count(1);
}

}  // namespace

void add_append(History& history, std::vector<EventPtr> events, Dictionary& dictionary,
                const DeltaSink& sink) {
  TREDE_CHECK(!events.empty(), "an append without events");
  const Position position = position_of(*events.back());
  const StreamKind kind = stream_of(*events.back()).kind;
  DeltaSum sum;
  if (kind == StreamKind::kDossier) {
    add_to_dossier(history, std::move(events), dictionary, sum);
  } else {
    for (auto& event : events) add_to_points(history, std::move(event), dictionary, sum);
  }
  sum.take(position, sink);
}

void DeltaSum::add(const Fact& fact, int sign) {
  Entry entry{fact.table, fact.day, fact.cell, fact.weights};
  for (auto& weight : entry.weights) weight *= sign;
  entries_.push_back(entry);
}

void DeltaSum::take(Position position, const DeltaSink& sink) {
  const auto key = [](const Entry& entry) { return std::tie(entry.table, entry.day, entry.cell); };
  std::ranges::sort(entries_, {}, key);
  for (auto from = entries_.begin(); from != entries_.end();) {
    Delta delta{from->table, from->cell, {position, from->day, {}}};
    const auto same = key(*from);
    auto to = from;
    for (; to != entries_.end() && key(*to) == same; ++to) {
      for (std::size_t i = 0; i < kMaxWeights; ++i) delta.change.weights[i] += to->weights[i];
    }
    from = to;
    if (delta.change.weights != Weights{}) sink(delta);
  }
  entries_.clear();
}

}  // namespace trede
