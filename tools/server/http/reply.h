// How a response goes over the line: its head, its framing and its coding.
#pragma once

#include <cstddef>
#include <string>

#include "engine/base/time.h"
#include "tools/server/http/coding.h"
#include "tools/server/http/message.h"

namespace trede::server {

// What the request says about its answer.
struct Asked {
  bool is_head = false;      // HEAD: no body
  bool is_old = false;       // HTTP/1.0: nothing in chunks
  bool keeps_alive = false;  // the connection may stay
  Coding coding = Coding::kIdentity;
};

// How an answer goes over the wire.
struct WireReply {
  std::string head;  // to the empty line
  bool has_body = true;
  bool is_chunked = false;
  bool closes = false;
  Coding coding = Coding::kIdentity;  // still to be done, piece by piece
};

// Whether every header can be written: a name of token characters, a value without control
// characters. One that cannot would let whoever chose it write headers and bodies of their own.
bool has_sound_headers(const Headers& headers);

// `Sun, 22 Nov 2026 07:00:00 GMT`, as HTTP wants it.
std::string http_date(Moment moment);

// Decides about framing and coding, and writes the head. A body that is worth it is compressed
// here when it is small, and made a Source that compresses when it is large. What the application
// says about Connection, Content-Length, Date, Keep-Alive and Transfer-Encoding is not sent.
// Requires: has_sound_headers(response.headers).
WireReply make_reply(Response& response, const Asked& asked, std::size_t compressed_min,
                     Moment now);

// `piece` as a chunk. Requires: it is not empty.
std::string chunk(std::string_view piece);

}  // namespace trede::server
