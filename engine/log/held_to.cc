#include "engine/log/held_to.h"

#include "engine/ledger/merkle.h"

namespace trede {

namespace {

using KeptHash = std::function<Result<Hash>(std::uint64_t index)>;

Result<std::vector<Position>> compare(const EventLog& log, Position until, const KeptHash& kept,
                                      const HashesDone& progress) {
  std::vector<Position> altered;
  const auto visit = [&](Position position, std::string_view stored) -> Status {
    const auto hash = kept(position.value - 1);
    if (!hash) return std::unexpected(hash.error());
    if (*hash != leaf_hash(stored) && altered.size() < kAlteredMax) altered.push_back(position);
    if (progress) progress(position.value, until.value);
    return {};
  };
  TREDE_RETURN_IF_ERROR(log.scan(Position{1}, until, visit));
  return altered;
}

}  // namespace

Result<std::vector<Held>> held_to(const EventLog& log, std::span<const Checkpoint> checkpoints,
                                  const HashesDone& progress) {
  const std::uint64_t there = log.last_position().value;
  std::uint64_t until = 0;
  for (const Checkpoint& checkpoint : checkpoints) {
    if (checkpoint.origin != origin_of(log.identity())) {
      return Error{ErrorCode::kInvalid, "the checkpoint is of " + checkpoint.origin +
                                            ", this log is " + origin_of(log.identity())};
    }
    if (checkpoint.head.size <= there) until = checkpoint.head.size;
  }
  MerkleFrontier tree;
  std::vector<Held> held;
  const auto judge = [&] {  // every checkpoint over as many events as the tree has by now
    while (held.size() < checkpoints.size() && checkpoints[held.size()].head.size == tree.size()) {
      const bool same = checkpoints[held.size()].head.root == tree.root();
      held.push_back(same ? Held::kYes : Held::kAltered);
    }
  };
  judge();
  const auto visit = [&](Position, std::string_view stored) -> Status {
    tree.push(leaf_hash(stored));
    judge();
    if (progress) progress(tree.size(), until);
    return {};
  };
  TREDE_RETURN_IF_ERROR(log.scan(Position{1}, Position{until}, visit));
  held.resize(checkpoints.size(), Held::kShorter);
  return held;
}

Result<std::vector<Position>> find_altered(const EventLog& log, const std::vector<Hash>& hashes,
                                           const HashesDone& progress) {
  return compare(
      log, Position{hashes.size()},
      [&](std::uint64_t index) -> Result<Hash> { return hashes[index]; }, progress);
}

Result<std::vector<Position>> find_altered(const EventLog& log, Position until,
                                           const HashesDone& progress) {
  return compare(
      log, until, [&](std::uint64_t index) { return log.subtree(0, index); }, progress);
}

}  // namespace trede
