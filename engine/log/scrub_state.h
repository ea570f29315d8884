// How far the scrubbing of a data folder has come, kept in the file `scrub` beside the log. It is
// no part of the truth: without it, or where it does not fit the log, a first round begins.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/ledger/merkle.h"

namespace trede {

// What a round reads, in this order. Stored for ever: a number is never used again.
enum class ScrubPart : std::uint32_t {
  kBegin = 1,         // what the round is about
  kLogFiles = 2,      // table files of the log, every byte
  kKeyFiles = 3,      // table files of the key directory
  kEvents = 4,        // every event, with the hashes over it and its place in both indexes
  kIds = 5,           // the index of ids, row by row
  kStreams = 6,       // the index of streams, row by row
  kKeysByStream = 7,  // the key directory, from streams to KEYs and back
  kKeysByKey = 8,     // its rows the other way
  kEnd = 9,           // the anchor
};

struct ScrubState {
  Uuid log;
  std::uint64_t round = 1;
  ScrubPart part = ScrubPart::kBegin;
  Position until;             // the events of this round
  std::optional<Hash> event;  // leaf hash of the one at `until`
  std::uint64_t reached = 0;  // in this part: positie, number of a table file, or rows
  std::uint64_t bound = 0;  // of this part, as it began: number of a table file, or changes of KEYs
  std::string after;        // the last row that was read
  MerkleFrontier tree;      // of kEvents: over 1..reached
  std::optional<Moment> round_ended;  // the last whole one
  std::vector<std::string> found;
  std::vector<std::string> found_before;  // in the round before
};

// Returns: none when there is none, or none that can be read.
std::optional<ScrubState> find_scrub_state(const std::filesystem::path& file);
// Puts `state` in the place of what is there, as a whole. Requires: nobody else does. Errors: kIo.
Status save_scrub_state(const std::filesystem::path& file, const ScrubState& state);

}  // namespace trede
