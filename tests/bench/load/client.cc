#include "tests/bench/load/client.h"

#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <stdexcept>

namespace trede::bench {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kReadBytes = 16 << 10;
constexpr std::size_t kWordsShown = 300;

}  // namespace

Client::Client(asio::io_context& context, std::uint16_t port) : socket_(context) {
  socket_.connect({asio::ip::address_v4::loopback(), port});
  socket_.set_option(asio::ip::tcp::no_delay(true));
}

// A request is small and the socket's buffer empty, so writing does not wait.
asio::awaitable<void> Client::ask(std::string_view request) {
  asio::write(socket_, asio::buffer(request));
  co_await read_the_head();
  co_await read_the_body();
}

asio::awaitable<void> Client::ask_for(unsigned status, std::string_view request) {
  co_await ask(request);
  if (head_.status == status) co_return;
  throw std::runtime_error("status " + std::to_string(head_.status) + " for " +
                           std::string(request.substr(0, request.find('\r'))) + ": " +
                           body_.substr(0, kWordsShown));
}

std::string_view Client::header(std::string_view name) const { return find_header(text_, name); }

asio::awaitable<void> Client::follow(std::string_view request) {
  asio::write(socket_, asio::buffer(request));
  co_await read_the_head();
  if (head_.status != 200 || !head_.is_chunked) {
    throw std::runtime_error("status " + std::to_string(head_.status) + " for who follows");
  }
  chunks_ = {};
  body_.clear();
}

asio::awaitable<std::string> Client::next_events() {
  while (true) {
    got_.erase(0, chunks_.take(got_, body_));
    const std::size_t end = body_.rfind("\n\n");
    if (end != std::string::npos) {
      std::string events = body_.substr(0, end + 2);
      body_.erase(0, end + 2);
      co_return events;
    }
    if (chunks_.is_over()) co_return std::string();
    co_await read_some();
  }
}

void Client::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
}

asio::awaitable<void> Client::read_some() {
  const std::size_t before = got_.size();
  got_.resize(before + kReadBytes);
  const auto into = asio::buffer(got_.data() + before, kReadBytes);
  const std::size_t count = co_await socket_.async_read_some(into, asio::use_awaitable);
  got_.resize(before + count);
}

asio::awaitable<void> Client::read_the_head() {
  auto head = read_head(got_);
  while (!head) {
    co_await read_some();
    head = read_head(got_);
  }
  head_ = *head;
  text_.assign(got_, 0, head_.bytes);
  got_.erase(0, head_.bytes);
}

asio::awaitable<void> Client::read_the_body() {
  body_.clear();
  if (head_.is_chunked) {
    chunks_ = {};
    while (true) {
      got_.erase(0, chunks_.take(got_, body_));
      if (chunks_.is_over()) co_return;
      co_await read_some();
    }
  }
  while (got_.size() < head_.length) co_await read_some();
  body_.assign(got_, 0, head_.length);
  got_.erase(0, head_.length);
}

}  // namespace trede::bench
