// One connection to a server: plain sockets, requests that were written out before.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>
#include <string_view>

#include "tests/bench/load/answer.h"

namespace trede::bench {

// Threads: that of its context. Whatever goes wrong is thrown, as std::exception.
class Client {
 public:
  // Connects, to this machine, and waits for that.
  Client(boost::asio::io_context& context, std::uint16_t port);

  // Sends a request and waits for the whole answer, which stays until the next one.
  // Requires: `request` stays until then.
  boost::asio::awaitable<void> ask(std::string_view request);
  // The same; an answer of another status is thrown, with its first words.
  boost::asio::awaitable<void> ask_for(unsigned status, std::string_view request);

  unsigned status() const { return head_.status; }
  std::string_view header(std::string_view name) const;  // in lower case
  std::string_view body() const { return body_; }

  // Sends a request whose answer has no end, and waits for its head.
  boost::asio::awaitable<void> follow(std::string_view request);
  // What came of it since, whole events only; waits until there is one. Empty: that was all.
  boost::asio::awaitable<std::string> next_events();

  void close();

 private:
  boost::asio::awaitable<void> read_some();
  boost::asio::awaitable<void> read_the_head();
  boost::asio::awaitable<void> read_the_body();

  boost::asio::ip::tcp::socket socket_;
  std::string got_;   // bytes that were not looked at yet
  std::string text_;  // of the head
  AnswerHead head_;
  std::string body_;
  Chunks chunks_;
};

}  // namespace trede::bench
