#include "tools/server/api/problem.h"

#include <gtest/gtest.h>

namespace trede::server {
namespace {

TEST(Problem, EachErrorOfTheEngineHasItsStatus) {
  const std::pair<ErrorCode, unsigned> cases[] = {
      {ErrorCode::kInvalid, 400},  {ErrorCode::kRefused, 409}, {ErrorCode::kNotFound, 404},
      {ErrorCode::kConflict, 503}, {ErrorCode::kLocked, 503},  {ErrorCode::kClock, 503},
      {ErrorCode::kClosed, 503},   {ErrorCode::kIo, 500},      {ErrorCode::kCorrupt, 500},
      {ErrorCode::kNewer, 500}};
  for (const auto& [code, status] : cases) {
    EXPECT_EQ(problem_of(Error{code, "x"}).status(), status) << static_cast<int>(code);
  }
}

TEST(Problem, WhatTheSystemSaysIsNotToldToWhoAsked) {
  for (const ErrorCode code : {ErrorCode::kIo, ErrorCode::kCorrupt, ErrorCode::kNewer}) {
    EXPECT_EQ(problem_of(Error{code, "a path"}).says.detail().find("a path"), std::string::npos);
  }
  EXPECT_EQ(problem_of(tool::system_failed("a path")).says.detail().find("a path"),
            std::string::npos);
}

TEST(Problem, OptionsOfTheCommandLineBecomeKeysOfTheQuery) {
  const Problem one = problem_of(tool::wrong_input("--en-bekend-op: `x` is not a moment"));
  EXPECT_EQ(one.status(), 400U);
  EXPECT_EQ(one.says.fouten(0).plaats(), "enBekendOp");
  const Problem other = problem_of(tool::wrong_input("--tm: missing, expected --van DAY --tm DAY"));
  EXPECT_EQ(other.says.detail(), "tm: missing, expected van DAY tm DAY");
}

TEST(Problem, CodesAreDistinctAndEachHasATitle) {
  std::set<std::string_view> names;
  for (const ProblemKind& kind : problem_kinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_FALSE(kind.title.empty());
    EXPECT_EQ(Problem(kind.code, "d").says.type(), "urn:trede:problem:" + std::string(kind.name));
  }
}

TEST(Problem, ARuleNamesItsCodeTheEventAndWhatItCollidesWith) {
  Refusal refusal{"geen_traject", "Dat kan niet.", 0,
                  EventId{*parse_uuid("00000000-0000-4000-8000-000000000001")}};
  const Problem problem = problem_of(refusal, 1);
  EXPECT_EQ(problem.status(), 409U);
  EXPECT_EQ(problem.says.regel(), "geen_traject");
  EXPECT_EQ(problem.says.detail(), "Dat kan niet.");
  EXPECT_EQ(problem.says.gebeurtenis(), 2U);
  EXPECT_EQ(problem.says.botst_met(), "00000000-0000-4000-8000-000000000001");
}

}  // namespace
}  // namespace trede::server
