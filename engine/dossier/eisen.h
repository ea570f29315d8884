// What an event needs of the organisation on its day: a gemeente that takes part, an afdeling that
// exists. Asked at recording only, never in the fold, so that the past stays sound when the
// organisation changes.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/dossier/organisatie.h"
#include "engine/dossier/refusal.h"

namespace trede {

struct Eis {
  std::size_t index;  // of the proposed event
  Day day;
  std::string_view gemeente;         // that takes part; empty = none named
  std::optional<pb::Dienst> dienst;  // in this dienst; absent = in any
  std::string_view afdeling;         // that exists; empty = none named
};

// The eisen of `proposed`, whose views they hold. Of a gemeente_gewijzigd the dienst is left open:
// it depends on what holds when it acts.
std::vector<Eis> eisen_of(std::span<const RecordedEvent> proposed);

// The dienst that a gemeente_gewijzigd asks for when it acts on `state`.
std::optional<pb::Dienst> dienst_of_gewijzigde_gemeente(const State& state);

// Refuses for the first of `eisen` that `organisatie` does not meet.
std::optional<Refusal> judge_eisen(std::span<const Eis> eisen,
                                   std::span<const RecordedEvent> proposed,
                                   const Organisatie& organisatie);

}  // namespace trede
