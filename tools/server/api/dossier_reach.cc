#include "tools/server/api/dossier_reach.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/event/event.h"

namespace trede::server {

namespace {

bool has(const std::vector<std::string>& codes, std::string_view code) {
  return std::ranges::find(codes, code) != codes.end();
}

// The day of an event, and that of what it replaces.
std::vector<Day> days_of(const pb::Event& event, const History& history) {
  std::vector<Day> out;
  if (const auto day = day_of(event)) out.push_back(*day);
  const auto about = vervangt_of(event);
  const ActingEvent* replaced = about ? history.find_acting(*about) : nullptr;
  if (replaced != nullptr) out.push_back(replaced->geldig_op);
  return out;
}

// Of a werkcoach who gives a dossier to somebody else the gemeente alone counts afterwards.
Reach reach_after(Reach reach, const pb::Event& event) {
  const bool hands_over = event.body().soort_case() == Soort::kWerkcoachToegewezen;
  return reach == Reach::kCaseload && hands_over ? Reach::kGemeente : reach;
}

}  // namespace

bool is_within(const Identity& identity, Reach reach, const State& state) {
  switch (reach) {
    case Reach::kNone: return false;
    case Reach::kAll: return true;
    case Reach::kGemeente: return has(identity.gemeenten, state.gemeente);
    case Reach::kCaseload:
      return has(identity.gemeenten, state.gemeente) && has(identity.werkcoaches, state.werkcoach);
  }
  std::unreachable();
}

OrProblem<> check_reach(const Identity& identity, Reach reach, const History& history,
                        std::span<const EventPtr> proposed) {
  if (reach == Reach::kAll) return {};
  const auto refused = forbidden("Dit dossier hoort op die dag niet bij uw caseload of gemeente.");
  // One of which everything was withdrawn is no new one: what was recorded there is somebody's.
  const bool is_new = history.events().empty();
  const std::vector<ActingEvent> afterwards = history.acting_with(proposed);
  for (const EventPtr& event : proposed) {
    for (const Day day : days_of(*event, history)) {
      if (!is_new && !is_within(identity, reach, state_at(history.acting(), day))) return refused;
      const State after = state_at(afterwards, day);
      const bool is_gone = !is_new && !after.begun;  // its first event was withdrawn
      if (!is_gone && !is_within(identity, reach_after(reach, *event), after)) return refused;
    }
  }
  return {};
}

}  // namespace trede::server
