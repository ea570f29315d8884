// A server on a port of its own, with an application of the test, and clients that write and read
// bytes as they like.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/fakes.h"
#include "tools/server/http/server.h"

namespace trede::test {

using boost::asio::awaitable;
using server::Request;
using server::Response;
using Handler = std::function<awaitable<Response>(Request)>;

// Answers with what was asked: `METHOD path?query` and the body.
awaitable<Response> echo(Request request);

// `text/plain` with `text`.
Response text_answer(std::string text);

class FakeApplication final : public server::Application {
 public:
  explicit FakeApplication(Handler handler) : handler_(std::move(handler)) {}
  awaitable<Response> answer(Request request) override { return handler_(std::move(request)); }
  Response refuse(unsigned status, std::string detail) override;

 private:
  Handler handler_;
};

// Runs on two threads from its making to its end.
class RunningServer {
 public:
  explicit RunningServer(server::Options options = {}, Handler handler = echo);
  ~RunningServer();

  server::Server& server() { return *server_; }
  std::uint16_t port(std::size_t listener = 0) const { return server_->port(listener); }
  // Begins to stop; the future is ready when all has ended.
  std::future<void> begin_stop();
  boost::asio::io_context& context() { return context_; }

  FakeClock clock{Moment{Day{std::chrono::year{2026} / 11 / 2}}};

 private:
  SeededRandom random_;
  FakeApplication application_;
  boost::asio::io_context context_{2};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::unique_ptr<server::Server> server_;
  std::vector<std::thread> threads_;
  bool has_stopped_ = false;
};

// One end of a connection; every read gives up after 30 seconds.
class Client {
 public:
  explicit Client(std::uint16_t port, int receive_buffer = 0);
  ~Client();
  Client(Client&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // False when the other side is gone.
  bool send(std::string_view bytes);
  // To the end of the connection; a reset reads as "(reset)" behind what came.
  std::string read_all();
  // To the first `end`, included; what came when the connection ends before it.
  std::string read_until(std::string_view end);
  // One answer with a Content-Length or without a body.
  std::string read_answer();
  // What the next chunk holds.
  std::string read_chunk();
  void end_half() { ::shutdown(socket_, SHUT_WR); }
  // Closes with a reset.
  void reset();
  int socket() const { return socket_; }

 private:
  bool receive();
  std::string read_bytes(std::size_t size);

  int socket_;
  std::string buffer_;
  bool was_reset_ = false;
};

// What the server answers to `bytes`, to the end of the connection.
std::string answer_to(std::uint16_t port, std::string_view bytes);

inline std::string get(std::string_view path, std::string_view headers = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n" + std::string(headers) + "\r\n";
}

// The status of an answer and what follows its head: `200 text`.
std::string brief(std::string_view answer);

// Waits until `holds`, which another thread makes true soon; gives up after 30 seconds.
bool becomes_true(const std::function<bool()>& holds);

}  // namespace trede::test
