#include "projections/reports/organisatie.h"

#include <gtest/gtest.h>

#include "tests/support/events.h"

namespace trede {
namespace {

using test::Attributes;
using test::day;

// The organisation's stream, event by event.
class OrganisatieTest : public testing::Test {
 protected:
  EventId given(std::string_view dag, std::string_view soort, Attributes attributes) {
    return add(test::event(kOrganisatie, test::event_id(++number_), dag, soort, attributes));
  }
  EventId add(const pb::Event& event) {
    history_.add(std::make_shared<const pb::Event>(test::recorded(event, number_, number_)));
    return test::event_id(number_);
  }
  std::optional<std::string> afspraak(const std::string& maat,
                                      std::vector<Filter> waar = {}) const {
    const auto found = Organisatie::of(history_).find_target(
        {TargetKind::kAfspraak, maat, "2021", canonical_waar(std::move(waar))});
    if (!found) return std::nullopt;
    return found->text(2);
  }
  std::vector<std::string> gemeenten(std::string_view dag) const {
    return Organisatie::of(history_).gemeenten(day(dag));
  }

  History history_;
  std::uint64_t number_ = 0;
};

using Names = std::vector<std::string>;

TEST_F(OrganisatieTest, GemeentenTakePartFromTheDayTheyEnter) {
  given("2015-01-01", "gemeente_toegetreden", {{"gemeente", "Velsen"}});
  given("2020-01-01", "gemeente_toegetreden",
        {{"gemeente", "Beverwijk"}, {"dienst", "beschut_werk"}});
  EXPECT_EQ(gemeenten("2014-12-31"), Names{});
  EXPECT_EQ(gemeenten("2015-01-01"), Names{"Velsen"});
  EXPECT_EQ(gemeenten("2020-01-01"), (Names{"Beverwijk", "Velsen"}));
}

TEST_F(OrganisatieTest, AGemeenteStaysWhileOneDienstIsLeft) {
  given("2015-01-01", "gemeente_toegetreden", {{"gemeente", "Uitgeest"}});
  given("2022-01-01", "gemeente_uitgetreden",
        {{"gemeente", "Uitgeest"}, {"dienst", "re_integratie"}});
  EXPECT_EQ(gemeenten("2022-06-01"), Names{"Uitgeest"});
  given("2023-01-01", "gemeente_uitgetreden", {{"gemeente", "Uitgeest"}});
  EXPECT_EQ(gemeenten("2022-12-31"), Names{"Uitgeest"});
  EXPECT_EQ(gemeenten("2023-01-01"), Names{});
}

TEST_F(OrganisatieTest, TheLastTargetCounts) {
  given("2020-11-01", "afspraak_vastgesteld",
        {{"maat", "relaties_nieuw"}, {"periode", "2021"}, {"waarde", "45"}});
  EXPECT_EQ(afspraak("relaties_nieuw"), "45.00");
  given("2020-12-01", "afspraak_vastgesteld",
        {{"maat", "relaties_nieuw"}, {"periode", "2021"}, {"waarde", "40.5"}});
  EXPECT_EQ(afspraak("relaties_nieuw"), "40.50");
  // Recorded last, but laid down before the one that counts.
  given("2020-10-01", "afspraak_vastgesteld",
        {{"maat", "relaties_nieuw"}, {"periode", "2021"}, {"waarde", "50"}});
  EXPECT_EQ(afspraak("relaties_nieuw"), "40.50");
}

TEST_F(OrganisatieTest, ACorrectionOfATargetCounts) {
  const EventId wrong = given("2020-11-01", "afspraak_vastgesteld",
                              {{"maat", "doorstroom"}, {"periode", "2021"}, {"waarde", "57"}});
  ++number_;
  add(test::correctie(kOrganisatie, test::event_id(number_), wrong, "2020-11-01",
                      "afspraak_vastgesteld",
                      {{"maat", "doorstroom"}, {"periode", "2021"}, {"waarde", "75"}}));
  EXPECT_EQ(afspraak("doorstroom"), "75.00");
}

TEST_F(OrganisatieTest, ATargetIsFoundByItsConditionsInAnyOrder) {
  given("2020-11-01", "afspraak_vastgesteld",
        {{"maat", "uitstroom"},
         {"periode", "2021"},
         {"waarde", "75"},
         {"waar", "trede=5;reden=werkaanvaarding"}});
  const Filter trede{"trede", {"5"}};
  const Filter reden{"reden", {"werkaanvaarding"}};
  EXPECT_EQ(afspraak("uitstroom", {reden, trede}), "75.00");
  EXPECT_EQ(afspraak("uitstroom", {trede, reden}), "75.00");
  EXPECT_EQ(afspraak("uitstroom", {trede}), std::nullopt);
  EXPECT_EQ(afspraak("uitstroom"), std::nullopt);
}

TEST_F(OrganisatieTest, KindsOfTargetsDoNotMix) {
  given("2020-11-01", "benchmark_vastgesteld",
        {{"maat", "verzuimpercentage"}, {"periode", "2021"}, {"waarde", "16.8"}});
  given("2020-11-01", "taakstelling_vastgesteld",
        {{"maat", "verzuimpercentage"}, {"periode", "2021"}, {"waarde", "3"}});
  EXPECT_EQ(afspraak("verzuimpercentage"), std::nullopt);
  const auto organisatie = Organisatie::of(history_);
  EXPECT_EQ(
      organisatie.find_target({TargetKind::kBenchmark, "verzuimpercentage", "2021", ""})->text(1),
      "16.8");
  EXPECT_EQ(organisatie.find_target({TargetKind::kTaakstelling, "verzuimpercentage", "2021", ""})
                ->text(1),
            "3.0");
}

}  // namespace
}  // namespace trede
