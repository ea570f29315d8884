#include "tools/server/operation/front.h"

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>

#include "tests/support/fakes.h"

namespace trede::server {
namespace {

namespace asio = boost::asio;

// Answers everything with the status that stands in the path.
class Echo final : public Application {
 public:
  asio::awaitable<Response> answer(Request request) override {
    ++answered;
    Response response;
    response.status = static_cast<unsigned>(std::stoul(request.path.substr(1)));
    response.body = std::string("echo");
    co_return response;
  }
  Response refuse(unsigned status, std::string detail) override {
    return {.status = status, .headers = {}, .body = std::move(detail)};
  }
  int answered = 0;
};

class FrontTest : public testing::Test {
 protected:
  FrontTest() { spdlog::set_level(spdlog::level::off); }
  ~FrontTest() override { spdlog::set_level(spdlog::level::info); }

  Response ask(const std::string& path, const std::string& peer = "127.0.0.1",
               const std::string& method = "GET") {
    asio::io_context context;
    Request request;
    request.method = method;
    request.path = path;
    request.peer = peer;
    Response out;
    asio::co_spawn(context, front_.answer(std::move(request)),
                   [&](const std::exception_ptr& error, Response response) {
                     EXPECT_FALSE(error);
                     out = std::move(response);
                   });
    context.run();
    return out;
  }
  static std::string body(const Response& response) { return std::get<std::string>(response.body); }
  bool tells(const std::string& line) {
    return body(ask("/metrics")).find(line + "\n") != std::string::npos;
  }

  test::FakeClock clock_;
  Echo echo_;
  std::string why_not_ready_;
  Metrics metrics_{[] { return Standing{.log = Position{12}, .projections = Position{10}}; }, {}};
  Front front_{{.application = echo_,
                .metrics = metrics_,
                .clock = clock_,
                .operation_of =
                    [](const std::string&, const std::string& path) {
                      return path == "/404" ? std::string() : std::string("leesCijfers");
                    },
                .why_not_ready = [this] { return why_not_ready_; }}};
};

TEST_F(FrontTest, LivesAndIsReadyWithoutTheApplication) {
  EXPECT_EQ(ask("/livez").status, 200U);
  EXPECT_EQ(ask("/readyz").status, 200U);
  why_not_ready_ = "projections stopped: a reason";
  EXPECT_EQ(ask("/readyz").status, 503U);
  EXPECT_NE(body(ask("/readyz")).find("projections stopped: a reason"), std::string::npos);
  EXPECT_EQ(ask("/livez").status, 200U);
  EXPECT_EQ(echo_.answered, 0);
}

TEST_F(FrontTest, OnlyReadsThere) {
  const Response response = ask("/livez", "127.0.0.1", "POST");
  EXPECT_EQ(response.status, 405U);
  EXPECT_EQ(response.headers.find("Allow"), "GET, HEAD");
  EXPECT_EQ(ask("/livez", "127.0.0.1", "HEAD").status, 200U);
}

TEST_F(FrontTest, TellsMetricsToThisMachineOnly) {
  for (const char* near : {"127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_EQ(ask("/metrics", near).status, 200U) << near;
  }
  for (const char* far : {"192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1", "", "nonsense"}) {
    EXPECT_EQ(ask("/metrics", far).status, 403U) << far;
  }
}

TEST_F(FrontTest, CountsAnswersByOperationAndStatus) {
  EXPECT_EQ(ask("/200").status, 200U);
  ask("/200");
  ask("/503");
  ask("/404");
  EXPECT_TRUE(tells(R"(trede_request_seconds_count{operation="leesCijfers",status="200"} 2)"));
  EXPECT_TRUE(tells(R"(trede_request_seconds_count{operation="leesCijfers",status="503"} 1)"));
  EXPECT_TRUE(tells(R"(trede_request_seconds_count{operation="geen",status="404"} 1)"));
  EXPECT_EQ(echo_.answered, 4);
}

TEST_F(FrontTest, AnErrorIsAProblemAsTheEndpointsHaveThem) {
  why_not_ready_ = "a reason";
  for (const Response& response :
       {ask("/livez", "127.0.0.1", "POST"), ask("/readyz"), ask("/metrics", "192.0.2.1")}) {
    EXPECT_EQ(response.headers.find("Content-Type"), "application/problem+json");
    const auto problem = boost::json::parse(body(response)).as_object();
    EXPECT_EQ(problem.at("status").to_number<unsigned>(), response.status);
    EXPECT_TRUE(problem.at("type").as_string().starts_with("urn:trede:problem:"));
  }
}

TEST_F(FrontTest, EveryAnswerTellsBrowsersTheSameAsTheEndpointsDo) {
  for (const char* path : {"/livez", "/readyz", "/metrics"}) {
    for (const char* method : {"GET", "DELETE"}) {
      const Response response = ask(path, "127.0.0.1", method);
      EXPECT_EQ(response.headers.find("Cache-Control"), "no-store") << path;
      EXPECT_EQ(response.headers.find("X-Content-Type-Options"), "nosniff") << path;
      EXPECT_EQ(response.headers.find("X-Frame-Options"), "DENY") << path;
      EXPECT_EQ(response.headers.find("Content-Security-Policy"), "frame-ancestors 'none'") << path;
      EXPECT_EQ(response.headers.find("Referrer-Policy"), "no-referrer") << path;
    }
  }
}

TEST_F(FrontTest, RefusesInTheWordsOfTheApplication) {
  const Response response = front_.refuse(431, "too large");
  EXPECT_EQ(response.status, 431U);
  EXPECT_EQ(body(response), "too large");
}

}  // namespace
}  // namespace trede::server
