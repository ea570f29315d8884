#include "projections/cube/cube.h"

#include <gtest/gtest.h>

#include "projections/answers/rows.h"
#include "projections/cube/dictionary.h"
#include "projections/cube/schema.h"

namespace trede {
namespace {

TEST(Dictionary, NumbersStringsInOrderAndKeepsThem) {
  Dictionary dictionary;
  EXPECT_EQ(dictionary.intern("Velsen"), 1u);
  EXPECT_EQ(dictionary.intern("Uitgeest"), 2u);
  EXPECT_EQ(dictionary.intern("Velsen"), 1u);
  EXPECT_EQ(dictionary.text(2), "Uitgeest");
  EXPECT_EQ(dictionary.find("Uitgeest"), 2u);
  EXPECT_EQ(dictionary.find("Heemskerk"), std::nullopt);
  EXPECT_EQ(dictionary.size(), 2u);
}

TEST(Dictionary, HasZeroForUnknown) {
  Dictionary dictionary;
  EXPECT_EQ(dictionary.intern(""), kOnbekend);
  EXPECT_EQ(dictionary.intern("onbekend"), kOnbekend);
  EXPECT_EQ(dictionary.find("onbekend"), kOnbekend);
  EXPECT_EQ(dictionary.text(kOnbekend), "onbekend");
  EXPECT_EQ(dictionary.size(), 0u);
}

TEST(CellIndex, NumbersCellsInOrder) {
  CellIndex cells;
  EXPECT_EQ(cells.intern({1, 2}), 0u);
  EXPECT_EQ(cells.intern({2, 1}), 1u);
  EXPECT_EQ(cells.intern({1, 2}), 0u);
  EXPECT_EQ(cells.at(1), (Cell{2, 1}));
}

TEST(Rollup, HasAnEmptySeriesForACellWithoutRows) {
  Rollup rollup({Table::kTrajecten, all_dims(Table::kTrajecten)});
  const Code first = rollup.find_or_add({1}).value();
  const Code second = rollup.find_or_add({2}).value();
  rollup.add(first, {Position{1}, 100, {1, 100}});
  rollup.settle();
  EXPECT_EQ(rollup.series(first).count(), 1u);
  EXPECT_EQ(rollup.series(second).count(), 0u);
  EXPECT_EQ(rollup.count(), 1u);
}

// trajecten: gemeente, regeling, doelgroep, trede, werkcoach; gemeente and trede are kept.
TEST(Rollup, MakesOneCellOfThoseThatDifferInOtherDimensions) {
  Rollup rollup({Table::kTrajecten, 0b01001});
  const Code first = rollup.find_or_add({1, 2, 3, 4, 5}).value();
  EXPECT_EQ(rollup.find_or_add({1, 9, 9, 4, 9}), first);
  EXPECT_NE(rollup.find_or_add({1, 2, 3, 5, 5}), first);
  EXPECT_EQ(rollup.cell(first), (Cell{1, 0, 0, 4}));
  EXPECT_EQ(rollup.size(), 2u);
}

// diagnose_stroom: gemeente before, gemeente after, reden, which of the two hold.
TEST(Rollup, LeavesOutFlowsBetweenWhatItDoesNotTellApart) {
  constexpr Code kBoth = StroomCell::kBefore | StroomCell::kAfter;
  Rollup whole({Table::kDiagnoseStroom, all_dims(Table::kDiagnoseStroom)});
  Rollup without({Table::kDiagnoseStroom, 0});
  EXPECT_TRUE(whole.find_or_add({1, 2, 3, kBoth}));
  EXPECT_FALSE(without.find_or_add({1, 2, 3, kBoth}));
  EXPECT_EQ(without.cell(without.find_or_add({0, 2, 3, StroomCell::kAfter}).value()),
            (Cell{0, 0, 0, StroomCell::kAfter}));
}

// What one append takes from a werkcoach and gives to another is nothing to who does not ask.
TEST(Rollup, HoldsNothingOfChangesThatCancelWithinAnAppend) {
  Rollup rollup({Table::kTrajecten, 0b00001});
  const Code cell = rollup.find_or_add({1}).value();
  rollup.add(cell, {Position{1}, 100, {1, 100}});
  rollup.add(cell, {Position{2}, 120, {-1, -100}});
  rollup.add(cell, {Position{2}, 120, {1, 100}});
  rollup.settle();
  EXPECT_EQ(rollup.count(), 1u);
}

TEST(Schema, OfEveryTableFitsACell) {
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const TableInfo& info = info_of(static_cast<Table>(i));
    EXPECT_LE(info.cell_size(), kMaxDims) << info.name;
    EXPECT_LE(info.weights, kMaxWeights) << info.name;
    EXPECT_EQ(info.stroom, info.name.ends_with("_stroom")) << info.name;
  }
  EXPECT_EQ(info_of(stroom_of(Table::kTrajecten)).name, "trajecten_stroom");
  EXPECT_EQ(info_of(stroom_of(Table::kVerzuimgevallen)).name, "verzuimgevallen_stroom");
}

TEST(Schema, GivesEveryCodeANumberAndBack) {
  for (int i = 0; i <= static_cast<int>(Dim::kStroomReden); ++i) {
    const auto dim = static_cast<Dim>(i);
    if (info_of(dim).form != DimForm::kCodes) continue;
    EXPECT_EQ(find_code(dim, "onbekend"), kOnbekend);
    EXPECT_EQ(find_code(dim, "bestaat_niet"), std::nullopt);
    for (const std::string& text : info_of(dim).codes) {
      const auto code = find_code(dim, text);
      ASSERT_TRUE(code) << text;
      EXPECT_NE(*code, kOnbekend);
      EXPECT_EQ(code_text(dim, *code), text);
    }
  }
}

TEST(Schema, NamesEveryTableAndCodeThatStoredRowsDependOn) {
  const std::string text = schema_text();
  EXPECT_NE(text.find("trajecten 2: gemeente regeling|participatiewet|"), std::string::npos);
  EXPECT_NE(text.find("|negatief_advies|teruggemeld"), std::string::npos);
  EXPECT_NE(text.find("verzuim_per_duur 1: "), std::string::npos);
}

TEST(Schema, HasClassesOfDurationWithoutGapOrOverlap) {
  int next = 0;
  for (const DuurKlasse& klasse : duur_klassen()) {
    EXPECT_EQ(klasse.first, next);
    next = klasse.end;
  }
}

}  // namespace
}  // namespace trede
