#include "tools/server/api/strict_json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tools/trede/text.h"

namespace trede::server {

namespace {

namespace json = boost::json;

// Two names of one field are one name.
std::string field_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c != '_') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

// Hears from the parser what stands in the text, in order. Every function returns whether to go on;
// the names and signatures are the library's.
class NameCheck {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  std::optional<std::string> twice;  // the name that is
  bool is_object = false;            // the whole is one

  bool on_document_begin(json::error_code& /*ec*/) { return true; }
  bool on_document_end(json::error_code& /*ec*/) { return true; }
  bool on_object_begin(json::error_code& /*ec*/) {
    if (depth_++ == 0) is_object = true;
    names_.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t /*size*/, json::error_code& /*ec*/) {
    --depth_;
    names_.pop_back();
    return true;
  }
  bool on_array_begin(json::error_code& /*ec*/) {
    ++depth_;
    return true;
  }
  bool on_array_end(std::size_t /*size*/, json::error_code& /*ec*/) {
    --depth_;
    return true;
  }
  bool on_key_part(json::string_view text, std::size_t /*size*/, json::error_code& /*ec*/) {
    name_.append(text.data(), text.size());
    return true;
  }
  bool on_key(json::string_view text, std::size_t size, json::error_code& ec) {
    on_key_part(text, size, ec);
    std::string name = std::exchange(name_, "");
    if (names_.back().insert(field_name(name)).second) return true;
    twice = std::move(name);
    ec = boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
    return false;
  }
  bool on_string_part(json::string_view /*t*/, std::size_t /*n*/, json::error_code& /*ec*/) {
    return true;
  }
  bool on_string(json::string_view /*t*/, std::size_t /*n*/, json::error_code& /*ec*/) {
    return true;
  }
  bool on_number_part(json::string_view /*t*/, json::error_code& /*ec*/) { return true; }
  bool on_int64(std::int64_t /*n*/, json::string_view /*t*/, json::error_code& /*ec*/) {
    return true;
  }
  bool on_uint64(std::uint64_t /*n*/, json::string_view /*t*/, json::error_code& /*ec*/) {
    return true;
  }
  bool on_double(double /*n*/, json::string_view /*t*/, json::error_code& /*ec*/) { return true; }
  bool on_bool(bool /*is_true*/, json::error_code& /*ec*/) { return true; }
  bool on_null(json::error_code& /*ec*/) { return true; }
  bool on_comment_part(json::string_view /*t*/, json::error_code& /*ec*/) { return true; }
  bool on_comment(json::string_view /*t*/, json::error_code& /*ec*/) { return true; }

 private:
  std::size_t depth_ = 0;
  std::vector<std::set<std::string>> names_;  // of each object that is open
  std::string name_;
};

}  // namespace

OrProblem<> check_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = kMostDeep;
  json::basic_parser<NameCheck> parser{options};
  json::error_code wrong;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), wrong);
  const NameCheck& check = parser.handler();
  if (check.twice) {
    return invalid(tool::printable(*check.twice, 60), "stands twice, expected each name once");
  }
  const auto rest = text.substr(std::min(read, text.size()));
  if (wrong || rest.find_first_not_of(" \t\r\n") != std::string_view::npos) {
    const std::string why = wrong == json::error::too_deep ? "more than 16 deep" : "not JSON";
    return invalid("body", why + " from byte " + std::to_string(read + 1) + " on");
  }
  if (!check.is_object) return invalid("body", "not an object, expected {...}");
  return {};
}

}  // namespace trede::server
