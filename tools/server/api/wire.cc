#include "tools/server/api/wire.h"

#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <charconv>

#include "tools/server/api/json_writer.h"
#include "tools/server/api/strict_json.h"
#include "tools/server/api/strict_wire.h"
#include "tools/trede/text.h"

namespace trede::server {

namespace {

namespace gp = google::protobuf;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// A value with its parameters, of a header with several.
struct Weighted {
  std::string type;
  std::vector<std::string> parameters;  // in lower case, without spaces around them
};

Weighted parse_weighted(std::string_view text) {
  Weighted out;
  const auto parts = tool::split(text, ';');
  out.type = lower(trimmed(parts.front()));
  for (std::size_t i = 1; i < parts.size(); ++i) {
    out.parameters.push_back(lower(trimmed(parts[i])));
  }
  return out;
}

// In thousandths; of one that is not written as it should be 0.
int quality_of(const Weighted& range) {
  for (const std::string& parameter : range.parameters) {
    if (!parameter.starts_with("q=")) continue;
    double quality = 0;
    const auto [end, error] =
        std::from_chars(parameter.data() + 2, parameter.data() + parameter.size(), quality);
    const bool good = error == std::errc{} && end == parameter.data() + parameter.size() &&
                      quality >= 0 && quality <= 1;
    return good ? static_cast<int>(quality * 1000) : 0;
  }
  return 1000;
}

// How exactly `range` names `type`: 0 not at all, 1 `*/*`, 2 `text/*`, 3 itself.
int match_of(std::string_view range, std::string_view type) {
  if (range == type) return 3;
  if (range == "*/*") return 1;
  const bool is_kind = range.ends_with("/*") && type.starts_with(range.substr(0, range.size() - 1));
  return is_kind ? 2 : 0;
}

int quality_for(const std::string& type, const std::vector<Weighted>& ranges) {
  int exact = 0;
  int quality = 0;
  for (const Weighted& range : ranges) {
    const int match = match_of(range.type, type);
    if (match <= exact) continue;
    exact = match;
    quality = quality_of(range);
  }
  return quality;
}

OrProblem<> read_protobuf(std::string_view body, gp::Message& message) {
  TREDE_RETURN_IF_PROBLEM(check_wire(body, *message.GetDescriptor()));
  const gp::LogSilencer quiet;  // what is wrong is said in the answer
  if (!message.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return invalid("body", "not a message of this endpoint, or text in it that is not UTF-8");
  }
  return {};
}

bool is_given(const gp::Message& message, const gp::FieldDescriptor& field) {
  const gp::Reflection& at = *message.GetReflection();
  return field.is_repeated() ? at.FieldSize(message, &field) > 0 : at.HasField(message, &field);
}

OrProblem<> check_required(const gp::Message& message, const std::string& place) {
  const gp::Descriptor& type = *message.GetDescriptor();
  const gp::Reflection& at = *message.GetReflection();
  for (int i = 0; i < type.field_count(); ++i) {
    const gp::FieldDescriptor& field = *type.field(i);
    const std::string here = place + (place.empty() ? "" : ".") + field.json_name();
    if (field.options().GetExtension(api::vereist) && !is_given(message, field)) {
      return invalid(here, "missing, expected a value");
    }
    if (field.cpp_type() != gp::FieldDescriptor::CPPTYPE_MESSAGE || field.is_map()) continue;
    for (int j = 0; field.is_repeated() && j < at.FieldSize(message, &field); ++j) {
      const std::string element = here + "[" + std::to_string(j) + "]";
      TREDE_RETURN_IF_PROBLEM(check_required(at.GetRepeatedMessage(message, &field, j), element));
    }
  }
  return {};
}

}  // namespace

std::optional<std::string> media_type_of(std::string_view content_type) {
  Weighted parsed = parse_weighted(content_type);
  if (parsed.type.find('/') == std::string::npos) return std::nullopt;
  for (const std::string& parameter : parsed.parameters) {
    if (!parameter.starts_with("charset=")) continue;
    if (parameter != "charset=utf-8" && parameter != "charset=\"utf-8\"") return std::nullopt;
  }
  return std::move(parsed.type);
}

std::optional<std::string> choose_media_type(std::string_view accept,
                                             const std::vector<std::string>& produced) {
  if (trimmed(accept).empty()) return produced.front();
  std::vector<Weighted> ranges;
  for (const std::string& part : tool::split(accept, ',')) ranges.push_back(parse_weighted(part));
  const auto quality = [&](const std::string& type) { return quality_for(type, ranges); };
  const auto best = std::ranges::max_element(produced, {}, quality);  // the first of equals
  if (quality(*best) == 0) return std::nullopt;
  return *best;
}

OrProblem<> read_message(std::string_view media_type, std::string_view body, gp::Message& message) {
  TREDE_RETURN_IF_PROBLEM(media_type == kProtobuf ? read_protobuf(body, message)
                                                  : read_strict_json(body, message));
  return check_required(message, "");
}

std::string write_message(std::string_view media_type, const gp::Message& message) {
  return media_type == kProtobuf ? message.SerializeAsString() : json_of(message);
}

}  // namespace trede::server
