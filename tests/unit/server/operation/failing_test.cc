#include "tools/server/operation/failing.h"

#include <gtest/gtest.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <stdexcept>
#include <thread>
#include <vector>

namespace trede::server {
namespace {

TEST(RunToTheEnd, AHandlerThatThrowsIsToldOfAndTheOthersAreRunOn) {
  boost::asio::io_context context;
  int ran = 0;
  boost::asio::post(context, [&] { ++ran; });
  boost::asio::post(context, [] { throw std::runtime_error("a bug"); });
  boost::asio::post(context, [] { throw 3; });
  boost::asio::post(context, [&] { ++ran; });
  std::vector<std::string> told;
  run_to_the_end(context, [&](const std::string& why) { told.push_back(why); });
  EXPECT_EQ(ran, 2);
  EXPECT_EQ(told,
            (std::vector<std::string>{"serving connections: a bug",
                                      "serving connections: an exception that says nothing"}));
}

TEST(RunGuarded, TellsWhatWasThrownAndOnlyThat) {
  std::string told;
  const auto tell = [&](const std::string& why) { told += why; };
  run_guarded(
      "flushing", [] {}, tell);
  EXPECT_EQ(told, "");
  run_guarded(
      "flushing", [] { throw std::runtime_error("no memory"); }, tell);
  EXPECT_EQ(told, "flushing: no memory");
}

TEST(WhatEndsTheProcess, IsInTheLog) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto end = [] {
    spdlog::set_default_logger(spdlog::stderr_logger_mt("what_ends"));
    log_what_ends_the_process();
    std::thread([] { throw std::runtime_error("a bug in a thread"); }).join();
  };
  EXPECT_DEATH(end(), "the process ends: nobody caught: a bug in a thread");
}

}  // namespace
}  // namespace trede::server
