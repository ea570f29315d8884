// One request to a server and its answer, over TCP or TLS.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/trede/failure.h"
#include "tools/trede/remote/server_address.h"

namespace trede::tool {

struct HttpRequest {
  std::string method = "GET";
  std::string target;  // with its query
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool is_repeatable = false;  // asking twice comes to the same as asking once
};

struct HttpAnswer {
  unsigned status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  std::optional<std::string> header(std::string_view name) const;  // in whatever case
};

// How a server is reached.
struct Connecting {
  ServerAddress address;
  std::optional<std::string> ca_file;            // absent = the authorities that the system trusts
  std::chrono::milliseconds to_connect{10'000};  // also the handshake
  std::chrono::milliseconds between_bytes{120'000};  // a long explanation is worked out first
};

// Takes the next piece of a body; `head` is the answer without it. Returns: whether it takes more.
using TakePiece = std::function<bool(const HttpAnswer& head, std::string_view piece)>;

// Asks once, on a connection of its own; what is repeatable once more when the connection is lost
// after it was asked, with the same bytes. With `take` the body of an answer of 200 goes there
// piece by piece, as it comes, and not into the answer; who takes no more ends the exchange.
// Errors: exit status 1, with what a person can do: nobody listens, the certificate is not to be
// trusted, no answer in time, an answer that was cut off. Whether the server did what was asked is
// unknown then.
Outcome<HttpAnswer> exchange(const Connecting& connecting, const HttpRequest& request,
                             const TakePiece& take = {});

}  // namespace trede::tool
