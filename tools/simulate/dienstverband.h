// Draws a dienstverband, spell by spell: what changes, until somebody falls ill, and the case up
// to the recovery; then the next spell. So a dienstverband of thirty years is never drawn at once.
#pragma once

#include <optional>

#include "tools/simulate/plan.h"

namespace trede::simulate {

struct WorkBegin {
  pb::DienstverbandSoort soort;
  int day;   // the first one
  int ends;  // the first one without it, if no illness ends it before
};

// Days that a dienstverband of this kind lasts.
int draw_stay(Dice& dice, pb::DienstverbandSoort soort);

// Fills `plan` with the start. Requires: no dienstverband runs; the gemeente of the person takes
// part in the dienst of the kind on that day.
void draw_begin(Plan& plan, const WorkBegin& begin);

// Fills `plan` with a spell from `day` on. Requires: a dienstverband runs.
// Returns: the first day of the next spell; absent when the dienstverband has ended.
std::optional<int> draw_spell(Plan& plan, int day);

}  // namespace trede::simulate
