#include "tools/server/http/reply.h"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/status.hpp>
#include <cstdio>

#include "engine/base/text.h"

namespace trede::server {
namespace {

// Compressed in one go it keeps its length; some 2 ms at most.
constexpr std::size_t kAtOnceMax = 256 * 1024;
constexpr std::size_t kSlice = 64 * 1024;

bool is_ours(std::string_view name) {
  constexpr std::array<std::string_view, 5> kOurs = {"Connection", "Content-Length", "Date",
                                                     "Keep-Alive", "Transfer-Encoding"};
  return std::any_of(kOurs.begin(), kOurs.end(),
                     [name](std::string_view ours) { return equals_without_case(name, ours); });
}

bool may_have_body(unsigned status) { return status >= 200 && status != 204 && status != 304; }

// Whether the application leaves the coding to us, and the content becomes smaller by it.
bool is_worth_coding(const Response& response, std::size_t compressed_min) {
  const auto type = response.headers.find("Content-Type");
  if (!type || !is_compressible(*type) || response.headers.find("Content-Encoding")) return false;
  if (response.status == 206 || response.headers.find("Content-Range")) return false;
  const auto cache = response.headers.find("Cache-Control");
  if (cache && cache->find("no-transform") != std::string_view::npos) return false;
  const auto* text = std::get_if<std::string>(&response.body);
  return text == nullptr || text->size() >= compressed_min;
}

struct Slices {
  std::string text;
  std::size_t sent = 0;
};

boost::asio::awaitable<Result<std::optional<std::string>>> next_slice(
    std::shared_ptr<Slices> slices) {
  // Compressing takes long enough to let others go first.
  const auto executor = co_await boost::asio::this_coro::executor;
  co_await boost::asio::post(executor, boost::asio::use_awaitable);
  std::optional<std::string> slice;
  if (slices->sent < slices->text.size()) slice = slices->text.substr(slices->sent, kSlice);
  if (slice) slices->sent += slice->size();
  co_return slice;
}

Source slices_of(std::string text) {
  auto slices = std::make_shared<Slices>();
  slices->text = std::move(text);
  return [slices] { return next_slice(slices); };
}

// Codes a text that is there as a whole. Returns: what is left to be done while it is sent.
Coding code_text(Response& response, Coding coding, bool is_old) {
  auto* text = std::get_if<std::string>(&response.body);
  if (text == nullptr) return coding;
  if (text->size() > kAtOnceMax) {
    if (is_old) return Coding::kIdentity;
    response.body = slices_of(std::move(*text));
    return coding;
  }
  auto coded = make_compressor(coding, false)->add(*text, Flush::kEnd);
  if (!coded || coded->size() >= text->size()) return Coding::kIdentity;
  *text = std::move(*coded);
  response.headers.set("Content-Encoding", std::string(coding_text(coding)));
  return Coding::kIdentity;
}

void add_line(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

void add_framing(std::string& head, const WireReply& reply, const Response& response,
                 const Asked& asked) {
  const auto* text = std::get_if<std::string>(&response.body);
  if (text != nullptr && may_have_body(response.status)) {
    add_line(head, "Content-Length", std::to_string(text->size()));
  }
  if (reply.is_chunked && reply.has_body) add_line(head, "Transfer-Encoding", "chunked");
  if (reply.closes) {
    add_line(head, "Connection", "close");
  } else if (asked.is_old) {
    add_line(head, "Connection", "keep-alive");
  }
}

}  // namespace

bool has_sound_headers(const Headers& headers) {
  const auto is_token = [](char c) {
    return is_alnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  const auto is_value = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte != 0x7F) || c == '\t';
  };
  return std::all_of(headers.begin(), headers.end(), [&](const Headers::Field& field) {
    return !field.first.empty() && std::all_of(field.first.begin(), field.first.end(), is_token) &&
           std::all_of(field.second.begin(), field.second.end(), is_value);
  });
}

std::string http_date(Moment moment) {
  constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(moment - day));
  std::array<char, 40> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
      kDays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
      kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
      static_cast<int>(time.seconds().count()));
  return {text.data(), static_cast<std::size_t>(size)};
}

WireReply make_reply(Response& response, const Asked& asked, std::size_t compressed_min,
                     Moment now) {
  WireReply reply;
  if (is_worth_coding(response, compressed_min)) {
    response.headers.add("Vary", "Accept-Encoding");
    if (asked.coding != Coding::kIdentity) {
      reply.coding = code_text(response, asked.coding, asked.is_old);
    }
    if (reply.coding != Coding::kIdentity) {
      response.headers.set("Content-Encoding", std::string(coding_text(reply.coding)));
    }
  }
  const bool is_source = std::holds_alternative<Source>(response.body);
  reply.has_body = !asked.is_head && may_have_body(response.status);
  reply.is_chunked = is_source && !asked.is_old;
  // Without chunks only the end of the connection tells where such a body ends.
  reply.closes = response.must_close || !asked.keeps_alive || (is_source && asked.is_old);

  const auto reason =
      boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
  reply.head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  reply.head.append(reason.data(), reason.size()).append("\r\n");
  add_line(reply.head, "Date", http_date(now));
  for (const auto& [name, value] : response.headers) {
    if (!is_ours(name)) add_line(reply.head, name, value);
  }
  add_framing(reply.head, reply, response, asked);
  reply.head += "\r\n";
  return reply;
}

std::string chunk(std::string_view piece) {
  std::array<char, 20> size{};
  const int digits = std::snprintf(size.data(), size.size(), "%zx\r\n", piece.size());
  std::string text;
  text.reserve(piece.size() + static_cast<std::size_t>(digits) + 2);
  text.append(size.data(), static_cast<std::size_t>(digits)).append(piece).append("\r\n");
  return text;
}

}  // namespace trede::server
