// The terms that run in a dossier: what has to be done, and until when it is on time. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/dossier/timeline.h"

namespace trede {

enum class TermijnSoort {
  kIntake,         // to complete the intake: 28 days after the aanmelding
  kVolgendeActie,  // what the last contactmoment planned; another contactmoment ends it
  kHeroverweging,  // to reconsider a maatregel: three months after the decision; `afzien` has none
  kContact,        // to be in touch: at the latest 119 days after the last time, or the aanmelding
  kZesWeken,       // sickness: the 42nd day of the open case
  kWachttijd,      // sickness: the last of the 104 weeks, cases merged (engine/dossier/langdurig.h)
};
// `intake`, `volgende_actie`, `heroverweging`, `contact`, `zes_weken_verzuim`, `wachttijd_verzuim`.
std::string_view code_of(TermijnSoort soort);
// Whether it tells that somebody is sick.
bool is_of_verzuim(TermijnSoort soort);

struct Termijn {
  TermijnSoort soort;
  Day uiterlijk;             // the last day that is on time
  Position aanleiding;       // the event that began it, as first recorded
  std::string kenmerk = {};  // of the maatregel

  bool is_verstreken(Day op) const { return op > uiterlijk; }
};

// The terms that run at the end of `op`, by `uiterlijk`, then soort, then `aanleiding`; one whose
// last day is over runs on until what it asks for is done. Total.
// Source: README.md of projections/caseload.
std::vector<Termijn> termijnen(std::span<const ActingEvent> events, Day op);

}  // namespace trede
