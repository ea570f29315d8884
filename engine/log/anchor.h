// The anchor: what was acknowledged, in a file beside the databases, so that a log that lost events
// without noticing is not served. Two checksummed slots of 4096 bytes are written in turn;
// README.md shows their bytes.
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/ledger/merkle.h"

namespace trede {

struct AnchorState {
  Uuid identity;
  MerkleFrontier tree;            // over events 1..size, all of them on disk
  std::uint64_t key_changes = 0;  // of the key directory, on disk
  std::uint64_t epoch = 1;        // of the log (epoch.h)
};

struct AnchorFound {
  AnchorState state;
  std::uint64_t sequence = 0;
  std::string damage;  // names a slot that cannot be read; empty when both can
};

// Errors: kCorrupt  it is missing, or neither slot can be read;  kIo. The message names the file.
Result<AnchorFound> load_anchor(const std::filesystem::path& file);

// Writes the slots of one anchor. Owner: the writer of the folder. Threads: one at a time.
class AnchorWriter {
 public:
  // Makes the file, with both slots the same. Errors: kIo.
  static Status create(const std::filesystem::path& file, const AnchorState& state);

  // Errors: kIo.
  static Result<AnchorWriter> open(const std::filesystem::path& file, std::uint64_t sequence);
  AnchorWriter(AnchorWriter&& other) noexcept;
  AnchorWriter& operator=(AnchorWriter&& other) noexcept;
  ~AnchorWriter();

  // Overwrites the older slot. Durable on return. Errors: kIo.
  Status write(const AnchorState& state);

 private:
  AnchorWriter(std::filesystem::path file, int descriptor, std::uint64_t sequence)
      : file_(std::move(file)), descriptor_(descriptor), sequence_(sequence) {}

  std::filesystem::path file_;
  int descriptor_ = -1;
  std::uint64_t sequence_ = 0;
};

}  // namespace trede
