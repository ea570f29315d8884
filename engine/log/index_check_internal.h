// The indexes of the log seen from their own side: what they name is all there is.
#pragma once

#include "engine/log/finding_list.h"
#include "engine/log/rocks_tables_internal.h"
#include "engine/log/row_walk_internal.h"

namespace trede {

// Each walks over `limit` rows at most from `cursor` on, and at the end holds the count against
// `last`. That each event is found in an index is checked event by event (EventCheck), so it is
// enough here that it holds no more rows than there are events up to `last`. None of those can come
// or go while others are written, so that a walk may take as long as it likes.
// Errors: kCorrupt, kIo when the rows cannot be read on. Lifetime: one share. Threads: one.
class IndexCheck {
 public:
  IndexCheck(const LogTables& tables, Position last, FindingList& findings)
      : tables_(tables), last_(last), findings_(findings) {}

  Status ids(RowCursor& cursor, std::uint64_t limit = kAllRows);
  // Also: versions 1, 2, ... of each stream without a hole, at positions that rise.
  Status streams(RowCursor& cursor, std::uint64_t limit = kAllRows);

 private:
  void check_count(std::string_view index, std::uint64_t counted);

  const LogTables& tables_;
  Position last_;
  FindingList& findings_;
};

}  // namespace trede
