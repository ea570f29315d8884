#include "tools/trede/rows/csv_import.h"

#include <utility>

namespace trede::tool {

namespace {

constexpr std::size_t kRowsPerProgress = 256;

}  // namespace

CsvImport::CsvImport(const ImportJob& job)
    : job_(job),
      recorder_(job),
      pipe_({.expect = [this](std::span<const ImportGroup> next) { recorder_.expect(next); },
             .take = [this](ImportGroup& group) { return recorder_.record(group); }}) {}

Status CsvImport::run() {
  CsvReader reader(job_.file);
  auto next = reader.next();
  if (!next) return std::unexpected(next.error());
  if (*next == CsvReader::Next::kEnd) {
    job_.bad.add(1, "header", "missing, expected a line with the names of the columns");
    return {};
  }
  if (*next == CsvReader::Next::kBadRow) {
    job_.bad.add(1, "header", reader.problem());
    return {};
  }
  if (!read_header(reader)) return {};
  for (std::size_t rows = 0;; ++rows) {
    next = reader.next();
    if (!next) return std::unexpected(next.error());
    if (*next == CsvReader::Next::kEnd) break;
    if (rows % kRowsPerProgress == 0) job_.on_progress(job_.file.taken(), job_.file.size());
    TREDE_RETURN_IF_ERROR(take_row(reader));
  }
  TREDE_RETURN_IF_ERROR(pass_on_group());
  return pipe_.drain();
}

Status CsvImport::pass_on_group() {
  return group_.rows.empty() ? Status() : pipe_.push(std::exchange(group_, {}));
}

// What is replaced may stand among the rows that are still to be recorded. A row that turns out bad
// has a kind all the same; that nothing can replace it is for the rules to say.
Result<std::optional<Soort>> CsvImport::find_kind(const EventId& id) {
  if (const auto recent = kinds_.find(id)) return recent;
  TREDE_RETURN_IF_ERROR(pipe_.drain());
  return look_up_kind(id, group_.events, job_.store);
}

// Reports stand in the order of the rows.
Status CsvImport::report(const ImportRow& row, const std::string& column,
                         const std::string& message) {
  TREDE_RETURN_IF_ERROR(pipe_.drain());
  recorder_.report(group_, row, column, message);
  return {};
}

Status CsvImport::report_flaw(const ImportRow& row, const ColumnFlaw& flaw) {
  TREDE_RETURN_IF_ERROR(pipe_.drain());
  recorder_.report(group_, row, flaw.column,
                   flaw.message + (flaw.is_rule ? recorder_.follows_from(row.stream) : ""));
  return {};
}

bool CsvImport::read_header(CsvReader& reader) {
  const auto flaws = columns_.read(reader.cells());
  for (const auto& flaw : flaws) job_.bad.add(1, flaw.column, flaw.message);
  RowOptions options{.style = reader.separator() == ';' ? TextStyle::kDutch : TextStyle::kPlain,
                     .as_recorded = job_.as_recorded,
                     .now = job_.clock.now()};
  rows_.emplace(
      columns_, job_.names, [this](const EventId& id) { return find_kind(id); }, options);
  return flaws.empty();
}

std::string_view CsvImport::cell(const CsvReader& reader, Field field) const {
  const auto column = columns_.find(field);
  return column && *column < reader.cells().size() ? reader.cells()[*column] : std::string_view();
}

Status CsvImport::take_row(CsvReader& reader) {
  const std::string_view groep = cell(reader, Field::kGroep);
  const std::string_view stream = cell(reader, Field::kStream);
  if (!group_.takes(groep, stream)) {
    TREDE_RETURN_IF_ERROR(pass_on_group());
    group_.clear();
    group_.groep = groep;
    group_.stream = stream;
  }
  if (stream != group_.stream) TREDE_RETURN_IF_ERROR(change_stream(stream, reader.line()));
  if (!reader.problem().empty() || reader.cells().size() != columns_.count()) {
    return take_bad_row(reader);
  }
  auto row = rows_->read(reader.cells());
  if (!row) return std::unexpected(row.error());
  if (auto* flaw = std::get_if<ColumnFlaw>(&*row)) {
    return report_flaw({reader.line(), group_.stream}, *flaw);
  }
  return join(std::move(std::get<RowEvent>(*row)), reader.line());
}

// Goes on with another stream within a group over several.
Status CsvImport::change_stream(std::string_view stream, std::size_t line) {
  group_.streams_before.insert(std::exchange(group_.stream, stream));
  if (!group_.streams_before.contains(group_.stream)) return {};
  return report({line, group_.stream}, "stream",
                "stands apart from the rows of this stream above, expected the rows of one stream "
                "together within a groep");
}

Status CsvImport::take_bad_row(CsvReader& reader) {
  const ImportRow row{reader.line(), group_.stream};
  if (reader.problem().empty()) {
    return report(row, "row",
                  std::to_string(reader.cells().size()) + " cells, expected " +
                      std::to_string(columns_.count()) + " as in the header");
  }
  const std::size_t column = reader.problem_cell();
  return report(row, column < columns_.count() ? columns_.name(column) : "row", reader.problem());
}

Status CsvImport::join(RowEvent row, std::size_t line) {
  if (group_.events.size() == kAppendMax) {
    return report({line, group_.stream}, "groep",
                  "more than " + std::to_string(kAppendMax) + " rows in one groep");
  }
  if (row.vastgelegd_op) group_.moments.push_back(*row.vastgelegd_op);
  kinds_.note(id_of(row.event), row.event.body().soort_case());
  group_.events.push_back(std::move(row.event));
  group_.rows.push_back({line, group_.stream});
  return {};
}

}  // namespace trede::tool
