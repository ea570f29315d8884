#include "tools/server/http/server.h"

#include <gtest/gtest.h>

#include "tests/unit/server/http/running_server.h"

using namespace trede;
using namespace trede::test;
using server::Listener;
using server::Options;
using server::Server;

namespace {

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST(Server, AnswersRequestsOfOneConnectionOneAfterTheOther) {
  RunningServer running;
  Client client(running.port());
  client.send(get("/een?a=b"));
  EXPECT_EQ(brief(client.read_answer()), "200 GET /een?a=b");
  client.send("POST /twee HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_EQ(brief(client.read_answer()), "200 POST /twee abc");
  client.send(get("/drie", "Connection: close\r\n"));
  EXPECT_EQ(brief(client.read_all()), "200 GET /drie");
}

TEST(Server, AnswersWhatWasSentAheadInOrder) {
  RunningServer running;
  std::string bytes;
  std::string expected;
  for (int i = 0; i < 200; ++i) {
    const std::string path = "/" + std::to_string(i);
    bytes += i % 2 == 0 ? get(path)
                        : "POST " + path +
                              " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "2\r\nab\r\n0\r\n\r\n";
    expected += i % 2 == 0 ? "200 GET " + path : "200 POST " + path + " ab";
  }
  Client client(running.port());
  client.send(bytes);
  std::string got;
  for (int i = 0; i < 200; ++i) got += brief(client.read_answer());
  EXPECT_EQ(got, expected);
}

TEST(Server, AnswersByTheClockItWasGivenAndDoesNotSayWhatItIs) {
  RunningServer running;
  const std::string answer = answer_to(running.port(), get("/", "Connection: close\r\n"));
  EXPECT_TRUE(holds(answer, "Date: Mon, 02 Nov 2026 00:00:00 GMT\r\n")) << answer;
  EXPECT_FALSE(holds(answer, "Server")) << answer;
}

TEST(Server, AnswersHeadWithTheLengthAndNoBody) {
  RunningServer running;
  Client client(running.port());
  client.send("HEAD /abc HTTP/1.1\r\nHost: h\r\n\r\n" + get("/", "Connection: close\r\n"));
  const std::string answers = client.read_all();
  EXPECT_TRUE(holds(answers, "Content-Length: 9\r\n\r\nHTTP/1.1 200")) << answers;
}

TEST(Server, SaysGoOnToWhoWaitsForIt) {
  RunningServer running;
  Client client(running.port());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  EXPECT_EQ(brief(client.read_answer()), "200 POST / abc");
}

TEST(Server, RefusesABodyThatIsTooLargeBeforeItIsSent) {
  Options options;
  options.body_max = 10;
  RunningServer running(options);
  const auto answer =
      answer_to(running.port(),
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(brief(answer), "413 the body is too large");
}

TEST(Server, RefusesBodiesThatAreTooLargeTogether) {
  Options options;
  options.bodies_max = 100;
  RunningServer running(options);
  Client first(running.port());
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 80\r\n\r\n";
  first.send(head + std::string(60, 'x'));
  ASSERT_TRUE(becomes_true([&] { return running.server().counters().bytes_received > 60; }));
  // The first one's bytes may not be counted yet, so ask until they are.
  std::string second;
  ASSERT_TRUE(becomes_true([&] {
    Client client(running.port());
    client.send(head + std::string(60, 'x'));
    client.end_half();
    second = client.read_all();
    return brief(second) == "503 too many large requests at once";
  })) << second;
  first.send(std::string(20, 'x'));
  EXPECT_EQ(brief(first.read_answer()), "200 POST / " + std::string(80, 'x'));
  Client third(running.port());
  third.send(head + std::string(80, 'x'));
  EXPECT_EQ(brief(third.read_answer()), "200 POST / " + std::string(80, 'x'));
}

TEST(Server, SpeaksWithOldClientsAndCloses) {
  RunningServer running;
  EXPECT_EQ(brief(answer_to(running.port(), "GET /a HTTP/1.0\r\n\r\n")), "200 GET /a");
}

awaitable<Response> tell(Request request) {
  co_return text_answer(request.peer + " " + (request.is_encrypted ? "tls" : "plain") + " " +
                        request.trace_id + " " + std::to_string(request.span_id.size()));
}

TEST(Server, TellsTheApplicationWhoAsksAndInWhichTrace) {
  RunningServer running({}, tell);
  const std::string headers =
      "Connection: close\r\n"
      "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n";
  EXPECT_EQ(brief(answer_to(running.port(), get("/", headers))),
            "200 127.0.0.1 plain 4bf92f3577b34da6a3ce929d0e0e4736 16");
}

awaitable<Response> fail(Request request) {
  if (request.path == "/throws") throw std::runtime_error("a fault");
  Response response = text_answer("never seen");
  response.headers.add("X", "a\r\nSet-Cookie: b");
  co_return response;
}

TEST(Server, AFaultOfTheApplicationIsAnAnswerToo) {
  RunningServer running({}, fail);
  EXPECT_EQ(brief(answer_to(running.port(), get("/throws"))), "500 the request failed");
  EXPECT_EQ(brief(answer_to(running.port(), get("/header"))), "500 the request failed");
}

TEST(Server, AHalfClosedClientGetsItsAnswer) {
  RunningServer running;
  Client client(running.port());
  client.send(get("/a") + get("/b"));
  client.end_half();
  EXPECT_EQ(brief(client.read_answer()), "200 GET /a");
  EXPECT_EQ(brief(client.read_answer()), "200 GET /b");
  EXPECT_EQ(client.read_all(), "");
}

TEST(Server, CountsWhatHappens) {
  RunningServer running;
  Client client(running.port());
  client.send(get("/"));
  const std::string answer = client.read_answer();
  answer_to(running.port(), "nonsense");
  ASSERT_TRUE(becomes_true([&] { return running.server().counters().connections_open == 1; }));
  const auto counters = running.server().counters();
  EXPECT_EQ(counters.connections_accepted, 2U);
  EXPECT_EQ(counters.requests, 1U);
  EXPECT_EQ(counters.requests_running, 0U);
  EXPECT_EQ(counters.refusals, 1U);
  EXPECT_EQ(counters.bytes_received, get("/").size() + 8);
  EXPECT_GT(counters.bytes_sent, answer.size());
}

// How starting with these options fails.
Error failure_of(const Options& options) {
  boost::asio::io_context context;
  FakeClock clock;
  SeededRandom random;
  FakeApplication application(echo);
  const auto started = Server::start({context, clock, random}, options, application);
  if (started) {
    ADD_FAILURE() << "it started";
    return {ErrorCode::kInvalid, ""};
  }
  return started.error();
}

TEST(ServerStart, RefusesOptionsThatCannotBe) {
  Options options;
  options.listeners.clear();
  EXPECT_EQ(failure_of(options).code, ErrorCode::kInvalid);
  options.listeners = {Listener{"nowhere", 0, false}};
  EXPECT_EQ(failure_of(options).code, ErrorCode::kInvalid);
  options.listeners = {Listener{"0.0.0.0", 0, false}};
  EXPECT_EQ(failure_of(options).message,
            "without TLS only a loopback address can be listened at, not 0.0.0.0");
  options.listeners = {Listener{"127.0.0.1", 0, true}};
  EXPECT_EQ(failure_of(options).code, ErrorCode::kInvalid) << "no certificate";
}

TEST(ServerStart, FailsWhereAnotherListens) {
  RunningServer running;
  Options options;
  options.listeners = {Listener{"127.0.0.1", 0, false},
                       Listener{"127.0.0.1", running.port(), false}};
  const Error error = failure_of(options);
  EXPECT_EQ(error.code, ErrorCode::kIo);
  EXPECT_TRUE(holds(error.message, "127.0.0.1:" + std::to_string(running.port()))) << error.message;
}

TEST(ServerStart, ListensAtEveryAddress) {
  Options options;
  options.listeners = {Listener{}, Listener{}};
  RunningServer running(options);
  EXPECT_NE(running.port(0), running.port(1));
  for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
    EXPECT_EQ(brief(answer_to(running.port(i), get("/", "Connection: close\r\n"))), "200 GET /");
  }
}

}  // namespace
