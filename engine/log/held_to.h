// A log held to a checkpoint that somebody kept: whether it still is the one that was signed.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engine/ledger/checkpoint.h"
#include "engine/log/event_log.h"

namespace trede {

enum class Held {
  kYes,      // it begins with all that the checkpoint was over
  kShorter,  // it ends before: events that were acknowledged are not there
  kAltered,  // as many events at least, but not those
};

using HashesDone = std::function<void(std::uint64_t, std::uint64_t)>;

// What the log is to each of `checkpoints`, from its events themselves: every one of them is read
// and hashed, for what the log keeps of the tree may have been left as it was.
// Requires: checkpoints in order of size. `progress` (may be empty) gets events done and in all.
// Errors: kInvalid when a checkpoint is of another log;  those of reading.
Result<std::vector<Held>> held_to(const EventLog& log, std::span<const Checkpoint> checkpoints,
                                  const HashesDone& progress = {});

// The positions among 1..hashes.size(), rising and kAlteredMax at most, at which the log has
// another event than the one with that leaf hash. Requires: the log is as long. `progress` (may be
// empty) gets events done and in all. Errors: those of reading.
inline constexpr std::size_t kAlteredMax = 100;
Result<std::vector<Position>> find_altered(const EventLog& log, const std::vector<Hash>& hashes,
                                           const HashesDone& progress = {});

// The same against the hashes that the log itself keeps, up to `until`: what somebody altered who
// did not work out the hashes anew.
Result<std::vector<Position>> find_altered(const EventLog& log, Position until,
                                           const HashesDone& progress = {});

}  // namespace trede
