#include "tools/server/http/stream.h"

#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <climits>

namespace trede::server {
namespace {

Tried of_socket(ssize_t n, Next when_blocked) {
  if (n > 0) return {Next::kDone, static_cast<std::size_t>(n)};
  if (n == 0) return {Next::kEnd};
  return {errno == EAGAIN || errno == EINTR ? when_blocked : Next::kFailed};
}

int clamped(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, INT_MAX)); }

}  // namespace

Stream::Stream(Socket socket, SslSession session)
    : socket_(std::move(socket)), session_(std::move(session)) {}

// What the last call of OpenSSL on the session meant.
Tried Stream::tried(int result) {
  if (result > 0) return {Next::kDone, static_cast<std::size_t>(result)};
  const int error = SSL_get_error(session_.get(), result);
  ERR_clear_error();  // of this thread, so else the next session would find it
  if (error == SSL_ERROR_WANT_READ) return {Next::kRead};
  if (error == SSL_ERROR_WANT_WRITE) return {Next::kWrite};
  return {error == SSL_ERROR_ZERO_RETURN ? Next::kEnd : Next::kFailed};
}

Tried Stream::handshake() { return tried(SSL_do_handshake(session_.get())); }

Tried Stream::read(std::span<char> bytes) {
  if (session_) return tried(SSL_read(session_.get(), bytes.data(), clamped(bytes.size())));
  return of_socket(::recv(socket_.native_handle(), bytes.data(), bytes.size(), 0), Next::kRead);
}

Tried Stream::write(std::string_view bytes) {
  if (session_) return tried(SSL_write(session_.get(), bytes.data(), clamped(bytes.size())));
  return of_socket(::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
                   Next::kWrite);
}

Tried Stream::discard(std::span<char> bytes) {
  return of_socket(::recv(socket_.native_handle(), bytes.data(), bytes.size(), 0), Next::kRead);
}

bool Stream::has_pending() const { return session_ && SSL_has_pending(session_.get()) != 0; }

std::optional<char> Stream::first_byte() {
  char first = 0;
  if (::recv(socket_.native_handle(), &first, 1, MSG_PEEK) != 1) return std::nullopt;
  return first;
}

bool Stream::is_gone(bool is_half) {
  pollfd asked{socket_.native_handle(), static_cast<short>(is_half ? POLLIN | POLLRDHUP : 0), 0};
  if (::poll(&asked, 1, 0) < 0) return true;
  return (asked.revents & (POLLERR | POLLHUP | POLLRDHUP)) != 0;
}

void Stream::end() {
  if (session_ && SSL_is_init_finished(session_.get()) != 0) {
    SSL_shutdown(session_.get());
    ERR_clear_error();
  }
  boost::system::error_code ignored;  // gone already is as good
  socket_.shutdown(Socket::shutdown_send, ignored);
}

boost::asio::awaitable<void> Stream::wait(Next next) {
  const auto what = next == Next::kRead ? Socket::wait_read : Socket::wait_write;
  // What became of it is seen when it is tried again.
  co_await socket_.async_wait(what, boost::asio::as_tuple(boost::asio::use_awaitable));
}

}  // namespace trede::server
