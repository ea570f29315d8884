// The server: listens, and hands every connection's requests to the Application.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>

#include "engine/base/clock.h"
#include "tools/server/http/counters.h"
#include "tools/server/http/message.h"
#include "tools/server/http/options.h"

namespace trede::server {

// What it runs on. All of it outlives the Server, and the context what is left in it.
struct Surroundings {
  boost::asio::io_context& context;  // run by as many threads as one likes
  const Clock& clock;
  RandomSource& random;
};

// Made by start(). Threads: any, but for its end: then stop() has finished, or the context runs no
// more.
class Server {
 public:
  // Listens at every address of `options` and answers from the first moment that the context runs.
  // Errors: kInvalid  no listener, an address that is none, one without TLS that is not loopback,
  //                   or a certificate that cannot be used;
  //         kIo       an address cannot be listened at: another listens there, or it needs more
  //                   rights. Nothing is left behind.
  static Result<std::unique_ptr<Server>> start(const Surroundings& surroundings, Options options,
                                               Application& application);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // At which port the listener listens. Requires: listener < options.listeners.size().
  std::uint16_t port(std::size_t listener = 0) const;

  // Refuses new connections, closes those that are idle, ends what is endless after a whole piece,
  // lets every request that began be answered for at most `grace`, then cancels the rest. Done when
  // the last one has ended; nothing calls the application afterwards. Once.
  boost::asio::awaitable<void> stop();

  // Reads the certificate files again, for connections that begin from now on.
  // Errors: kInvalid: as start(), also without a listener with TLS; those of before stay in use.
  Status reload_certificates();

  Counters counters() const;

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace trede::server
