#include "tests/bench/rows/rows.h"

#include <array>

namespace trede::bench {

std::span<const RowKind> row_kinds() {
  static constexpr std::array kAll = {
      RowKind{"append_1", append_1},       RowKind{"append_64", append_64},
      RowKind{"import", import_row},       RowKind{"rebuild", rebuild_row},
      RowKind{"query_now", query_now},     RowKind{"query_known_at", query_known_at},
      RowKind{"report", report_row},       RowKind{"freshness", freshness},
      RowKind{"open_clean", open_clean},   RowKind{"open_crash", open_crash},
      RowKind{"memory", memory},           RowKind{"disk", disk},
      RowKind{"http_append", http_append}, RowKind{"http_read", http_read},
      RowKind{"http_mixed", http_mixed},   RowKind{"http_followers", http_followers},
  };
  return kAll;
}

}  // namespace trede::bench
