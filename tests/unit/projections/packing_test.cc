#include "projections/store/packing.h"

#include <gtest/gtest.h>

#include <limits>

#include "projections/cube/calendar.h"
#include "tests/support/events.h"

namespace trede::test {
namespace {

const int kDay = day_number(day("2024-02-27"));
const RunKind kKind{month_number(kDay), 2};

std::vector<Row> some_rows() {
  return {{7, {Position{5}, kDay, {1, -19'000}}},
          {0, {Position{5}, kDay - 26, {-1, 0}}},
          {300,
           {Position{1'000'000},
            kDay + 2,
            {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}}}};
}

std::string text(const Row& row) {
  return std::to_string(row.cell) + "@" + std::to_string(row.change.position.value) + " " +
         format_day(day_from_number(row.change.day)) + " " + std::to_string(row.change.weights[0]) +
         " " + std::to_string(row.change.weights[1]) + "; ";
}

std::string decoded(std::string_view stored) {
  std::string out;
  const Status status = decode_runs(stored, kKind, [&out](const Row& row) { out += text(row); });
  if (!status) return status.error().code == ErrorCode::kCorrupt ? "corrupt" : "other";
  return out;
}

std::string all_text() {
  std::string out;
  for (const Row& row : some_rows()) out += text(row);
  return out;
}

TEST(Packing, GivesBackTheRowsOfOneRunOrOfSeveralBehindEachOther) {
  const std::string run = encode_run(some_rows(), 2);
  EXPECT_EQ(decoded(run), all_text());
  EXPECT_EQ(decoded(run + run), all_text() + all_text());
  EXPECT_EQ(decoded(""), "");
}

TEST(Packing, OfASmallRowTakesFiveBytes) {
  const std::vector<Row> rows{{3, {Position{90}, kDay, {1}}}};
  EXPECT_EQ(encode_run(rows, 1), (std::string{1, 90, 26, 3, 2}));
}

TEST(Packing, OfARunThatIsCutAnywhereIsNoticed) {
  const std::string run = encode_run(some_rows(), 2);
  for (std::size_t size = 1; size < run.size(); ++size) {
    EXPECT_EQ(decoded(run.substr(0, size)), "corrupt") << size;
  }
  EXPECT_EQ(decoded(run + '\x01'), "corrupt");
}

TEST(Packing, RefusesADayOutsideAMonthAndAPositionBeyondTheMost) {
  EXPECT_EQ(decoded(std::string{1, 90, 31, 3, 2, 2}), "corrupt");
  EXPECT_EQ(decoded(std::string("\x01\xFF\xFF\xFF\xFF\xFF\xFF\x7F\x01\x03\x02\x02")), "corrupt");
}

TEST(Packing, OfCellsGivesThemBackInTheirOrder) {
  const std::vector<Cell> cells{{0, 1, 300, 4'294'967'295}, {7, 0, 0, 1}};
  std::string stored;
  for (const Cell& cell : cells) append_cell(cell, 4, stored);
  std::vector<Cell> found;
  const auto take = [&found](const Cell& cell) {
    found.push_back(cell);
    return Status();
  };
  EXPECT_TRUE(decode_cells(stored, 4, take));
  EXPECT_EQ(found, cells);
  EXPECT_EQ(decode_cells(stored, 5, take).error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(decode_cells(stored, 3, take).error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(decode_cells("", 4, take).error().code, ErrorCode::kCorrupt);
}

TEST(Packing, MarksRowsThatDifferDifferently) {
  const Row row{7, {Position{5}, kDay, {1, 2}}};
  for (const Row& other :
       {Row{8, {Position{5}, kDay, {1, 2}}}, Row{7, {Position{6}, kDay, {1, 2}}},
        Row{7, {Position{5}, kDay + 1, {1, 2}}}, Row{7, {Position{5}, kDay, {2, 1}}}}) {
    EXPECT_NE(row_mark(row), row_mark(other));
  }
  EXPECT_EQ(row_mark(row), row_mark(Row{row}));
}

TEST(Calendar, KnowsMonthsAndTheBeginningsOfPeriods) {
  EXPECT_EQ(month_first_day(month_number(kDay)), day_number(day("2024-02-01")));
  const std::pair<PeriodeSoort, const char*> cases[] = {{PeriodeSoort::kJaar, "2024-01-01"},
                                                        {PeriodeSoort::kKwartaal, "2024-01-01"},
                                                        {PeriodeSoort::kMaand, "2024-02-01"}};
  for (const auto& [soort, first] : cases) {
    EXPECT_EQ(periode_first_day(soort, kDay), day_number(day(first)));
  }
  EXPECT_EQ(periode_first_day(PeriodeSoort::kKwartaal, day_number(day("2024-12-31"))),
            day_number(day("2024-10-01")));
}

}  // namespace
}  // namespace trede::test
