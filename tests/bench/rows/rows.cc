#include "tests/bench/rows/rows.h"

#include <array>

namespace trede::bench {

std::span<const RowKind> row_kinds() {
  static constexpr std::array kAll = {
      RowKind{"append_1", append_1},   RowKind{"append_64", append_64},
      RowKind{"import", import_row},   RowKind{"rebuild", rebuild_row},
      RowKind{"query_now", query_now}, RowKind{"query_known_at", query_known_at},
  };
  return kAll;
}

}  // namespace trede::bench
