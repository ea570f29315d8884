#include "engine/log/row_walk_internal.h"

namespace trede {

Status walk_rows(const RowWalk& walk, RowCursor& cursor, std::uint64_t limit,
                 const RowVisitor& visit) {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.snapshot = walk.snapshot;
  const std::unique_ptr<rocksdb::Iterator> it(
      walk.db->NewIterator(options, walk.db.family(walk.family)));
  it->Seek(cursor.after.empty() ? slice(walk.prefix) : slice(cursor.after));
  if (it->Valid() && !cursor.after.empty() && view(it->key()) == cursor.after) it->Next();
  const auto in_walk = [&] { return it->Valid() && view(it->key()).starts_with(walk.prefix); };
  for (; limit > 0 && in_walk(); it->Next(), --limit) {
    visit(view(it->key()), view(it->value()));
    cursor.after = view(it->key());
  }
  cursor.at_end = !in_walk();
  if (!it->status().ok()) return rocks_error(it->status(), walk.db.path().string());
  return {};
}

}  // namespace trede
