#include "tools/trede/record_input.h"

#include <array>
#include <boost/json.hpp>
#include <charconv>

#include "engine/log/event_store.h"
#include "tools/trede/rows/input_file.h"

namespace trede::tool {

namespace {

namespace json = boost::json;

Failure bad_json(const std::string& what) { return wrong_input("--json: " + what); }

Outcome<std::string> read_all(std::FILE* file, const std::string& name) {
  std::string out;
  std::array<char, 64 * 1024> chunk{};
  while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), file)) {
    out.append(chunk.data(), got);
  }
  if (std::ferror(file) != 0) return bad_json(name + " cannot be read");
  return out;
}

Outcome<std::string> json_text(const std::string& given, Context& context) {
  const auto first = given.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && (given[first] == '{' || given[first] == '[')) return given;
  if (given == "-") return read_all(context.in, "standard input");
  auto file = InputFile::open(given);
  if (!file) return bad_json(file.error().line + "; or JSON, or - for standard input");
  std::string out;
  while (true) {
    const auto got = file->read(out, 64 * 1024);
    if (!got) return Failure(got.error());
    if (*got == 0) return out;
  }
}

// Decimals as they were most likely written: the shortest text that reads back as the number.
std::string decimal_text(double number) {
  std::array<char, 400> text{};
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  return error == std::errc{} ? std::string(text.data(), end) : std::string("?");
}

// The text that a CSV cell would have. Errors: kInvalid.
Result<std::string> cell_text(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return std::string();
    case json::kind::string: return std::string(value.get_string());
    case json::kind::int64: return std::to_string(value.get_int64());
    case json::kind::uint64: return std::to_string(value.get_uint64());
    case json::kind::double_: return decimal_text(value.get_double());
    case json::kind::array: {
      std::string out;
      for (const auto& element : value.get_array()) {
        if (!element.is_string()) break;
        out += (out.empty() ? "" : "|") + std::string(element.get_string());
      }
      if (!out.empty() || value.get_array().empty()) return out;
      return Error{ErrorCode::kInvalid, "an array of something else, expected texts"};
    }
    case json::kind::bool_:
    case json::kind::object: break;
  }
  return Error{ErrorCode::kInvalid, "not a text, number, list or null"};
}

Outcome<NamedTexts> named_texts(const json::value& value) {
  if (!value.is_object()) return bad_json("not an object, expected an event as {\"stream\":...}");
  NamedTexts out;
  for (const auto& member : value.get_object()) {
    const std::string name(member.key());
    auto text = cell_text(member.value());
    if (!text) return wrong_input(name + ": " + text.error().message);
    if (!text->empty()) out.emplace_back(name, std::move(*text));
  }
  return out;
}

}  // namespace

Outcome<std::vector<NamedTexts>> read_json_events(const std::string& given, Context& context) {
  const auto text = json_text(given, context);
  if (!text) return text.error();
  json::error_code wrong;
  const json::value value = json::parse(*text, wrong);
  if (wrong) return bad_json("not JSON, expected an object, or an array of objects");
  std::vector<NamedTexts> out;
  if (!value.is_array()) {
    auto event = named_texts(value);
    if (!event) return event.error();
    out.push_back(std::move(*event));
    return out;
  }
  const auto& events = value.get_array();
  if (events.empty() || events.size() > kAppendMax) {
    return bad_json("an array of " + std::to_string(events.size()) + " events, expected 1 to " +
                    std::to_string(kAppendMax));
  }
  for (const auto& each : events) {
    auto event = named_texts(each);
    if (!event) {
      return wrong_input("event " + std::to_string(out.size() + 1) + ": " + event.error().line);
    }
    out.push_back(std::move(*event));
  }
  return out;
}

}  // namespace trede::tool
