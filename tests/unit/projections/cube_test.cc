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

TEST(CubeTable, HasAnEmptySeriesForACellWithoutRows) {
  CubeTable table(Table::kTrajecten);
  const Code first = table.cells().intern({1});
  const Code second = table.cells().intern({2});
  table.add({first, {Position{1}, 100, {1, 100}}});
  table.settle();
  EXPECT_EQ(table.series(first).count(), 1u);
  EXPECT_EQ(table.series(second).count(), 0u);
  EXPECT_EQ(table.count(), 1u);
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
