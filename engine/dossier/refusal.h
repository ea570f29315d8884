// A refusal, as every part of the rules gives it.
#pragma once

#include <optional>
#include <string>

#include "engine/dossier/history.h"
#include "engine/dossier/rule.h"

namespace trede {

// Why an event is not accepted, for a person.
struct Refusal {
  std::string code;                  // stable, snake_case: `geen_traject` (rule.h)
  std::string zin;                   // one Dutch sentence; names days and kinds, never a person
  std::size_t index = 0;             // which of the proposed events
  std::optional<EventId> botst_met;  // the event that it collides with
};

// A refusal for `rule` that collides with no event.
Refusal refuse(Rule rule, std::string zin, std::size_t index);

}  // namespace trede
