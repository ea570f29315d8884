#include "tools/trede/rows/group_recorder.h"

#include <algorithm>
#include <utility>

namespace trede::tool {

namespace {

// A file goes on with all that is under way in it, and nobody else is served meanwhile: those of
// some three million events.
constexpr RecorderOptions kRecorderOptions{.max_cached_bytes = 640 << 20};

}  // namespace

GroupRecorder::GroupRecorder(const ImportJob& job)
    : job_(job), recorder_(job.store, job.clock, kRecorderOptions) {}

bool ImportGroup::takes(std::string_view groep_cell, std::string_view stream_cell) const {
  return !groep.empty() && groep_cell == groep && (stream_cell == stream || is_over_streams());
}

void ImportGroup::clear() {
  events.clear();
  rows.clear();
  moments.clear();
  streams_before.clear();
  is_bad = false;
}

void ImportGroup::leave_out(const std::vector<bool>& is_left_out) {
  ImportGroup kept;
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

void GroupRecorder::expect(std::span<const ImportGroup> groups) const {
  std::vector<StreamId> streams;
  streams.reserve(groups.size());
  for (const ImportGroup& group : groups) {
    if (!group.events.empty()) streams.push_back(stream_of(group.events.front()));
  }
  recorder_.expect(streams);
}

Status GroupRecorder::record(ImportGroup& group) {
  Status status;
  if (group.events.size() > 1 && !group.is_bad) status = skip_known(group);
  if (status && !group.events.empty() && !group.is_bad) status = append(group);
  if (group.is_bad && group.is_over_streams()) {
    for (const ImportRow& row : group.rows) note_left_out(row);
  }
  group.clear();
  return status;
}

// Leaves out what is there already in the same words, so that a groep may have grown since. A group
// of one row needs no look of its own: the store tells.
Status GroupRecorder::skip_known(ImportGroup& group) {
  std::vector<bool> is_known(group.events.size());
  for (std::size_t i = 0; i < group.events.size(); ++i) {
    const auto position = job_.store.find_event(id_of(group.events[i]));
    if (!position) return std::unexpected(position.error());
    if (!*position) continue;
    const auto stored = job_.store.load(**position);
    if (!stored) return std::unexpected(stored.error());
    const auto content = content_of(stored->bytes);
    if (!content) return std::unexpected(content.error());
    is_known[i] = *content == encode_content(group.events[i]);
    if (is_known[i]) continue;
    report(group, group.rows[i], "event_id",
           "event " + id_of(group.events[i]).uuid.text() + " is in the log at positie " +
               std::to_string((*position)->value) + " with other content");
  }
  const auto known = static_cast<std::size_t>(std::ranges::count(is_known, true));
  if (known == 0) return {};
  job_.totals.skipped += known;
  group.leave_out(is_known);
  return {};
}

Status GroupRecorder::append(ImportGroup& group) {
  RecordOptions options;
  options.flawless = true;  // RowReader asked
  if (!group.moments.empty()) {
    options.vastgelegd_op = group.moments.front();
    options.each = group.moments;
  }
  const auto outcome = recorder_.record(group.events, options);
  if (!outcome) {
    return outcome.error().code == ErrorCode::kInvalid ? report_invalid(group, outcome.error())
                                                       : Status(std::unexpected(outcome.error()));
  }
  if (const auto* refusal = std::get_if<Refusal>(&*outcome)) {
    report_refusal(group, *refusal);
  } else if (const auto& recorded = std::get<Recorded>(*outcome); recorded.already_there) {
    job_.totals.skipped += group.events.size();
  } else {
    for (const auto& event : group.events) job_.totals.add(event.body().soort_case());
    job_.totals.add_positions(recorded.first, recorded.last);
  }
  return {};
}

void GroupRecorder::report_refusal(ImportGroup& group, const Refusal& refusal) {
  const ImportRow& row = group.rows[std::min(refusal.index, group.rows.size() - 1)];
  std::string message = refusal.code + ": " + refusal.zin;
  if (refusal.botst_met) message += " (botst met " + refusal.botst_met->uuid.text() + ")";
  const bool wants_reason = refusal.code == rule_code(Rule::kPeriodeAfgesloten);
  report(group, row, wants_reason ? "na_afsluiting" : "soort", message + follows_from(row.stream));
}

// What to add when something of this stream was left out before.
std::string GroupRecorder::follows_from(const std::string& stream) const {
  const auto earlier = left_out_.find(stream);
  if (earlier == left_out_.end()) return "";
  return " (may follow from line " + std::to_string(earlier->second) + ")";
}

// The store says no to an id: finds the row that has it.
Status GroupRecorder::report_invalid(ImportGroup& group, const Error& error) {
  for (std::size_t i = 0; i < group.events.size(); ++i) {
    const auto found = job_.store.find_event(id_of(group.events[i]));
    if (!found) return std::unexpected(found.error());
    if (!*found) continue;
    report(group, group.rows[i], "event_id", error.message);
    return {};
  }
  report(group, group.rows.front(), job_.as_recorded ? "vastgelegd_op" : "event_id", error.message);
  return {};
}

void GroupRecorder::report(ImportGroup& group, const ImportRow& row, const std::string& column,
                           const std::string& message) {
  group.is_bad = true;
  note_left_out(row);
  job_.bad.add(row.line, column, message);
}

void GroupRecorder::note_left_out(const ImportRow& row) {
  if (job_.bad.shows_more()) left_out_.try_emplace(row.stream, row.line);
}

}  // namespace trede::tool
