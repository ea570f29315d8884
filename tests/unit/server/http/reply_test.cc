#include "tools/server/http/reply.h"

#include <gtest/gtest.h>

#include "tests/unit/server/http/expand.h"

using namespace trede::server;
using trede::Day;
using trede::Moment;

namespace {

const Moment kNow = Moment{Day{std::chrono::year{2026} / 11 / 2}} + std::chrono::hours(7);
constexpr Asked kStays{
    .is_head = false, .is_old = false, .keeps_alive = true, .coding = Coding::kIdentity};

Response with(unsigned status, std::string body) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

Asked asked_for(Coding coding) {
  Asked asked = kStays;
  asked.coding = coding;
  return asked;
}

Response json_of(std::size_t size) {
  Response response = with(200, std::string(size, 'x'));
  response.headers.add("Content-Type", "application/json");
  return response;
}

Source nothing() {
  return [] { return boost::asio::awaitable<trede::Result<std::optional<std::string>>>(); };
}

TEST(HttpDate, IsWrittenAsHttpWantsIt) {
  EXPECT_EQ(http_date(kNow), "Mon, 02 Nov 2026 07:00:00 GMT");
  EXPECT_EQ(http_date(Moment{}), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(http_date(Moment{std::chrono::microseconds{-1}}), "Wed, 31 Dec 1969 23:59:59 GMT");
}

TEST(MakeReply, SaysTheLengthAndTheDateAndNothingOfItself) {
  Response response = with(404, "weg");
  response.headers.add("X-A", "1");
  EXPECT_EQ(make_reply(response, kStays, 1024, kNow).head,
            "HTTP/1.1 404 Not Found\r\nDate: Mon, 02 Nov 2026 07:00:00 GMT\r\nX-A: 1\r\n"
            "Content-Length: 3\r\n\r\n");
}

TEST(MakeReply, LeavesOutWhatTheApplicationSaysAboutFraming) {
  Response response = with(200, "abc");
  for (const char* name :
       {"content-length", "Transfer-Encoding", "Connection", "Date", "keep-alive"}) {
    response.headers.add(name, "7");
  }
  EXPECT_EQ(make_reply(response, kStays, 1024, kNow).head,
            "HTTP/1.1 200 OK\r\nDate: Mon, 02 Nov 2026 07:00:00 GMT\r\nContent-Length: 3\r\n\r\n");
}

TEST(MakeReply, FramesByWhatIsAskedAndAnswered) {
  struct Row {
    const char* what;
    bool is_source, is_head, is_old, keeps_alive, must_close;
    unsigned status;
    const char* framing;  // the headers behind Date
    bool has_body, closes;
  };
  for (const Row& row : {
           Row{"text", false, false, false, true, false, 200, "Content-Length: 2\r\n", true, false},
           Row{"head", false, true, false, true, false, 200, "Content-Length: 2\r\n", false, false},
           Row{"close", false, false, false, false, false, 200,
               "Content-Length: 2\r\nConnection: close\r\n", true, true},
           Row{"must close", false, false, false, true, true, 200,
               "Content-Length: 2\r\nConnection: close\r\n", true, true},
           Row{"old", false, false, true, true, false, 200,
               "Content-Length: 2\r\nConnection: keep-alive\r\n", true, false},
           Row{"source", true, false, false, true, false, 200, "Transfer-Encoding: chunked\r\n",
               true, false},
           Row{"old source", true, false, true, true, false, 200, "Connection: close\r\n", true,
               true},
           Row{"head of source", true, true, false, true, false, 200, "", false, false},
           Row{"no content", false, false, false, true, false, 204, "", false, false},
           Row{"not modified", false, false, false, true, false, 304, "", false, false},
       }) {
    Response response = with(row.status, "ab");
    if (row.is_source) response.body = nothing();
    response.must_close = row.must_close;
    const Asked asked{row.is_head, row.is_old, row.keeps_alive, Coding::kIdentity};
    const WireReply reply = make_reply(response, asked, 1024, kNow);
    const std::size_t at = reply.head.find("GMT\r\n") + 5;
    EXPECT_EQ(reply.head.substr(at), std::string(row.framing) + "\r\n") << row.what;
    EXPECT_EQ(reply.has_body, row.has_body) << row.what;
    EXPECT_EQ(reply.closes, row.closes) << row.what;
  }
}

TEST(MakeReply, CompressesWhatIsWorthIt) {
  Response response = json_of(5000);
  const WireReply reply = make_reply(response, asked_for(Coding::kGzip), 1024, kNow);
  EXPECT_EQ(response.headers.find("Content-Encoding"), "gzip");
  EXPECT_EQ(response.headers.find("Vary"), "Accept-Encoding");
  const auto& coded = std::get<std::string>(response.body);
  EXPECT_NE(reply.head.find("Content-Length: " + std::to_string(coded.size())), std::string::npos);
  EXPECT_EQ(trede::test::expand_gzip(coded), std::string(5000, 'x'));
}

TEST(MakeReply, SaysThatItVariesAlsoWhereNothingIsCompressed) {
  Response response = json_of(5000);
  make_reply(response, kStays, 1024, kNow);
  EXPECT_EQ(response.headers.find("Vary"), "Accept-Encoding");
  EXPECT_EQ(response.headers.find("Content-Encoding"), std::nullopt);
}

TEST(MakeReply, LeavesAloneWhatIsNotToBeCompressed) {
  struct Row {
    const char* name;
    const char* value;
  };
  for (const Row& row : {Row{"Content-Encoding", "br"}, Row{"Cache-Control", "no-transform"},
                         Row{"Content-Range", "bytes 0-4999/9999"}}) {
    Response response = json_of(5000);
    response.headers.add(row.name, row.value);
    make_reply(response, asked_for(Coding::kZstd), 1024, kNow);
    EXPECT_EQ(std::get<std::string>(response.body).size(), 5000U) << row.name;
    EXPECT_EQ(response.headers.find("Vary"), std::nullopt) << row.name;
  }
  Response small = json_of(1023);
  make_reply(small, asked_for(Coding::kZstd), 1024, kNow);
  EXPECT_EQ(std::get<std::string>(small.body).size(), 1023U);
  Response image = with(200, std::string(5000, 'x'));
  image.headers.add("Content-Type", "image/png");
  make_reply(image, asked_for(Coding::kZstd), 1024, kNow);
  EXPECT_EQ(std::get<std::string>(image.body).size(), 5000U);
}

TEST(MakeReply, ALargeTextIsCompressedWhileItIsSent) {
  Response response = json_of(1 << 20);
  const WireReply reply = make_reply(response, asked_for(Coding::kZstd), 1024, kNow);
  EXPECT_TRUE(std::holds_alternative<Source>(response.body));
  EXPECT_TRUE(reply.is_chunked);
  EXPECT_EQ(reply.coding, Coding::kZstd);
  EXPECT_NE(reply.head.find("Content-Encoding: zstd\r\n"), std::string::npos);
}

TEST(HasSoundHeaders, IsFalseForWhatCouldEndALine) {
  const auto is_sound = [](std::string name, std::string value) {
    Headers headers;
    headers.add(std::move(name), std::move(value));
    return has_sound_headers(headers);
  };
  EXPECT_TRUE(is_sound("X-A", "a \t\"\xC3\xA9"));
  EXPECT_TRUE(is_sound("X", ""));
  EXPECT_FALSE(is_sound("X", "a\r\nSet-Cookie: b"));
  EXPECT_FALSE(is_sound("X", "a\nb"));
  EXPECT_FALSE(is_sound("X", std::string("a\0b", 3)));
  EXPECT_FALSE(is_sound("", "a"));
  EXPECT_FALSE(is_sound("X:", "a"));
  EXPECT_FALSE(is_sound("X Y", "a"));
}

TEST(Chunk, HasItsSizeInHexadecimal) {
  EXPECT_EQ(chunk("abc"), "3\r\nabc\r\n");
  EXPECT_EQ(chunk(std::string(255, 'x')).substr(0, 5), "ff\r\nx");
}

}  // namespace
