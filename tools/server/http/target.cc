#include "tools/server/http/target.h"

#include <algorithm>

#include "engine/base/text.h"
#include "tools/server/http/message.h"

namespace trede::server {
namespace {

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// pchar, '/' and '?' of RFC 3986, and what browsers send in a query without escaping it.
bool is_target_char(char c) {
  return is_alnum(c) ||
         std::string_view("-._~!$&'()*+,;=:@/?%[]|").find(c) != std::string_view::npos;
}

bool is_sound(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_target_char(text[i])) return false;
    if (text[i] == '%' && (text.size() - i < 3 || !is_hex(text[i + 1]) || !is_hex(text[i + 2]))) {
      return false;
    }
  }
  return true;
}

// What follows the authority; absent when it is not `host`.
std::optional<std::string_view> behind_authority(std::string_view target, std::string_view host) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!equals_without_case(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    if (!equals_without_case(target.substr(0, end), host)) return std::nullopt;
    return target.substr(end);
  }
  return std::nullopt;
}

bool is_port(std::string_view text) {
  return text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

std::optional<Target> parse_target(std::string_view target, std::string_view host) {
  if (!target.starts_with('/')) {
    const auto rest = behind_authority(target, host);
    if (!rest) return std::nullopt;
    target = *rest;
  }
  if (!is_sound(target)) return std::nullopt;
  const std::size_t mark = std::min(target.find('?'), target.size());
  Target parts{std::string(target.substr(0, mark)), std::string()};
  if (parts.path.empty()) parts.path = "/";
  if (mark < target.size()) parts.query = target.substr(mark + 1);
  return parts;
}

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > 255 + 6) return false;
  std::size_t end = 0;  // of the name or address
  if (host.starts_with('[')) {
    end = host.find(']');
    if (end == std::string_view::npos) return false;
    const auto address = host.substr(1, end - 1);
    const auto fits = [](char c) { return is_hex(c) || c == ':' || c == '.'; };
    if (address.size() < 2 || !std::all_of(address.begin(), address.end(), fits)) return false;
    ++end;
  } else {
    end = std::min(host.find(':'), host.size());
    const auto name = host.substr(0, end);
    const auto fits = [](char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_'; };
    if (name.empty() || !std::all_of(name.begin(), name.end(), fits)) return false;
  }
  return end == host.size() || (host[end] == ':' && is_port(host.substr(end + 1)));
}

}  // namespace trede::server
