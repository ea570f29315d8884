#include "tools/server/http/hub.h"

#include "tools/server/http/connection.h"

namespace trede::server {

Hub::Hub(const Clock& clock_given, RandomSource& random_given, Options options_given,
         Application& application_given)
    : clock(clock_given),
      random(random_given),
      options(std::move(options_given)),
      application(application_given) {}

Counters Hub::counters() const {
  Counters counters;
  {
    const std::lock_guard lock(mutex_);
    counters.connections_open = entered_;
  }
  counters.connections_accepted = tally.accepted;
  counters.connections_refused = tally.refused;
  counters.connections_failed = tally.failed;
  counters.requests_running = tally.running;
  counters.requests = tally.requests;
  counters.refusals = tally.refusals;
  counters.bytes_received = tally.received;
  counters.bytes_sent = tally.sent;
  return counters;
}

Status Hub::load_certificates() {
  auto loaded = load_certificate(options.certificate_file, options.key_file);
  if (!loaded) return std::unexpected(std::move(loaded).error());
  const std::lock_guard lock(mutex_);
  certificate_ = std::move(*loaded);
  return {};
}

Result<SslSession> Hub::make_session(int socket) const {
  std::shared_ptr<SSL_CTX> certificate;
  {
    const std::lock_guard lock(mutex_);
    certificate = certificate_;
  }
  return server::make_session(*certificate, socket);
}

bool Hub::enter(const std::string& peer, bool is_loopback) {
  const bool counts_peer = !is_loopback || options.counts_loopback;
  const std::lock_guard lock(mutex_);
  if (entered_ >= options.connections_max) return false;
  auto& of_peer = peers_[peer];
  if (counts_peer && of_peer >= options.per_peer_max) return false;
  ++of_peer;
  ++entered_;
  return true;
}

void Hub::leave(const std::string& peer) {
  const std::lock_guard lock(mutex_);
  --entered_;
  const auto of_peer = peers_.find(peer);
  if (--of_peer->second == 0) peers_.erase(of_peer);
  tell_when_empty();
}

bool Hub::add(const std::shared_ptr<Connection>& connection) {
  const std::lock_guard lock(mutex_);
  if (is_stopping_) return false;
  connections_.emplace(connection.get(), connection);
  return true;
}

void Hub::remove(const Connection& connection) {
  const std::lock_guard lock(mutex_);
  connections_.erase(&connection);
}

std::vector<std::shared_ptr<Connection>> Hub::connections() const {
  std::vector<std::shared_ptr<Connection>> connections;
  const std::lock_guard lock(mutex_);
  for (const auto& [address, kept] : connections_) {
    if (auto connection = kept.lock()) connections.push_back(std::move(connection));
  }
  return connections;
}

void Hub::begin_accepting() {
  const std::lock_guard lock(mutex_);
  ++accepting_;
}

void Hub::end_accepting() {
  const std::lock_guard lock(mutex_);
  --accepting_;
  tell_when_empty();
}

void Hub::begin_stop() {
  const std::lock_guard lock(mutex_);
  is_stopping_ = true;
}

bool Hub::is_empty() const {
  const std::lock_guard lock(mutex_);
  return entered_ == 0 && accepting_ == 0;
}

void Hub::on_empty(std::function<void()> callback) {
  const std::lock_guard lock(mutex_);
  on_empty_ = std::move(callback);
}

// Requires: the mutex is held. The callback only posts.
void Hub::tell_when_empty() {
  if (entered_ == 0 && accepting_ == 0 && on_empty_) on_empty_();
}

bool Hub::reserve_body(std::size_t bytes) {
  if (bodies_.fetch_add(bytes) + bytes <= options.bodies_max) return true;
  bodies_ -= bytes;
  return false;
}

}  // namespace trede::server
