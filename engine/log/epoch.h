// Epochs of a log: each time a folder is put back from a backup another one begins, so that what
// was recorded after that backup was made, and is gone, is not taken for never having been.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/ledger/proof.h"

namespace trede {

struct Epoch {
  std::uint64_t number = 0;  // 2, 3, ...
  Uuid id;                   // random: two folders put back from one backup differ
  TreeHead begins;           // of what was put back; the first event of the epoch comes after it
  Moment begun{};
  // What is known to have been acknowledged and is gone: events begins.size + 1 .. lost->size.
  std::optional<TreeHead> lost = {};

  bool operator==(const Epoch&) const = default;
};

// As it stands in the log. Errors: kCorrupt when it is not what encode_epochs writes.
std::string encode_epochs(const std::vector<Epoch>& epochs);
Result<std::vector<Epoch>> decode_epochs(std::string_view stored);

// The number of the epoch that goes on: 1 when there is no other.
std::uint64_t current_epoch(const std::vector<Epoch>& epochs);

// One line for people: `epoch 2 since ..., from positie 3001 on; positions 3001 to 3010 are lost`.
std::string epoch_text(const Epoch& epoch);

}  // namespace trede
