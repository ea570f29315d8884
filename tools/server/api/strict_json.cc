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

constexpr double kMostUint32 = std::numeric_limits<std::uint32_t>::max();

// Two names of one field are one name.
std::string field_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c != '_') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

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

// Which of them one value of the field is. A moment is a text.
Found kind_of_value(const gp::FieldDescriptor& field) {
  if (is_number(field)) return Found::kNumber;
  if (field.cpp_type() == gp::FieldDescriptor::CPPTYPE_BOOL) return Found::kYesNo;
  if (field.cpp_type() != gp::FieldDescriptor::CPPTYPE_MESSAGE) return Found::kText;
  return field.message_type()->file()->package() == "google.protobuf" ? Found::kText
                                                                      : Found::kObject;
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

// An object, list or map that is open: what may stand in it, and where it is.
struct Open {
  const gp::Descriptor* type = nullptr;        // of an object: the message
  const gp::FieldDescriptor* field = nullptr;  // else the field: of each element or value
  bool is_list = false;
  std::string place = {};            // empty = the whole
  std::size_t count = 0;             // of a list: elements so far
  std::set<std::string> names = {};  // so far
};

// Hears from the parser what stands in the text, in order. Every function returns whether to go on;
// the names and signatures are the library's.
class ShapeCheck {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  explicit ShapeCheck(const gp::Descriptor* type) : type_(type) {}

  std::optional<Problem> flaw;

  bool on_document_begin(json::error_code& /*ec*/) { return true; }
  bool on_document_end(json::error_code& /*ec*/) { return true; }
  bool on_object_begin(json::error_code& ec) {
    if (open_.empty()) {
      open_.push_back({.type = type_});
      return true;
    }
    const gp::FieldDescriptor* field = next_field();
    if (field->is_map() && !is_element()) {
      open_.push_back({.field = field->message_type()->map_value(), .place = place()});
      return true;
    }
    if (!takes(Found::kObject, ec)) return false;
    open_.push_back({.type = field->message_type(), .place = place()});
    return true;
  }
  bool on_object_end(std::size_t /*size*/, json::error_code& /*ec*/) { return close(); }
  bool on_array_begin(json::error_code& ec) {
    if (open_.empty()) return is_no_object(ec);
    const gp::FieldDescriptor* field = next_field();
    if (!field->is_repeated() || field->is_map() || is_element()) return misfit(Found::kList, ec);
    open_.push_back({.field = field, .is_list = true, .place = place()});
    return true;
  }
  bool on_array_end(std::size_t /*size*/, json::error_code& /*ec*/) { return close(); }
  bool on_key_part(json::string_view text, std::size_t /*size*/, json::error_code& /*ec*/) {
    name_.append(text.data(), text.size());
    return true;
  }
  bool on_key(json::string_view text, std::size_t size, json::error_code& ec) {
    on_key_part(text, size, ec);
    name_now_ = std::exchange(name_, "");
    Open& here = open_.back();
    const bool is_new =
        here.names.insert(here.type != nullptr ? field_name(name_now_) : name_now_).second;
    if (!is_new) return say("stands twice, expected each name once", ec);
    if (here.type == nullptr) return true;
    field_now_ = find_field(*here.type, name_now_);
    if (field_now_ != nullptr) return true;
    return say("unknown, expected one of " + names_of(*here.type), ec);
  }
  bool on_string_part(json::string_view text, std::size_t /*n*/, json::error_code& /*ec*/) {
    append_digits(text);
    return true;
  }
  bool on_string(json::string_view text, std::size_t size, json::error_code& ec) {
    append_digits(text);
    const std::string start = std::exchange(text_, "");
    if (open_.empty()) return is_no_object(ec);
    const gp::FieldDescriptor& field = *next_field();
    if (is_number(field) && size <= start.size()) return takes_digits(start, field, ec);
    return takes(Found::kText, ec) && done();
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
  bool on_bool(bool /*is_true*/, json::error_code& ec) {
    if (open_.empty()) return is_no_object(ec);
    return takes(Found::kYesNo, ec) && done();
  }
  bool on_null(json::error_code& ec) {
    if (open_.empty()) return is_no_object(ec);
    if (open_.back().type != nullptr) return true;
    return say("found null, expected " + expected_words(*next_field()), ec);
  }
  bool on_comment_part(json::string_view /*t*/, json::error_code& /*ec*/) { return true; }
  bool on_comment(json::string_view /*t*/, json::error_code& /*ec*/) { return true; }

 private:
  // What comes next belongs to it.
  const gp::FieldDescriptor* next_field() const {
    return open_.back().type != nullptr ? field_now_ : open_.back().field;
  }
  // Whether what comes next is one value of a list or map, and not the whole of it.
  bool is_element() const { return open_.back().type == nullptr; }

  std::string place() const {
    const Open& here = open_.back();
    if (here.is_list) return here.place + "[" + std::to_string(here.count) + "]";
    return here.place + (here.place.empty() ? "" : ".") + tool::printable(name_now_, 60);
  }

  bool done() {
    ++open_.back().count;
    return true;
  }
  bool close() {
    open_.pop_back();
    return open_.empty() || done();
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
    return done();
  }

  // A number may be written as a text.
  bool takes_digits(const std::string& text, const gp::FieldDescriptor& field,
                    json::error_code& ec) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_32 = field.cpp_type() == gp::FieldDescriptor::CPPTYPE_UINT32;
    const bool is_good = error == std::errc{} && end == text.data() + text.size() &&
                         (!is_32 || number <= std::numeric_limits<std::uint32_t>::max());
    return is_good ? done() : misfit(Found::kText, ec);
  }
  // No more of a text than a number has: it may be large, and nobody needs it.
  void append_digits(json::string_view text) {
    constexpr std::size_t kMost = 24;
    text_.append(text.data(), std::min(text.size(), kMost - std::min(kMost, text_.size())));
  }

  bool misfit(Found found, json::error_code& ec) {
    const gp::FieldDescriptor& field = *next_field();
    std::string expected = expected_words(field);
    if (!is_element() && field.is_map()) expected = "an object {...}";
    if (!is_element() && field.is_repeated() && !field.is_map()) expected = "a list [...]";
    return say("found " + std::string(words_for(found)) + ", expected " + expected, ec);
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

  const gp::Descriptor* type_;
  std::vector<Open> open_;
  std::string name_;      // of which the end has not come
  std::string name_now_;  // of what comes next
  const gp::FieldDescriptor* field_now_ = nullptr;
  std::string text_;  // the begin of a text
};

}  // namespace

OrProblem<> check_json(std::string_view text, const gp::Descriptor& type) {
  json::parse_options options;
  options.max_depth = kMostDeep;
  json::basic_parser<ShapeCheck> parser{options, &type};
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
