#include "tools/server/api/strict_json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tools/trede/text.h"

namespace trede::server {

namespace {

namespace gp = google::protobuf;
namespace json = boost::json;

constexpr std::size_t kMostDigits = 24;  // of a number that is written as a text
constexpr double kMostUint32 = std::numeric_limits<std::uint32_t>::max();

// Two names of one field are one field.
const gp::FieldDescriptor* find_field(const gp::Descriptor& type, const std::string& name) {
  for (int i = 0; i < type.field_count(); ++i) {
    const gp::FieldDescriptor* field = type.field(i);
    if (field->json_name() == name || field->name() == name) return field;
  }
  return nullptr;
}

std::string names_of(const gp::Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->json_name());
  return tool::joined(names, ", ");
}

// What stands in the text, and what may stand where a field has one value.
enum class Found { kText, kNumber, kYesNo, kObject, kList };

std::string_view words_for(Found found) {
  switch (found) {
    case Found::kText: return "a text";
    case Found::kNumber: return "a number";
    case Found::kYesNo: return "true or false";
    case Found::kObject: return "an object";
    case Found::kList: return "a list";
  }
  std::unreachable();
}

bool is_number(const gp::FieldDescriptor& field) {
  const auto type = field.cpp_type();
  return type == gp::FieldDescriptor::CPPTYPE_UINT32 || type == gp::FieldDescriptor::CPPTYPE_UINT64;
}

// Which of them one value of the field is. Requires: a kind that is_read_from_json.
Found kind_of_value(const gp::FieldDescriptor& field) {
  if (is_number(field)) return Found::kNumber;
  if (field.cpp_type() == gp::FieldDescriptor::CPPTYPE_BOOL) return Found::kYesNo;
  return field.cpp_type() == gp::FieldDescriptor::CPPTYPE_MESSAGE ? Found::kObject : Found::kText;
}

std::string expected_words(const gp::FieldDescriptor& field) {
  switch (kind_of_value(field)) {
    case Found::kText: return "a text";
    case Found::kYesNo: return "true or false";
    case Found::kObject: return "an object {...}";
    case Found::kNumber:
      return field.cpp_type() == gp::FieldDescriptor::CPPTYPE_UINT32
                 ? "a whole number from 0 to 4294967295"
                 : "a whole number from 0, as a text";
    case Found::kList: break;
  }
  std::unreachable();
}

// Where the next value goes.
struct Slot {
  gp::Message* message = nullptr;
  const gp::FieldDescriptor* field = nullptr;

  const gp::Reflection& at() const { return *message->GetReflection(); }

  gp::Message* add_message() const {
    return field->is_repeated() ? at().AddMessage(message, field)
                                : at().MutableMessage(message, field);
  }
  void put(std::string text) const {
    if (field->is_repeated()) return at().AddString(message, field, std::move(text));
    at().SetString(message, field, std::move(text));
  }
  void put(bool is_true) const {
    if (field->is_repeated()) return at().AddBool(message, field, is_true);
    at().SetBool(message, field, is_true);
  }
  void put(std::uint64_t number) const {
    const bool is_32 = field->cpp_type() == gp::FieldDescriptor::CPPTYPE_UINT32;
    const auto small = static_cast<std::uint32_t>(number);
    if (is_32 && field->is_repeated()) return at().AddUInt32(message, field, small);
    if (is_32) return at().SetUInt32(message, field, small);
    if (field->is_repeated()) return at().AddUInt64(message, field, number);
    at().SetUInt64(message, field, number);
  }
};

// An object, list or map that is open: what may stand in it, and where it is.
struct Open {
  gp::Message* message = nullptr;              // an object, or what holds the list or map
  const gp::FieldDescriptor* field = nullptr;  // of a list its own, of a map that of its values
  const gp::FieldDescriptor* map = nullptr;    // of a map its own
  std::string place = {};                      // empty = the whole
  std::size_t count = 0;                       // of a list: elements so far
  std::set<const gp::FieldDescriptor*> fields = {};  // of an object: so far
  std::set<std::string> keys = {};                   // of a map: so far

  bool is_object() const { return field == nullptr; }
  bool is_list() const { return field != nullptr && map == nullptr; }
};

// Hears from the parser what stands in the text, in order, and writes it into the message. Every
// function returns whether to go on; the names and signatures are the library's.
class Filler {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  explicit Filler(gp::Message* message) : message_(message) {}

  std::optional<Problem> flaw;

  bool on_document_begin(json::error_code& /*ec*/) { return true; }
  bool on_document_end(json::error_code& /*ec*/) { return true; }
  bool on_object_begin(json::error_code& ec) {
    if (open_.empty()) {
      open_.push_back({.message = message_});
      return true;
    }
    const gp::FieldDescriptor* field = next_field();
    if (field->is_map() && !is_element()) {
      open_.push_back({.message = open_.back().message,
                       .field = field->message_type()->map_value(),
                       .map = field,
                       .place = place()});
      return true;
    }
    if (!takes(Found::kObject, ec)) return false;
    open_.push_back({.message = next_slot().add_message(), .place = place()});
    return true;
  }
  bool on_object_end(std::size_t /*size*/, json::error_code& ec) { return close(ec); }
  bool on_array_begin(json::error_code& ec) {
    if (open_.empty()) return is_no_object(ec);
    const gp::FieldDescriptor* field = next_field();
    if (!field->is_repeated() || field->is_map() || is_element()) return misfit(Found::kList, ec);
    open_.push_back({.message = open_.back().message, .field = field, .place = place()});
    return true;
  }
  bool on_array_end(std::size_t /*size*/, json::error_code& ec) { return close(ec); }
  bool on_key_part(json::string_view text, std::size_t /*size*/, json::error_code& /*ec*/) {
    name_.append(text.data(), text.size());
    return true;
  }
  bool on_key(json::string_view text, std::size_t size, json::error_code& ec) {
    on_key_part(text, size, ec);
    name_now_ = std::exchange(name_, "");
    Open& here = open_.back();
    if (!here.is_object()) return here.keys.insert(name_now_).second || stands_twice(ec);
    field_now_ = find_field(*here.message->GetDescriptor(), name_now_);
    if (field_now_ != nullptr) return here.fields.insert(field_now_).second || stands_twice(ec);
    return say("unknown, expected one of " + names_of(*here.message->GetDescriptor()), ec);
  }
  bool on_string_part(json::string_view text, std::size_t /*n*/, json::error_code& /*ec*/) {
    text_.append(text.data(), text.size());
    return true;
  }
  bool on_string(json::string_view text, std::size_t size, json::error_code& ec) {
    on_string_part(text, size, ec);
    std::string whole = std::exchange(text_, "");
    if (open_.empty()) return is_no_object(ec);
    if (is_number(*next_field())) return takes_digits(whole, ec);
    if (!takes(Found::kText, ec)) return false;
    next_slot().put(std::move(whole));
    return done(ec);
  }
  bool on_number_part(json::string_view /*t*/, json::error_code& /*ec*/) { return true; }
  bool on_int64(std::int64_t n, json::string_view /*t*/, json::error_code& ec) {
    return on_number(static_cast<double>(n), ec);
  }
  bool on_uint64(std::uint64_t n, json::string_view /*t*/, json::error_code& ec) {
    return on_number(static_cast<double>(n), ec);
  }
  bool on_double(double n, json::string_view /*t*/, json::error_code& ec) {
    return on_number(n, ec);
  }
  bool on_bool(bool is_true, json::error_code& ec) {
    if (open_.empty()) return is_no_object(ec);
    if (!takes(Found::kYesNo, ec)) return false;
    next_slot().put(is_true);
    return done(ec);
  }
  bool on_null(json::error_code& ec) {
    if (open_.empty()) return is_no_object(ec);
    if (open_.back().is_object()) return true;
    return say("found null, expected " + expected_words(*next_field()), ec);
  }
  bool on_comment_part(json::string_view /*t*/, json::error_code& /*ec*/) { return true; }
  bool on_comment(json::string_view /*t*/, json::error_code& /*ec*/) { return true; }

 private:
  // What comes next belongs to it.
  const gp::FieldDescriptor* next_field() const {
    return is_element() ? open_.back().field : field_now_;
  }
  // Where that goes; of a map a new entry. Requires: it is one value, of the right kind.
  Slot next_slot() const {
    const Open& here = open_.back();
    if (here.map == nullptr) return {here.message, next_field()};
    gp::Message* entry = here.message->GetReflection()->AddMessage(here.message, here.map);
    entry->GetReflection()->SetString(entry, here.map->message_type()->map_key(), name_now_);
    return {entry, here.field};
  }
  // Whether what comes next is one value of a list or map, and not the whole of it.
  bool is_element() const { return !open_.back().is_object(); }

  std::string place() const {
    const Open& here = open_.back();
    if (here.is_list()) return here.place + "[" + std::to_string(here.count) + "]";
    return here.place + (here.place.empty() ? "" : ".") + tool::printable(name_now_, 60);
  }

  bool done(json::error_code& ec) {
    ++open_.back().count;
    if (!is_element() || ++parts_ <= kMostParts) return true;
    flaw = invalid("body", "more than " + std::to_string(kMostParts) + " elements of lists in all");
    return stop(ec);
  }
  bool close(json::error_code& ec) {
    open_.pop_back();
    return open_.empty() || done(ec);
  }

  bool takes(Found found, json::error_code& ec) {
    const gp::FieldDescriptor& field = *next_field();
    const bool is_one = is_element() || !field.is_repeated();
    return (is_one && kind_of_value(field) == found) || misfit(found, ec);
  }

  bool on_number(double number, json::error_code& ec) {
    if (open_.empty()) return is_no_object(ec);
    if (!takes(Found::kNumber, ec)) return false;
    const gp::FieldDescriptor& field = *next_field();
    const bool is_32 = field.cpp_type() == gp::FieldDescriptor::CPPTYPE_UINT32;
    const double most = is_32 ? kMostUint32 : static_cast<double>(1ULL << 53);
    const bool is_good = number >= 0 && number <= most && std::trunc(number) == number;
    if (!is_good) return say("found another number, expected " + expected_words(field), ec);
    next_slot().put(static_cast<std::uint64_t>(number));
    return done(ec);
  }

  // A number may be written as a text.
  bool takes_digits(const std::string& text, json::error_code& ec) {
    if (!is_element() && next_field()->is_repeated()) return misfit(Found::kText, ec);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_32 = next_field()->cpp_type() == gp::FieldDescriptor::CPPTYPE_UINT32;
    const bool is_good = error == std::errc{} && end == text.data() + text.size() &&
                         text.size() <= kMostDigits &&
                         (!is_32 || number <= std::numeric_limits<std::uint32_t>::max());
    if (!is_good) return misfit(Found::kText, ec);
    next_slot().put(number);
    return done(ec);
  }

  bool misfit(Found found, json::error_code& ec) {
    const gp::FieldDescriptor& field = *next_field();
    std::string expected = expected_words(field);
    if (!is_element() && field.is_map()) expected = "an object {...}";
    if (!is_element() && field.is_repeated() && !field.is_map()) expected = "a list [...]";
    return say("found " + std::string(words_for(found)) + ", expected " + expected, ec);
  }

  bool stands_twice(json::error_code& ec) {
    return say("stands twice, expected each name once", ec);
  }
  bool is_no_object(json::error_code& ec) {
    flaw = invalid("body", "not an object, expected {...}");
    return stop(ec);
  }
  bool say(std::string what, json::error_code& ec) {
    flaw = invalid(place(), std::move(what));
    return stop(ec);
  }
  static bool stop(json::error_code& ec) {
    ec = boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
    return false;
  }

  gp::Message* message_;
  std::vector<Open> open_;
  std::string name_;      // of which the end has not come
  std::string name_now_;  // of what comes next
  const gp::FieldDescriptor* field_now_ = nullptr;
  std::string text_;       // of which the end has not come
  std::size_t parts_ = 0;  // elements of lists and maps so far
};

}  // namespace

bool is_read_from_json(const gp::FieldDescriptor& field) {
  if (field.is_map()) {
    return field.message_type()->map_key()->cpp_type() == gp::FieldDescriptor::CPPTYPE_STRING &&
           is_read_from_json(*field.message_type()->map_value());
  }
  if (field.cpp_type() == gp::FieldDescriptor::CPPTYPE_MESSAGE) {
    return field.message_type()->file()->package() != "google.protobuf";
  }
  return field.type() == gp::FieldDescriptor::TYPE_STRING || is_number(field) ||
         field.cpp_type() == gp::FieldDescriptor::CPPTYPE_BOOL;
}

OrProblem<> read_strict_json(std::string_view text, gp::Message& message) {
  json::parse_options options;
  options.max_depth = kMostDeep;
  json::basic_parser<Filler> parser{options, &message};
  json::error_code wrong;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), wrong);
  if (parser.handler().flaw) return *parser.handler().flaw;
  const auto rest = text.substr(std::min(read, text.size()));
  if (wrong || rest.find_first_not_of(" \t\r\n") != std::string_view::npos) {
    const std::string why = wrong == json::error::too_deep ? "more than 16 deep" : "not JSON";
    return invalid("body", why + " from byte " + std::to_string(read + 1) + " on");
  }
  return {};
}

}  // namespace trede::server
