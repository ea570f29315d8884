// The bytes of one connection, plain or over TLS. It tells when to wait instead of waiting with a
// buffer in hand: an idle connection has none, and both kinds are read and written the same way.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <span>
#include <string_view>

#include "tools/server/http/tls.h"

namespace trede::server {

using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Strand>;

enum class Next {
  kDone,   // it was done
  kRead,   // to be tried again when there is something to read
  kWrite,  // to be tried again when there is room to write
  kEnd,    // the other side ended its half
  kFailed,
};

struct Tried {
  Next next;
  std::size_t bytes = 0;
};

// Owned by a Connection. Threads: its strand.
class Stream {
 public:
  // Without a session it is plain. Requires: `socket` does not block.
  Stream(Socket socket, SslSession session);

  Tried handshake();
  Tried read(std::span<char> bytes);
  // Requires: bytes is not empty.
  Tried write(std::string_view bytes);
  // Throws away what came, without looking into it.
  Tried discard(std::span<char> bytes);
  // Whether bytes can be read that no longer lie in the socket.
  bool has_pending() const;
  // The first byte that came, which stays to be read; absent when there is none (yet).
  std::optional<char> first_byte();
  // Whether the other side is gone: it reset the connection or, for `is_half`, ended its half.
  bool is_gone(bool is_half);
  // From here on plain, whatever it was.
  void drop_session() { session_.reset(); }
  // Ends our half. Not waited for.
  void end();

  // Returns when what `next` says may be true; also when it was cancelled.
  // Requires: next is kRead or kWrite.
  boost::asio::awaitable<void> wait(Next next);

  Socket& socket() { return socket_; }

 private:
  Tried tried(int result);

  Socket socket_;
  SslSession session_;
};

}  // namespace trede::server
