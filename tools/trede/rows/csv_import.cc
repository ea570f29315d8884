#include "tools/trede/rows/csv_import.h"

#include <algorithm>
#include <utility>

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

bool CsvImport::Group::takes(std::string_view groep_cell, std::string_view stream_cell) const {
  return !groep.empty() && groep_cell == groep && (stream_cell == stream || is_over_streams());
}

void CsvImport::Group::clear() {
  events.clear();
  rows.clear();
  moments.clear();
  streams_before.clear();
  is_bad = false;
}

void CsvImport::Group::leave_out(const std::vector<bool>& is_left_out) {
  Group kept;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (is_left_out[i]) continue;
    kept.events.push_back(std::move(events[i]));
    kept.rows.push_back(std::move(rows[i]));
    if (!moments.empty()) kept.moments.push_back(moments[i]);
  }
  events.swap(kept.events);
  rows.swap(kept.rows);
  moments.swap(kept.moments);
}

Status CsvImport::take_row(CsvReader& reader) {
  const std::string_view groep = cell(reader, Field::kGroep);
  const std::string_view stream = cell(reader, Field::kStream);
  if (!group_.takes(groep, stream)) {
    TREDE_RETURN_IF_ERROR(flush());
    group_.groep = groep;
    group_.stream = stream;
  }
  if (stream != group_.stream) change_stream(stream, reader.line());
  if (!reader.problem().empty() || reader.cells().size() != columns_.count()) {
    take_bad_row(reader);
    return {};
  }
  auto row = rows_->read(reader.cells());
  if (!row) return std::unexpected(row.error());
  if (auto* flaw = std::get_if<ColumnFlaw>(&*row)) {
    report({reader.line(), group_.stream}, flaw->column,
           flaw->message + (flaw->is_rule ? follows_from(group_.stream) : ""));
    return {};
  }
  return join(std::move(std::get<RowEvent>(*row)), reader.line());
}

// Goes on with another stream within a group over several.
void CsvImport::change_stream(std::string_view stream, std::size_t line) {
  group_.streams_before.insert(std::exchange(group_.stream, stream));
  if (!group_.streams_before.contains(group_.stream)) return;
  report({line, group_.stream}, "stream",
         "stands apart from the rows of this stream above, expected the rows of one stream "
         "together within a groep");
}

void CsvImport::take_bad_row(CsvReader& reader) {
  const Row row{reader.line(), group_.stream};
  if (reader.problem().empty()) {
    report(row, "row",
           std::to_string(reader.cells().size()) + " cells, expected " +
               std::to_string(columns_.count()) + " as in the header");
    return;
  }
  const std::size_t column = reader.problem_cell();
  report(row, column < columns_.count() ? columns_.name(column) : "row", reader.problem());
}

Status CsvImport::join(RowEvent row, std::size_t line) {
  if (group_.events.size() == kAppendMax) {
    report({line, group_.stream}, "groep",
           "more than " + std::to_string(kAppendMax) + " rows in one groep");
    return {};
  }
  if (row.vastgelegd_op) group_.moments.push_back(*row.vastgelegd_op);
  group_.events.push_back(std::move(row.event));
  group_.rows.push_back({line, group_.stream});
  return {};
}

Status CsvImport::flush() {
  Status status;
  if (group_.events.size() > 1 && !group_.is_bad) status = skip_known();
  if (status && !group_.events.empty() && !group_.is_bad) status = record();
  if (group_.is_bad && group_.is_over_streams()) {
    for (const Row& row : group_.rows) note_left_out(row);
  }
  group_.clear();
  return status;
}

// Leaves out what is there already in the same words, so that a groep may have grown since. A group
// of one row needs no look of its own: the store tells.
Status CsvImport::skip_known() {
  std::vector<bool> is_known(group_.events.size());
  for (std::size_t i = 0; i < group_.events.size(); ++i) {
    const auto position = job_.store.find_event(id_of(group_.events[i]));
    if (!position) return std::unexpected(position.error());
    if (!*position) continue;
    const auto stored = job_.store.load(**position);
    if (!stored) return std::unexpected(stored.error());
    const auto content = content_of(stored->bytes);
    if (!content) return std::unexpected(content.error());
    is_known[i] = *content == encode_content(group_.events[i]);
    if (is_known[i]) continue;
    report(group_.rows[i], "event_id",
           "event " + id_of(group_.events[i]).uuid.text() + " is in the log at positie " +
               std::to_string((*position)->value) + " with other content");
  }
  const auto known = static_cast<std::size_t>(std::ranges::count(is_known, true));
  if (known == 0) return {};
  job_.totals.skipped += known;
  group_.leave_out(is_known);
  return {};
}

Status CsvImport::record() {
  RecordOptions options;
  if (!group_.moments.empty()) {
    options.vastgelegd_op = group_.moments.front();
    options.each = group_.moments;
  }
  const auto outcome = recorder_.record(group_.events, options);
  if (!outcome) {
    return outcome.error().code == ErrorCode::kInvalid ? report_invalid(outcome.error())
                                                       : Status(std::unexpected(outcome.error()));
  }
  if (const auto* refusal = std::get_if<Refusal>(&*outcome)) {
    report_refusal(*refusal);
  } else if (const auto& recorded = std::get<Recorded>(*outcome); recorded.already_there) {
    job_.totals.skipped += group_.events.size();
  } else {
    for (const auto& event : group_.events) job_.totals.add(event.body().soort_case());
    job_.totals.add_positions(recorded.first, recorded.last);
  }
  return {};
}

void CsvImport::report_refusal(const Refusal& refusal) {
  const Row& row = group_.rows[std::min(refusal.index, group_.rows.size() - 1)];
  std::string message = refusal.code + ": " + refusal.zin;
  if (refusal.botst_met) message += " (botst met " + refusal.botst_met->uuid.text() + ")";
  report(row, "soort", message + follows_from(row.stream));
}

// What to add when something of this stream was left out before.
std::string CsvImport::follows_from(const std::string& stream) const {
  const auto earlier = left_out_.find(stream);
  if (earlier == left_out_.end()) return "";
  return " (may follow from line " + std::to_string(earlier->second) + ")";
}

// The store says no to an id: finds the row that has it.
Status CsvImport::report_invalid(const Error& error) {
  for (std::size_t i = 0; i < group_.events.size(); ++i) {
    const auto found = job_.store.find_event(id_of(group_.events[i]));
    if (!found) return std::unexpected(found.error());
    if (!*found) continue;
    report(group_.rows[i], "event_id", error.message);
    return {};
  }
  report(group_.rows.front(), job_.as_recorded ? "vastgelegd_op" : "event_id", error.message);
  return {};
}

void CsvImport::report(const Row& row, const std::string& column, const std::string& message) {
  group_.is_bad = true;
  note_left_out(row);
  job_.bad.add(row.line, column, message);
}

void CsvImport::note_left_out(const Row& row) {
  if (job_.bad.shows_more()) left_out_.try_emplace(row.stream, row.line);
}

}  // namespace trede::tool
