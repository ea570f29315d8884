// Draws what happens beside the steps of a route: conversations, voorzieningen, plaatsingen,
// maatregelen, moves. Each thing is recorded on its own, early or late.
#pragma once

#include <optional>

#include "tools/simulate/plan.h"

namespace trede::simulate {

// Within what they lie.
struct Supports {
  int begin = 0;                // the day of the aanmelding
  int end = 0;                  // the first day out of re-integratie
  std::optional<int> traject;   // the day on which it begins, if it does
  std::optional<int> diagnose;  // the day on which the AD&A of the intake begins
  std::int64_t aanmelding = 0;  // the moments at which these two were recorded
  std::int64_t traject_start = 0;
};

void draw_supports(Plan& plan, const Supports& supports);

}  // namespace trede::simulate
