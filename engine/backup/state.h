// What a run of the backup left: the file STATE of a set (set.h), text that a person can read.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/ledger/proof.h"
#include "engine/trail/trail.h"

namespace trede {

struct BackupState {
  Uuid log;
  std::uint64_t epoch = 1;
  TreeHead head;      // of the log as the run left it
  Moment recorded{};  // vastgelegd_op of the event at `head`
  Moment made{};      // when the run ended
  TrailHead trail;
  std::string public_key;             // of the checkpoint beside it; empty when there is none
  std::map<std::string, Hash> files;  // path in the set -> SHA-256 of its bytes

  bool operator==(const BackupState&) const = default;
};

std::string state_text(const BackupState& state);
// Errors: kCorrupt when it is not what state_text writes.
Result<BackupState> parse_state(std::string_view text);

}  // namespace trede
