#include "tools/server/http/connection.h"

#include <array>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include "tools/server/http/trace.h"

namespace trede::server {
namespace {

namespace asio = boost::asio;

// How long and how much is read of a client that was refused, so that it can read why: closing a
// socket in which bytes lie resets the connection, and the answer is lost.
constexpr std::chrono::seconds kLingerTime{2};
constexpr std::size_t kLingerMax = 1024 * 1024;

// Where bytes arrive before it is known how many there are; never held over a wait.
std::span<char> scratch() {
  thread_local std::array<char, std::size_t{64} * 1024> bytes;
  return bytes;
}

}  // namespace

Connection::Connection(std::shared_ptr<Hub> hub, Stream stream, Origin origin)
    : hub_(std::move(hub)),
      origin_(std::move(origin)),
      stream_(std::move(stream)),
      timer_(stream_.socket().get_executor()) {}

Connection::~Connection() {
  hub_->release_body(held_body_);
  hub_->leave(origin_.place);
}

void Connection::start() {
  auto done = [self = shared_from_this()](const std::exception_ptr& failure) {
    self->finish(failure);
  };
  asio::co_spawn(stream_.socket().get_executor(), run(),
                 asio::bind_cancellation_slot(signal_.slot(), std::move(done)));
}

void Connection::finish(const std::exception_ptr& failure) {
  if (failure) ++hub_->tally.failed;
  is_over_ = true;
  timer_.cancel();
  boost::system::error_code ignored;  // there is nothing left to lose
  stream_.socket().close(ignored);
  hub_->remove(*this);
}

void Connection::begin_stop() {
  asio::post(stream_.socket().get_executor(), [self = shared_from_this()] {
    self->is_stopping_ = true;
    if (self->phase_ != Phase::kBusy) self->cut(Cut::kStop);
  });
}

void Connection::abandon() {
  asio::post(stream_.socket().get_executor(), [self = shared_from_this()] {
    self->is_stopping_ = true;
    self->cut(Cut::kGone);
  });
}

asio::awaitable<void> Connection::run() {
  co_await asio::this_coro::throw_if_cancelled(false);
  bool goes_on = true;
  if (origin_.is_encrypted) goes_on = co_await shake_hands();
  while (goes_on) {
    goes_on = co_await wait_for_request();
    if (goes_on) goes_on = co_await serve();
  }
  if (cut_ == Cut::kNone && stream_.first_byte()) co_await linger();
  stream_.end();
}

asio::awaitable<bool> Connection::shake_hands() {
  set_deadline(hub_->options.head_time);
  co_await stream_.wait(Next::kRead);
  const auto first = stream_.first_byte();
  if (cut_ != Cut::kNone || !first) co_return false;
  if (*first >= 'A' && *first <= 'Z') {  // the first of a record of TLS is 22
    stream_.drop_session();
    const Refusal refusal{400, "this port speaks TLS: https"};
    co_await refuse(refusal);
    co_return false;
  }
  for (;;) {
    const Tried tried = stream_.handshake();
    if (tried.next == Next::kDone) co_return true;
    if (tried.next == Next::kEnd || tried.next == Next::kFailed) co_return false;
    co_await stream_.wait(tried.next);
    if (cut_ != Cut::kNone) co_return false;
  }
}

// Returns: false when the connection is over.
asio::awaitable<bool> Connection::wait_for_request() {
  if (is_stopping_) co_return false;
  if (!buffer_.empty()) co_return true;  // sent before the answer was there
  buffer_ = std::string();               // not clear(): that keeps its memory
  set_deadline(hub_->options.idle_time);
  phase_ = Phase::kIdle;
  const std::size_t size = co_await fill();
  phase_ = Phase::kBusy;
  co_return size > 0;
}

Tried Connection::read_some() {
  const auto bytes = scratch();
  const Tried tried = stream_.read(bytes);
  if (tried.next == Next::kDone) {
    buffer_.append(bytes.data(), tried.bytes);
    hub_->tally.received += tried.bytes;
  }
  has_ended_ = has_ended_ || tried.next == Next::kEnd;
  return tried;
}

// Waits for bytes and adds them to the buffer.
// Returns: how many; 0 when it was cut, or none will come any more.
asio::awaitable<std::size_t> Connection::fill() {
  Next next = stream_.has_pending() ? Next::kDone : Next::kRead;
  for (;;) {
    if (next != Next::kDone) co_await stream_.wait(next);
    if (cut_ != Cut::kNone) co_return 0;
    const Tried tried = read_some();
    if (tried.next == Next::kDone) co_return tried.bytes;
    if (tried.next == Next::kEnd || tried.next == Next::kFailed) co_return 0;
    next = tried.next;
  }
}

// Returns: false when the connection is over.
asio::awaitable<bool> Connection::serve() {
  const Options& options = hub_->options;
  auto reader = std::make_unique<RequestReader>(
      Limits{options.head_max, options.header_count_max, options.target_max, options.body_max});
  Refusal refusal;
  const Received received = co_await receive(*reader, refusal);
  if (received == Received::kRefused) co_await refuse(refusal);
  if (received != Received::kWhole) co_return false;

  const bool is_old = reader->is_old();
  const bool keeps_alive = reader->keeps_alive();
  Request request = reader->release();
  reader.reset();
  Asked asked{request.method == "HEAD", is_old, keeps_alive,
              choose_coding(request.headers.find_all("Accept-Encoding"))};
  request.peer = origin_.address;
  request.is_encrypted = origin_.is_encrypted;
  auto trace = make_trace(request.headers.find("traceparent"), hub_->random);
  request.trace_id = std::move(trace.trace_id);
  request.span_id = std::move(trace.span_id);

  auto response = co_await ask(request);
  hold_body(0);
  if (!response) co_return false;
  // Asked after the answer is there: it may have begun to stop meanwhile.
  if (is_stopping_ && !response->is_endless) asked.keeps_alive = false;
  const bool goes_on = co_await send(*response, asked);
  co_return goes_on;
}

// Holds room for the body of the request that is read; false when there is none.
bool Connection::hold_body(std::size_t bytes) {
  if (bytes <= held_body_) {
    hub_->release_body(held_body_ - bytes);
  } else if (!hub_->reserve_body(bytes - held_body_)) {
    return false;
  }
  held_body_ = bytes;
  return true;
}

// After fill() gave nothing. Returns: what to answer, absent when nobody is there to read it.
std::optional<Refusal> Connection::why_not_whole(const RequestReader& reader) const {
  if (cut_ == Cut::kDeadline) {
    return Refusal{
        408, reader.has_head() ? "the body did not come in time" : "the head did not come in time"};
  }
  const bool is_within = reader.has_head() || !buffer_.empty();
  if (cut_ == Cut::kNone && has_ended_ && is_within) {
    return Refusal{400, "the request ends in the middle"};
  }
  return std::nullopt;
}

asio::awaitable<Connection::Received> Connection::receive(RequestReader& reader, Refusal& refusal) {
  const Options& options = hub_->options;
  set_deadline(options.head_time);
  std::optional<Steady::time_point> body_since;
  for (;;) {
    const auto used = reader.take(buffer_);
    if (!used) {
      refusal = used.error();
      co_return Received::kRefused;
    }
    buffer_.erase(0, *used);
    if (reader.is_done()) co_return Received::kWhole;
    if (*used > 0 && !buffer_.empty()) continue;

    if (reader.has_head()) {
      if (!hold_body(reader.body_size())) {
        refusal = {503, "too many large requests at once"};
        co_return Received::kRefused;
      }
      if (!body_since) {
        body_since = Steady::now();
        if (reader.expects_continue() && reader.body_size() == 0 && buffer_.empty()) {
          const bool was_written = co_await write("HTTP/1.1 100 Continue\r\n\r\n");
          if (!was_written) co_return Received::kGone;
        }
      }
      // Who keeps up the rate is given a second more for each of its seconds.
      const std::chrono::milliseconds earned(reader.body_size() * 1000 / options.body_rate_min);
      set_deadline(*body_since + options.body_time + earned - Steady::now());
    }
    const std::size_t size = co_await fill();
    if (size > 0) continue;
    auto why = why_not_whole(reader);
    if (!why) co_return Received::kGone;
    refusal = std::move(*why);
    co_return Received::kRefused;
  }
}

// Returns: absent when nobody waits for an answer any more.
asio::awaitable<std::optional<Response>> Connection::ask(Request& request) {
  set_deadline(hub_->options.request_time);
  ++hub_->tally.requests;
  ++hub_->tally.running;
  std::optional<Response> response;
  co_await asio::this_coro::throw_if_cancelled(true);
  try {
    auto answering = hub_->application.answer(std::move(request));
    response = co_await std::move(answering);
  } catch (const std::exception&) {
    response.reset();  // cancelled, which cut_ tells, or a fault of the application
  }
  co_await asio::this_coro::throw_if_cancelled(false);
  --hub_->tally.running;
  if (cut_ == Cut::kGone) co_return std::nullopt;
  const bool was_late = cut_ == Cut::kDeadline;
  co_await mend();
  if (response && has_sound_headers(response->headers)) co_return response;
  response = was_late ? hub_->application.refuse(503, "the answer was not ready in time")
                      : hub_->application.refuse(500, "the request failed");
  response->must_close = true;
  co_return response;
}

asio::awaitable<void> Connection::refuse(const Refusal& refusal) {
  ++hub_->tally.refusals;
  if (cut_ == Cut::kGone) co_return;
  co_await mend();
  Response response = hub_->application.refuse(refusal.status, refusal.detail);
  response.must_close = true;
  const Asked asked;
  co_await send(response, asked);
  co_await linger();
}

asio::awaitable<void> Connection::linger() {
  stream_.end();
  set_deadline(kLingerTime);
  std::size_t size = 0;
  while (cut_ == Cut::kNone && size < kLingerMax) {
    const Tried tried = stream_.discard(scratch());
    if (tried.next == Next::kEnd || tried.next == Next::kFailed) co_return;
    size += tried.bytes;
    if (tried.next == Next::kRead) co_await stream_.wait(Next::kRead);
  }
}

// Ends what the coroutine waits for, now; the first reason stays.
void Connection::cut(Cut reason) {
  if (is_over_ || (cut_ != Cut::kNone && reason != Cut::kGone)) return;
  cut_ = reason;
  signal_.emit(asio::cancellation_type::terminal);
}

// Makes it possible to wait again after a cut.
asio::awaitable<void> Connection::mend() {
  cut_ = Cut::kNone;
  co_await asio::this_coro::reset_cancellation_state();
}

void Connection::set_deadline(Steady::duration from_now) {
  deadline_ = Steady::now() + from_now;
  if (whole_deadline_ && *whole_deadline_ < *deadline_) deadline_ = whole_deadline_;
  if (!is_timer_set_ || *deadline_ < timer_at_) set_timer(*deadline_);
}

void Connection::set_timer(Steady::time_point at) {
  timer_at_ = at;
  is_timer_set_ = true;
  timer_.expires_at(at);
  timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
    if (!error) self->on_timer();
  });
}

void Connection::on_timer() {
  is_timer_set_ = false;
  if (is_over_ || !deadline_) return;
  if (*deadline_ <= Steady::now()) {
    cut(Cut::kDeadline);
  } else {
    set_timer(*deadline_);
  }
}

}  // namespace trede::server
