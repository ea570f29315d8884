#include "tools/server/api/query_keys.h"

#include <algorithm>
#include <charconv>

#include "engine/base/text.h"
#include "engine/base/time.h"
#include "tools/trede/text.h"

namespace trede::server {

namespace {

std::optional<int> hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

std::optional<std::uint64_t> parse_whole(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.starts_with('+')) {
    return std::nullopt;
  }
  return value;
}

// What is wrong with a value of that kind; empty when nothing is.
std::string find_flaw_of(ValueKind kind, std::string_view value) {
  if (value.empty()) return "empty, expected a value, or no such key";
  switch (kind) {
    case ValueKind::kText:
    case ValueKind::kFilter: return "";
    case ValueKind::kDay: {
      const auto day = parse_day(value);
      return day ? "" : in_quotes(value) + " is " + day.error().message;
    }
    case ValueKind::kMoment: {
      const auto moment = parse_moment(value);
      return moment ? "" : in_quotes(value) + " is " + moment.error().message;
    }
    case ValueKind::kPosition:
      return parse_whole(value) ? "" : in_quotes(value) + " is no position, expected a number";
    case ValueKind::kYesNo:
      return value == "true" || value == "false" ? "" : "expected true or false";
    case ValueKind::kUuid: {
      const auto uuid = parse_uuid(value);
      return uuid ? "" : uuid.error().message;
    }
  }
  std::unreachable();
}

std::string names_of(const std::vector<Parameter>& parameters) {
  std::vector<std::string> names;
  for (const Parameter& one : parameters) {
    if (one.place == Place::kQuery) names.push_back(one.name);
  }
  return names.empty() ? "none" : tool::joined(names, ", ");
}

}  // namespace

std::optional<std::string> decode_url(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const auto high = hex_digit(text[i + 1]);
    const auto low = hex_digit(text[i + 2]);
    if (!high || !low) return std::nullopt;
    out += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  if (out.contains('\0') || !utf8_length(out)) return std::nullopt;
  return out;
}

OrProblem<QueryKeys> QueryKeys::parse(std::string_view query,
                                      const std::vector<Parameter>& parameters) {
  QueryKeys out;
  for (const std::string& pair : tool::split(query, '&')) {
    if (query.empty()) break;
    const auto equals = pair.find('=');
    const auto name = decode_url(std::string_view(pair).substr(0, equals));
    const auto value = equals == std::string::npos
                           ? std::optional<std::string>("")
                           : decode_url(std::string_view(pair).substr(equals + 1));
    if (!name || !value) return invalid("query", "not a query of key=value in UTF-8");
    const auto known = std::ranges::find_if(parameters, [&](const Parameter& one) {
      return one.place == Place::kQuery && one.name == *name;
    });
    if (known == parameters.end()) {
      return invalid(tool::printable(*name, 60), "unknown key, expected " + names_of(parameters));
    }
    const std::string flaw = find_flaw_of(known->kind, *value);
    if (!flaw.empty()) return invalid(known->name, flaw);
    auto& values = out.values_[*name];
    if (!values.empty() && !known->repeated) {
      return invalid(known->name, "stands twice, expected it once");
    }
    values.push_back(*value);
  }
  for (const Parameter& one : parameters) {
    if (one.place == Place::kQuery && one.required && !out.find(one.name)) {
      return invalid(one.name, "missing, expected a value");
    }
  }
  return out;
}

std::optional<std::string> QueryKeys::find(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return std::nullopt;
  return found->second.front();
}

std::vector<std::string> QueryKeys::all(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

std::optional<std::uint64_t> QueryKeys::find_number(std::string_view name) const {
  const auto text = find(name);
  return text ? parse_whole(*text) : std::nullopt;
}

std::string QueryKeys::canonical() const {
  std::string out;
  for (const auto& [name, values] : values_) {
    for (const std::string& value : values) out += name + "=" + value + "\n";
  }
  return out;
}

}  // namespace trede::server
