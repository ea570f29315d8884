#include "tools/server/http/acceptor.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tools/server/http/connection.h"

namespace trede::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr int kBacklog = 4096;  // who comes while all threads are busy; the kernel may cut it
// Without a free file descriptor accepting fails at once, again and again.
constexpr std::chrono::milliseconds kPause{100};

Error cannot_listen(const Listener& listener, const error_code& error) {
  return {ErrorCode::kIo, "cannot listen at " + listener.address + ":" +
                              std::to_string(listener.port) + ": " + error.message()};
}

bool is_over(const error_code& error) {
  return error == asio::error::operation_aborted || error == asio::error::bad_descriptor;
}

}  // namespace

std::string place_of(const asio::ip::address& address) {
  if (address.is_v4()) return address.to_string();
  const auto v6 = address.to_v6();
  if (v6.is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string();
  }
  return asio::ip::make_network_v6(v6, 64).canonical().to_string();
}

Acceptor::Acceptor(asio::io_context& context, std::shared_ptr<Hub> hub, bool is_encrypted)
    : context_(context),
      hub_(std::move(hub)),
      is_encrypted_(is_encrypted),
      sockets_(asio::make_strand(context)),
      pause_(sockets_.get_executor()) {}

Status Acceptor::listen(const Listener& listener) {
  error_code error;
  const auto address = asio::ip::make_address(listener.address, error);
  if (error) return Error{ErrorCode::kInvalid, "no address to listen at: " + listener.address};
  if (!listener.is_encrypted && !address.is_loopback()) {
    return Error{ErrorCode::kInvalid,
                 "without TLS only a loopback address can be listened at, not " + listener.address};
  }
  const tcp::endpoint endpoint(address, listener.port);
  sockets_.open(endpoint.protocol(), error);
  if (!error) sockets_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && address.is_v6()) sockets_.set_option(asio::ip::v6_only(true), error);
  if (!error) sockets_.bind(endpoint, error);
  if (!error) sockets_.listen(kBacklog, error);
  if (error) return cannot_listen(listener, error);
  const auto local = sockets_.local_endpoint(error);
  if (error) return cannot_listen(listener, error);
  port_ = local.port();
  return {};
}

void Acceptor::start() {
  hub_->begin_accepting();
  auto done = [self = shared_from_this()](const std::exception_ptr& failure) {
    if (failure) ++self->hub_->tally.failed;
    error_code ignored;  // there is nobody left to accept
    self->sockets_.close(ignored);
    self->hub_->end_accepting();
  };
  asio::co_spawn(sockets_.get_executor(), run(), std::move(done));
}

void Acceptor::stop() {
  asio::post(sockets_.get_executor(), [self = shared_from_this()] {
    error_code ignored;  // closed already is as good
    self->sockets_.close(ignored);
    self->pause_.cancel();
  });
}

asio::awaitable<void> Acceptor::run() {
  const auto as_tuple = asio::as_tuple(asio::use_awaitable);
  while (!hub_->is_stopping()) {
    tcp::endpoint peer;
    auto [error, socket] =
        co_await sockets_.async_accept(asio::make_strand(context_), peer, as_tuple);
    if (is_over(error)) co_return;
    if (!error) {
      welcome(std::move(socket), peer);
    } else if (error != asio::error::connection_aborted) {
      pause_.expires_after(kPause);
      co_await pause_.async_wait(as_tuple);
    }
  }
}

void Acceptor::welcome(Socket socket, const tcp::endpoint& peer) {
  error_code error;
  socket.native_non_blocking(true, error);
  // An answer is written whole: waiting for more to put in the same packet only delays it.
  if (!error) socket.set_option(tcp::no_delay(true), error);
  if (error) return;
  auto place = place_of(peer.address());
  if (!hub_->enter(place, peer.address().is_loopback())) {
    turn_away(socket);
    return;
  }
  SslSession session;
  if (is_encrypted_) {
    auto made = hub_->make_session(socket.native_handle());
    if (!made) {
      hub_->leave(place);
      return;
    }
    session = std::move(*made);
  }
  Connection::Origin origin{peer.address().to_string(), std::move(place), is_encrypted_};
  auto connection = std::make_shared<Connection>(
      hub_, Stream(std::move(socket), std::move(session)), std::move(origin));
  if (!hub_->add(connection)) return;
  ++hub_->tally.accepted;
  connection->start();
}

// There is no room: says so where that takes no time, which a handshake would.
void Acceptor::turn_away(Socket& socket) {
  ++hub_->tally.refused;
  if (is_encrypted_) return;
  Response response = hub_->application.refuse(503, "too many connections");
  response.must_close = true;
  if (!has_sound_headers(response.headers)) return;
  std::string text = make_reply(response, Asked{}, SIZE_MAX, hub_->clock.now()).head;
  if (const auto* body = std::get_if<std::string>(&response.body)) text += *body;
  Stream stream(std::move(socket), nullptr);
  if (stream.write(text).next == Next::kDone) stream.end();
}

}  // namespace trede::server
