// Going over the rows of a table, all of them or a share at a time.
#pragma once

#include <functional>
#include <string>

#include "engine/log/rocks_db_internal.h"

namespace trede {

// How far a walk has come.
struct RowCursor {
  std::string after;          // the last row it saw; empty before the first
  std::uint64_t counted = 0;  // rows that count, so far; for who walks
  bool at_end = false;
};

inline constexpr std::uint64_t kAllRows = ~std::uint64_t{0};

struct RowWalk {
  const RocksDb& db;
  std::size_t family;
  std::string_view prefix = "";                 // only rows that begin with it
  const rocksdb::Snapshot* snapshot = nullptr;  // what the rows are seen in; null = now
};

using RowVisitor = std::function<void(std::string_view key, std::string_view value)>;

// Hands each row after `cursor` to `visit`, `limit` of them at most. Keeps nothing in the cache: a
// pass over everything must not push out what is asked often.
// Errors: kCorrupt, kIo when it cannot read on.
Status walk_rows(const RowWalk& walk, RowCursor& cursor, std::uint64_t limit,
                 const RowVisitor& visit);

}  // namespace trede
