#include "tools/trede/rows/event_json.h"

#include <boost/json.hpp>
#include <variant>

#include "engine/event/attributes.h"
#include "engine/event/bytes_text.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

namespace gp = google::protobuf;
namespace json = boost::json;

bool has_unknown_fields(const gp::Message& message) {
  return !message.GetReflection()->GetUnknownFields(message).empty();
}

// Whether there is something in the event that this program does not know.
bool is_newer(const pb::Event& event) {
  if (!check_known(event) || has_unknown_fields(event) || has_unknown_fields(event.body())) {
    return true;
  }
  const gp::Message& message = kind_message(event.body());
  if (has_unknown_fields(message)) return true;
  if (event.body().soort_case() != Soort::kCorrectie) return false;
  const pb::Body& door = event.body().correctie().door();
  return has_unknown_fields(door) || has_unknown_fields(kind_message(door));
}

// `"name":value,`
void add(std::string& out, std::string_view name, std::string_view value) {
  out += json_string(name) + ":";
  out.append(value) += ",";
}
void add_text(std::string& out, std::string_view name, std::string_view text) {
  add(out, name, json_string(text));
}

std::string value_json(const gp::Message& message, const Attribute& attribute) {
  const std::string text = attribute_text(message, attribute);
  if (attribute.list) {
    std::string out;
    for (const auto& code : split(text, '|')) {
      out += (out.empty() ? "" : ",") + json_string(code);
    }
    return "[" + out + "]";
  }
  const bool is_number = attribute.codes.empty() && attribute.form != pb::FORM_DAG &&
                         attribute.field->cpp_type() != gp::FieldDescriptor::CPPTYPE_STRING;
  return is_number ? text : json_string(text);
}

std::string attributes_json(const pb::Body& body) {
  const gp::Message& message = kind_message(body);
  std::string out;
  for (const auto& attribute : kind_of(body.soort_case()).attributes) {
    if (attribute_text(message, attribute).empty()) continue;
    add(out, attribute.name, value_json(message, attribute));
  }
  if (!out.empty()) out.pop_back();
  return "{" + out + "}";
}

void add_envelope(std::string& out, const pb::Event& event) {
  add(out, "positie", std::to_string(event.positie()));
  add_text(out, "vastgelegd_op", format_moment(moment_of(event)));
  add_text(out, "stream_id", stream_of(event).text());
  add(out, "versie", std::to_string(event.versie()));
  add_text(out, "event_id", id_of(event).uuid.text());
  if (event.atomair_aantal() > 1) {
    add(out, "atomair",
        "[" + std::to_string(event.atomair_index()) + "," + std::to_string(event.atomair_aantal()) +
            "]");
  }
  if (const auto import = decode_uuid(event.import_id())) add_text(out, "import", import->text());
  if (event.overgenomen_op() != 0) {
    add_text(out, "overgenomen_op",
             format_moment(Moment{std::chrono::microseconds{event.overgenomen_op()}}));
  }
  if (event.has_geldig_op()) {
    add_text(out, "geldig_op", format_day(day_from_number(event.geldig_op())));
  }
  if (!event.actor().empty()) add_text(out, "actor", event.actor());
  if (const auto cause = decode_uuid(event.oorzaak())) add_text(out, "oorzaak", cause->text());
  if (event.na_afsluiting() != 0 && pb::NaAfsluiting_IsValid(event.na_afsluiting())) {
    add_text(out, "na_afsluiting", code_of(event.na_afsluiting()));
  }
}

void add_body(std::string& out, const pb::Body& body) {
  add_text(out, "soort", kind_of(body.soort_case()).code);
  if (body.soort_case() == Soort::kCorrectie) {
    if (const auto id = decode_uuid(body.correctie().vervangt())) {
      add_text(out, "vervangt", id->text());
    }
    add_text(out, "door", kind_of(body.correctie().door().soort_case()).code);
    add(out, "attributen", attributes_json(body.correctie().door()));
    return;
  }
  if (body.soort_case() == Soort::kIntrekking) {
    if (const auto id = decode_uuid(body.intrekking().vervangt())) {
      add_text(out, "vervangt", id->text());
    }
  }
  add(out, "attributen", attributes_json(body));
}

// Everything of the line that follows from the event, each member with a comma behind it.
std::string readable_members(const pb::Event& event) {
  std::string out;
  add_envelope(out, event);
  if (check_known(event)) add_body(out, event.body());
  return out;
}

// What a newer program may have written about an event that it knows better than we do.
bool is_about_body(std::string_view member) {
  return member == "soort" || member == "door" || member == "vervangt" || member == "attributen";
}

std::optional<ColumnFlaw> find_difference(const json::object& line, const pb::Event& event) {
  std::string expected = readable_members(event);
  expected.back() = '}';
  const json::object ours = json::parse("{" + expected).as_object();
  const bool newer = is_newer(event);
  for (const auto& member : line) {
    const std::string name(member.key());
    if (name == "bytes" || name == "key" || (newer && is_about_body(name))) continue;
    const json::value* our = ours.if_contains(member.key());
    if (our == nullptr) {
      if (newer) continue;
      return ColumnFlaw{name, "the bytes have no such member, expected the line as exported"};
    }
    if (*our == member.value()) continue;
    return ColumnFlaw{name, "differs from the bytes, which say " + json::serialize(*our)};
  }
  return std::nullopt;
}

std::optional<std::string> text_member(const json::object& line, std::string_view name) {
  const json::value* value = line.if_contains(json::string_view(name.data(), name.size()));
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->as_string());
}

}  // namespace

std::string event_json_line(std::string_view stored, const pb::Event& event, std::string_view key) {
  std::string out = "{";
  if (!key.empty()) add_text(out, "key", key);
  out += readable_members(event);
  return out + "\"bytes\":" + json_string(base64_text(stored)) + "}\n";
}

std::variant<JsonEvent, ColumnFlaw> parse_event_json(std::string_view line) {
  json::error_code wrong;
  const json::value value = json::parse(json::string_view(line.data(), line.size()), wrong);
  if (wrong || !value.is_object()) {
    return ColumnFlaw{"json", "not a JSON object, expected a line as `trede export` writes it"};
  }
  const json::object& object = value.get_object();
  JsonEvent out;
  const auto text = text_member(object, "bytes");
  auto bytes = text ? parse_base64(*text) : std::nullopt;
  if (!bytes || bytes->empty())
    return ColumnFlaw{"bytes", "missing or not base64, expected the stored bytes"};
  out.bytes = std::move(*bytes);
  auto event = decode_any(out.bytes);
  if (!event) return ColumnFlaw{"bytes", event.error().message + ", expected the stored bytes"};
  out.event = std::move(*event);
  const Status known = check_known(out.event);
  if (!known && known.error().code == ErrorCode::kCorrupt) {
    return ColumnFlaw{"bytes", known.error().message};
  }
  if (object.contains("key")) {
    out.key = text_member(object, "key").value_or("");
    const Status good = check_key(out.key);
    if (!good) return ColumnFlaw{"key", good.error().message};
    if (stream_of(out.event).kind == StreamKind::kOrganisatie) {
      return ColumnFlaw{"key", "the organisation has no KEY, expected none"};
    }
  }
  if (auto difference = find_difference(object, out.event)) return std::move(*difference);
  return out;
}

}  // namespace trede::tool
