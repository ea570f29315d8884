// The rows of the table, in order.
#pragma once

#include <span>
#include <string_view>

#include "tests/bench/bench.h"

namespace trede::bench {

Row append_1(Bench& bench);
Row append_64(Bench& bench);
Row import_row(Bench& bench);
Row rebuild_row(Bench& bench);
Row query_now(Bench& bench);
Row query_known_at(Bench& bench);
Row report_row(Bench& bench);
Row freshness(Bench& bench);
Row open_clean(Bench& bench);
Row open_crash(Bench& bench);
Row memory(Bench& bench);
Row disk(Bench& bench);
Row http_append(Bench& bench);
Row http_read(Bench& bench);
Row http_mixed(Bench& bench);
Row http_followers(Bench& bench);

struct RowKind {
  std::string_view name;
  Row (*measure)(Bench& bench);
};
std::span<const RowKind> row_kinds();

}  // namespace trede::bench
