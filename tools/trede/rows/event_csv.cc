#include "tools/trede/rows/event_csv.h"

#include <algorithm>

#include "engine/base/check.h"
#include "tools/trede/rows/columns.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

std::string stream_cell(const StreamId& stream, std::string_view key) {
  if (stream.kind == StreamKind::kOrganisatie || key.empty()) return stream.text();
  return std::string(stream_kind_text(stream.kind)) + "/" + std::string(key);
}

Result<std::string> vervangt_cell(const pb::Body& body) {
  const bool corrects = body.soort_case() == Soort::kCorrectie;
  if (!corrects && body.soort_case() != Soort::kIntrekking) return std::string();
  const auto id =
      decode_uuid(corrects ? body.correctie().vervangt() : body.intrekking().vervangt());
  if (!id) return std::unexpected(id.error());
  return id->text();
}

}  // namespace

Soort soort_of_row(const pb::Event& event) {
  const pb::Body& body = event.body();
  return body.has_correctie() ? body.correctie().door().soort_case() : body.soort_case();
}

EventCsv::EventCsv(const std::set<Soort>& soorten, bool with_na_afsluiting)
    : field_count_(with_na_afsluiting ? kFieldCount : kFieldCount - 1) {
  for (const std::string& name : attribute_names()) {
    if (std::ranges::any_of(
            soorten, [&](Soort soort) { return kind_of(soort).find_attribute(name) != nullptr; })) {
      names_.push_back(name);
    }
  }
  for (const Soort soort : soorten) {
    for (const auto& name : names_) columns_[soort].push_back(kind_of(soort).find_attribute(name));
  }
}

std::string EventCsv::header() const {
  std::vector<std::string> names(field_names().begin(), field_names().begin() + field_count_);
  names.insert(names.end(), names_.begin(), names_.end());
  return csv_line(names);
}

Result<std::string> EventCsv::line(const pb::Event& event, std::string_view key,
                                   std::string_view groep) const {
  const Status known = check_known(event);
  if (!known) {
    return Error{known.error().code, known.error().message + "; the ndjson format can hold it"};
  }
  const pb::Body& body = event.body();
  const auto vervangt = vervangt_cell(body);
  if (!vervangt) return vervangt;
  std::vector<std::string> cells = {
      stream_cell(stream_of(event), key),
      kind_of(body.soort_case()).code,
      event.has_geldig_op() ? format_day(day_from_number(event.geldig_op())) : "",
      format_moment(moment_of(event)),
      id_of(event).uuid.text(),
      event.actor(),
      *vervangt,
      std::string(groep),
      event.has_na_afsluiting() ? code_of(event.na_afsluiting()) : "",
  };
  TREDE_CHECK(field_count_ == kFieldCount || cells.back().empty(), "a row without na_afsluiting");
  cells.resize(field_count_);
  const auto& message = kind_message(body.has_correctie() ? body.correctie().door() : body);
  for (const Attribute* attribute : columns_.at(soort_of_row(event))) {
    cells.push_back(attribute == nullptr ? "" : attribute_text(message, *attribute));
  }
  return csv_line(cells);
}

void CsvNeeds::note(const pb::Event& event) {
  if (!check_known(event)) return;
  soorten_.insert(soort_of_row(event));
  with_na_afsluiting_ |= event.has_na_afsluiting();
}

Result<std::string> AppendCsv::add(const pb::Event& event, std::string_view key) {
  held_.push_back({event, std::string(key)});
  if (append_last(event).value != event.positie()) return std::string();
  std::string groep;
  if (event.atomair_aantal() > 1) {
    const bool over_streams = std::ranges::any_of(
        held_, [&](const Held& one) { return stream_of(one.event) != stream_of(event); });
    groep = (over_streams ? "@g" : "g") + std::to_string(append_first(event).value);
  }
  std::string rows;
  for (const Held& one : held_) {
    const auto row = csv_.line(one.event, one.key, groep);
    if (!row) return row;
    rows += *row;
  }
  held_.clear();
  return rows;
}

}  // namespace trede::tool
