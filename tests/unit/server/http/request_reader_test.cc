#include "tools/server/http/request_reader.h"

#include <gtest/gtest.h>

using namespace trede::server;

namespace {

constexpr Limits kSmall{.head = 400, .headers = 5, .target = 60, .body = 50};

// The request as text, the status of the refusal, or how much is left unread; fed `step` bytes at
// a time as a connection does.
std::string read(std::string_view bytes, std::size_t step = 100000, const Limits& limits = kSmall) {
  RequestReader reader(limits);
  std::string buffer;
  while (true) {
    const auto used = reader.take(buffer);
    if (!used) return std::to_string(used.error().status);
    buffer.erase(0, *used);
    if (reader.is_done()) break;
    if (*used > 0 && !buffer.empty()) continue;
    if (bytes.empty()) return "needs more";
    buffer += bytes.substr(0, step);
    bytes.remove_prefix(std::min(step, bytes.size()));
  }
  const bool keeps_alive = reader.keeps_alive();
  const Request request = reader.release();
  std::string text = request.method + " " + request.path;
  if (!request.query.empty()) text += " ?" + request.query;
  for (const auto& [name, value] : request.headers) text += " " + name + "=" + value;
  if (!request.body.empty()) text += " [" + request.body + "]";
  if (!keeps_alive) text += " closes";
  if (const std::size_t left = buffer.size() + bytes.size(); left > 0) {
    text += " +" + std::to_string(left);
  }
  return text;
}

TEST(RequestReader, ReadsARequest) {
  EXPECT_EQ(read("GET /a?b=c HTTP/1.1\r\nHost: h\r\n\r\n"), "GET /a ?b=c Host=h");
  EXPECT_EQ(read("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
            "GET / Host=h Connection=close closes");
  EXPECT_EQ(read("GET / HTTP/1.0\r\n\r\n"), "GET / closes");
  EXPECT_EQ(read("\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"), "GET / Host=h");
  EXPECT_EQ(read("GET / HTTP/1.1\r\nhOST: \t h \t \r\nX-E:\r\n\r\n"), "GET / hOST=h X-E=");
  EXPECT_EQ(read("GET http://h/a HTTP/1.1\r\nHost: H\r\n\r\n"), "GET /a Host=H");
  EXPECT_EQ(read("PROPFIND / HTTP/1.1\r\nHost: h\r\n\r\n"), "PROPFIND / Host=h");
}

TEST(RequestReader, LeavesTheNextRequestUnread) {
  EXPECT_EQ(read("GET / HTTP/1.1\r\nHost: h\r\n\r\nGET"), "GET / Host=h +3");
  EXPECT_EQ(read("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nabGET"),
            "POST / Host=h Content-Length=2 [ab] +3");
}

TEST(RequestReader, ReadsTheSameHoweverItComesInPieces) {
  const std::string_view bytes =
      "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "4\r\nabcd\r\n3\r\nefg\r\n0\r\nTrailer: x\r\n\r\n";
  const std::string_view empty =
      "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    EXPECT_EQ(read(empty, step), "POST /a Host=h Transfer-Encoding=chunked") << step;
    EXPECT_EQ(read(bytes, step), "POST /a Host=h Transfer-Encoding=chunked [abcdefg]") << step;
  }
}

TEST(RequestReader, WaitsForWhatIsNotWhole) {
  for (const char* bytes :
       {"", "G", "\r", "GET / HTTP/1.1\r\nHost: h\r\n", "GET / HTTP/1.1\r\nHost: h\r\n\r",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\na",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nab"}) {
    EXPECT_EQ(read(bytes), "needs more") << bytes;
  }
}

TEST(RequestReader, KnowsWhoWaitsForAWord) {
  const auto expects = [](std::string_view bytes) {
    RequestReader reader(kSmall);
    EXPECT_TRUE(reader.take(bytes));
    return reader.expects_continue();
  };
  EXPECT_TRUE(
      expects("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n"));
  EXPECT_FALSE(expects("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n"));
  EXPECT_FALSE(expects("GET / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_FALSE(expects("POST / HTTP/1.0\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
}

struct Row {
  const char* what;
  std::string bytes;
  const char* status;
};

std::string get_with(const std::string& headers) {
  return "GET / HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
}

std::string chunked(const std::string& body) {
  return get_with("Transfer-Encoding: chunked\r\n") + body;
}

TEST(RequestReader, RefusesWhatOthersMayReadInAnotherWay) {
  for (const Row& row : {
           Row{"length and chunks", get_with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"),
               "400"},
           Row{"chunks and length", get_with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"),
               "400"},
           Row{"two lengths", get_with("Content-Length: 3\r\nContent-Length: 4\r\n"), "400"},
           Row{"a length twice", get_with("Content-Length: 3\r\nContent-Length: 3\r\n"), "400"},
           Row{"a list of lengths", get_with("Content-Length: 3, 3\r\n"), "400"},
           Row{"a signed length", get_with("Content-Length: +3\r\n"), "400"},
           Row{"a negative length", get_with("Content-Length: -3\r\n"), "400"},
           Row{"a hex length", get_with("Content-Length: 0x3\r\n"), "400"},
           Row{"an empty length", get_with("Content-Length:\r\n"), "400"},
           Row{"a huge length", get_with("Content-Length: 99999999999999999999999\r\n"), "400"},
           Row{"another coding", get_with("Transfer-Encoding: gzip\r\n"), "400"},
           Row{"two codings", get_with("Transfer-Encoding: gzip, chunked\r\n"), "400"},
           Row{"chunked twice", get_with("Transfer-Encoding: chunked, chunked\r\n"), "400"},
           Row{"two lines of coding",
               get_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), "400"},
           Row{"identity", get_with("Transfer-Encoding: identity\r\n"), "400"},
           Row{"a coding that looks so", get_with("Transfer-Encoding: xchunked\r\n"), "400"},
           Row{"a vertical tab", get_with("Transfer-Encoding: \vchunked\r\n"), "400"},
           Row{"chunks for 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
               "400"},
           Row{"a folded line", get_with("X: a\r\n b\r\n"), "400"},
           Row{"a folded first line", "GET / HTTP/1.1\r\n Host: h\r\nHost: h\r\n\r\n", "400"},
           Row{"a bare LF", get_with("X: a\nY: b\r\n"), "400"},
           Row{"only LF", "GET / HTTP/1.1\nHost: h\n\n\r\n\r\n", "400"},
           Row{"a bare CR", get_with("X: a\rb\r\n"), "400"},
           Row{"a NUL", get_with(std::string("X: a\0b\r\n", 8)), "400"},
           Row{"a NUL in a name", get_with(std::string("X\0Y: a\r\n", 8)), "400"},
           Row{"a space before the colon", get_with("Content-Length : 3\r\n"), "400"},
           Row{"a space in a name", get_with("X Y: 3\r\n"), "400"},
           Row{"no name", get_with(": a\r\n"), "400"},
           Row{"no colon", get_with("X\r\n"), "400"},
           Row{"a letter that is none", get_with("\xC3\xA9: a\r\n"), "400"},
           Row{"an extension", chunked("3;a=b\r\nabc\r\n0\r\n\r\n"), "400"},
           Row{"a chunk with LF", chunked("3\nabc\r\n0\r\n\r\n"), "400"},
           Row{"a chunk that is longer", chunked("3\r\nabcd\r\n0\r\n\r\n"), "400"},
           Row{"a size that is none", chunked("x\r\nabc\r\n0\r\n\r\n"), "400"},
           Row{"a size in 0x", chunked("0x3\r\nabc\r\n0\r\n\r\n"), "400"},
           Row{"a size that is negative", chunked("-3\r\nabc\r\n0\r\n\r\n"), "400"},
           Row{"a size beyond 64 bits", chunked("fffffffffffffffff\r\nabc\r\n0\r\n\r\n"), "400"},
           Row{"a line of a chunk without end", chunked(std::string(3000, '0')), "400"},
       }) {
    for (const std::size_t step : {std::size_t{1}, std::size_t{1000000}}) {
      EXPECT_EQ(read(row.bytes, step), row.status) << row.what << " by " << step;
    }
  }
}

TEST(RequestReader, RefusesWhatIsNoRequestOfThisHost) {
  for (const Row& row : {
           Row{"no host", "GET / HTTP/1.1\r\n\r\n", "400"},
           Row{"an empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", "400"},
           Row{"two hosts", get_with("Host: h\r\n"), "400"},
           Row{"no name of a host", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "400"},
           Row{"another host", "GET http://x/ HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
           Row{"an address for 1.0 without host", "GET http://x/ HTTP/1.0\r\n\r\n", "400"},
           Row{"an asterisk", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
           Row{"a tunnel", "CONNECT h:80 HTTP/1.1\r\nHost: h:80\r\n\r\n", "400"},
           Row{"a fragment", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
           Row{"a space", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
           Row{"lower case", "get / HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
           Row{"mixed case", "Get / HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
           Row{"a long method", std::string(40, 'A') + " / HTTP/1.1\r\nHost: h\r\n\r\n", "400"},
           Row{"no version", "GET /\r\n\r\n", "400"},
           Row{"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"},
           Row{"HTTP/1.2", "GET / HTTP/1.2\r\nHost: h\r\n\r\n", "505"},
           Row{"TLS", std::string("\x16\x03\x01\x02\x00\x01", 6), "400"},
           Row{"NULs", std::string(10, '\0'), "400"},
           Row{"another expectation", get_with("Expect: more\r\n"), "417"},
       }) {
    EXPECT_EQ(read(row.bytes), row.status) << row.what;
  }
}

TEST(RequestReader, RefusesWhatIsTooLarge) {
  const std::string large(60, 'x');
  for (const Row& row : {
           Row{"target", "GET /" + large + " HTTP/1.1\r\nHost: h\r\n\r\n", "414"},
           Row{"target without end", "GET /" + large + large + large, "414"},
           Row{"headers", get_with("X: " + std::string(400, 'x') + "\r\n"), "431"},
           Row{"headers without end", get_with("X: " + std::string(400, 'x')), "431"},
           Row{"number of headers", get_with("A: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\nE: 1\r\n"), "431"},
           Row{"length", get_with("Content-Length: 51\r\n"), "413"},
           Row{"chunk", chunked("33\r\n" + large), "413"},
           Row{"chunks", chunked("20\r\n" + std::string(32, 'x') + "\r\n20\r\n" + large), "413"},
       }) {
    for (const std::size_t step : {std::size_t{1}, std::size_t{1000000}}) {
      EXPECT_EQ(read(row.bytes, step), row.status) << row.what << " by " << step;
    }
  }
  EXPECT_EQ(read(get_with("Content-Length: 50\r\n") + std::string(50, 'x')),
            "GET / Host=h Content-Length=50 [" + std::string(50, 'x') + "]");
  EXPECT_EQ(read(get_with("A: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\n")), "GET / Host=h A=1 B=1 C=1 D=1");
}

}  // namespace
