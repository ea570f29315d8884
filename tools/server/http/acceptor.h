// Accepts connections at one address.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "tools/server/http/hub.h"
#include "tools/server/http/stream.h"

namespace trede::server {

// Owned by its own coroutine and by the Server. Threads: any.
class Acceptor : public std::enable_shared_from_this<Acceptor> {
 public:
  Acceptor(boost::asio::io_context& context, std::shared_ptr<Hub> hub, bool is_encrypted);

  // Errors: as Server::start.
  Status listen(const Listener& listener);
  // Requires: listen() was good; once.
  void start();
  // Accepts no more, soon.
  void stop();
  std::uint16_t port() const { return port_; }

 private:
  using Sockets = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Strand>;

  boost::asio::awaitable<void> run();
  void welcome(Socket socket, const boost::asio::ip::tcp::endpoint& peer);
  void turn_away(Socket& socket);

  boost::asio::io_context& context_;
  const std::shared_ptr<Hub> hub_;
  const bool is_encrypted_;
  Sockets sockets_;
  boost::asio::steady_timer pause_;
  std::uint16_t port_ = 0;
};

// Under which name connections from `address` are counted: itself, of IPv6 its /64, because that
// is what one customer has.
std::string place_of(const boost::asio::ip::address& address);

}  // namespace trede::server
