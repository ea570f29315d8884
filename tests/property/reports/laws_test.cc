// Laws that every report obeys, whatever was recorded late, corrected, withdrawn or laid down.
#include <gtest/gtest.h>

#include <algorithm>

#include "projections/measures/measures.h"
#include "projections/reports/begroting.h"
#include "projections/reports/tijdvak.h"
#include "tests/property/reports/frozen_history.h"

namespace trede::test {
namespace {

constexpr std::uint64_t kSeeds = 2;
constexpr std::size_t kEvents = 170;
constexpr int kRounds = 8;
const std::string kSucceeded[] = {"identiteiten", "kwartaal", "p-en-c"};

std::string request_text(std::uint64_t seed, const ReportRequest& request) {
  return "seed " + std::to_string(seed) + ", " + dutch_period(request.period) + " as known at " +
         std::to_string(request.known.value);
}

const ReportCell* find_cell(const Report& report, const std::string& table_id,
                            const std::string& row_id, const std::string& column_id) {
  for (const ReportSection& section : report.sections) {
    for (const ReportTable& table : section.tables) {
      if (table.id != table_id) continue;
      const auto row = std::ranges::find(table.rows, row_id, &ReportRow::id);
      const auto column = std::ranges::find(table.columns, column_id, &ReportLine::id);
      if (row == table.rows.end() || column == table.columns.end()) return nullptr;
      return &row->cells[static_cast<std::size_t>(column - table.columns.begin())];
    }
  }
  return nullptr;
}

TEST(Reports, EveryOneCanBeWorkedOutOverAnyPeriodAtAnyMoment) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    FrozenHistory history(seed, kEvents);
    for (const pb::ReportDefinition& definition : all_shipped()) {
      for (int round = 0; round < kRounds / 2; ++round) {
        const ReportRequest request{history.dice().one_of(history.periods()),
                                    history.random_known(),
                                    random_choice(history.dice(), definition)};
        if (!is_over(definition, request.period)) continue;
        const auto worked = history.work_out(definition, request);
        ASSERT_TRUE(worked.has_value()) << definition.name() << ", " << request_text(seed, request)
                                        << ": " << worked.error().message;
        ASSERT_FALSE(worked->report.sections.empty());
      }
    }
  }
}

std::size_t count_judged(const Report& report) {
  std::size_t out = 0;
  for (const ReportSection& section : report.sections) {
    for (const ReportTable& table : section.tables) {
      out += static_cast<std::size_t>(std::ranges::count_if(table.rows, [](const ReportRow& row) {
        return row.cells.back().words == "klopt" && !row.cells.front().number.is_zero();
      }));
    }
  }
  return out;
}

// As they go before every report that is laid down.
TEST(Reports, EveryControlHoldsOverAnyPeriodAtAnyMoment) {
  std::size_t judged = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    FrozenHistory history(seed, kEvents);
    const auto definition = *DefinitionLibrary().load("identiteiten");
    for (int round = 0; round < kRounds; ++round) {
      ReportRequest request{history.dice().one_of(history.periods()), history.random_known()};
      request.succeeds = {history.dice().one_of(kSucceeded), ""};
      const auto worked = history.work_out(definition, request);
      ASSERT_TRUE(worked.has_value()) << request_text(seed, request);
      for (const std::string& failed : failed_controls(worked->report)) {
        ADD_FAILURE() << request_text(seed, request) << ": " << failed;
      }
      judged += count_judged(worked->report);
    }
  }
  EXPECT_GT(judged, 100U);
}

// A table of controls over everything that counts: what lies before a period, what came in late and
// what moved give what lies at its end; what was said before, what came in late and what came since
// give the whole. Not of amounts: one that is booked over a year lies in no part of it.
pb::ReportDefinition laws_of_nagekomen(const std::string& name) {
  std::string rows;
  const auto figure = [](const char* aspect) {
    return std::string("of { figure { aspect: ") + aspect + " } } ";
  };
  for (const Measure& measure : measures()) {
    if (measure.kind == MeasureKind::kVerhouding || soort_bedrag_of(measure.name)) continue;
    if (measure.asks_day && find_measure(measure.name + "_bij") == nullptr) continue;
    const std::string id = [&] {
      std::string out = measure.name;
      std::ranges::replace(out, '_', '-');
      return out;
    }();
    rows += "row { id: \"" + id + "\" title: \"" + id + "\" measure: \"" + measure.name +
            "\" identiteit { links { sum { ";
    rows += measure.asks_day ? figure("BEGIN") + figure("NAGEKOMEN") + figure("BIJ")
                             : figure("VORIG") + figure("NAGEKOMEN") + figure("SINDS");
    rows += "} } rechts { sum { ";
    rows += measure.asks_day ? figure("EIND") + figure("AF") : figure("PERIODE");
    rows += "} } } }\n";
  }
  auto out = DefinitionLibrary().parse(
      "laws", "name: \"" + name +
                  "\" title: \"T\" version: \"1\" section { id: \"s\" title: \"S\" " +
                  "table { id: \"t\" title: \"T\"\n" + rows + "} }");
  if (!out) throw std::runtime_error(out.error().message);
  return *std::move(out);
}

TEST(Reports, WhatCameInLateClosesEveryStandAndEveryCumulativeFlow) {
  int moved = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    FrozenHistory history(seed, kEvents);
    for (int round = 0; round < kRounds; ++round) {
      const auto definition = laws_of_nagekomen(history.dice().one_of(kSucceeded));
      const ReportRequest request{history.dice().one_of(history.periods()), history.random_known()};
      const auto worked = history.work_out(definition, request);
      ASSERT_TRUE(worked.has_value()) << request_text(seed, request) << worked.error().message;
      const ReportTable& table = worked->report.sections[0].tables[0];
      for (const ReportRow& row : table.rows) {
        if (row.cells.front().state == CellState::kLeeg) continue;  // no report before: no parts
        EXPECT_EQ(row.cells.back().words, "klopt")
            << definition.name() << ", " << request_text(seed, request) << ": " << row.id << " "
            << row.cells[0].text() << " against " << row.cells[1].text();
        if (!row.cells[0].number.is_zero()) ++moved;
      }
    }
  }
  EXPECT_GT(moved, 50);
}

TEST(Reports, TheNextBeginsWhereTheOneThatWasLaidDownEnded) {
  int compared = 0;
  int late = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    FrozenHistory history(seed, kEvents);
    const auto definition = *DefinitionLibrary().load("kwartaal");
    for (const LaidDownReport& before : history.laid_down()) {
      const Report& then = before.report;
      if (then.name != "kwartaal" || months_from_january(then.period) == 12) continue;
      const Day next = then.period.tm + std::chrono::days{1};
      const ReportRequest request{{next, next + std::chrono::days{88}}, history.last_known()};
      // Of several that end on that day the longest one counts.
      if (history.longest_ending(then).position != before.position) continue;
      const auto worked = history.work_out(definition, request);
      ASSERT_TRUE(worked.has_value()) << worked.error().message;
      for (const ReportSection& section : worked->report.sections) {
        for (const ReportTable& table : section.tables) {
          for (const ReportRow& row : table.rows) {
            const auto* begin = find_cell(worked->report, table.id, row.id, "begin");
            const auto* eind = find_cell(then, table.id, row.id, "eind");
            if (begin == nullptr || eind == nullptr) continue;
            EXPECT_EQ(begin->text(), eind->text())
                << request_text(seed, request) << ": " << table.id << "/" << row.id;
            ++compared;
            const auto* nagekomen = find_cell(worked->report, table.id, row.id, "nagekomen");
            if (nagekomen != nullptr && !nagekomen->number.is_zero()) ++late;
          }
        }
      }
    }
  }
  EXPECT_GT(compared, 100);
  EXPECT_GT(late, 5);
}

}  // namespace
}  // namespace trede::test
