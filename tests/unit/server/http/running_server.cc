#include "tests/unit/server/http/running_server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <cstring>

namespace trede::test {

Response text_answer(std::string text) {
  Response response;
  response.headers.set("Content-Type", "text/plain");
  response.body = std::move(text);
  return response;
}

awaitable<Response> echo(Request request) {
  std::string text = request.method + " " + request.path;
  if (!request.query.empty()) text += "?" + request.query;
  if (!request.body.empty()) text += " " + request.body;
  co_return text_answer(std::move(text));
}

Response FakeApplication::refuse(unsigned status, std::string detail) {
  Response response = text_answer(std::move(detail));
  response.status = status;
  return response;
}

RunningServer::RunningServer(server::Options options, Handler handler)
    : application_(std::move(handler)), work_(context_.get_executor()) {
  auto started =
      server::Server::start({context_, clock, random_}, std::move(options), application_);
  if (!started) {
    ADD_FAILURE() << started.error().message;
    std::abort();
  }
  server_ = std::move(*started);
  for (int i = 0; i < 2; ++i) threads_.emplace_back([this] { context_.run(); });
}

std::future<void> RunningServer::begin_stop() {
  has_stopped_ = true;
  return boost::asio::co_spawn(context_, server_->stop(), boost::asio::use_future);
}

RunningServer::~RunningServer() {
  if (!has_stopped_) {
    auto stopped = begin_stop();
    EXPECT_EQ(stopped.wait_for(std::chrono::seconds(60)), std::future_status::ready);
  }
  EXPECT_EQ(server_->counters().connections_failed, 0U);
  work_.reset();
  context_.stop();
  for (auto& thread : threads_) thread.join();
}

Client::Client(std::uint16_t port, int receive_buffer)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (receive_buffer > 0) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  }
  const timeval patience{30, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int result = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
  EXPECT_EQ(result, 0) << std::strerror(errno);
}

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool Client::receive() {
  std::array<char, 65536> bytes;
  const auto n = ::recv(socket_, bytes.data(), bytes.size(), 0);
  if (n < 0) {
    EXPECT_EQ(errno, ECONNRESET) << "waited too long";
    was_reset_ = true;
  }
  if (n > 0) buffer_.append(bytes.data(), static_cast<std::size_t>(n));
  return n > 0;
}

std::string Client::read_all() {
  while (receive()) {
  }
  return std::exchange(buffer_, "") + (was_reset_ ? "(reset)" : "");
}

std::string Client::read_until(std::string_view end) {
  while (buffer_.find(end) == std::string::npos) {
    if (!receive()) return std::exchange(buffer_, "");
  }
  const std::size_t size = buffer_.find(end) + end.size();
  std::string text = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return text;
}

std::string Client::read_answer() {
  std::string text = read_until("\r\n\r\n");
  constexpr std::string_view kLength = "Content-Length: ";
  const std::size_t at = text.find(kLength);
  if (at == std::string::npos) return text;
  return text + read_bytes(std::stoul(text.substr(at + kLength.size())));
}

std::string Client::read_bytes(std::size_t size) {
  while (buffer_.size() < size && receive()) {
  }
  std::string text = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return text;
}

std::string Client::read_chunk() {
  const std::string line = read_until("\r\n");
  const std::size_t size = line.empty() ? 0 : std::stoul(line, nullptr, 16);
  return read_bytes(size + 2).substr(0, size);
}

void Client::reset() {
  const linger now{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(std::exchange(socket_, -1));
}

std::string answer_to(std::uint16_t port, std::string_view bytes) {
  Client client(port);
  client.send(bytes);
  return client.read_all();
}

std::string brief(std::string_view answer) {
  const std::size_t end = answer.find("\r\n\r\n");
  if (answer.size() < 12 || end == std::string_view::npos) return "(" + std::string(answer) + ")";
  return std::string(answer.substr(9, 3)) + " " + std::string(answer.substr(end + 4));
}

bool becomes_true(const std::function<bool()>& holds) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace trede::test
