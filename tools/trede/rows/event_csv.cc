#include "tools/trede/rows/event_csv.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "engine/event/attributes.h"
#include "tools/trede/rows/columns.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

// Per kind, for each column of an attribute, the attribute or null.
using AttributeColumns = std::vector<const Attribute*>;

const AttributeColumns& columns_of(const Kind& kind) {
  static const auto all = [] {
    std::unordered_map<const Kind*, AttributeColumns> out;
    for (const auto& each : kinds()) {
      for (const auto& name : attribute_names()) out[&each].push_back(each.find_attribute(name));
    }
    return out;
  }();
  return all.at(&kind);
}

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

std::string event_csv_header() {
  std::vector<std::string> names(field_names().begin(), field_names().end());
  names.insert(names.end(), attribute_names().begin(), attribute_names().end());
  return csv_line(names);
}

Result<std::string> event_csv_line(const pb::Event& event, std::string_view key) {
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
      event.atomair_aantal() > 1 ? "g" + std::to_string(append_first(event).value) : "",
  };
  const pb::Body& holder = body.soort_case() == Soort::kCorrectie ? body.correctie().door() : body;
  const auto& message = kind_message(holder);
  for (const Attribute* attribute : columns_of(kind_of(holder.soort_case()))) {
    cells.push_back(attribute == nullptr ? "" : attribute_text(message, *attribute));
  }
  return csv_line(cells);
}

}  // namespace trede::tool
