#include "projections/answers/rows.h"

#include <algorithm>

#include "engine/base/check.h"

namespace trede {

namespace {

Dim dim_of(const MeasureEntry& entry, const std::string& name) {
  const int index = find_dimension(entry, name);
  TREDE_CHECK(index >= 0, "a dimension that the measure does not have");
  return entry.dims[static_cast<std::size_t>(index)];
}

// Where a dimension stands in a table: among those of its cells, or among those of the moment.
struct Place {
  std::size_t at;
  bool moment;
};

Place place_of(const TableInfo& info, Dim dim) {
  const auto in = [dim](const std::vector<Dim>& dims) {
    return static_cast<std::size_t>(std::ranges::find(dims, dim) - dims.begin());
  };
  if (const std::size_t at = in(info.dims); at < info.dims.size()) return {at, false};
  const std::size_t moment = in(info.moment_dims);
  TREDE_CHECK(moment < info.moment_dims.size(), "a dimension that the table does not have");
  return {moment, true};
}

}  // namespace

RollupKey rollup_of(const Query& query, const MeasureEntry& entry, const Term& term) {
  const TableInfo& info = info_of(term.table);
  RollupKey key{term.table, 0};
  const auto keep = [&](Dim dim) {
    const Place place = place_of(info, dim);
    key.dims |= DimSet{1} << (place.moment ? info.dims.size() + place.at : place.at);
  };
  for (const std::string& name : query.per) keep(dim_of(entry, name));
  for (const Filter& filter : query.waar) keep(dim_of(entry, filter.dimension));
  for (const Dim dim : dims_of(term)) keep(dim);
  return key;
}

RowFinder::RowFinder(const Query& query, const MeasureEntry& entry, const Term& term,
                     const Dictionary& dictionary)
    : info_(info_of(term.table)), dictionary_(dictionary), bij_(term.kind == TermKind::kBij) {
  for (const std::string& name : query.per) columns_.push_back(column_of(dim_of(entry, name)));
  for (const Filter& filter : query.waar) {
    conditions_.push_back(condition_of(column_of(dim_of(entry, filter.dimension)), filter.codes));
  }
}

RowFinder::Column RowFinder::column_of(Dim dim) const {
  const Place place = place_of(info_, dim);
  return {dim, place.at, place.moment, info_of(dim).form == DimForm::kSet};
}

RowFinder::Condition RowFinder::condition_of(const Column& column,
                                             const std::vector<std::string>& codes) {
  Condition out{column, {}};
  for (const std::string& text : codes) {
    if (column.set && text == kGeenText) {
      out.set_geen = true;
      continue;
    }
    const auto code = info_of(column.dim).form == DimForm::kString ? dictionary_.find(text)
                                                                   : find_code(column.dim, text);
    if (!code) {
      ++unknown_;  // a string that nothing has
    } else if (!column.set) {
      out.codes.push_back(*code);
    } else if (*code != kOnbekend) {  // the doelgroepen of a dossier are always known
      out.set_bits |= Code{1} << *code;
    }
  }
  return out;
}

bool RowFinder::holds(const Condition& condition, Code code) const {
  if (condition.column.set) {
    return code == 0 ? condition.set_geen : (code & condition.set_bits) != 0;
  }
  return std::ranges::find(condition.codes, code) != condition.codes.end();
}

// The codes that stand in this column for a cell with `code`: of a set each element, as far as the
// filter on it goes.
std::vector<Code> RowFinder::codes_in_row(const Column& column, Code code) const {
  if (!column.set) return {code};
  for (const Condition& condition : conditions_) {
    if (condition.column.dim == column.dim) code &= condition.set_bits;
  }
  std::vector<Code> out;
  for (Code bit = 1; bit < 32; ++bit) {
    if ((code & (Code{1} << bit)) != 0) out.push_back(bit);
  }
  if (out.empty()) out.push_back(0);
  return out;
}

bool RowFinder::pass_dims(const Code* dims) const {
  return std::ranges::all_of(conditions_, [&](const Condition& condition) {
    return condition.column.moment || holds(condition, dims[condition.column.at]);
  });
}

bool RowFinder::pass_moment(const Cell& cell) const {
  const Code* moment = cell.data() + 2 * info_.dims.size();
  return std::ranges::all_of(conditions_, [&](const Condition& condition) {
    return !condition.column.moment || holds(condition, moment[condition.column.at]);
  });
}

bool RowFinder::passes(const Cell& cell) const {
  if (!info_.stroom) return pass_dims(cell.data());
  const Code held = cell[info_.cell_size() - 1];
  const Code side = bij_ ? StroomCell::kAfter : StroomCell::kBefore;
  const Code* dims = cell.data() + (bij_ ? info_.dims.size() : 0);
  return (held & side) != 0 && pass_moment(cell) && pass_dims(dims);
}

std::vector<RowKey> RowFinder::rows_of(const Code* dims) const {
  if (!pass_dims(dims)) return {};
  std::vector<RowKey> rows{RowKey{}};
  rows.front().reserve(columns_.size());
  for (const Column& column : columns_) {
    const auto codes =
        column.moment ? std::vector<Code>{kOnbekend} : codes_in_row(column, dims[column.at]);
    std::vector<RowKey> longer;
    for (const RowKey& row : rows) {
      for (const Code code : codes) {
        longer.push_back(row);
        longer.back().push_back(code);
      }
    }
    rows = std::move(longer);
  }
  return rows;
}

void RowFinder::visit(const Cell& cell, const RowVisitor& visit) const {
  if (info_.stroom) return visit_stroom(cell, visit);
  for (const RowKey& row : rows_of(cell.data())) visit(row);
}

void RowFinder::visit_stroom(const Cell& cell, const RowVisitor& visit) const {
  const std::size_t size = info_.dims.size();
  const Code* moment = cell.data() + 2 * size;
  if (!passes(cell)) return;
  const Code held = cell[info_.cell_size() - 1];
  std::vector<RowKey> before;
  std::vector<RowKey> after;
  if ((held & StroomCell::kBefore) != 0) before = rows_of(cell.data());
  if ((held & StroomCell::kAfter) != 0) after = rows_of(cell.data() + size);
  const auto& gained = bij_ ? after : before;
  const auto& had = bij_ ? before : after;
  for (RowKey row : gained) {
    if (std::ranges::find(had, row) != had.end()) continue;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].moment) row[i] = moment[columns_[i].at];
    }
    visit(row);
  }
}

std::string text_of(Dim dim, Code code, const Dictionary& dictionary) {
  switch (info_of(dim).form) {
    case DimForm::kString: return std::string(dictionary.text(code));
    case DimForm::kSet: return std::string(code == 0 ? kGeenText : code_text(dim, code));
    case DimForm::kCodes: return std::string(code_text(dim, code));
  }
  return {};
}

}  // namespace trede
