// Where a server is, as a person writes it.
#pragma once

#include <string>

#include "tools/trede/failure.h"

namespace trede::tool {

struct ServerAddress {
  bool is_encrypted = true;
  std::string host;  // of IPv6 without its brackets
  std::string port;

  // What `Host` says.
  std::string authority() const;
};

// `https://HOST[:PORT]`, or `http://` of this machine: 127.0.0.0/8, [::1] or localhost, because a
// token must not travel in the clear. Errors: exit status 2; does not repeat what stands before an
// `@`, which may be a password.
Outcome<ServerAddress> parse_server_address(const std::string& text);

}  // namespace trede::tool
