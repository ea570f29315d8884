// The 104 weeks after which an employer's duty to pay wages during sickness ends.
#pragma once

#include <optional>
#include <span>

#include "engine/dossier/timeline.h"

namespace trede {

struct WachttijdVerzuim {
  Day eerste_ziektedag{};   // of the first case of the merged sickness
  int getelde_dagen = 0;    // sick days that count, up to and including `op`; gaps not counted
  Day einde{};              // the first day after 104 weeks of counted days, when sickness that is
                            // not over 104 weeks yet goes on every day after `op`
  bool verstreken = false;  // `einde` <= op
};

// The counter on `op`: cases less than 4 weeks (28 days) apart are one sickness, the gap itself
// does not count. Absent when no case is open on `op` and the last one ended 4 weeks or more
// before. Source: BW 7:629 lid 10; engine/README.md, the 104-week counter.
std::optional<WachttijdVerzuim> wachttijd_verzuim(std::span<const ActingEvent> events, Day op);

}  // namespace trede
