#include "tools/server/http/server.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tools/server/http/acceptor.h"
#include "tools/server/http/connection.h"
#include "tools/server/http/hub.h"

namespace trede::server {
namespace {

namespace asio = boost::asio;

// Until the hub is empty, or `until`. Runs on the strand of `timer`.
asio::awaitable<void> wait_until_empty(std::shared_ptr<Hub> hub,
                                       std::shared_ptr<asio::steady_timer> timer,
                                       std::chrono::steady_clock::time_point until) {
  timer->expires_at(until);
  while (!hub->is_empty() && std::chrono::steady_clock::now() < until) {
    // Cancelled when the last one leaves: that call comes over this strand, so not before we wait.
    co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

// Runs on the strand of `timer`.
asio::awaitable<void> drain(std::shared_ptr<Hub> hub, std::shared_ptr<asio::steady_timer> timer) {
  auto wake = [timer] { asio::post(timer->get_executor(), [timer] { timer->cancel(); }); };
  hub->on_empty(std::move(wake));
  for (const auto& connection : hub->connections()) connection->begin_stop();
  const auto until = std::chrono::steady_clock::now() + hub->options.grace;
  co_await wait_until_empty(hub, timer, until);
  for (const auto& connection : hub->connections()) connection->abandon();
  co_await wait_until_empty(hub, timer, std::chrono::steady_clock::time_point::max());
  hub->on_empty(nullptr);
}

}  // namespace

struct Server::Impl {
  asio::io_context& context;
  std::shared_ptr<Hub> hub;
  std::vector<std::shared_ptr<Acceptor>> acceptors;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(const Surroundings& surroundings, Options options,
                                              Application& application) {
  if (options.listeners.empty()) return Error{ErrorCode::kInvalid, "no address to listen at"};
  const auto listeners = options.listeners;
  auto hub = std::make_shared<Hub>(surroundings.clock, surroundings.random, std::move(options),
                                   application);
  if (std::any_of(listeners.begin(), listeners.end(),
                  [](const Listener& listener) { return listener.is_encrypted; })) {
    TREDE_RETURN_IF_ERROR(hub->load_certificates());
  }
  std::vector<std::shared_ptr<Acceptor>> acceptors;
  for (const Listener& listener : listeners) {
    auto acceptor = std::make_shared<Acceptor>(surroundings.context, hub, listener.is_encrypted);
    TREDE_RETURN_IF_ERROR(acceptor->listen(listener));
    acceptors.push_back(std::move(acceptor));
  }
  for (const auto& acceptor : acceptors) acceptor->start();
  auto impl = std::make_unique<Impl>(surroundings.context, std::move(hub), std::move(acceptors));
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port(std::size_t listener) const {
  return impl_->acceptors[listener]->port();
}

asio::awaitable<void> Server::stop() {
  impl_->hub->begin_stop();
  for (const auto& acceptor : impl_->acceptors) acceptor->stop();
  auto timer = std::make_shared<asio::steady_timer>(asio::make_strand(impl_->context));
  const auto strand = timer->get_executor();
  auto draining = drain(impl_->hub, std::move(timer));
  co_await asio::co_spawn(strand, std::move(draining), asio::use_awaitable);
}

Status Server::reload_certificates() { return impl_->hub->load_certificates(); }

Counters Server::counters() const { return impl_->hub->counters(); }

}  // namespace trede::server
