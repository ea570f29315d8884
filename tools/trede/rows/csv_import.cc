#include "tools/trede/rows/csv_import.h"

namespace trede::tool {

namespace {

constexpr std::size_t kRowsPerProgress = 256;

}  // namespace

CsvImport::CsvImport(const ImportJob& job) : job_(job), recorder_(job.store, job.clock) {}

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
    if (*next == CsvReader::Next::kEnd) return flush();
    if (rows % kRowsPerProgress == 0) job_.bar.show(job_.file.taken(), job_.file.size());
    TREDE_RETURN_IF_ERROR(take_row(reader));
  }
}

bool CsvImport::read_header(CsvReader& reader) {
  const auto flaws = columns_.read(reader.cells());
  for (const auto& flaw : flaws) job_.bad.add(1, flaw.column, flaw.message);
  RowOptions options{.style = reader.separator() == ';' ? TextStyle::kDutch : TextStyle::kPlain,
                     .as_recorded = job_.as_recorded,
                     .now = job_.clock.now()};
  rows_.emplace(
      columns_, job_.names,
      [this](const EventId& id) { return look_up_kind(id, group_.events, job_.store); }, options);
  return flaws.empty();
}

std::string_view CsvImport::cell(const CsvReader& reader, Field field) const {
  const auto column = columns_.find(field);
  return column && *column < reader.cells().size() ? reader.cells()[*column] : std::string_view();
}

Status CsvImport::take_row(CsvReader& reader) {
  const std::string_view groep = cell(reader, Field::kGroep);
  const std::string_view stream = cell(reader, Field::kStream);
  const bool joins = !groep.empty() && groep == group_.groep && stream == group_.stream;
  if (!joins) {
    TREDE_RETURN_IF_ERROR(flush());
    group_.groep = groep;
    group_.stream = stream;
  }
  if (!reader.problem().empty() || reader.cells().size() != columns_.count()) {
    take_bad_row(reader);
    return {};
  }
  auto row = rows_->read(reader.cells());
  if (!row) return std::unexpected(row.error());
  if (auto* flaw = std::get_if<ColumnFlaw>(&*row)) {
    const bool looks_back =
        flaw->column == field_names()[static_cast<std::size_t>(Field::kVervangt)];
    report(reader.line(), flaw->column, flaw->message + (looks_back ? follows_from() : ""));
    return {};
  }
  return join(std::move(std::get<RowEvent>(*row)), reader.line());
}

void CsvImport::take_bad_row(CsvReader& reader) {
  if (reader.problem().empty()) {
    report(reader.line(), "row",
           std::to_string(reader.cells().size()) + " cells, expected " +
               std::to_string(columns_.count()) + " as in the header");
    return;
  }
  const std::size_t column = reader.problem_cell();
  report(reader.line(), column < columns_.count() ? columns_.name(column) : "row",
         reader.problem());
}

Status CsvImport::join(RowEvent row, std::size_t line) {
  if (group_.events.size() == kAppendMax) {
    report(line, "groep", "more than " + std::to_string(kAppendMax) + " rows in one groep");
    return {};
  }
  if (row.vastgelegd_op) group_.moments.push_back(*row.vastgelegd_op);
  group_.events.push_back(std::move(row.event));
  group_.lines.push_back(line);
  return {};
}

Status CsvImport::flush() {
  Status status;
  if (!group_.events.empty() && !group_.is_bad) {
    RecordOptions options;
    if (!group_.moments.empty()) {
      options.vastgelegd_op = group_.moments.front();
      options.each = group_.moments;
    }
    const auto outcome = recorder_.record(group_.events, options);
    if (!outcome) {
      status = outcome.error().code == ErrorCode::kInvalid
                   ? report_invalid(outcome.error())
                   : Status(std::unexpected(outcome.error()));
    } else if (const auto* refusal = std::get_if<Refusal>(&*outcome)) {
      report_refusal(*refusal);
    } else if (const auto& recorded = std::get<Recorded>(*outcome); recorded.already_there) {
      job_.totals.skipped += group_.events.size();
    } else {
      for (const auto& event : group_.events) job_.totals.add(event.body().soort_case());
      job_.totals.add_positions(recorded.first, recorded.last);
    }
  }
  group_.events.clear();
  group_.moments.clear();
  group_.lines.clear();
  group_.is_bad = false;
  return status;
}

void CsvImport::report_refusal(const Refusal& refusal) {
  std::string message = refusal.code + ": " + refusal.zin;
  if (refusal.botst_met) message += " (botst met " + refusal.botst_met->uuid.text() + ")";
  message += follows_from();
  report(group_.lines[std::min(refusal.index, group_.lines.size() - 1)], "soort", message);
}

// What to add when something of this stream was left out before.
std::string CsvImport::follows_from() const {
  const auto earlier = left_out_.find(group_.stream);
  if (earlier == left_out_.end()) return "";
  return " (may follow from line " + std::to_string(earlier->second) + ")";
}

// The store says no to an id: finds the row that has it.
Status CsvImport::report_invalid(const Error& error) {
  for (std::size_t i = 0; i < group_.events.size(); ++i) {
    const auto found = job_.store.find_event(id_of(group_.events[i]));
    if (!found) return std::unexpected(found.error());
    if (!*found) continue;
    report(group_.lines[i], "event_id", error.message);
    return {};
  }
  report(group_.lines.front(), job_.as_recorded ? "vastgelegd_op" : "event_id", error.message);
  return {};
}

void CsvImport::report(std::size_t line, const std::string& column, const std::string& message) {
  group_.is_bad = true;
  if (job_.bad.shows_more()) left_out_.try_emplace(group_.stream, line);
  job_.bad.add(line, column, message);
}

}  // namespace trede::tool
