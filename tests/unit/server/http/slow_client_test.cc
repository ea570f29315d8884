// Clients and applications that take longer than they may. Each test has one limit that is short,
// and waits for what it does.
#include <gtest/gtest.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tests/unit/server/http/running_server.h"

using namespace trede::test;
using std::chrono::milliseconds;
using trede::Result;
using trede::server::Options;

namespace {

constexpr milliseconds kShort{50};

// Waits until it is cancelled, in the application's code.
awaitable<void> wait_for_ever() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  timer.expires_at(std::chrono::steady_clock::time_point::max());
  co_await timer.async_wait(boost::asio::use_awaitable);
}

TEST(SlowClient, AHeadHasToComeInTime) {
  Options options;
  options.head_time = kShort;
  RunningServer running(options);
  EXPECT_EQ(brief(answer_to(running.port(), "GET / HTTP/1.1\r\nHost: h\r\n")),
            "408 the head did not come in time");
}

TEST(SlowClient, AByteNowAndThenIsNotInTime) {
  Options options;
  options.head_time = kShort;
  RunningServer running(options);
  Client client(running.port());
  // One byte after the other until the server has had enough, which ends the writing.
  EXPECT_TRUE(client.send("GET / HTTP/1.1\r\n"));
  EXPECT_TRUE(
      becomes_true([&] { return !client.send("X") || running.server().counters().refusals > 0; }));
  const std::string status = brief(client.read_all()).substr(0, 3);
  EXPECT_TRUE(status == "408" || status == "431") << status;
}

TEST(SlowClient, ABodyHasToComeInTime) {
  Options options;
  options.body_time = kShort;
  RunningServer running(options);
  EXPECT_EQ(brief(answer_to(running.port(),
                            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc")),
            "408 the body did not come in time");
}

TEST(SlowClient, WhoIsIdleIsClosedWithoutAWord) {
  Options options;
  options.idle_time = kShort;
  RunningServer running(options);
  EXPECT_EQ(answer_to(running.port(), ""), "");
  Client client(running.port());
  client.send(get("/"));
  EXPECT_EQ(brief(client.read_answer()), "200 GET /");
  EXPECT_EQ(client.read_all(), "");
}

awaitable<Response> too_late(Request) {
  co_await wait_for_ever();
  co_return text_answer("never");
}

TEST(SlowClient, AnAnswerHasToBeReadyInTime) {
  Options options;
  options.request_time = kShort;
  RunningServer running(options, too_late);
  EXPECT_EQ(brief(answer_to(running.port(), get("/"))), "503 the answer was not ready in time");
}

awaitable<Result<std::optional<std::string>>> never() {
  co_await wait_for_ever();
  co_return std::nullopt;
}

awaitable<Response> never_ending(Request) {
  Response response = text_answer("");
  response.body = never;
  co_return response;
}

TEST(SlowClient, AnAnswerThatEndsHasToEndInTime) {
  Options options;
  options.response_time = kShort;
  RunningServer running(options, never_ending);
  const std::string answer = answer_to(running.port(), get("/"));
  EXPECT_NE(answer.find("Transfer-Encoding: chunked"), std::string::npos);
  EXPECT_EQ(answer.find("\r\n0\r\n"), std::string::npos) << "it must not look whole";
}

awaitable<Response> large(Request) { co_return text_answer(std::string(32 << 20, 'x')); }

TEST(SlowClient, WhoDoesNotReadIsCutOff) {
  Options options;
  options.write_time = kShort;
  RunningServer running(options, large);
  Client client(running.port(), 4096);
  client.send(get("/"));
  EXPECT_TRUE(becomes_true([&] { return running.server().counters().bytes_sent > 0; }));
  EXPECT_TRUE(becomes_true([&] { return running.server().counters().connections_open == 0; }));
  EXPECT_LT(running.server().counters().bytes_sent, 32U << 20);
}

}  // namespace
