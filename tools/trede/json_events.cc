#include "tools/trede/json_events.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <optional>
#include <set>

#include "engine/event/catalogue.h"
#include "engine/log/event_store.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

namespace json = boost::json;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
struct Words {
  std::string_view one;
  std::string_view example;
};
Words words_of(JsonOf of) {
  switch (of) {
    case JsonOf::kEvents: return {"event", "an event as {\"stream\":...}"};
    case JsonOf::kPersons: return {"person", "a person as {\"naam\":...}"};
  }
  std::unreachable();
}

bool is_list(std::string_view column) {
  return std::ranges::any_of(kinds(), [&](const Kind& kind) {
    const Attribute* attribute = kind.find_attribute(column);
    return attribute != nullptr && attribute->list;
  });
}

// Hears from the parser what stands in the text, in order. The parser knows no more of a number
// than a double holds, but hands over what was written too. Every function returns whether to go
// on; the names and signatures are the library's.
class Handler {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  explicit Handler(JsonOf of) : words_(words_of(of)), may_be_list_(of == JsonOf::kEvents) {}

  std::vector<NamedTexts> events;
  std::optional<Failure> failure;

  bool on_document_begin(json::error_code& /*ec*/) { return true; }
  bool on_document_end(json::error_code& /*ec*/) { return true; }

  bool on_object_begin(json::error_code& ec) {
    if (in_event_) return refuse("an object", ec);
    if (events.size() == kAppendMax) {
      return fail("--json: an array of more than " + std::to_string(kAppendMax) + " " +
                      std::string(words_.one) + "s, expected fewer",
                  ec);
    }
    in_event_ = true;
    names_.clear();
    events.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t /*size*/, json::error_code& /*ec*/) {
    in_event_ = false;
    return true;
  }

  bool on_array_begin(json::error_code& ec) {
    if (!in_event_ && !in_array_) return in_array_ = true;
    if (!in_event_ || in_list_ || !may_be_list_ || !is_list(name_)) return refuse("an array", ec);
    list_.clear();
    return in_list_ = true;
  }
  bool on_array_end(std::size_t size, json::error_code& ec) {
    if (in_list_) {
      in_list_ = false;
      take(std::exchange(list_, ""));
    } else if (size == 0) {
      return fail("--json: an array of 0 " + std::string(words_.one) + "s, expected 1 to " +
                      std::to_string(kAppendMax),
                  ec);
    }
    return true;
  }

  bool on_key_part(json::string_view text, std::size_t /*size*/, json::error_code& /*ec*/) {
    text_.append(text.data(), text.size());
    return true;
  }
  bool on_key(json::string_view text, std::size_t size, json::error_code& ec) {
    on_key_part(text, size, ec);
    name_ = std::exchange(text_, "");
    if (names_.insert(name_).second) return true;
    return fail(event_number() + shown_name(name_) + ": stands twice, expected each name once", ec);
  }

  bool on_string_part(json::string_view text, std::size_t /*size*/, json::error_code& /*ec*/) {
    text_.append(text.data(), text.size());
    return true;
  }
  bool on_string(json::string_view text, std::size_t size, json::error_code& ec) {
    on_string_part(text, size, ec);
    const std::string whole = std::exchange(text_, "");
    if (!in_event_) return refuse("a text", ec);
    if (!in_list_) return take(whole);
    if (whole.empty()) return refuse("an empty text", ec);
    if (whole.contains('|')) return refuse("a text with |", ec);
    list_ += (list_.empty() ? "" : "|") + whole;
    return true;
  }

  bool on_number_part(json::string_view text, json::error_code& /*ec*/) {
    text_.append(text.data(), text.size());
    return true;
  }
  bool on_int64(std::int64_t /*n*/, json::string_view text, json::error_code& ec) {
    return on_number(text, ec);
  }
  bool on_uint64(std::uint64_t /*n*/, json::string_view text, json::error_code& ec) {
    return on_number(text, ec);
  }
  bool on_double(double /*n*/, json::string_view text, json::error_code& ec) {
    return on_number(text, ec);
  }

  bool on_bool(bool is_true, json::error_code& ec) {
    return refuse(is_true ? "true" : "false", ec);
  }
  bool on_null(json::error_code& ec) { return refuse("null", ec); }
  bool on_comment_part(json::string_view /*text*/, json::error_code& /*ec*/) { return true; }
  bool on_comment(json::string_view /*text*/, json::error_code& /*ec*/) { return true; }

 private:
  bool on_number(json::string_view text, json::error_code& ec) {
    on_number_part(text, ec);
    const std::string whole = std::exchange(text_, "");
    if (!in_event_ || in_list_) return refuse("a number", ec);
    return take(whole);
  }

  bool take(std::string text) {
    if (!text.empty()) events.back().emplace_back(name_, std::move(text));
    return true;
  }

  // No to a value where it stands.
  bool refuse(const std::string& what, json::error_code& ec) {
    if (!in_event_) {
      return fail(event_number() + "--json: not an object, expected " + std::string(words_.example),
                  ec);
    }
    const std::string place = event_number() + shown_name(name_) + ": ";
    if (in_list_) return fail(place + what + " in the list, expected one code as text", ec);
    return fail(place + what + ", expected a text or a number; leave out what the " +
                    std::string(words_.one) + " does not have",
                ec);
  }

  // `event 2: ` for what is being read, when there may be several.
  std::string event_number() const {
    if (!in_array_) return "";
    return std::string(words_.one) + " " + std::to_string(events.size() + (in_event_ ? 0 : 1)) +
           ": ";
  }

  bool fail(std::string line, json::error_code& ec) {
    failure = wrong_input(std::move(line));
    ec = boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
    return false;
  }

  Words words_;
  bool may_be_list_;
  bool in_array_ = false;  // the events are elements of one
  bool in_event_ = false;
  bool in_list_ = false;
  std::set<std::string> names_;  // of the members of the event
  std::string name_;             // of the member
  std::string text_;             // what came in parts so far
  std::string list_;
};

}  // namespace

Outcome<std::vector<NamedTexts>> parse_json_events(std::string_view text, JsonOf of) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  json::basic_parser<Handler> parser{json::parse_options{}, of};
  json::error_code wrong;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), wrong);
  Handler& handler = parser.handler();
  if (handler.failure) return *handler.failure;
  const auto rest = text.substr(std::min(read, text.size()));
  if (!wrong && rest.find_first_not_of(" \t\r\n") != std::string_view::npos) {
    wrong = json::error::extra_data;
  }
  if (wrong) {
    return wrong_input("--json: not JSON from byte " + std::to_string(read + 1) +
                       " on, expected an object, or an array of objects");
  }
  return std::move(handler.events);
}

}  // namespace trede::tool
