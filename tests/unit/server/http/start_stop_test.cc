// The end of a server: what runs is finished, what waits is ended, nothing new begins.
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tests/unit/server/http/running_server.h"

using namespace trede::test;
using trede::Result;
using trede::server::Options;
using trede::server::Source;

namespace {

constexpr std::chrono::seconds kPatience{60};

bool is_ready(std::future<void>& future) {
  return future.wait_for(kPatience) == std::future_status::ready;
}

// A door that answers wait at, until the test opens it.
struct Door {
  std::atomic<int> waiting{0};
  std::atomic<bool> is_open{false};
};

awaitable<void> pass(std::shared_ptr<Door> door) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  ++door->waiting;
  while (!door->is_open) {
    timer.expires_after(std::chrono::milliseconds(1));
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

awaitable<Response> answer_behind(std::shared_ptr<Door> door) {
  co_await pass(std::move(door));
  co_return text_answer("behind the door");
}

awaitable<Result<std::optional<std::string>>> follow(std::shared_ptr<Door> door) {
  if (door->waiting == 0) {
    ++door->waiting;
    co_return std::optional<std::string>("first\n");
  }
  co_await pass(door);
  co_return std::nullopt;
}

awaitable<Response> follow_behind(std::shared_ptr<Door> door) {
  Response response = text_answer("");
  response.body = Source([door] { return follow(door); });
  response.is_endless = true;
  co_return response;
}

Handler behind(const std::shared_ptr<Door>& door) {
  return [door](const Request& request) {
    return request.path == "/follow" ? follow_behind(door) : answer_behind(door);
  };
}

TEST(Stop, ClosesWhatIsIdleAndIsDone) {
  RunningServer running;
  Client fresh(running.port());
  Client used(running.port());
  used.send(get("/"));
  used.read_answer();
  ASSERT_TRUE(becomes_true([&] { return running.server().counters().connections_open == 2; }));
  auto stopped = running.begin_stop();
  EXPECT_TRUE(is_ready(stopped));
  EXPECT_EQ(fresh.read_all(), "");
  EXPECT_EQ(used.read_all(), "");
}

TEST(Stop, FinishesWhatRunsAndClosesBehindIt) {
  const auto door = std::make_shared<Door>();
  RunningServer running({}, behind(door));
  Client client(running.port());
  client.send(get("/") + get("/not-any-more"));
  ASSERT_TRUE(becomes_true([&] { return door->waiting == 1; }));
  auto stopped = running.begin_stop();
  EXPECT_EQ(stopped.wait_for(std::chrono::milliseconds(0)), std::future_status::timeout);
  door->is_open = true;
  const std::string answer = client.read_all();
  EXPECT_EQ(brief(answer), "200 behind the door");
  EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
  EXPECT_TRUE(is_ready(stopped));
}

TEST(Stop, EndsWhatIsEndlessAsAWholeBody) {
  const auto door = std::make_shared<Door>();
  RunningServer running({}, behind(door));
  Client client(running.port());
  client.send(get("/follow"));
  client.read_until("first\n");
  ASSERT_TRUE(becomes_true([&] { return door->waiting == 2; }));
  auto stopped = running.begin_stop();
  EXPECT_EQ(client.read_all(), "\r\n0\r\n\r\n");
  EXPECT_TRUE(is_ready(stopped));
}

TEST(Stop, CancelsWhatTakesLongerThanTheGrace) {
  const auto door = std::make_shared<Door>();
  Options options;
  options.grace = std::chrono::milliseconds(50);
  RunningServer running(options, behind(door));
  Client client(running.port());
  client.send(get("/"));
  Client half(running.port());
  half.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc");
  ASSERT_TRUE(becomes_true([&] { return door->waiting == 1; }));
  auto stopped = running.begin_stop();
  EXPECT_TRUE(is_ready(stopped));
  EXPECT_EQ(running.server().counters().connections_open, 0U);
  EXPECT_EQ(client.read_all().find("200"), std::string::npos);
}

TEST(Stop, RefusesWhoComesAfterIt) {
  RunningServer running;
  const std::uint16_t port = running.port();
  auto stopped = running.begin_stop();
  ASSERT_TRUE(is_ready(stopped));
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_NE(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ::close(socket);
}

}  // namespace
