#include "tools/server/http/request_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/optional.hpp>

#include "engine/base/text.h"
#include "tools/server/http/target.h"

namespace trede::server {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;

// How much of a body may stand in front of the reader without being taken: the line before a chunk.
constexpr std::size_t kChunkLineMax = 1024;
// The least chunked body: `0`, and two ends of line. Given less as its beginning the parser of
// Boost 1.81 takes the end of the body for a fault of its own, and ends the process where that is
// checked.
constexpr std::size_t kChunkedMin = 5;
// The parser has a limit of its own for the head; ours come first.
constexpr std::uint32_t kParserHeadMax = 1U << 20;

std::unexpected<Refusal> refuse(unsigned status, std::string detail) {
  return std::unexpected(Refusal{status, std::move(detail)});
}

// A body that grows with what came: memory follows bytes, not the Content-Length that was claimed.
struct GrowingBody {
  using value_type = std::string;
  class reader {
   public:
    template <bool is_request, class Fields>
    reader(http::header<is_request, Fields>&, value_type& body) : body_(body) {}
    void init(const boost::optional<std::uint64_t>&, error_code& error) { error = {}; }
    template <class Buffers>
    std::size_t put(const Buffers& buffers, error_code& error) {
      error = {};
      std::size_t size = 0;
      for (auto it = boost::asio::buffer_sequence_begin(buffers);
           it != boost::asio::buffer_sequence_end(buffers); ++it) {
        const boost::asio::const_buffer part(*it);
        body_.append(static_cast<const char*>(part.data()), part.size());
        size += part.size();
      }
      return size;
    }
    void finish(error_code& error) { error = {}; }

   private:
    value_type& body_;
  };
};

using Parser = http::request_parser<GrowingBody>;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

// What the parser would take with other eyes than a proxy: rule 1.
bool has_sound_lines(std::string_view head) {
  for (std::size_t i = 0; i < head.size(); ++i) {
    const char c = head[i];
    if (c == '\r') {
      if (i + 1 == head.size() || head[i + 1] != '\n') return false;
    } else if (c == '\n') {
      if (i == 0 || head[i - 1] != '\r') return false;
      if (i + 1 < head.size() && (head[i + 1] == ' ' || head[i + 1] == '\t')) return false;
    } else if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F) {
      return false;
    }
  }
  return true;
}

bool is_method(std::string_view method) {
  const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; };
  return method.size() <= 32 && std::all_of(method.begin(), method.end(), fits);
}

// Whether the third word of the first line is a version of HTTP, whichever.
bool names_version(std::string_view head) {
  const std::size_t second = head.find(' ', head.find(' ') + 1);
  return second != std::string_view::npos && head.substr(second).starts_with(" HTTP/");
}

// Errors of the parser in words.
Refusal refusal_of(const error_code& error) {
  if (error == http::error::body_limit) return {413, "the body is too large"};
  if (error == http::error::bad_version) return {505, "only HTTP/1.1 and HTTP/1.0 are spoken"};
  if (error == http::error::header_limit) return {431, "the headers are too large"};
  return {400, "not a request of HTTP/1.1 (" + error.message() + ")"};
}

}  // namespace

struct RequestReader::Impl {
  explicit Impl(const Limits& given) : limits(given) {
    parser.eager(true);
    parser.header_limit(kParserHeadMax);
    parser.body_limit(given.body);
    chunk_line = [](std::uint64_t, boost::beast::string_view extensions, error_code& error) {
      // Extensions mean nothing to anybody; they are where parsers differ about the end of a line.
      if (!extensions.empty()) error = http::error::bad_chunk_extension;
    };
    parser.on_chunk_header(chunk_line);
  }

  [[nodiscard]] std::expected<std::size_t, Refusal> take_head(std::string_view bytes);
  [[nodiscard]] std::expected<std::size_t, Refusal> take_body(std::string_view bytes);
  [[nodiscard]] std::optional<Refusal> lacks_end(std::string_view bytes) const;
  [[nodiscard]] std::optional<Refusal> check_length();
  [[nodiscard]] std::optional<Refusal> check_fields();
  [[nodiscard]] std::expected<std::string_view, Refusal> host();

  Limits limits;
  Parser parser;
  std::function<void(std::uint64_t, boost::beast::string_view, error_code&)> chunk_line;
  std::size_t searched = 0;  // bytes before it do not end the head
  bool has_head = false;
  bool has_body = false;  // some of it was given to the parser
  bool expects_continue = false;
  Request request;
};

// A head that has no end yet: whether it may go on.
std::optional<Refusal> RequestReader::Impl::lacks_end(std::string_view bytes) const {
  // `METHOD target HTTP/1.1`: without an end of line within that it is the target that is too long.
  if (bytes.find('\n') == std::string_view::npos && bytes.size() > limits.target + 64) {
    return Refusal{414, "the target is too long"};
  }
  if (bytes.size() >= limits.head) return Refusal{431, "the headers are too large"};
  return std::nullopt;
}

std::expected<std::size_t, Refusal> RequestReader::Impl::take_head(std::string_view bytes) {
  // An empty line before a request is what some clients leave behind a body (RFC 9112, 2.2).
  if (bytes.starts_with("\r\n") && searched == 0) return 2;
  if (bytes.empty() || bytes == "\r") return 0;
  if (bytes[0] < 'A' || bytes[0] > 'Z') return refuse(400, "not a request of HTTP/1.1");

  const std::size_t end = bytes.find("\r\n\r\n", searched);
  if (end == std::string_view::npos || end + 4 > limits.head) {
    searched = std::max<std::size_t>(bytes.size(), 3) - 3;
    auto refusal = lacks_end(bytes);
    if (refusal) return std::unexpected(std::move(*refusal));
    return 0;
  }
  const auto head = bytes.substr(0, end + 4);
  if (!has_sound_lines(head)) {
    return refuse(400, "a line of the head is folded, or holds a control character");
  }
  const auto lines = static_cast<std::size_t>(std::count(head.begin(), head.end(), '\n'));
  if (lines - 2 > limits.headers) return refuse(431, "too many headers");

  error_code error;
  const std::size_t used = parser.put(boost::asio::buffer(head.data(), head.size()), error);
  if (error == http::error::bad_version && !names_version(head)) {
    return refuse(400, "not a request of HTTP/1.1");
  }
  if (error && error != http::error::need_more) return std::unexpected(refusal_of(error));
  if (used != head.size() || !parser.is_header_done()) return refuse(400, "the head is not whole");
  for (auto check : {&Impl::check_length, &Impl::check_fields}) {
    auto refusal = (this->*check)();
    if (refusal) return std::unexpected(std::move(*refusal));
  }
  has_head = true;
  return used;
}

// Rule 2.
std::optional<Refusal> RequestReader::Impl::check_length() {
  const auto& fields = parser.get();
  const auto lengths = fields.count(http::field::content_length);
  const auto codings = fields.count(http::field::transfer_encoding);
  if (lengths + codings > 1) return Refusal{400, "the length of the body is said more than once"};
  if (lengths == 1) {
    const auto length = view(fields[http::field::content_length]);
    if (length.empty() || !std::all_of(length.begin(), length.end(), is_digit)) {
      return Refusal{400, "Content-Length is not a number"};
    }
  }
  if (codings == 1) {
    if (!equals_without_case(view(fields[http::field::transfer_encoding]), "chunked")) {
      return Refusal{400, "a Transfer-Encoding other than chunked"};
    }
    if (fields.version() != 11) return Refusal{400, "Transfer-Encoding with HTTP/1.0"};
  }
  return std::nullopt;
}

// Rule 3; empty for HTTP/1.0 without one.
std::expected<std::string_view, Refusal> RequestReader::Impl::host() {
  const auto& fields = parser.get();
  const auto count = fields.count(http::field::host);
  if (count > 1) return refuse(400, "more than one Host");
  if (count == 0 && fields.version() == 10) return std::string_view();
  const auto host = view(fields[http::field::host]);
  if (count == 0 || !is_host(host)) return refuse(400, "no Host, or not the name of one");
  return host;
}

// Rules 3 and 4; keeps what was read.
std::optional<Refusal> RequestReader::Impl::check_fields() {
  const auto& fields = parser.get();
  if (fields.version() != 11 && fields.version() != 10) {
    return Refusal{505, "only HTTP/1.1 and HTTP/1.0 are spoken"};
  }
  const auto target = view(fields.target());
  if (target.size() > limits.target) return Refusal{414, "the target is too long"};
  const auto authority = host();
  if (!authority) return authority.error();
  request.method = view(fields.method_string());
  if (!is_method(request.method)) return Refusal{400, "a method that is not upper case"};
  auto parts = parse_target(target, *authority);
  if (!parts) return Refusal{400, "a target that is malformed, or of another host"};
  request.path = std::move(parts->path);
  request.query = std::move(parts->query);
  for (const auto& field : fields) {
    request.headers.add(std::string(view(field.name_string())), std::string(view(field.value())));
  }
  const auto expectations = request.headers.find_all("Expect");
  for (const auto expected : expectations) {
    if (!equals_without_case(expected, "100-continue")) {
      return Refusal{417, "an Expect other than 100-continue"};
    }
  }
  expects_continue = !expectations.empty() && fields.version() == 11 && !parser.is_done();
  return std::nullopt;
}

std::expected<std::size_t, Refusal> RequestReader::Impl::take_body(std::string_view bytes) {
  std::size_t used = 0;
  if (!has_body && parser.chunked() && bytes.size() < kChunkedMin) return 0;
  has_body = true;
  while (used < bytes.size() && !parser.is_done()) {
    error_code error;
    const std::size_t n =
        parser.put(boost::asio::buffer(bytes.data() + used, bytes.size() - used), error);
    used += n;
    if (error == http::error::need_more) break;
    if (error) return std::unexpected(refusal_of(error));
    if (n == 0) break;
  }
  if (!parser.is_done() && bytes.size() - used > kChunkLineMax) {
    return refuse(400, "the line before a chunk is too long");
  }
  return used;
}

RequestReader::RequestReader(const Limits& limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestReader::~RequestReader() = default;

std::expected<std::size_t, Refusal> RequestReader::take(std::string_view bytes) {
  return impl_->has_head ? impl_->take_body(bytes) : impl_->take_head(bytes);
}

bool RequestReader::has_head() const { return impl_->has_head; }
bool RequestReader::is_done() const { return impl_->has_head && impl_->parser.is_done(); }
bool RequestReader::expects_continue() const { return impl_->expects_continue; }
bool RequestReader::is_old() const { return impl_->parser.get().version() == 10; }
bool RequestReader::keeps_alive() const { return impl_->parser.get().keep_alive(); }
std::size_t RequestReader::body_size() const { return impl_->parser.get().body().size(); }

Request RequestReader::release() {
  impl_->request.body = std::move(impl_->parser.get().body());
  return std::move(impl_->request);
}

}  // namespace trede::server
