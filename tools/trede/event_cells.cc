#include "tools/trede/event_cells.h"

#include "engine/event/attributes.h"
#include "tools/trede/rows/stream_names.h"

namespace trede::tool {

namespace {

// What a person reads; of bytes how many there are.
std::string shown_text(const google::protobuf::Message& message, const Attribute& attribute) {
  if (attribute.form != pb::FORM_BYTES || !has_attribute(message, attribute)) {
    return attribute_text(message, attribute);
  }
  const auto size = message.GetReflection()->GetString(message, attribute.field).size();
  return "(" + std::to_string(size) + " bytes)";
}

}  // namespace

std::vector<Table::Column> event_columns() {
  return {{"positie", true}, {"event_id", false},  {"stream", false},
          {"soort", false},  {"geldig_op", false}, {"vastgelegd_op", false}};
}

Result<std::vector<std::string>> event_cells(const pb::Event& event, const KeyDirectory& keys) {
  const auto stream = stream_text(keys, stream_of(event));
  if (!stream) return std::unexpected(stream.error());
  const auto day = day_of(event);
  return std::vector<std::string>{std::to_string(event.positie()),
                                  id_of(event).uuid.text(),
                                  *stream,
                                  kind_text(event.body()),
                                  day ? format_day(*day) : "",
                                  format_moment(moment_of(event))};
}

std::string kind_text(const pb::Body& body) {
  if (body.soort_case() == Soort::SOORT_NOT_SET) return "(newer)";
  return kind_of(body.soort_case()).code;
}

std::string attributes_text(const pb::Body& body) {
  if (body.soort_case() == Soort::SOORT_NOT_SET) return "";
  if (body.soort_case() == Soort::kCorrectie) return attributes_text(body.correctie().door());
  const auto& message = kind_message(body);
  std::string out;
  for (const auto& attribute : kind_of(body.soort_case()).attributes) {
    const std::string text = shown_text(message, attribute);
    if (!text.empty()) out += (out.empty() ? "" : " ") + attribute.name + "=" + text;
  }
  return out;
}

std::optional<EventId> replaced_by(const pb::Body& body) {
  std::string_view stored;
  if (body.soort_case() == Soort::kCorrectie) stored = body.correctie().vervangt();
  if (body.soort_case() == Soort::kIntrekking) stored = body.intrekking().vervangt();
  const auto id = decode_uuid(stored);
  if (!id) return std::nullopt;
  return EventId{*id};
}

}  // namespace trede::tool
