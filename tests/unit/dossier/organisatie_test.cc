#include "engine/dossier/organisatie.h"

#include <gtest/gtest.h>

#include "tests/unit/dossier/rule_table.h"

namespace trede::test {
namespace {

Organisatie fold(std::string_view text) {
  Story story;
  EXPECT_EQ(story.judge(text), "goed");
  const History history = story.history(kOrganisatie);
  return Organisatie::fold(history.acting());
}

TEST(Deelname, IsPerDienstAndDay) {
  const Organisatie organisatie = fold(
      "organisatie 2022-01-01 gemeente_uitgetreden gemeente=Alkmaar dienst=re_integratie;"
      "organisatie 2023-01-01 gemeente_toegetreden gemeente=Alkmaar dienst=re_integratie");
  struct Row {
    std::optional<pb::Dienst> dienst;
    const char* day;
    bool takes_part;
  };
  for (const Row& row :
       {Row{pb::DIENST_RE_INTEGRATIE, "1999-12-31", false},
        Row{pb::DIENST_RE_INTEGRATIE, "2000-01-01", true},
        Row{pb::DIENST_RE_INTEGRATIE, "2021-12-31", true},
        Row{pb::DIENST_RE_INTEGRATIE, "2022-01-01", false},
        Row{pb::DIENST_RE_INTEGRATIE, "2022-12-31", false},
        Row{pb::DIENST_RE_INTEGRATIE, "2023-01-01", true},
        Row{pb::DIENST_BESCHUT_WERK, "2022-06-01", true}, Row{std::nullopt, "2022-06-01", true},
        Row{std::nullopt, "1999-12-31", false}}) {
    EXPECT_EQ(organisatie.takes_part("Alkmaar", row.dienst, day(row.day)), row.takes_part)
        << row.day;
  }
  EXPECT_FALSE(organisatie.takes_part("Texel", std::nullopt, day("2022-06-01")));
}

TEST(Deelname, NamesTheGemeentenThatEverTookPart) {
  EXPECT_EQ(fold("organisatie 01-01 afdeling_ingesteld").gemeenten(),
            (std::vector<std::string>{"Alkmaar", "Bergen", "Castricum", "Dijk", "Uitgeest"}));
}

TEST(Afdelingen, AreThereFromTheirDayOn) {
  const Organisatie organisatie = fold("organisatie 01-01 afdeling_ingesteld afdeling=Ahoek");
  using Names = std::vector<std::string>;
  EXPECT_EQ(organisatie.afdelingen(day("1999-12-31")), Names{});
  EXPECT_EQ(organisatie.afdelingen(day("2020-12-31")), Names{"Groen"});
  EXPECT_EQ(organisatie.afdelingen(day("2021-01-01")), (Names{"Ahoek", "Groen"}));
  EXPECT_EQ(organisatie.afdelingen(day("2021-06-01")), (Names{"Ahoek", "Groen", "Schoon"}));
}

TEST(Deelname, FoldPassesOverWhatCannotAct) {
  History history;
  const auto add = [&](std::uint64_t number, std::string_view dag, std::string_view soort) {
    history.add(std::make_shared<pb::Event>(recorded(
        event(kOrganisatie, event_id(number), dag, soort, {{"gemeente", "Alkmaar"}}), number)));
  };
  add(1, "2020-01-01", "gemeente_uitgetreden");
  add(2, "2021-01-01", "gemeente_toegetreden");
  add(3, "2022-01-01", "gemeente_toegetreden");
  const auto violation = Organisatie::find_violation(history.acting());
  ASSERT_TRUE(violation.has_value());
  EXPECT_EQ(violation->rule, Rule::kNietToegetreden);
  EXPECT_EQ(violation->event->id, event_id(1));
  const Organisatie organisatie = Organisatie::fold(history.acting());
  EXPECT_TRUE(organisatie.takes_part("Alkmaar", std::nullopt, day("2021-01-01")));
  EXPECT_FALSE(organisatie.takes_part("Alkmaar", std::nullopt, day("2020-12-31")));
}

TEST(Afdeling, ExistsFromItsEarliestDayOn) {
  const Organisatie organisatie = fold(
      "organisatie 2020-01-01 afdeling_ingesteld afdeling=Schoon;"
      "organisatie 2022-01-01 afdeling_ingesteld afdeling=Schoon");
  EXPECT_FALSE(organisatie.has_afdeling("Schoon", day("2019-12-31")));
  EXPECT_TRUE(organisatie.has_afdeling("Schoon", day("2020-01-01")));
  EXPECT_FALSE(organisatie.has_afdeling("Hout", day("2020-01-01")));
}

TEST(Doel, TheLastRecordedOfAKeyCounts) {
  const Organisatie organisatie = fold(
      "organisatie 03-01 afspraak_vastgesteld waarde=10 richting=hoger;"
      "organisatie 01-01 afspraak_vastgesteld waarde=12.5;"
      "organisatie 01-01 afspraak_vastgesteld waarde=3 periode=2022;"
      "organisatie 01-01 benchmark_vastgesteld waarde=4;"
      "organisatie 01-01 taakstelling_vastgesteld waarde=5 waar=gemeente=Alkmaar;"
      "organisatie 01-01 taakstelling_vastgesteld waarde=6");
  ASSERT_EQ(organisatie.doelen().size(), 5U);
  const Doel* afspraak = organisatie.find_doel(Soort::kAfspraakVastgesteld, "intakes", "2021", "");
  ASSERT_NE(afspraak, nullptr);
  EXPECT_EQ(afspraak->waarde, 12'500'000);
  EXPECT_FALSE(afspraak->richting.has_value());
  EXPECT_EQ(afspraak->source, Position{10});
  EXPECT_EQ(organisatie.find_doel(Soort::kBenchmarkVastgesteld, "intakes", "2021", "")->waarde,
            4'000'000);
  EXPECT_EQ(
      organisatie.find_doel(Soort::kTaakstellingVastgesteld, "intakes", "2021", "gemeente=Alkmaar")
          ->waarde,
      5'000'000);
  EXPECT_EQ(organisatie.find_doel(Soort::kAfspraakVastgesteld, "intakes", "2023", ""), nullptr);
}

TEST(Doel, ACorrectieKeepsThePlaceOfWhatItReplaces) {
  const Organisatie organisatie = fold(
      "organisatie 01-01 afspraak_vastgesteld waarde=1;"
      "organisatie 01-01 afspraak_vastgesteld waarde=2 richting=lager;"
      "organisatie 01-01 correctie:afspraak_vastgesteld vervangt=#1 waarde=3");
  ASSERT_EQ(organisatie.doelen().size(), 1U);
  EXPECT_EQ(organisatie.doelen()[0].waarde, 2'000'000);
  EXPECT_EQ(organisatie.doelen()[0].richting, pb::RICHTING_LAGER);
}

TEST(Doel, TheOrderOfConditionsDoesNotMatter) {
  const Organisatie organisatie = fold(
      "organisatie 01-01 afspraak_vastgesteld waarde=1 waar=trede=3,gemeente=Alkmaar;"
      "organisatie 01-01 afspraak_vastgesteld waarde=2 waar=gemeente=Alkmaar,trede=3");
  ASSERT_EQ(organisatie.doelen().size(), 1U);
  EXPECT_EQ(organisatie.doelen()[0].waarde, 2'000'000);
  EXPECT_EQ(organisatie.find_doel(Soort::kAfspraakVastgesteld, "intakes", "2021",
                                  "trede=3;gemeente=Alkmaar"),
            organisatie.doelen().data());
}

TEST(CanonicalWaar, SortsConditions) {
  EXPECT_EQ(canonical_waar("trede=3;gemeente=Alkmaar"), "gemeente=Alkmaar;trede=3");
  EXPECT_EQ(canonical_waar("trede=3"), "trede=3");
  EXPECT_EQ(canonical_waar(""), "");
}

TEST(Begroting, TheLastRecordedOfAKeyAndVersieCounts) {
  const Organisatie organisatie = fold(
      "organisatie 01-01 begroting_vastgesteld versie=primair bedrag_eurocent=100;"
      "organisatie 01-01 begroting_vastgesteld versie=primair bedrag_eurocent=200;"
      "organisatie 01-01 begroting_vastgesteld versie=gewijzigd bedrag_eurocent=300;"
      "organisatie 01-01 begroting_vastgesteld versie=primair soort_bedrag=lasten"
      " bedrag_eurocent=400;"
      "organisatie 01-01 begroting_vastgesteld versie=primair incidenteel=ja bedrag_eurocent=500;"
      "organisatie 01-01 begroting_vastgesteld versie=primair kostenregel=k bedrag_eurocent=600;"
      "organisatie 01-01 prognose_vastgesteld bedrag_eurocent=700;"
      "organisatie 01-01 boeking bedrag_eurocent=800");
  std::vector<std::int64_t> bedragen;
  for (const Begroting& one : organisatie.begrotingen()) bedragen.push_back(one.bedrag_eurocent);
  std::ranges::sort(bedragen);
  EXPECT_EQ(bedragen, (std::vector<std::int64_t>{200, 300, 400, 500, 600, 700}));
}

}  // namespace
}  // namespace trede::test
