// The target of a request (RFC 9112, 3.2), and the authority it is for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trede::server {

struct Target {
  std::string path;   // raw, begins with '/'
  std::string query;  // raw, without '?'
  bool operator==(const Target&) const = default;
};

// Reads `/path?query`, or `http://authority/path?query` when that authority is `host`.
// Returns: absent for every other form, another authority, a character that has no place in a
//          target, or a '%' without two hex digits behind it.
std::optional<Target> parse_target(std::string_view target, std::string_view host);

// Whether `host` is a name or address with at most a port: `trede.example:8443`, `[::1]`.
bool is_host(std::string_view host);

}  // namespace trede::server
