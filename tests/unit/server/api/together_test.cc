// Many at once: recording, reading and following, in the threads of a transport and of the pool.
#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <thread>

#include "tests/unit/server/api/api_fixture.h"
#include "tools/trede/text.h"

namespace trede::test {
namespace {

namespace asio = boost::asio;

constexpr int kCallers = 12;
constexpr int kEach = 6;

server::Request request_to(std::string method, std::string path, std::string body) {
  server::Request request;
  request.method = std::move(method);
  request.path = std::move(path);
  request.body = std::move(body);
  request.headers.set("Authorization", "Bearer intaker");
  request.headers.set("Content-Type", "application/json");
  return request;
}

struct Counts {
  std::atomic<int> recorded = 0;
  std::atomic<int> read = 0;
  std::atomic<int> others = 0;
};

// Records into one of two dossiers and reads it back, again and again.
asio::awaitable<void> call(server::Api& api, std::string path, Counts& counts) {
  const std::string body = R"({"gebeurtenissen":[{"soort":"contactmoment",
      "geldigOp":"2021-04-01","attributen":{"contact":"bericht"}}]})";
  for (int i = 0; i < kEach; ++i) {
    auto recording = request_to("POST", path + "/gebeurtenissen", body);
    const server::Response recorded = co_await api.answer(std::move(recording));
    recorded.status == 201 ? ++counts.recorded : ++counts.others;
    auto reading = request_to("GET", path, "");
    const server::Response read = co_await api.answer(std::move(reading));
    read.status == 200 ? ++counts.read : ++counts.others;
  }
}

// Takes pieces until `last` was among them. Returns how many events there were.
asio::awaitable<int> follow(server::Source source, std::uint64_t last) {
  int events = 0;
  for (;;) {
    auto piece = co_await source();
    if (!piece || !*piece) co_return -1;
    for (const auto& line : tool::split(**piece, '\n')) {
      if (line.empty()) continue;
      ++events;
      if (line.contains("\"positie\":\"" + std::to_string(last) + "\"")) co_return events;
    }
  }
}

using TogetherTest = ApiFixture;

TEST_F(TogetherTest, EverybodyIsAnsweredAndAFollowerMissesNothing) {
  const std::uint64_t before = last();
  const std::uint64_t expected = before + kCallers * kEach;
  identities_["intaker"].gemeenten = {"Beverwijk", "Velsen"};
  const auto followed = get("/v1/gebeurtenissen?volgen=true&vanaf=" + std::to_string(before + 1));
  Counts counts;
  std::atomic<int> seen = 0;
  {
    asio::io_context& context = new_context();
    const auto failed = [](std::exception_ptr error) { EXPECT_FALSE(error); };
    for (int i = 0; i < kCallers; ++i) {
      asio::co_spawn(context, call(*api_, path_of(i % 2 == 0 ? one() : two()), counts), failed);
    }
    asio::co_spawn(context, follow(std::get<server::Source>(followed.response.body), expected),
                   [&seen](std::exception_ptr error, int events) {
                     EXPECT_FALSE(error);
                     seen = events;
                   });
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; ++i) threads.emplace_back([&context] { context.run(); });
  }
  EXPECT_EQ(counts.recorded, kCallers * kEach);
  EXPECT_EQ(counts.read, kCallers * kEach);
  EXPECT_EQ(counts.others, 0);
  EXPECT_EQ(last(), expected);
  EXPECT_EQ(seen, kCallers * kEach);
  EXPECT_EQ(trail().size(), 2U * kCallers * kEach + 1);
}

// Answers one request; whoever asked is gone before it begins to wait.
asio::awaitable<void> call_and_go(server::Api& api, server::Request request,
                                  asio::cancellation_signal& gone, unsigned& status) {
  const auto executor = co_await asio::this_coro::executor;
  auto leaving = [&gone] { gone.emit(asio::cancellation_type::all); };
  asio::post(executor, std::move(leaving));
  const server::Response response = co_await api.answer(std::move(request));
  status = response.status;
}

TEST_F(TogetherTest, WhatWasBegunIsInTheTrailAlsoWhenTheClientIsGone) {
  asio::io_context& context = new_context();
  asio::cancellation_signal gone;
  unsigned status = 0;
  auto request = request_to("POST", path_of(one()) + "/gebeurtenissen",
                            R"({"gebeurtenissen":[{"soort":"contactmoment",
      "geldigOp":"2021-04-01","attributen":{"contact":"bericht"}}]})");
  asio::co_spawn(context, call_and_go(*api_, std::move(request), gone, status),
                 asio::bind_cancellation_slot(gone.slot(), [](std::exception_ptr) {}));
  context.run();
  EXPECT_EQ(status, 201U);
  EXPECT_EQ(trail(), std::vector<std::string>{one().text() + " vastleggen gelukt i1"});
}

TEST_F(TogetherTest, WhoeverWaitsIsLetGoWhenItStops) {
  const auto followed = get("/v1/gebeurtenissen?volgen=true&vanaf=" + std::to_string(last() + 1));
  const auto source = std::get<server::Source>(followed.response.body);
  std::jthread stopping([this] { stop(); });
  EXPECT_EQ(next_piece(source), std::nullopt);
}

}  // namespace
}  // namespace trede::test
