#include "projections/worker/gatherer.h"

#include <algorithm>

namespace trede {

namespace {

// Rows that a thread keeps before it writes them, at 48 bytes each.
constexpr std::size_t kPartRows = 500'000;

}  // namespace

void Gatherer::add(const Delta& delta) {
  const auto table = static_cast<std::size_t>(delta.table);
  Seen& seen = seen_[table];
  const Code here = seen.here.intern(delta.cell);
  if (here == seen.numbers.size()) seen.numbers.push_back(shared_.intern(delta.table, delta.cell));
  rows_[table].push_back({seen.numbers[here], delta.change});
  if (stored_ != nullptr && ++count_ >= kPartRows) flush();
}

void Gatherer::flush() {
  if (written_) written_ = stored_->write_part(rows_);
  std::ranges::for_each(rows_, [](std::vector<Row>& of) { of.clear(); });
  count_ = 0;
}

Status Gatherer::finish() {
  if (stored_ != nullptr) flush();
  return written_;
}

}  // namespace trede
