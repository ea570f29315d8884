#include "tools/server/http/trace.h"

#include <gtest/gtest.h>

#include <regex>

#include "tests/support/fakes.h"

using namespace trede::server;
using trede::test::SeededRandom;

namespace {

constexpr const char* kValid = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
constexpr const char* kTrace = "4bf92f3577b34da6a3ce929d0e0e4736";

TEST(ParseTraceparent, GivesTheTraceOfAValidOne) {
  EXPECT_EQ(parse_traceparent(kValid), kTrace);
  const std::string rest = std::string(kValid).substr(2);
  EXPECT_EQ(parse_traceparent("cc" + rest), kTrace);
  EXPECT_EQ(parse_traceparent("cc" + rest + "-what-comes-later"), kTrace);
}

TEST(ParseTraceparent, IsAbsentForWhatIsNotValid) {
  const std::string rest = std::string(kValid).substr(2);
  for (const std::string& header :
       {std::string(), std::string("00"), "ff" + rest, "0G" + rest, kValid + std::string("-x"),
        "cc" + rest + "x", std::string(kValid).substr(0, 54),
        std::string("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"),
        std::string("00-00000000000000000000000000000000-00f067aa0ba902b7-01"),
        std::string("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"),
        std::string("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x"),
        std::string("00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")}) {
    EXPECT_EQ(parse_traceparent(header), std::nullopt) << header;
  }
}

TEST(MakeTrace, KeepsAValidTraceAndMakesANewSpan) {
  SeededRandom random;
  const Trace one = make_trace(kValid, random);
  const Trace two = make_trace(kValid, random);
  EXPECT_EQ(one.trace_id, kTrace);
  EXPECT_EQ(two.trace_id, kTrace);
  EXPECT_NE(one.span_id, "00f067aa0ba902b7");
  EXPECT_NE(one.span_id, two.span_id);
}

TEST(MakeTrace, MakesANewTraceWhereThereIsNoneThatIsValid) {
  SeededRandom random;
  const Trace one = make_trace(std::nullopt, random);
  const Trace two = make_trace("00-nonsense", random);
  EXPECT_TRUE(std::regex_match(one.trace_id, std::regex("[0-9a-f]{32}"))) << one.trace_id;
  EXPECT_TRUE(std::regex_match(one.span_id, std::regex("[0-9a-f]{16}"))) << one.span_id;
  EXPECT_NE(one.trace_id, two.trace_id);
}

class Zeros final : public trede::RandomSource {
 public:
  trede::Uuid uuid4() override { return {}; }
  void fill(std::span<std::uint8_t> bytes) override {
    std::fill(bytes.begin(), bytes.end(), std::uint8_t{0});
  }
};

TEST(MakeTrace, IsNeverAllZeros) {
  Zeros random;
  const Trace trace = make_trace(std::nullopt, random);
  EXPECT_NE(parse_traceparent("00-" + trace.trace_id + "-" + trace.span_id + "-00"), std::nullopt);
}

}  // namespace
