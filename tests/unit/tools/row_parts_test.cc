#include <gtest/gtest.h>

#include <set>

#include "tests/support/events.h"
#include "tests/support/fakes.h"
#include "tests/unit/tools/key_table.h"
#include "tools/trede/rows/columns.h"
#include "tools/trede/rows/derived_id.h"
#include "tools/trede/rows/import_report.h"
#include "tools/trede/rows/kind_finder.h"
#include "tools/trede/rows/stream_names.h"

namespace trede::tool {
namespace {

std::string flaws_of(const std::vector<std::string_view>& header) {
  Columns columns;
  std::string out;
  for (const auto& flaw : columns.read(header)) {
    out += flaw.column + ": " + flaw.message.substr(0, flaw.message.find(',')) + "; ";
  }
  return out;
}

TEST(RecentKinds, KnowTheLatestRowsAndNeverAnotherKind) {
  constexpr std::uint64_t kRows = 300'000;
  const auto soort_of = [](std::uint64_t row) {
    return row % 3 == 0 ? Soort::kIntake : Soort::kContactmoment;
  };
  RecentKinds kinds;
  EXPECT_EQ(kinds.find(test::event_id(1)), std::nullopt);
  std::uint64_t known = 0;
  for (std::uint64_t row = 1; row <= kRows; ++row) {
    kinds.note(test::event_id(row), soort_of(row));
    EXPECT_EQ(kinds.find(test::event_id(row)), soort_of(row));
    const std::uint64_t earlier = row - std::min<std::uint64_t>(row - 1, 1000);
    const auto found = kinds.find(test::event_id(earlier));
    if (!found) continue;
    ++known;
    ASSERT_EQ(found, soort_of(earlier));
  }
  EXPECT_GT(known, kRows / 10 * 9);
  EXPECT_EQ(kinds.find(test::event_id(kRows + 1)), std::nullopt);
}

TEST(Columns, HeaderMayHaveAnyOrderAndLackAttributes) {
  EXPECT_EQ(flaws_of({"soort", "gemeente", "stream"}), "");
  EXPECT_EQ(flaws_of({"stream", "soort", "geldig_op", "vastgelegd_op", "event_id", "actor",
                      "vervangt", "groep", "na_afsluiting", "doelgroepen", "bedrag_eurocent"}),
            "");
}

TEST(Columns, BeyondAHundredFlawsAreCounted) {
  std::vector<std::string> names = {"stream", "soort"};
  for (int i = 0; i < 400'000; ++i) names.push_back("k" + std::to_string(i));
  const auto flaws_of_first = [&names](std::size_t count) {
    Columns columns;
    return columns.read({names.begin(), names.begin() + static_cast<std::ptrdiff_t>(count)});
  };
  EXPECT_EQ(flaws_of_first(102).size(), 100U);
  EXPECT_EQ(flaws_of_first(102).back().column, "k99");
  const auto flaws = flaws_of_first(names.size());
  ASSERT_EQ(flaws.size(), 100U);
  EXPECT_EQ(flaws[98].column, "k98");
  EXPECT_TRUE(flaws[99].message.starts_with("399901 more bad columns, expected"));
}

TEST(Columns, EveryFlawOfTheHeaderIsNamed) {
  EXPECT_EQ(flaws_of({"stream", "soort", "gemeenten"}), "gemeenten: unknown column; ");
  EXPECT_EQ(flaws_of({"stream", "soort", "soort"}), "soort: the column stands twice; ");
  EXPECT_EQ(flaws_of({"soort"}), "stream: the column is missing; ");
  EXPECT_EQ(flaws_of({"stream", "soort", ""}), "header: a column without a name; ");
  EXPECT_EQ(flaws_of({"Stream", "soort"}),
            "Stream: unknown column; stream: the column is missing; ");
}

TEST(DerivedIds, SameFileTwiceGivesTheSameIds) {
  DerivedIds first;
  DerivedIds second;
  for (const std::string content : {"a", "b", "a", "a", "b", ""}) {
    EXPECT_EQ(first.next(content), second.next(content));
  }
}

TEST(DerivedIds, EachOccurrenceHasItsOwnId) {
  DerivedIds ids;
  std::set<EventId> seen;
  for (int i = 0; i < 100; ++i) seen.insert(ids.next("dezelfde rij"));
  EXPECT_EQ(seen.size(), 100U);
}

TEST(DerivedIds, OccurrencesOfOneContentDoNotShiftThoseOfAnother) {
  DerivedIds one;
  DerivedIds other;
  one.next("a");
  one.next("a");
  EXPECT_EQ(one.next("b"), other.next("b"));
}

TEST(DerivedIds, StayWhatTheyWereInEveryRelease) {
  DerivedIds ids;
  EXPECT_EQ(ids.next("stream=dossier/K1\nsoort=intake_gestart\n").uuid.text(),
            "005c3659-16ca-817e-93e2-6dc9f17574a3");
  EXPECT_EQ(ids.next("stream=dossier/K1\nsoort=intake_gestart\n").uuid.text(),
            "9b45192a-586a-833e-8a41-5a4afab7f4c7");
}

TEST(NumberSet, HoldsWhatWasInsertedAndNothingElse) {
  NumberSet set;
  for (std::uint64_t n = 0; n < 20'000; ++n) EXPECT_TRUE(set.insert(n * 1024)) << n;
  for (std::uint64_t n = 0; n < 20'000; ++n) EXPECT_FALSE(set.insert(n * 1024)) << n;
  EXPECT_TRUE(set.insert(1));
}

TEST(StreamName, IsParsedOrRefused) {
  EXPECT_EQ(parse_stream_name("organisatie")->kind, StreamKind::kOrganisatie);
  EXPECT_EQ(parse_stream_name("dossier/K-1.a_B")->key, "K-1.a_B");
  EXPECT_EQ(parse_stream_name("werkgever/w")->kind, StreamKind::kWerkgever);
  for (const std::string bad : {"", "dossier", "dossier/", "dossier/a b", "Dossier/K1", "K1",
                                "organisatie/x", "dossier/a/b", "dossier/111222333"}) {
    const auto name = parse_stream_name(bad);
    ASSERT_FALSE(name) << bad;
    EXPECT_EQ(name.error().code, ErrorCode::kInvalid);
    EXPECT_EQ(name.error().message.find("111222333"), std::string::npos);
  }
}

class StreamNamesTest : public testing::Test {
 protected:
  test::KeyTable keys_;
  test::SeededRandom random_;
  StreamNames names_{keys_, random_};
};

TEST_F(StreamNamesTest, NewNameGetsOneRandomStreamAndNoKeyUntilAssigned) {
  const auto first = names_.find_or_make({StreamKind::kDossier, "K1"});
  const auto again = names_.find_or_make({StreamKind::kDossier, "K1"});
  const auto other = names_.find_or_make({StreamKind::kWerkgever, "K1"});
  ASSERT_TRUE(first && again && other);
  EXPECT_EQ(*first, *again);
  EXPECT_NE(first->uuid, other->uuid);
  EXPECT_TRUE(names_.has_new());
  EXPECT_EQ(keys_.size(), 0U);
  ASSERT_TRUE(names_.assign_new());
  EXPECT_EQ(*keys_.find_stream(StreamKind::kDossier, "K1"), *first);
  EXPECT_EQ(keys_.size(), 2U);
}

TEST_F(StreamNamesTest, KnownNameHasTheStreamItHad) {
  const KeyEntry entry{test::dossier(7), "K7"};
  ASSERT_TRUE(keys_.assign({&entry, 1}));
  EXPECT_EQ(*names_.find_or_make({StreamKind::kDossier, "K7"}), test::dossier(7));
  EXPECT_FALSE(names_.has_new());
}

TEST_F(StreamNamesTest, AdoptedNameMayNotHaveTwoStreams) {
  ASSERT_TRUE(names_.adopt({StreamKind::kDossier, "K1"}, test::dossier(1)));
  EXPECT_TRUE(names_.adopt({StreamKind::kDossier, "K1"}, test::dossier(1)));
  const Status other = names_.adopt({StreamKind::kDossier, "K1"}, test::dossier(2));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kInvalid);
}

TEST_F(StreamNamesTest, TextIsTheKeyOrElseTheStream) {
  const KeyEntry entry{test::dossier(7), "K7"};
  ASSERT_TRUE(keys_.assign({&entry, 1}));
  EXPECT_EQ(*stream_text(keys_, test::dossier(7)), "dossier/K7");
  EXPECT_EQ(*stream_text(keys_, test::dossier(8)), test::dossier(8).text());
  EXPECT_EQ(*stream_text(keys_, kOrganisatie), "organisatie");
}

TEST(BadRows, AHundredAreShownAndTheRestCounted) {
  BadRows bad("f.csv");
  for (std::size_t line = 1; line <= 103; ++line) bad.add(line, "soort", "x\ny");
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  {
    Output err(ends[1]);
    bad.print(err);
  }
  std::string text(1 << 16, '\0');
  text.resize(static_cast<std::size_t>(read(ends[0], text.data(), text.size())));
  EXPECT_EQ(std::ranges::count(text, '\n'), 101);
  EXPECT_TRUE(text.starts_with("f.csv:1: soort: x?y\nf.csv:2: "));
  EXPECT_TRUE(text.ends_with("f.csv: and 3 more bad rows\n"));
  close(ends[0]);
  close(ends[1]);
}

TEST(ImportTotals, CountsPerKindInTheOrderOfTheCatalogue) {
  ImportTotals totals;
  totals.add(Soort::kIntake);
  totals.add(Soort::kAanmelding);
  totals.add(Soort::kAanmelding);
  totals.add_positions(Position{5}, Position{6});
  totals.add_positions(Position{7}, Position{7});
  totals.skipped = 4;
  EXPECT_EQ(totals.text(),
            "soort       aantal\n"
            "----------  ------\n"
            "aanmelding       2\n"
            "intake           1\n"
            "totaal           3\n"
            "\n"
            "posities: 5 t/m 7\n"
            "overgeslagen: 4\n");
  EXPECT_NE(ImportTotals().text().find("posities: -\n"), std::string::npos);
}

}  // namespace
}  // namespace trede::tool
