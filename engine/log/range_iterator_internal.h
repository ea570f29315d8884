// Walking over a part of a table.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/log/rocks_db_internal.h"

namespace trede {

// The keys from `first` up to `end`, which is not among them; an empty `end` is none.
struct KeyRange {
  std::string_view first;
  std::string_view end;
};

// An iterator that sees one range only. A seek without bounds looks for its answer beyond the
// range too, over everything that was ever deleted there.
class RangeIterator {
 public:
  RangeIterator(const RocksDb& db, rocksdb::ColumnFamilyHandle* family, const KeyRange& range,
                rocksdb::ReadOptions options = {})
      : first_bytes_(range.first), end_bytes_(range.end), first_(first_bytes_), end_(end_bytes_) {
    options.iterate_lower_bound = &first_;
    if (!end_.empty()) options.iterate_upper_bound = &end_;
    it_.reset(db->NewIterator(options, family));
  }
  RangeIterator(const RangeIterator&) = delete;
  RangeIterator& operator=(const RangeIterator&) = delete;

  rocksdb::Iterator* operator->() const { return it_.get(); }

 private:
  std::string first_bytes_;
  std::string end_bytes_;
  rocksdb::Slice first_;
  rocksdb::Slice end_;
  std::unique_ptr<rocksdb::Iterator> it_;  // reads the bounds above
};

}  // namespace trede
