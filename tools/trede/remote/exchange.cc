#include "tools/trede/remote/exchange.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <exception>
#include <memory>
#include <utility>

namespace trede::tool {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using BeastRequest = http::request<http::string_body>;
using BeastParser = http::response_parser<http::string_body>;

constexpr std::uint32_t kMostHeader = 32 * 1024;

// How far it came, for who is told that it went no further.
enum class Stage { kFinding, kConnecting, kHandshake, kAsking, kReading };

HttpAnswer answer_of(BeastParser& parser) {
  auto& message = parser.get();
  HttpAnswer out{message.result_int(), {}, std::exchange(message.body(), "")};
  for (const auto& field : message) out.headers.emplace_back(field.name_string(), field.value());
  return out;
}

// All that one exchange needs until it ends. Owner: `exchange`. Threads: one.
struct Attempt {
  const Connecting& connecting;
  BeastRequest request;
  const TakePiece& take;
  BeastParser parser{};
  beast::flat_buffer buffer{};
  asio::ssl::context tls{asio::ssl::context::tls_client};
  Stage stage = Stage::kFinding;
  long verified = X509_V_OK;
  bool was_handed_over = false;  // some of the body

  // Hands over what came. Returns: whether more is taken.
  bool hand_over() {
    if (!take || !parser.is_header_done() || parser.get().result_int() != 200) return true;
    if (parser.get().body().empty()) return true;
    was_handed_over = true;
    HttpAnswer answer = answer_of(parser);
    const std::string piece = std::exchange(answer.body, "");
    return take(answer, piece);
  }
};

// An address of another machine, for what may not leave this one.
class NotThisMachine final : public std::exception {};

std::string server_text(const Connecting& connecting) {
  return "--server: " + connecting.address.authority() + ": ";
}

Outcome<> prepare_tls(Attempt& attempt) {
  boost::system::error_code wrong;
  const auto& file = attempt.connecting.ca_file;
  if (file) {
    attempt.tls.load_verify_file(*file, wrong);
    if (wrong) {
      return wrong_input("--ca-file: " + *file + ": expected a file with certificates in PEM");
    }
  } else {
    attempt.tls.set_default_verify_paths(wrong);
    if (wrong) return system_failed("the certificates that the system trusts cannot be read");
  }
  attempt.tls.set_verify_mode(asio::ssl::verify_peer);
  if (SSL_CTX_set_min_proto_version(attempt.tls.native_handle(), TLS1_2_VERSION) != 1) {
    return system_failed("TLS cannot be used");
  }
  return {};
}

BeastRequest request_of(const Connecting& connecting, const HttpRequest& request) {
  BeastRequest out;
  out.method_string(request.method);
  out.target(request.target);
  out.version(11);
  out.set(http::field::host, connecting.address.authority());
  out.set(http::field::connection, "close");
  for (const auto& [name, value] : request.headers) out.set(name, value);
  out.body() = request.body;
  if (!request.body.empty() || request.method == "POST") out.prepare_payload();
  return out;
}

template <typename Stream>
asio::awaitable<void> talk(Stream& stream, Attempt& attempt) {
  auto& lowest = beast::get_lowest_layer(stream);
  attempt.stage = Stage::kAsking;
  lowest.expires_after(attempt.connecting.between_bytes);
  co_await http::async_write(stream, attempt.request, asio::use_awaitable);
  attempt.stage = Stage::kReading;
  attempt.parser.body_limit(boost::none);
  attempt.parser.header_limit(kMostHeader);
  while (!attempt.parser.is_done()) {
    lowest.expires_after(attempt.connecting.between_bytes);
    co_await http::async_read_some(stream, attempt.buffer, attempt.parser, asio::use_awaitable);
    if (!attempt.hand_over()) co_return;
  }
}

asio::awaitable<void> shake_hands(TlsStream& stream, Attempt& attempt) {
  attempt.stage = Stage::kHandshake;
  const std::string& host = attempt.connecting.address.host;
  boost::system::error_code no_address;
  asio::ip::make_address(host, no_address);
  if (no_address) SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
  stream.set_verify_callback(asio::ssl::host_name_verification(host));
  beast::get_lowest_layer(stream).expires_after(attempt.connecting.to_connect);
  boost::system::error_code failed;
  co_await stream.async_handshake(asio::ssl::stream_base::client,
                                  asio::redirect_error(asio::use_awaitable, failed));
  attempt.verified = SSL_get_verify_result(stream.native_handle());
  if (failed) throw boost::system::system_error(failed);
}

asio::awaitable<void> ask(Attempt& attempt) {
  const ServerAddress& address = attempt.connecting.address;
  const auto executor = co_await asio::this_coro::executor;
  asio::ip::tcp::resolver resolver(executor);
  const auto found =
      co_await resolver.async_resolve(address.host, address.port, asio::use_awaitable);
  attempt.stage = Stage::kConnecting;
  for (const auto& one : found) {
    const bool is_here = one.endpoint().address().is_loopback();
    if (!address.is_encrypted && !is_here) throw NotThisMachine();
  }
  if (!address.is_encrypted) {
    beast::tcp_stream stream(executor);
    stream.expires_after(attempt.connecting.to_connect);
    co_await stream.async_connect(found, asio::use_awaitable);
    co_await talk(stream, attempt);
    co_return;
  }
  TlsStream stream(executor, attempt.tls);
  beast::get_lowest_layer(stream).expires_after(attempt.connecting.to_connect);
  co_await beast::get_lowest_layer(stream).async_connect(found, asio::use_awaitable);
  co_await shake_hands(stream, attempt);
  co_await talk(stream, attempt);
}

std::string seconds_text(std::chrono::milliseconds time) {
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count()) + " s";
}

std::string timed_out(const Attempt& attempt) {
  const bool was_there = attempt.stage == Stage::kAsking || attempt.stage == Stage::kReading;
  return was_there ? "no answer within " + seconds_text(attempt.connecting.between_bytes) +
                         "; whether the server did what was asked is not known"
                   : "no connection within " + seconds_text(attempt.connecting.to_connect) +
                         ", expected a server that runs and can be reached";
}

std::string handshake_text(const Attempt& attempt, const boost::system::error_code& error) {
  if (attempt.verified == X509_V_OK) return "no TLS: " + error.message();
  return "its certificate is not trusted (" +
         std::string(X509_verify_cert_error_string(attempt.verified)) +
         "), expected one of this name, of an authority that the system or --ca-file knows";
}

std::string what_went_wrong(const Attempt& attempt, const boost::system::error_code& error) {
  if (error == beast::error::timeout) return timed_out(attempt);
  switch (attempt.stage) {
    case Stage::kFinding: return "there is no such host (" + error.message() + ")";
    case Stage::kConnecting:
      return "cannot be reached (" + error.message() + "), expected a server that runs there";
    case Stage::kHandshake: return handshake_text(attempt, error);
    case Stage::kAsking: return "the connection was lost while asking (" + error.message() + ")";
    case Stage::kReading: break;
  }
  const bool began = attempt.parser.got_some();
  if (began &&
      (error == http::error::partial_message || error == asio::ssl::error::stream_truncated ||
       error == asio::error::connection_reset || error == asio::error::eof)) {
    return attempt.was_handed_over ? "the answer was cut off; what is shown is not all of it"
                                   : "the answer was cut off; nothing of it is shown";
  }
  if (error.category() == http::make_error_code(http::error::bad_version).category() &&
      error != http::error::end_of_stream) {
    return "no answer in HTTP, expected a server of Trede";
  }
  return "the connection was lost without an answer (" + error.message() +
         "); whether the server did what was asked is not known";
}

}  // namespace

std::optional<std::string> HttpAnswer::header(std::string_view name) const {
  for (const auto& [each, value] : headers) {
    if (beast::iequals(each, {name.data(), name.size()})) return value;
  }
  return std::nullopt;
}

namespace {

Outcome<HttpAnswer> exchange_once(Attempt& attempt, bool& was_lost) {
  const Connecting& connecting = attempt.connecting;
  if (connecting.address.is_encrypted) TREDE_RETURN_IF_ERROR(prepare_tls(attempt));
  asio::io_context context(1);
  std::exception_ptr thrown;
  asio::co_spawn(context, ask(attempt), [&](const std::exception_ptr& error) { thrown = error; });
  context.run();
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const NotThisMachine&) {
    return wrong_input(server_text(connecting) +
                       "http:// is for this machine alone, expected https://");
  } catch (const boost::system::system_error& error) {
    const bool was_asked = attempt.stage == Stage::kAsking || attempt.stage == Stage::kReading;
    was_lost = was_asked && error.code() != beast::error::timeout;
    return system_failed(server_text(connecting) + what_went_wrong(attempt, error.code()));
  }
  return answer_of(attempt.parser);
}

}  // namespace

Outcome<HttpAnswer> exchange(const Connecting& connecting, const HttpRequest& request,
                             const TakePiece& take) {
  for (bool is_second = false;; is_second = true) {
    Attempt attempt{
        .connecting = connecting, .request = request_of(connecting, request), .take = take};
    bool was_lost = false;
    auto answer = exchange_once(attempt, was_lost);
    if (!was_lost || !request.is_repeatable || is_second) return answer;
  }
}

}  // namespace trede::tool
