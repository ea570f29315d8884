#include "projections/reports/laid_down.h"

#include <gtest/gtest.h>

#include "engine/dossier/recorder.h"
#include "engine/log/data_folder.h"
#include "tests/support/events.h"
#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"

namespace trede {
namespace {

using test::Attributes;

// The organisation's stream in a log, event by event.
class LaidDown : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(DataFolder::create(dir_ / "data", clock_, random_).has_value());
    auto folder = DataFolder::open(dir_ / "data", OpenMode::kWrite, clock_, random_);
    ASSERT_TRUE(folder.has_value());
    folder_ = std::move(*folder);
    recorder_ = std::make_unique<Recorder>(folder_->log(), clock_);
    organisatie_ = std::make_unique<OrganisatieLog>(folder_->log());
  }
  void TearDown() override {
    recorder_.reset();
    organisatie_.reset();
  }

  void record(const pb::Event& event) {
    const auto outcome = recorder_->record({&event, 1});
    ASSERT_TRUE(outcome.has_value() && std::holds_alternative<Recorded>(*outcome));
  }
  EventId record(std::string_view dag, std::string_view soort, Attributes attributes) {
    const EventId id = test::event_id(++number_);
    record(test::event(kOrganisatie, id, dag, soort, attributes));
    return id;
  }
  Organisatie organisatie(std::uint64_t known = 1'000) const {
    auto loaded = organisatie_->at(Position{known});
    EXPECT_TRUE(loaded.has_value());
    return loaded ? std::move(*loaded) : Organisatie();
  }
  std::string target(Soort soort, const std::string& maat, std::vector<Filter> waar = {},
                     std::uint64_t known = 1'000) const {
    const Organisatie known_then = organisatie(known);
    const Doel* found = known_then.find_doel(soort, maat, "2021", waar_text(waar));
    return found != nullptr ? target_value(*found).text(2) : "none";
  }

  test::TempDir dir_;
  test::FakeClock clock_;
  test::SeededRandom random_;
  std::unique_ptr<DataFolder> folder_;
  std::unique_ptr<Recorder> recorder_;
  std::unique_ptr<OrganisatieLog> organisatie_;  // asked again and again, as a server does
  std::uint64_t number_ = 0;
};

using Names = std::vector<std::string>;
constexpr Soort kAfspraak = Soort::kAfspraakVastgesteld;

TEST_F(LaidDown, GemeentenAreThoseThatTakePartInThePeriod) {
  record("2015-01-01", "gemeente_toegetreden", {{"gemeente", "Velsen"}});
  record("2020-01-01", "gemeente_toegetreden",
         {{"gemeente", "Beverwijk"}, {"dienst", "beschut_werk"}});
  record("2023-01-01", "gemeente_uitgetreden", {{"gemeente", "Velsen"}});
  const auto in = [&](const char* van, const char* tm) {
    return gemeenten_in(organisatie(), {test::day(van), test::day(tm)});
  };
  EXPECT_EQ(in("2014-01-01", "2014-12-31"), Names{});
  EXPECT_EQ(in("2014-01-01", "2015-01-01"), Names{"Velsen"});
  EXPECT_EQ(in("2022-10-01", "2023-03-31"), (Names{"Beverwijk", "Velsen"}));
  EXPECT_EQ(in("2023-01-01", "2023-03-31"), (Names{"Beverwijk", "Velsen"})) << "at the beginning";
  EXPECT_EQ(in("2023-01-02", "2023-03-31"), Names{"Beverwijk"});
}

TEST_F(LaidDown, ATargetIsTheLastOneKnown) {
  const EventId first = record("2020-11-01", "afspraak_vastgesteld",
                               {{"maat", "relaties_nieuw"}, {"periode", "2021"}, {"waarde", "45"}});
  record("2020-12-01", "afspraak_vastgesteld",
         {{"maat", "relaties_nieuw"}, {"periode", "2021"}, {"waarde", "40.5"}});
  EXPECT_EQ(target(kAfspraak, "relaties_nieuw", {}, 0), "none");
  EXPECT_EQ(target(kAfspraak, "relaties_nieuw", {}, 1), "45.00");
  EXPECT_EQ(target(kAfspraak, "relaties_nieuw", {}, 2), "40.50");
  record(test::correctie(kOrganisatie, test::event_id(++number_), test::event_id(2), "2020-12-01",
                         "afspraak_vastgesteld",
                         {{"maat", "relaties_nieuw"}, {"periode", "2021"}, {"waarde", "42"}}));
  EXPECT_EQ(target(kAfspraak, "relaties_nieuw"), "42.00");
  record(test::intrekking(kOrganisatie, test::event_id(++number_), test::event_id(2)));
  EXPECT_EQ(target(kAfspraak, "relaties_nieuw"), "45.00");
  EXPECT_EQ(target(kAfspraak, "relaties_nieuw", {}, 2), "40.50");
  EXPECT_EQ(first, test::event_id(1));
}

TEST_F(LaidDown, ATargetIsFoundByItsConditionsInAnyOrder) {
  record("2020-11-01", "afspraak_vastgesteld",
         {{"maat", "uitstroom"},
          {"periode", "2021"},
          {"waarde", "75"},
          {"waar", "trede=5;reden=werkaanvaarding"}});
  const Filter trede{"trede", {"5"}};
  const Filter reden{"reden", {"werkaanvaarding"}};
  EXPECT_EQ(target(kAfspraak, "uitstroom", {reden, trede}), "75.00");
  EXPECT_EQ(target(kAfspraak, "uitstroom", {trede, reden}), "75.00");
  EXPECT_EQ(target(kAfspraak, "uitstroom", {trede}), "none");
  EXPECT_EQ(target(kAfspraak, "uitstroom"), "none");
}

TEST_F(LaidDown, KindsOfTargetsDoNotMix) {
  record("2020-11-01", "benchmark_vastgesteld",
         {{"maat", "verzuimpercentage"}, {"periode", "2021"}, {"waarde", "16.8"}});
  record("2020-11-01", "taakstelling_vastgesteld",
         {{"maat", "verzuimpercentage"}, {"periode", "2021"}, {"waarde", "3"}});
  EXPECT_EQ(target(kAfspraak, "verzuimpercentage"), "none");
  EXPECT_EQ(target(Soort::kBenchmarkVastgesteld, "verzuimpercentage"), "16.80");
  EXPECT_EQ(target(Soort::kTaakstellingVastgesteld, "verzuimpercentage"), "3.00");
}

TEST_F(LaidDown, ALongStreamIsReadToItsEnd) {
  std::vector<pb::Event> events;
  for (int i = 1; i <= 600; ++i) {
    const std::string waarde = std::to_string(i);
    events.push_back(
        test::event(kOrganisatie, test::event_id(++number_), "2020-11-01", "afspraak_vastgesteld",
                    {{"maat", "doorstroom"}, {"periode", "2021"}, {"waarde", waarde}}));
  }
  const auto outcome = recorder_->record(events);
  ASSERT_TRUE(outcome.has_value() && std::holds_alternative<Recorded>(*outcome));
  EXPECT_EQ(target(kAfspraak, "doorstroom", {}, 600), "600.00");
}

TEST(WaarText, HasOneFormForOneSetOfConditions) {
  EXPECT_EQ(waar_text({}), "");
  EXPECT_EQ(waar_text({{"trede", {"5"}}, {"reden", {"overig", "verhuizing"}}}),
            "reden=overig,verhuizing;trede=5");
}

}  // namespace
}  // namespace trede
