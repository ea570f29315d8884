#include "tools/server/api/timeline_message.h"

#include <algorithm>

namespace trede::server {

namespace {

void set_fate(api::Gebeurtenis& out, const pb::Event& event, const History& history) {
  if (is_vervanging(event)) return;
  const ActingEvent* acting = history.find_acting(id_of(event));
  out.set_ingetrokken(acting == nullptr);
  if (acting != nullptr && acting->source != position_of(event)) {
    out.set_gecorrigeerd_door(acting->source.value);
  }
}

}  // namespace

Day listed_day(const pb::Event& event, const History& history) {
  if (const auto day = day_of(event)) return *day;
  const auto about = vervangt_of(event);
  const pb::Event* original = about ? history.find(*about) : nullptr;
  return original != nullptr ? day_of(*original).value_or(kFirstDay) : kFirstDay;
}

api::Tijdlijn timeline_message(std::vector<const pb::Event*> events, const History& history) {
  std::ranges::stable_sort(events, {},
                           [&](const pb::Event* event) { return listed_day(*event, history); });
  api::Tijdlijn out;
  for (const pb::Event* event : events) {
    auto& one = *out.add_gebeurtenissen();
    one = event_message(*event);
    set_fate(one, *event, history);
  }
  return out;
}

}  // namespace trede::server
