// The half of a Connection that writes.
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tools/server/http/connection.h"

namespace trede::server {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kWriteMax = 64 * 1024;     // what one deadline is for
constexpr std::size_t kTogetherMax = 16 * 1024;  // a body that goes in one packet with its head

}  // namespace

struct Connection::Pulled {
  bool has_failed = false;
  std::optional<std::string> piece;
};

// Returns: whether the connection may go on.
asio::awaitable<bool> Connection::send(Response& response, const Asked& asked) {
  WireReply reply = make_reply(response, asked, hub_->options.compressed_min, hub_->clock.now());
  const auto* text = std::get_if<std::string>(&response.body);
  if (text == nullptr && reply.has_body) {
    const bool is_whole = co_await send_pieces(response, reply);
    co_return is_whole && !reply.closes;
  }
  std::string_view rest;
  if (text != nullptr && reply.has_body) {
    rest = *text;
    if (rest.size() <= kTogetherMax) reply.head += rest;
    if (rest.size() <= kTogetherMax) rest = {};
  }
  bool was_written = co_await write(reply.head);
  if (was_written && !rest.empty()) was_written = co_await write(rest);
  co_return was_written && !reply.closes;
}

// Writes all of `bytes`. Returns: false when it was cut, or nobody reads.
asio::awaitable<bool> Connection::write(std::string_view bytes) {
  while (!bytes.empty()) {
    std::string_view part = bytes.substr(0, kWriteMax);
    bytes.remove_prefix(part.size());
    bool has_deadline = false;
    while (!part.empty()) {
      const Tried tried = stream_.write(part);
      if (tried.next == Next::kEnd || tried.next == Next::kFailed) co_return false;
      if (tried.next == Next::kDone) {
        part.remove_prefix(tried.bytes);
        hub_->tally.sent += tried.bytes;
        continue;
      }
      if (!has_deadline) set_deadline(hub_->options.write_time);
      has_deadline = true;
      co_await stream_.wait(tried.next);
      if (cut_ != Cut::kNone) co_return false;
    }
  }
  co_return true;
}

// Asks for the next piece, as long as there is time.
asio::awaitable<Connection::Pulled> Connection::pull(const Source& source) {
  if (whole_deadline_) {
    set_deadline(*whole_deadline_ - Steady::now());
  } else {
    clear_deadline();
  }
  Pulled pulled;
  co_await asio::this_coro::throw_if_cancelled(true);
  try {
    auto asking = source();
    auto piece = co_await std::move(asking);
    pulled.has_failed = !piece;
    if (piece) pulled.piece = std::move(*piece);
  } catch (const std::exception&) {
    pulled.has_failed = true;  // cancelled, which cut_ tells, or a fault of the source
  }
  co_await asio::this_coro::throw_if_cancelled(false);
  co_return pulled;
}

asio::awaitable<bool> Connection::send_piece(std::string_view coded, bool is_chunked,
                                             bool is_last) {
  std::string text;
  if (is_chunked) {
    if (!coded.empty()) text = chunk(coded);
    if (is_last) text += "0\r\n\r\n";
    coded = text;
  }
  const bool was_written = co_await write(coded);
  co_return was_written;
}

// Sends a body while it is made. Returns: whether all of it was sent.
asio::awaitable<bool> Connection::send_pieces(Response& response, WireReply& reply) {
  const auto& source = std::get<Source>(response.body);
  if (!response.is_endless) whole_deadline_ = Steady::now() + hub_->options.response_time;
  std::unique_ptr<Compressor> compressor;
  if (reply.coding != Coding::kIdentity) {
    compressor = make_compressor(reply.coding, response.is_endless);
  }
  const Flush between = response.is_endless ? Flush::kPiece : Flush::kNone;
  watch(response.is_endless);
  bool goes_on = co_await write(reply.head);
  bool is_last = false;
  while (goes_on && !is_last) {
    Pulled pulled;
    if (response.is_endless && is_stopping_) {
      reply.closes = true;  // ended by us, which is a good end of what has none
    } else {
      if (response.is_endless) phase_ = Phase::kWaitsForPiece;
      pulled = co_await pull(source);
      phase_ = Phase::kBusy;
      if (cut_ == Cut::kStop) {
        co_await mend();
        continue;
      }
      if (cut_ != Cut::kNone || pulled.has_failed) break;
    }
    is_last = !pulled.piece;
    std::string coded = pulled.piece ? std::move(*pulled.piece) : std::string();
    if (compressor) {
      auto smaller = compressor->add(coded, is_last ? Flush::kEnd : between);
      if (!smaller) break;
      coded = std::move(*smaller);
    }
    goes_on = co_await send_piece(coded, reply.is_chunked, is_last);
  }
  ++watch_;
  watch_signal_.emit(asio::cancellation_type::terminal);
  whole_deadline_.reset();
  co_return goes_on&& is_last;
}

// Looks whether the client goes away while it is sent to. Of what is endless that is also when it
// ends its half or sends more: it waits for nothing but the end.
void Connection::watch(bool is_endless) {
  auto look = [self = shared_from_this(), is_endless,
               number = watch_](const boost::system::error_code& error) {
    if (error || number != self->watch_) return;
    if (is_endless || self->stream_.is_gone(false)) self->cut(Cut::kGone);
  };
  stream_.socket().async_wait(is_endless ? Socket::wait_read : Socket::wait_error,
                              asio::bind_cancellation_slot(watch_signal_.slot(), std::move(look)));
}

}  // namespace trede::server
