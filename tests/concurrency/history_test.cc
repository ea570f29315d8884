// The check itself: right histories pass, and each way to be wrong is told.
#include "tests/concurrency/history.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/events.h"

namespace trede::test {
namespace {

using Answer = Call::Answer;
using Kind = Call::Kind;

struct Times {
  std::uint64_t asked;
  std::uint64_t answered;
};

Call append(Times times, std::uint64_t expected, std::uint64_t first, std::uint64_t count = 1) {
  Call call;
  call.asked = times.asked;
  call.answered = times.answered;
  call.parts = {{dossier(1), expected, count}};
  call.first_id = 100 + first;
  call.first = first;
  call.last = first + count - 1;
  call.vastgelegd_op = Moment{std::chrono::seconds{first}};
  return call;
}
Call refused(Times times, std::uint64_t expected) {
  Call call = append(times, expected, 0);
  call.answer = Answer::kConflict;
  return call;
}
Call there(Times times, std::uint64_t first) {
  Call call = append(times, 0, first);
  call.answer = Answer::kThere;
  return call;
}
Call read(Kind kind, Times times, std::uint64_t value) {
  Call call;
  call.kind = kind;
  call.asked = times.asked;
  call.answered = times.answered;
  call.parts = {{dossier(1), {}, 0}};
  call.value = value;
  return call;
}

TEST(Contradictions, AHistoryThatOneOrderExplainsHasNone) {
  EXPECT_EQ(contradictions({}), std::vector<std::string>());
  Call three_there = there({5, 12}, 2);
  three_there.last = 4;
  EXPECT_EQ(contradictions({
                append({1, 9}, 0, 1),
                append({2, 8}, 1, 2, 3),
                append({3, 7}, 4, 5),
                refused({4, 6}, 1),    // at 4 it may have been anywhere from 0 to 5
                refused({10, 11}, 4),  // it is at 5
                three_there,
                read(Kind::kLastPosition, {4, 5}, 4),
                read(Kind::kLastPosition, {10, 11}, 5),
                read(Kind::kVersion, {3, 6}, 0),
                read(Kind::kVersion, {10, 13}, 5),
            }),
            std::vector<std::string>());
}

struct Row {
  const char* what;
  std::vector<Call> calls;
};

TEST(Contradictions, EachWayToBeWrongIsTold) {
  Call two_moments = append({3, 4}, 1, 2);
  two_moments.vastgelegd_op = Moment{std::chrono::seconds{1}};
  Call short_of_a_place = append({1, 2}, 0, 1, 2);
  short_of_a_place.last = 1;
  const Row rows[] = {
      {"its place is taken", {append({1, 2}, 0, 1), append({3, 4}, 1, 1)}},
      {"leaves a hole", {append({1, 2}, 0, 1), append({3, 4}, 1, 3)}},
      {"not as many places as events", {short_of_a_place}},
      {"its moment does not rise", {append({1, 2}, 0, 1), two_moments}},
      {"another version than it expected", {append({1, 4}, 0, 1), append({2, 3}, 0, 2)}},
      {"answered before this was asked", {append({5, 6}, 0, 1), append({1, 2}, 1, 2)}},
      {"every stream was at its version", {append({1, 2}, 0, 1), refused({3, 4}, 1)}},
      {"never came", {there({1, 2}, 1)}},
      {"another place than it was first",
       {append({1, 2}, 0, 1), append({3, 4}, 1, 2),
        [] {
          Call call = there({5, 6}, 1);
          call.first_id = 102;
          return call;
        }()}},
      {"was there before it came", {append({3, 4}, 0, 1), there({1, 2}, 1)}},
      {"does not see what was acknowledged",
       {append({1, 2}, 0, 1), read(Kind::kLastPosition, {3, 4}, 0)}},
      {"sees what nobody had asked for",
       {read(Kind::kLastPosition, {1, 2}, 1), append({3, 4}, 0, 1)}},
      {"sees half of an append", {append({1, 4}, 0, 1, 2), read(Kind::kLastPosition, {2, 3}, 1)}},
      {"does not see a version", {append({1, 2}, 0, 1), read(Kind::kVersion, {3, 4}, 0)}},
      {"a version that nobody", {read(Kind::kVersion, {1, 2}, 1), append({3, 4}, 0, 1)}},
      {"a version inside", {append({1, 4}, 0, 1, 2), read(Kind::kVersion, {2, 3}, 1)}},
      {"sees less than a read",
       {append({1, 9}, 0, 1), read(Kind::kLastPosition, {2, 3}, 1),
        read(Kind::kLastPosition, {4, 5}, 0)}},
  };
  for (const Row& row : rows) {
    const auto found = contradictions(row.calls);
    EXPECT_TRUE(std::ranges::any_of(found, [&](const std::string& line) {
      return line.find(row.what) != std::string::npos;
    })) << row.what;
  }
}

}  // namespace
}  // namespace trede::test
