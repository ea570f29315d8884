#include "projections/reports/shown.h"

#include <algorithm>

#include "projections/reports/check.h"

namespace trede {

namespace {

constexpr Int128 kCentsInThousandEuro = 100'000;

CellUnit unit_of(pb::Unit unit) {
  switch (unit) {
    case pb::PROCENT: return CellUnit::kProcent;
    case pb::PROCENTPUNT: return CellUnit::kProcentpunt;
    case pb::FTE: return CellUnit::kFte;
    case pb::EURO_X1000: return CellUnit::kEuroX1000;
    case pb::DAGEN: return CellUnit::kDagen;
    case pb::AANTAL:
    case pb::UNIT_UNSPECIFIED:
    default: return CellUnit::kAantal;  // the sentinels of an open enum
  }
}

const pb::Format* format_of(const pb::Row& row, const pb::Column& column) {
  const pb::Cell* own = cell_of(row, column);
  if (own != nullptr && own->has_format()) return &own->format();
  if (row.has_format()) return &row.format();
  return column.has_format() ? &column.format() : nullptr;
}

// Whether something stands in one of the cells.
Result<bool> is_filled(Evaluator& evaluator, const std::vector<CellKey>& cells) {
  for (const CellKey& key : cells) {
    const auto worked = evaluator.cell(key);
    if (!worked) return std::unexpected(worked.error());
    if (worked->value.state != CellState::kLeeg) return true;
  }
  return false;
}

std::vector<CellKey> cells_of_column(const LaidTable& laid, std::size_t t, std::size_t c) {
  std::vector<CellKey> out;
  for (std::size_t r = 0; r < laid.rows.size(); ++r) out.emplace_back(t, r, c);
  return out;
}

std::vector<CellKey> cells_of_row(const LaidTable& laid, std::size_t t, std::size_t r) {
  std::vector<CellKey> out;
  for (std::size_t c = 0; c < laid.columns.size(); ++c) out.emplace_back(t, r, c);
  return out;
}

// The threshold of the table, or that of its section when it has the column; null when none.
const pb::Drempel* drempel_of(const LaidTable& laid) {
  if (laid.table->has_drempel()) return &laid.table->drempel();
  if (!laid.section->has_drempel()) return nullptr;
  const std::string& column = laid.section->drempel().column();
  const bool has_it = std::ranges::any_of(
      laid.columns, [&](const ColumnLine& line) { return line.source->id() == column; });
  return has_it ? &laid.section->drempel() : nullptr;
}

// Whether the row lies further from 0 than the threshold of its table.
Result<bool> deviates(Evaluator& evaluator, std::size_t t, std::size_t r) {
  const LaidTable& laid = evaluator.tables()[t];
  const pb::Drempel& drempel = *drempel_of(laid);
  const auto most = parse_rational(drempel.meer_dan());
  if (!most) return std::unexpected(most.error());
  for (std::size_t c = 0; c < laid.columns.size(); ++c) {
    if (laid.columns[c].source->id() != drempel.column()) continue;
    const auto worked = evaluator.cell({t, r, c});
    if (!worked) return std::unexpected(worked.error());
    const ReportCell cell = in_unit(*worked, *laid.rows[r].source, *laid.columns[c].source);
    if (cell.state != CellState::kNumber) continue;
    const Rational far = cell.number.is_negative() ? Rational() - cell.number : cell.number;
    if ((far - *most).above() > 0) return true;
  }
  return false;
}

Result<bool> row_shows(Evaluator& evaluator, std::size_t t, std::size_t r, bool limited) {
  const LaidTable& laid = evaluator.tables()[t];
  const pb::Row& row = *laid.rows[r].source;
  if (row.stijl() == pb::KOP) return true;
  if (row.als_gevuld()) {
    const auto filled = is_filled(evaluator, cells_of_row(laid, t, r));
    if (!filled || !*filled) return filled;
  }
  return limited ? deviates(evaluator, t, r) : Result<bool>(true);
}

// Takes out the headings under which no row is left.
void drop_empty_headings(const LaidTable& laid, std::vector<std::size_t>& rows) {
  const auto is_heading = [&](std::size_t r) { return laid.rows[r].source->stijl() == pb::KOP; };
  for (std::size_t i = rows.size(); i-- > 0;) {
    const bool nothing_follows = i + 1 == rows.size() || is_heading(rows[i + 1]);
    if (is_heading(rows[i]) && nothing_follows) {
      rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
}

Result<ShownTable> shown_lines(Evaluator& evaluator, std::size_t t, unsigned months) {
  const LaidTable& laid = evaluator.tables()[t];
  ShownTable out{t, {}, {}, false};
  for (std::size_t c = 0; c < laid.columns.size(); ++c) {
    const bool always = !laid.columns[c].source->als_gevuld();
    const auto shows =
        always ? Result<bool>(true) : is_filled(evaluator, cells_of_column(laid, t, c));
    if (!shows) return std::unexpected(shows.error());
    if (*shows) out.columns.push_back(c);
  }
  const pb::Drempel* drempel = drempel_of(laid);
  const bool limited = drempel != nullptr && is_for_months(drempel->maanden(), months);
  for (std::size_t r = 0; r < laid.rows.size(); ++r) {
    const auto shows = row_shows(evaluator, t, r, limited);
    if (!shows) return std::unexpected(shows.error());
    if (*shows) out.rows.push_back(r);
  }
  if (limited) drop_empty_headings(laid, out.rows);
  out.nothing_deviates = limited && out.rows.empty();
  return out;
}

}  // namespace

bool is_for_months(const google::protobuf::RepeatedField<std::uint32_t>& months, unsigned count) {
  return months.empty() || std::ranges::find(months, count) != months.end();
}

LineStyle style_of(const pb::Row& row) {
  switch (row.stijl()) {
    case pb::TOTAAL: return LineStyle::kTotal;
    case pb::WAARVAN: return LineStyle::kPart;
    case pb::KOP: return LineStyle::kHeading;
    case pb::GEWOON:
    default: return row.totaal_van().empty() ? LineStyle::kPlain : LineStyle::kTotal;
  }
}

ReportCell in_unit(const Worked& worked, const pb::Row& row, const pb::Column& column) {
  ReportCell out;
  out.state = worked.value.state;
  out.number = worked.value.number;
  out.oordeel = worked.value.oordeel;
  out.words = worked.value.words;
  out.parts = worked.parts;
  out.is_small = worked.value.is_small;
  const pb::Format* format = format_of(row, column);
  if (!out.number.is_printable()) throw NumberTooLarge();
  if (format == nullptr) return out;
  out.decimals = static_cast<int>(format->decimals());
  out.unit = unit_of(format->unit());
  if (out.unit == CellUnit::kEuroX1000) {
    out.number = out.number / Rational(kCentsInThousandEuro);
  }
  if (!out.number.is_printable()) throw NumberTooLarge();
  return out;
}

Result<std::vector<ShownTable>> shown_tables(Evaluator& evaluator, unsigned months) {
  std::vector<ShownTable> out;
  for (std::size_t t = 0; t < evaluator.tables().size(); ++t) {
    const LaidTable& laid = evaluator.tables()[t];
    const bool shows = !laid.section->verborgen() &&
                       is_for_months(laid.section->maanden(), months) &&
                       is_for_months(laid.table->maanden(), months);
    if (!shows) continue;
    auto lines = shown_lines(evaluator, t, months);
    if (!lines) return std::unexpected(lines.error());
    out.push_back(std::move(*lines));
  }
  return out;
}

}  // namespace trede
