// What all connections of a server share: its options, who answers, the counters, and the list of
// who is connected.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/base/clock.h"
#include "tools/server/http/counters.h"
#include "tools/server/http/message.h"
#include "tools/server/http/options.h"
#include "tools/server/http/tls.h"

namespace trede::server {

class Connection;

struct Tally {
  std::atomic<std::uint64_t> accepted{0}, refused{0}, failed{0}, running{0}, requests{0},
      refusals{0}, received{0}, sent{0};
};

// Shared by a Server and its connections, and outlives the last of them. Threads: any.
class Hub {
 public:
  Hub(const Clock& clock, RandomSource& random, Options options, Application& application);

  const Clock& clock;
  RandomSource& random;
  const Options options;
  Application& application;
  Tally tally;

  Counters counters() const;

  // Certificates. Errors: as load_certificate; those of before stay in use.
  Status load_certificates();
  Result<SslSession> make_session(int socket) const;

  // A place for a connection of `peer`; false when there are too many. To be given back by leave().
  bool enter(const std::string& peer, bool is_loopback);
  void leave(const std::string& peer);
  // False when the server stops: then the connection must not be started.
  bool add(const std::shared_ptr<Connection>& connection);
  void remove(const Connection& connection);
  std::vector<std::shared_ptr<Connection>> connections() const;

  // A loop that accepts counts as well: stopping waits for it.
  void begin_accepting();
  void end_accepting();

  bool is_stopping() const { return is_stopping_; }
  void begin_stop();
  bool is_empty() const;
  // Called, from any thread, when the last one leaves.
  void on_empty(std::function<void()> callback);

  // Room for bodies of requests; false when all of them together take too much.
  bool reserve_body(std::size_t bytes);
  void release_body(std::size_t bytes) { bodies_ -= bytes; }

 private:
  void tell_when_empty();

  mutable std::mutex mutex_;
  std::shared_ptr<SSL_CTX> certificate_;
  std::unordered_map<const Connection*, std::weak_ptr<Connection>> connections_;
  std::map<std::string, std::size_t, std::less<>> peers_;
  std::size_t entered_ = 0;
  std::size_t accepting_ = 0;
  std::function<void()> on_empty_;
  std::atomic<bool> is_stopping_{false};
  std::atomic<std::size_t> bodies_{0};
};

}  // namespace trede::server
