// What goes over the border between the transport and who answers: a request that was read whole,
// a response, and the Application in between.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/result.h"

namespace trede::server {

// Whether two texts of ASCII are one but for case.
bool equals_without_case(std::string_view a, std::string_view b);

// The headers of a message. Names compare without case; their order is kept.
class Headers {
 public:
  using Field = std::pair<std::string, std::string>;  // name, value

  // Takes out every field of that name and puts this one at the end.
  void set(std::string name, std::string value);
  // Puts a field at the end, whatever there is already.
  void add(std::string name, std::string value);
  // The first of that name; valid as long as nothing is set or added.
  std::optional<std::string_view> find(std::string_view name) const;
  // All of that name in order; empty when there is none.
  std::vector<std::string_view> find_all(std::string_view name) const;

  std::vector<Field>::const_iterator begin() const { return fields_.begin(); }
  std::vector<Field>::const_iterator end() const { return fields_.end(); }

 private:
  std::vector<Field> fields_;
};

struct Request {
  std::string method;  // as sent: upper case
  std::string path;    // raw, begins with '/', not decoded
  std::string query;   // raw, without '?'
  Headers headers;
  std::string body;
  std::string peer;           // address of the client, without port
  bool is_encrypted = false;  // came over TLS
  std::string trace_id;       // 32 hex digits: of a valid traceparent, else made anew
  std::string span_id;        // 16 hex digits of this request
};

// A body that is made while it is sent.
// Returns: the next piece, never empty; absent = the end.
// Errors:  any: the connection is cut, so that the client sees that the body is not whole.
// Asked again only when the piece before it was taken over by the network. When the client goes
// away or time runs out, what it waits for is cancelled (asio: operation_aborted is thrown).
using Source = std::function<boost::asio::awaitable<Result<std::optional<std::string>>>()>;

struct Response {
  unsigned status = 200;
  Headers headers;
  std::variant<std::string, Source> body;
  bool is_endless = false;  // follows something: no time limit on the whole, ended at stop
  bool must_close = false;
};

// Who answers. Owned by whoever starts the Server, and outlives it.
class Application {
 public:
  virtual ~Application() = default;
  // Threads: any of the io threads. Never throws, but for what asio throws when it is cancelled.
  // The request is the callee's.
  virtual boost::asio::awaitable<Response> answer(Request request) = 0;
  // The words for what the transport itself refuses (400, 408, 413, 414, 417, 431, 500, 503, 505).
  // Threads: any of the io threads, at the same time as answer().
  virtual Response refuse(unsigned status, std::string detail) = 0;
};

}  // namespace trede::server
