// A log as plain columns: what a hand-built projection reads. Made once from the log itself, so
// that every peer counts the same events.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/log/event_log.h"
#include "proto/event.pb.h"

namespace trede::bench {

// One event. What it does not have is 0.
struct EventColumns {
  std::uint32_t position;
  std::uint32_t dossier;   // from 1; 0 = not a dossier
  std::int32_t day;        // geldig_op, days since 1970-01-01
  std::uint32_t vervangt;  // of a correctie or intrekking: the position of what it replaces
  std::uint16_t soort;     // field number in pb::Body; of a correctie what it puts in place
  std::uint16_t gemeente;  // place in `gemeenten` + 1
  std::uint16_t trede;     // pb::Trede
  std::uint16_t unused;
};

struct Columns {
  std::vector<EventColumns> events;    // in order of position
  std::vector<std::string> gemeenten;  // the first that was named first
  std::uint32_t dossiers = 0;
};

// Requires: fewer than 2^32 events and 2^16 gemeenten.
Columns columns_of(const EventLog& log);

// Whether the events of this soort move somebody into, out of or between rows of `trajecten` per
// gemeente and trede; of an intrekking always.
bool moves_trajecten(const EventColumns& event);

inline constexpr std::uint16_t kIntrekking = pb::Body::kIntrekking;

}  // namespace trede::bench
