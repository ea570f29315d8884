// The tree of hashes, as far as it is stored, and the events where it is not.
#include "engine/log/layout.h"
#include "engine/log/range_iterator_internal.h"
#include "engine/log/rocks_tables_internal.h"

namespace trede {

namespace {

Error missing_hashes(std::string what) {
  return {ErrorCode::kCorrupt, "log: " + std::move(what) + " is missing"};
}

}  // namespace

// Calls `visit` with the roots of subtrees [index, end) of this level, in order.
Status LogTables::visit_subtrees(unsigned level, std::uint64_t index, std::uint64_t end,
                                 const std::function<void(const Hash&)>& visit) const {
  if (index == end) return {};
  const RangeIterator it(db(), tree(), {TreeKey(level, index).view(), TreeKey(level, end).view()});
  for (it->SeekToFirst(); index < end; ++index, it->Next()) {
    Hash root;
    if (!it->Valid() || view(it->key()) != TreeKey(level, index).view() ||
        it->value().size() != root.size()) {
      if (!it->status().ok()) return rocks_error(it->status(), "log: tree");
      return missing_hashes("subtree " + std::to_string(index) + " of height " +
                            std::to_string(level * kTreeStep));
    }
    std::copy_n(it->value().data(), root.size(), reinterpret_cast<char*>(root.data()));
    visit(root);
  }
  return {};
}

Status LogTables::hash_events(Position from, Position to, MerkleFrontier& frontier) const {
  return scan(from, to, [&](Position, std::string_view stored) -> Status {
    frontier.push(leaf_hash(stored));
    return {};
  });
}

Result<MerkleFrontier> LogTables::load_frontier(std::uint64_t size) const {
  MerkleFrontier frontier;
  for (unsigned level = 64 / kTreeStep - 1; level > 0; --level) {
    const unsigned height = level * kTreeStep;
    TREDE_RETURN_IF_ERROR(visit_subtrees(level, frontier.size() >> height, size >> height,
                                         [&](const Hash& root) { frontier.push(root, height); }));
  }
  TREDE_RETURN_IF_ERROR(hash_events(Position{frontier.size() + 1}, Position{size}, frontier));
  return frontier;
}

Result<Hash> LogTables::load_leaf_root(std::uint64_t first, std::uint64_t count,
                                       Position head) const {
  MerkleFrontier frontier;
  const std::uint64_t block = first >> kTreeStep;
  if ((block + 1) << kTreeStep > head.value) {  // its hashes are not stored yet
    TREDE_RETURN_IF_ERROR(hash_events(Position{first + 1}, Position{first + count}, frontier));
    return frontier.root();
  }
  std::string leaves;
  const auto status = db()->Get({}, tree(), slice(TreeKey(0, block).view()), &leaves);
  if (!status.ok() && !status.IsNotFound()) return rocks_error(status, "log: tree");
  Hash leaf;
  if (leaves.size() != leaf.size() << kTreeStep) {
    return missing_hashes("the row of hashes of event " + std::to_string((block << kTreeStep) + 1) +
                          " and on");
  }
  const std::uint64_t begin = first - (block << kTreeStep);
  for (std::uint64_t i = begin; i < begin + count; ++i) {
    std::copy_n(leaves.data() + i * leaf.size(), leaf.size(), reinterpret_cast<char*>(leaf.data()));
    frontier.push(leaf);
  }
  return frontier.root();
}

Result<Hash> LogTables::load_subtree(unsigned height, std::uint64_t index, Position head) const {
  const unsigned level = height / kTreeStep;
  const unsigned above = height % kTreeStep;  // the levels between what is stored and what is asked
  const std::uint64_t first = index << above;
  const std::uint64_t count = std::uint64_t{1} << above;
  if (level == 0) return load_leaf_root(first, count, head);
  MerkleFrontier frontier;
  TREDE_RETURN_IF_ERROR(
      visit_subtrees(level, first, first + count, [&](const Hash& root) { frontier.push(root); }));
  return frontier.root();
}

}  // namespace trede
