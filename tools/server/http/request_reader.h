// Bytes of the network to one request: what is asked, and its body.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "tools/server/http/message.h"

namespace trede::server {

// What the transport itself says no to. The rest of the connection cannot be trusted to begin a
// request, so it ends after this.
struct Refusal {
  unsigned status;
  std::string detail;  // English, one line, holds nothing of what was sent
};

struct Limits {
  std::size_t head = 16 * 1024;
  std::size_t headers = 100;
  std::size_t target = 4 * 1024;
  std::size_t body = 8 * 1024 * 1024;
};

// Reads one request. Threads: one.
// It takes less than HTTP allows, so that no proxy before it can see other requests in the same
// bytes than it does:
//  1. lines end in CR LF; no other CR or LF, no NUL and no folded line in a head
//  2. the length of a body is said once: one Content-Length of digits, or Transfer-Encoding
//     `chunked` and nothing else, never both
//  3. HTTP/1.1 with exactly one Host, HTTP/1.0 with at most one; a target of another host is
//  refused
//  4. a method is upper case; a target begins with '/' or with http(s) and that host
//  5. what follows a chunked body (trailers) is read and dropped
class RequestReader {
 public:
  explicit RequestReader(const Limits& limits);
  ~RequestReader();

  // Takes what belongs to this request from the front of `bytes`.
  // Returns: how many bytes were used; the rest has to be given again, with more behind it.
  // Errors:  what to answer; the reader must not be used after it.
  // Requires: !is_done().
  [[nodiscard]] std::expected<std::size_t, Refusal> take(std::string_view bytes);

  bool has_head() const;
  bool is_done() const;  // the request is whole

  // With a head:
  bool expects_continue() const;  // waits for a word before it sends the body
  bool is_old() const;            // HTTP/1.0
  bool keeps_alive() const;       // does not ask to close
  std::size_t body_size() const;  // of what came so far
  // What was read: headers and body as they are now. The reader has none after it.
  Request release();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace trede::server
