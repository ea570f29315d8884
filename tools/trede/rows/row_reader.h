// From the cells of a row to an event: the one door for files, options and JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/time.h"
#include "engine/event/attributes.h"
#include "engine/event/event.h"
#include "tools/trede/rows/columns.h"
#include "tools/trede/rows/derived_id.h"
#include "tools/trede/rows/kind_finder.h"
#include "tools/trede/rows/stream_names.h"

namespace trede::tool {

struct RowEvent {
  pb::Event event;
  StreamId stream;
  std::optional<Moment> vastgelegd_op;  // adopted; only when `as_recorded`
};

// A row is an event, or has one thing wrong that a person can put right.
using RowResult = std::variant<RowEvent, ColumnFlaw>;

struct RowOptions {
  TextStyle style = TextStyle::kPlain;
  bool as_recorded = false;  // vastgelegd_op is needed, else refused
  Moment now{};              // nothing was recorded after it
  // What rows without an event_id get: a random one from here; without it a dossier row gets one
  // that follows from its content, and any other row is refused.
  RandomSource* random_ids = nullptr;
};

// Threads: one. `columns`, `names` and what `find_kind` uses must outlive it.
class RowReader {
 public:
  RowReader(Columns& columns, StreamNames& names, KindFinder find_kind, RowOptions options)
      : columns_(columns), names_(names), find_kind_(std::move(find_kind)), options_(options) {}

  // Requires: as many cells as there are columns.
  // Errors: those of the key directory and of `find_kind`; never about the row.
  Result<RowResult> read(const std::vector<std::string_view>& cells);

 private:
  using Cells = std::vector<std::string_view>;
  // What reading one part of a row gives: nothing, or its flaw.
  using Checked = std::optional<ColumnFlaw>;

  std::string_view cell(const Cells& cells, Field field) const;
  Result<Checked> read_envelope(const Cells& cells, RowEvent& row);
  Result<Checked> read_stream(const Cells& cells, RowEvent& row);
  Checked read_day(const Cells& cells, RowEvent& row);
  Checked read_moment(const Cells& cells, RowEvent& row);
  Checked read_na_afsluiting(const Cells& cells, RowEvent& row);
  Result<Checked> read_vervangt(const Cells& cells, RowEvent& row);
  Checked read_attributes(const Cells& cells, RowEvent& row);
  Checked read_id(const Cells& cells, RowEvent& row);
  std::string canonical_text(const Cells& cells, const RowEvent& row) const;

  Columns& columns_;
  StreamNames& names_;
  KindFinder find_kind_;
  RowOptions options_;
  DerivedIds ids_;
  const Kind* kind_ = nullptr;           // of the row
  const Kind* attributes_of_ = nullptr;  // the kind whose attributes the row has
  std::optional<Moment> last_moment_;    // of the rows before
};

}  // namespace trede::tool
