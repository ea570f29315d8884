#include <algorithm>

#include "engine/log/rocks_tail_internal.h"

namespace trede {

Result<Tail> load_tail(const LogTables& tables, const Head& head) {
  auto frontier = tables.load_frontier(head.position.value);
  if (!frontier) return std::move(frontier).error();
  Tail tail{head, std::move(*frontier), {}};
  const std::uint64_t whole = head.position.value >> kTreeStep << kTreeStep;
  TREDE_RETURN_IF_ERROR(tables.scan(Position{whole + 1}, head.position,
                                    [&](Position, std::string_view stored) -> Status {
                                      tail.leaves.push_back(leaf_hash(stored));
                                      return {};
                                    }));
  return tail;
}

void TailWriter::push_leaf(std::string_view stored) {
  const Hash leaf = leaf_hash(stored);
  tail_.leaves.push_back(leaf);
  completed_.clear();
  tail_.frontier.push(leaf, 0, &completed_);
  for (const Subtree& subtree : completed_) {
    batch_.Put(tables_.tree(), slice(TreeKey(subtree.height / kTreeStep, subtree.index).view()),
               slice(hash_view(subtree.root)));
    if (subtree.height > kTreeStep) continue;
    const rocksdb::Slice leaves(reinterpret_cast<const char*>(tail_.leaves.data()),
                                tail_.leaves.size() * sizeof(Hash));
    batch_.Put(tables_.tree(), slice(TreeKey(0, subtree.index).view()), leaves);
    tail_.leaves.clear();
  }
}

void TailWriter::put_events(const PendingEvents& events) {
  events.each([&](Position position, const PendingEvents::Entry&, std::string_view stored) {
    batch_.Put(tables_.events(), slice(PositionKey(position).view()), slice(stored));
    push_leaf(stored);
  });
}

// In order of their keys: RocksDB finds the place of a key beside that of the one before.
void TailWriter::put_indexes(const PendingEvents& events) {
  streams_.clear();
  ids_.clear();
  events.each([&](Position position, const PendingEvents::Entry& entry, std::string_view) {
    streams_.emplace_back(StreamKey(entry.stream, entry.version), position);
    ids_.emplace_back(entry.id, position);
  });
  std::ranges::sort(streams_, {}, [](const auto& one) { return one.first.view(); });
  std::ranges::sort(ids_, {}, [](const auto& one) { return one.first.uuid.view(); });
  for (const auto& [key, position] : streams_) {
    batch_.Put(tables_.streams(), slice(key.view()), slice(PositionKey(position).view()));
  }
  for (const auto& [id, position] : ids_) {
    batch_.Put(tables_.ids(), slice(id.uuid.view()), slice(PositionKey(position).view()));
  }
}

Status TailWriter::write(const PendingEvents& events, const Head& head, Publish publish) {
  put_events(events);
  put_indexes(events);
  tail_.head = head;
  if (publish == Publish::kAll) {
    batch_.Put(tables_.meta(), slice(kHeadKey), encode_head(tail_.head));
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  const auto status = tables_.db()->Write(options, &batch_);
  if (!status.ok()) return rocks_error(status, "log: write");
  batch_.Clear();
  return {};
}

}  // namespace trede
