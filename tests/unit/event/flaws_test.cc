#include <gtest/gtest.h>

#include <climits>

#include "engine/event/attributes.h"
#include "tests/support/events.h"

namespace trede {
namespace {

// `attribute: message`, or "none".
std::string flaw_of(const pb::Body& body) {
  const auto flaw = find_flaw(body);
  return flaw ? flaw->attribute + ": " + flaw->message : "none";
}

constexpr const char* kHash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

// Of every kind: the least that it accepts, and the flaw of the kind without any attribute.
struct KindCase {
  const char* soort;
  test::Attributes least;
  const char* bare;
};

TEST(FindFlaw, EveryKindNeedsItsRequiredAttributesAndNoMore) {
  const KindCase cases[] = {
      {"aanmelding", {{"gemeente", "A"}, {"regeling", "nug"}}, "gemeente"},
      {"intake_gestart", {}, ""},
      {"intake", {{"uitkomst", "positief"}}, "uitkomst"},
      {"niet_gestart", {{"reden", "overig"}}, "reden"},
      {"traject_start", {{"trede", "3"}}, "trede"},
      {"trede_doorstroom", {{"naar", "4"}}, "naar"},
      {"gemeente_gewijzigd", {{"gemeente", "A"}}, "gemeente"},
      {"doelgroep_gewijzigd", {}, ""},
      {"werkcoach_toegewezen", {{"werkcoach", "wc1"}}, "werkcoach"},
      {"contactmoment", {{"contact", "gesprek"}}, "contact"},
      {"abc_meting", {{"afstand", "kort"}}, "afstand"},
      {"taalniveautoets", {{"niveau", "a0"}}, "niveau"},
      {"indicatie", {{"indicatie", "beschut_werk"}, {"uitkomst", "negatief"}}, "indicatie"},
      {"diagnose_start", {}, ""},
      {"diagnose_einde", {}, ""},
      {"oponthoud_start", {}, ""},
      {"oponthoud_einde", {}, ""},
      {"voorziening_start", {{"voorziening", "stage"}}, "voorziening"},
      {"voorziening_einde", {}, ""},
      {"maatregel", {{"besluit", "afzien"}}, "besluit"},
      {"maatregel_herzien", {{"uitkomst", "vervallen"}}, "uitkomst"},
      {"ontheffing_beoordeeld", {{"uitkomst", "toegekend"}}, "uitkomst"},
      {"dienstverband_start",
       {{"dienstverband", "payroll"}, {"afdeling", "A"}, {"deeltijdfactor", "1"}},
       "dienstverband"},
      {"dienstverband_gewijzigd", {{"afdeling", "A"}}, "afdeling"},
      {"plaatsing", {{"plaatsing", "garantiebaan"}}, "plaatsing"},
      {"plaatsing_einde", {}, ""},
      {"ziekmelding", {}, ""},
      {"verzuim_gewijzigd",
       {{"percentage", "50"}, {"vastgesteld_door", "bedrijfsarts"}},
       "percentage"},
      {"herstelmelding", {}, ""},
      {"verlof_start", {}, ""},
      {"verlof_einde", {}, ""},
      {"uitstroom", {{"reden", "overig"}}, "reden"},
      {"dienstverband_einde", {{"reden", "pensioen"}}, "reden"},
      {"relatie_start", {}, ""},
      {"vacature_vervuld", {{"regeling", "wsw"}}, "regeling"},
      {"gemeente_toegetreden", {{"gemeente", "A"}}, "gemeente"},
      {"gemeente_uitgetreden", {{"gemeente", "A"}}, "gemeente"},
      {"afdeling_ingesteld", {{"afdeling", "A"}}, "afdeling"},
      {"afspraak_vastgesteld", {{"maat", "m"}, {"periode", "2021"}, {"waarde", "0"}}, "maat"},
      {"benchmark_vastgesteld", {{"maat", "m"}, {"periode", "2021"}, {"waarde", "0"}}, "maat"},
      {"taakstelling_vastgesteld", {{"maat", "m"}, {"periode", "2021"}, {"waarde", "0"}}, "maat"},
      {"begroting_vastgesteld",
       {{"programma", "P"},
        {"soort_bedrag", "lasten"},
        {"bedrag_eurocent", "0"},
        {"periode", "2021"}},
       "programma"},
      {"boeking",
       {{"programma", "P"},
        {"soort_bedrag", "baten"},
        {"bedrag_eurocent", "0"},
        {"periode", "2021"}},
       "programma"},
      {"prognose_vastgesteld",
       {{"programma", "P"},
        {"soort_bedrag", "baten"},
        {"bedrag_eurocent", "0"},
        {"periode", "2021"}},
       "programma"},
      {"rapport_vastgesteld",
       {{"rapport", "kwartaal"},
        {"periode", "2021-Q1"},
        {"definitie", "1"},
        {"catalogus", "1"},
        {"bekend_positie", "1"},
        {"boomkop", kHash},
        {"cijfers", "AA=="}},
       "rapport"},
      {"periode_afgesloten", {{"periode", "2021-Q1"}}, "periode"},
      {"toelichting_vastgelegd",
       {{"rapport", "kwartaal"}, {"periode", "2021-Q1"}, {"rij", "t/r"}, {"tekst", "t"}},
       "rapport"},
  };
  EXPECT_EQ(std::size(cases) + 2, kinds().size());  // correctie and intrekking stand below
  for (const auto& [soort, least, bare] : cases) {
    EXPECT_EQ(flaw_of(test::body(soort, least)), "none") << soort;
    const auto flaw = find_flaw(test::body(soort));
    EXPECT_EQ(flaw ? flaw->attribute : "", bare) << soort;
    if (flaw) {
      EXPECT_TRUE(flaw->message.starts_with("missing, expected ")) << flaw->message;
    }
  }
}

TEST(FindFlaw, KnowsTheCombinationsThatAKindDoesNotAllow) {
  struct Case {
    const char* soort;
    test::Attributes attributes;
    const char* flaw;
  };
  const char* const kDoor =
      "vastgesteld_door: missing, expected bedrijfsarts or arbodienst for a percentage below 100";
  const char* const kGemeente =
      "gemeente: missing, expected a gemeente for a wsw or beschut_werk dienstverband";
  const Case cases[] = {
      {"ziekmelding", {{"percentage", "100"}}, "none"},
      {"ziekmelding", {{"percentage", "99"}}, kDoor},
      {"ziekmelding", {{"percentage", "99"}, {"vastgesteld_door", "arbodienst"}}, "none"},
      {"ziekmelding", {{"vastgesteld_door", "arbodienst"}}, "none"},
      {"dienstverband_start",
       {{"dienstverband", "wsw"}, {"afdeling", "A"}, {"deeltijdfactor", "1"}},
       kGemeente},
      {"dienstverband_start",
       {{"dienstverband", "beschut_werk"}, {"afdeling", "A"}, {"deeltijdfactor", "1"}},
       kGemeente},
      {"dienstverband_start",
       {{"dienstverband", "wsw"}, {"afdeling", "A"}, {"deeltijdfactor", "1"}, {"gemeente", "B"}},
       "none"},
      {"dienstverband_start",
       {{"dienstverband", "ambtelijk"}, {"afdeling", "A"}, {"deeltijdfactor", "1"}},
       "none"},
      {"dienstverband_gewijzigd",
       {},
       "afdeling: missing, expected an afdeling, a deeltijdfactor or both"},
      {"dienstverband_gewijzigd", {{"deeltijdfactor", "0.5"}}, "none"},
      {"begroting_vastgesteld",
       {{"programma", "P"},
        {"soort_bedrag", "lasten"},
        {"bedrag_eurocent", "0"},
        {"periode", "2021"},
        {"seizoen", "1|0|0|0|0|0|0|0|0|0|0|0"}},
       "none"},
      {"begroting_vastgesteld",
       {{"programma", "P"},
        {"soort_bedrag", "lasten"},
        {"bedrag_eurocent", "0"},
        {"periode", "2021-Q1"},
        {"seizoen", "1|0|0|0|0|0|0|0|0|0|0|0"}},
       "seizoen: not of a periode that is a year, expected an empty cell"},
  };
  for (const auto& [soort, attributes, flaw] : cases) {
    EXPECT_EQ(flaw_of(test::body(soort, attributes)), flaw) << soort;
  }
}

// Values that no text could have set, as a program or a file of bytes may bring them.
TEST(FindFlaw, JudgesValuesHoweverTheyWereSet) {
  pb::Body aanmelding = test::body("aanmelding", {{"gemeente", "A"}, {"regeling", "nug"}});
  pb::Body body = aanmelding;
  body.mutable_aanmelding()->set_gemeente("a;b");
  EXPECT_EQ(flaw_of(body),
            "gemeente: not a name: `a;b`, expected 1 to 64 letters, digits, spaces or ._&'()/-");
  body = aanmelding;
  body.mutable_aanmelding()->set_regeling(pb::REGELING_WSW);
  EXPECT_EQ(flaw_of(body),
            "regeling: unknown code number 9, expected one of participatiewet, ioaw, ioaz, anw, "
            "nug, ww, wajong, wia");
  body = aanmelding;
  body.mutable_aanmelding()->set_bron(pb::BRON_UNSPECIFIED);
  EXPECT_EQ(flaw_of(body),
            "bron: unknown code number 0, expected one of gemeente, school, uwv, zelf, overig");
  body = aanmelding;
  body.mutable_aanmelding()->set_bron(static_cast<pb::Bron>(77));
  EXPECT_EQ(flaw_of(body),
            "bron: unknown code number 77, expected one of gemeente, school, uwv, zelf, overig");
  body = aanmelding;
  body.mutable_aanmelding()->set_geboortejaar(1899);
  EXPECT_EQ(flaw_of(body), "geboortejaar: out of range: 1899, expected a year from 1900 to 2100");
}

TEST(FindFlaw, NobodyIsNamedByWhatMayBeABsn) {
  constexpr std::string_view kRefused =
      "dit kan een BSN zijn; kies een eigen nummer of naam van de organisatie";
  pb::Body body = test::body("werkcoach_toegewezen", {{"werkcoach", "wc1"}});
  body.mutable_werkcoach_toegewezen()->set_werkcoach("123456782");
  EXPECT_EQ(flaw_of(body), "werkcoach: " + std::string(kRefused));
  body.mutable_werkcoach_toegewezen()->set_werkcoach("1234.56.782");
  EXPECT_EQ(flaw_of(body), "werkcoach: " + std::string(kRefused));
  body.mutable_werkcoach_toegewezen()->set_werkcoach("123456783");
  EXPECT_EQ(flaw_of(body), "none");
  body = test::body("plaatsing", {{"plaatsing", "garantiebaan"}, {"kenmerk", "123456782"}});
  EXPECT_EQ(flaw_of(body), "none");  // a kenmerk tells things apart, not persons
  body.mutable_plaatsing()->set_werkgever("123456782");
  EXPECT_EQ(flaw_of(body), "werkgever: " + std::string(kRefused));
}

TEST(FindFlaw, ASetHasEachCodeOnceInOrder) {
  pb::Body body = test::body("doelgroep_gewijzigd");
  auto& doelgroepen = *body.mutable_doelgroep_gewijzigd();
  doelgroepen.add_doelgroepen(pb::DOELGROEP_JONGERE);
  doelgroepen.add_doelgroepen(pb::DOELGROEP_STATUSHOUDER);
  EXPECT_EQ(flaw_of(body), "doelgroepen: codes not ascending, expected each once, in order");
  doelgroepen.set_doelgroepen(1, pb::DOELGROEP_JONGERE);
  EXPECT_EQ(flaw_of(body), "doelgroepen: codes not ascending, expected each once, in order");
  doelgroepen.set_doelgroepen(1, pb::DOELGROEP_PARTTIMER);
  EXPECT_EQ(flaw_of(body), "none");
}

TEST(FindFlaw, ADayLiesInTheYearsThatCanBeWritten) {
  pb::Body body = test::body("contactmoment", {{"contact", "gesprek"}});
  auto& contact = *body.mutable_contactmoment();
  for (const Day good : {kLeastDay, kMostDay}) {
    contact.set_volgende_actie_op(day_number(good));
    EXPECT_EQ(flaw_of(body), "none");
  }
  for (const int bad : {day_number(kLeastDay) - 1, day_number(kMostDay) + 1, INT_MAX, INT_MIN}) {
    contact.set_volgende_actie_op(bad);
    EXPECT_EQ(flaw_of(body),
              "volgende_actie_op: out of range, expected a day from 0001-01-01 to 9999-12-31");
  }
}

TEST(FindFlaw, OfACorrectieItJudgesWhatIsPutInPlace) {
  const auto good = test::correctie(test::dossier(1), test::event_id(2), test::event_id(1),
                                    "2021-01-01", "intake", {{"uitkomst", "positief"}});
  EXPECT_EQ(flaw_of(good.body()), "none");
  pb::Body body = good.body();
  body.mutable_correctie()->mutable_door()->mutable_intake()->clear_uitkomst();
  EXPECT_EQ(flaw_of(body), "uitkomst: missing, expected one of positief, negatief, teruggemeld");
  body = good.body();
  body.mutable_correctie()->clear_vervangt();
  EXPECT_EQ(flaw_of(body),
            "vervangt: missing, expected the event_id of the event that is corrected");
  for (const char* soort : {"correctie", "intrekking"}) {
    body = good.body();
    *body.mutable_correctie()->mutable_door() = test::body(soort);
    EXPECT_EQ(flaw_of(body),
              "soort: a correctie or intrekking, expected a kind that can be put in place");
  }
  body = good.body();
  body.mutable_correctie()->clear_door();
  EXPECT_EQ(flaw_of(body), "soort: missing, expected a kind");
}

TEST(FindFlaw, AnIntrekkingNamesWhatItWithdrawsAndWhy) {
  const auto good = test::intrekking(test::dossier(1), test::event_id(2), test::event_id(1));
  EXPECT_EQ(flaw_of(good.body()), "none");
  pb::Body body = good.body();
  body.mutable_intrekking()->set_vervangt("short");
  EXPECT_EQ(flaw_of(body),
            "vervangt: missing, expected the event_id of the event that is withdrawn");
  body = good.body();
  body.mutable_intrekking()->clear_reden();
  EXPECT_EQ(flaw_of(body), "reden: missing, expected one of foutief, dubbel, verkeerd_dossier");
}

TEST(FindFlaw, ABodyHasAKind) { EXPECT_EQ(flaw_of(pb::Body{}), "soort: missing, expected a kind"); }

}  // namespace
}  // namespace trede
