#include "tools/trede/contributions.h"

#include <algorithm>
#include <map>

#include "tools/trede/event_cells.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

using Codes = std::vector<std::string>;
using RowsByCodes = std::map<Codes, AnswerRow>;  // bytewise, column by column

Int128 scaled(const Number& number, int decimals) {
  Int128 units = number.units;
  for (int i = number.decimals; i < decimals; ++i) units *= 10;
  return units;
}

bool is_zero(const AnswerRow& row) {
  return row.waarde.is_zero() && row.teller.is_zero() && row.noemer.is_zero();
}

std::vector<AnswerRow> rows_of(const RowsByCodes& rows) {
  std::vector<AnswerRow> out;
  for (const auto& [codes, row] : rows) {
    if (!is_zero(row)) out.push_back(row);
  }
  return out;
}

bool is_equal(const AnswerRow& a, const AnswerRow& b) {
  return a.codes == b.codes && tool::is_equal(a.waarde, b.waarde) &&
         tool::is_equal(a.teller, b.teller) && tool::is_equal(a.noemer, b.noemer);
}

}  // namespace

Number sum(const Number& a, const Number& b) {
  const int decimals = std::max(a.decimals, b.decimals);
  return {scaled(a, decimals) + scaled(b, decimals), decimals};
}

Number difference(const Number& a, const Number& b) { return sum(a, {-b.units, b.decimals}); }

bool is_equal(const Number& a, const Number& b) { return difference(a, b).is_zero(); }

std::vector<AnswerRow> add_up(const std::vector<Contribution>& parts) {
  RowsByCodes rows;
  for (const auto& part : parts) {
    AnswerRow& row = rows[part.codes];
    row.codes = part.codes;
    row.waarde = sum(row.waarde, part.waarde);
    row.teller = sum(row.teller, part.teller);
    row.noemer = sum(row.noemer, part.noemer);
  }
  return rows_of(rows);
}

std::vector<AnswerRow> subtract(const Answer& then, const Answer& now) {
  RowsByCodes rows;
  for (const auto& row : then.rows) rows[row.codes] = row;
  for (const auto& row : now.rows) {
    AnswerRow& moved = rows[row.codes];
    moved.codes = row.codes;
    moved.waarde = difference(moved.waarde, row.waarde);
    moved.teller = difference(moved.teller, row.teller);
    moved.noemer = difference(moved.noemer, row.noemer);
  }
  return rows_of(rows);
}

Outcome<> check_recount(const std::vector<Contribution>& parts,
                        const std::vector<AnswerRow>& rows) {
  std::vector<AnswerRow> expected;
  std::ranges::remove_copy_if(rows, std::back_inserter(expected),
                              [](const AnswerRow& row) { return is_zero(row); });
  const auto counted = add_up(parts);
  if (std::ranges::equal(counted, expected,
                         [](const auto& a, const auto& b) { return is_equal(a, b); })) {
    return {};
  }
  return system_failed(
      "the events do not add up to the figure: the projections are wrong; run `trede verify`, then "
      "`trede rebuild`");
}

Listing contribution_head(const Answer& answer) {
  Listing out;
  out.columns = event_columns();
  for (const auto& name : answer.per) out.columns.push_back({name, false});
  if (answer.is_ratio) {
    out.columns.push_back({"teller", true});
    out.columns.push_back({"noemer", true});
  } else {
    out.columns.push_back({"waarde", true});
  }
  return out;
}

void add_part(std::vector<std::string>& cells, const Contribution& part, bool is_ratio) {
  cells.insert(cells.end(), part.codes.begin(), part.codes.end());
  if (is_ratio) {
    cells.push_back(part.teller.text());
    cells.push_back(part.noemer.text());
  } else {
    cells.push_back(part.waarde.text());
  }
}

Result<Listing> contribution_listing(const std::vector<Contribution>& parts, const Answer& answer,
                                     DataFolder& folder) {
  Listing out = contribution_head(answer);
  for (const auto& part : parts) {
    const auto stored = folder.log().load(part.position);
    if (!stored) return std::unexpected(stored.error());
    const auto event = decode_any(stored->bytes);
    if (!event) return std::unexpected(event.error());
    auto cells = event_cells(*event, folder.keys());
    if (!cells) return std::unexpected(cells.error());
    add_part(*cells, part, answer.is_ratio);
    out.rows.push_back(std::move(*cells));
  }
  return out;
}

Result<ShownStreams> streams_behind(const std::vector<Contribution>& parts, const EventLog& log) {
  std::vector<Position> positions;
  for (const auto& part : parts) positions.push_back(part.position);
  ShownStreams shown;
  TREDE_RETURN_IF_ERROR(shown.add_events(positions, log));
  return shown;
}

}  // namespace trede::tool
