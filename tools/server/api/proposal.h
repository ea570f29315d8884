// What is to be recorded: read from a request and checked against what its sender may.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/dossier/recorder.h"
#include "tools/server/api/call.h"
#include "tools/trede/rows/stream_names.h"

namespace trede::server {

struct Intent {
  std::vector<pb::Event> events;          // those of one stream together
  std::vector<StreamId> streams;          // each once, in the order of `events`
  std::vector<ExpectedVersion> asked;     // by who sent it
  std::vector<ExpectedVersion> expected;  // those, and what the checks stand on
  bool only_judge = false;
  std::optional<EventId> beyond;  // that of one event more with the same Idempotency-Key
  // Of rows: how their streams are called, with the KEYs that are new; null = not of rows.
  std::shared_ptr<tool::StreamNames> names;
  std::vector<std::size_t> rows;  // the row of each of `events`, from 0

  // Which of what was sent the event at `index` is.
  std::size_t sent_at(std::size_t index) const {
    index = std::min(index, events.size() - 1);
    return rows.empty() ? index : rows[index];
  }
};

// What the checks of a first attempt stand on may be what was kept of a dossier: when it is not the
// latest, recording says so. Those of the next are read.
enum class Attempt { kFirst, kNext };

// Of a call with a Vastlegging for one stream, with a Groep, or with Invoerrijen.
// Errors: 400 and 409 for what it says, 403 for what its sender may not, 503 when the trail is not
// kept.
OrProblem<Intent> read_intent(Call& call, Attempt attempt);

// The entries of the trail about it.
std::vector<TrailEntry> entries_about(const Intent& intent, TrailOutcome outcome);

// The id of the event at `index` of a request with this key by this actor: the same each time.
EventId idempotent_id(std::string_view actor, std::string_view key, std::size_t index);

}  // namespace trede::server
