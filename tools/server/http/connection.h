// One connection of a client, from its first byte to its last.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "tools/server/http/hub.h"
#include "tools/server/http/reply.h"
#include "tools/server/http/request_reader.h"
#include "tools/server/http/stream.h"

namespace trede::server {

// Reads requests one after the other, has each answered, and writes the answers in that order.
// Owned by its own coroutine; the Hub lists it while it runs. Threads: its strand, but for
// start, begin_stop and abandon: any.
//  1. One coroutine does everything; whoever wants to end what it waits for (a deadline, the
//     server that stops, a client that went away) calls cut(), which notes why and cancels.
//  2. cut_ is looked at after every wait. Only while the application works does cancelling throw.
//  3. There is one timer. It is not set for every step: it looks, when it rings, whether the
//     deadline was moved, so a request that is answered in time costs none.
//  4. While it is idle it holds no buffer.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // `peer` holds a place in the hub, which is given back at the end.
  struct Origin {
    std::string address;
    std::string place;  // under which name it entered the hub
    bool is_encrypted;
  };
  Connection(std::shared_ptr<Hub> hub, Stream stream, Origin origin);
  ~Connection();

  // Requires: once, and by a shared_ptr.
  void start();
  // Ends when what runs is answered; at once when it is idle.
  void begin_stop();
  // Ends now.
  void abandon();

 private:
  using Steady = std::chrono::steady_clock;
  enum class Cut { kNone, kDeadline, kStop, kGone };
  enum class Phase { kBusy, kIdle, kWaitsForPiece };
  enum class Received { kWhole, kRefused, kGone };
  struct Pulled;

  // connection.cc
  boost::asio::awaitable<void> run();
  boost::asio::awaitable<bool> shake_hands();
  boost::asio::awaitable<bool> wait_for_request();
  boost::asio::awaitable<bool> serve();
  boost::asio::awaitable<Received> receive(RequestReader& reader, Refusal& refusal);
  boost::asio::awaitable<std::size_t> fill();
  boost::asio::awaitable<std::optional<Response>> ask(Request& request);
  boost::asio::awaitable<void> refuse(const Refusal& refusal);
  boost::asio::awaitable<void> linger();
  Tried read_some();
  std::optional<Refusal> why_not_whole(const RequestReader& reader) const;
  bool hold_body(std::size_t bytes);
  void finish(const std::exception_ptr& failure);

  // connection_answer.cc
  boost::asio::awaitable<bool> send(Response& response, const Asked& asked);
  boost::asio::awaitable<bool> send_pieces(Response& response, WireReply& reply);
  boost::asio::awaitable<bool> send_piece(std::string_view coded, bool is_chunked, bool is_last);
  boost::asio::awaitable<Pulled> pull(const Source& source);
  boost::asio::awaitable<bool> write(std::string_view bytes);
  void watch(bool is_endless);

  // connection.cc: what cuts
  void cut(Cut reason);
  boost::asio::awaitable<void> mend();
  void set_deadline(Steady::duration from_now);
  void clear_deadline() { deadline_.reset(); }
  void set_timer(Steady::time_point at);
  void on_timer();

  const std::shared_ptr<Hub> hub_;
  const Origin origin_;
  Stream stream_;
  std::string buffer_;  // what came and was not taken
  boost::asio::steady_timer timer_;
  Steady::time_point timer_at_{};
  bool is_timer_set_ = false;
  std::optional<Steady::time_point> deadline_;
  std::optional<Steady::time_point> whole_deadline_;  // no other one lies behind it
  boost::asio::cancellation_signal signal_;           // of the coroutine
  boost::asio::cancellation_signal watch_signal_;
  std::size_t watch_ = 0;  // which one; rises when it ends, so that a late call is known
  std::size_t held_body_ = 0;
  Cut cut_ = Cut::kNone;
  Phase phase_ = Phase::kBusy;
  bool has_ended_ = false;  // the client ended its half
  bool is_stopping_ = false;
  bool is_over_ = false;
};

}  // namespace trede::server
