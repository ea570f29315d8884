// Layouts are kept from question to question: that must never show, nor take ever more room.
#include "projections/answers/layout.h"

#include <gtest/gtest.h>

#include "projections/answers/evaluate.h"

namespace trede {
namespace {

const Query kOfVelsen{.measure = "diagnose",
                      .time = *parse_day("2021-01-31"),
                      .per = {},
                      .waar = {{"gemeente", {"Velsen"}}},
                      .known = Position{9}};

// One who asks has read the strings; then an append brings a new one; then he reads the sums.
TEST(Layouts, OfAStringThatComesIntoUseWhileSomebodyAsksAreNotKept) {
  Dictionary dictionary;
  Rollup rollup(rollups_of(kOfVelsen).front());
  const Rollup* const rollups[] = {&rollup};
  LayoutCache layouts;
  const Plan before(kOfVelsen, dictionary);
  const Code cell = rollup.find_or_add({dictionary.intern("Velsen")}).value();
  rollup.add(cell, {Position{1}, day_number(*parse_day("2021-01-01")), {1}});
  rollup.settle();
  evaluate(before, rollups, layouts);
  const Answer answer = evaluate(Plan(kOfVelsen, dictionary), rollups, layouts);
  EXPECT_EQ(answer.rows.at(0).waarde.text(), "1");
}

TEST(Layouts, WithoutRowsTakeRoomAsWell) {
  LayoutCache layouts;
  const std::string padding(100'000, ' ');
  for (int i = 0; i < 2'000; ++i) {
    layouts.find_or_make(padding + std::to_string(i), 0, [] { return Layout{}; });
  }
  EXPECT_LE(layouts.count(), LayoutCache::kBytesMax / padding.size());
}

TEST(Layouts, OfManyCellsTakeTheRoomOfThose) {
  LayoutCache layouts;
  constexpr std::size_t kCells = 1'000'000;
  const auto make = [] {
    return Layout{
        .cells = kCells, .codes = {{}}, .begin = {0, kCells}, .members = std::vector<Code>(kCells)};
  };
  for (int i = 0; i < 40; ++i) layouts.find_or_make(std::to_string(i), kCells, make);
  EXPECT_LE(layouts.count(), LayoutCache::kBytesMax / (kCells * sizeof(Code)));
  EXPECT_GT(layouts.count(), 1u);
}

}  // namespace
}  // namespace trede
