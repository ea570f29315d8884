// What is kept of a person between two parts of a life. The rest is on the agenda.
#pragma once

#include <cstdint>

#include "tools/simulate/act.h"
#include "tools/simulate/dice.h"

namespace trede::simulate {

// What is drawn when a person wakes.
enum class Stage : std::uint8_t { kDone, kRoute, kBegin, kSpell };

struct Person {
  std::uint64_t number = 0;  // among all people of the history
  Dice dice{0};
  std::uint32_t waiting = 0;  // acts on the agenda; without any the place is free again
  std::uint32_t ordinal = 0;  // of the next event
  std::int32_t last_day = 0;  // no event so far has a later day; what comes next begins after it
  Stage stage = Stage::kDone;

  std::uint16_t gemeente = 0;  // its place in the world plus one
  std::uint16_t doelgroepen = 0;
  std::uint16_t regeling = 0;
  std::uint16_t geboortejaar = 0;
  std::uint16_t werkcoach = 0;
  std::uint16_t kenmerk = 0;  // of what was started last

  // Of a dienstverband.
  std::uint8_t dienstverband = 0;
  std::uint16_t afdeling = 0;
  std::uint16_t factor = 0;
  std::uint16_t detachering = 0;  // its kenmerk; 0 = none
  std::int32_t ends = 0;          // the first day without it
  std::uint16_t ends_because = 0;
  // When the latest of each was recorded: the next one is recorded later.
  std::int64_t dienstverband_moment = 0;
  std::int64_t verzuim_moment = 0;
  std::int64_t detachering_moment = 0;
  std::int64_t spell_moment = 0;  // of the latest before the spell
};

}  // namespace trede::simulate
