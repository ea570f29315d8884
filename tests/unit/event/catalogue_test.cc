#include "engine/event/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace trede {
namespace {

// One line per kind, as the table of kinds is read aloud: `soort @stream +days: attribute*
// {codes}`.
std::string line_of(const Kind& kind) {
  std::ostringstream out;
  out << kind.code << " @" << (kind.stream ? stream_kind_text(*kind.stream) : "any") << " +"
      << kind.days_ahead << ":";
  for (const Attribute& attribute : kind.attributes) {
    out << " " << attribute.name << (attribute.required ? "*" : "") << (attribute.list ? "[]" : "");
    if (!attribute.standaard.empty()) out << "=" << attribute.standaard;
    if (attribute.codes.empty()) continue;
    out << "{";
    for (const auto& code : attribute.codes) {
      out << (code == attribute.codes.front() ? "" : ",") << code;
    }
    out << "}";
  }
  return out.str();
}

// Written from the table of kinds in proto/README.md, not from the schema. The order is that of
// kinds within one day.
constexpr const char* kTable[] = {
    "aanmelding @dossier +1: gemeente* regeling*{participatiewet,ioaw,ioaz,anw,nug,ww,wajong,wia} "
    "doelgroepen[]{statushouder,jongere,banenafspraak,pro_vso,parttimer,anderstalig,"
    "alleenstaande_ouder,inburgeraar} bron{gemeente,school,uwv,zelf,overig} geboortejaar",
    "intake_gestart @dossier +1:",
    "intake @dossier +1: uitkomst*{positief,negatief,teruggemeld} soort_intake{brede,verlengde} "
    "advies{traject,diagnose,voorliggende_voorziening,zorg,activering,overig} "
    "startkwalificatie{ja,nee} fase{kort,middel,groot}",
    "niet_gestart @dossier +1: reden*{problematiek,ander_traject,werk_gevonden,verhuisd,overig}",
    "traject_start @dossier +1: trede*{nader_te_bepalen,3,4,5,6} vorm{individueel,groep}",
    "trede_doorstroom @dossier +1: naar*{nader_te_bepalen,3,4,5,6}",
    "gemeente_gewijzigd @dossier +1: gemeente*",
    "doelgroep_gewijzigd @dossier +1: doelgroepen[]{statushouder,jongere,banenafspraak,pro_vso,"
    "parttimer,anderstalig,alleenstaande_ouder,inburgeraar}",
    "werkcoach_toegewezen @dossier +1: werkcoach*",
    "contactmoment @dossier +1: contact*{gesprek,telefoon,bericht,huisbezoek} volgende_actie_op",
    "abc_meting @dossier +1: afstand*{kort,middel,groot} status{voorlopig,definitief}",
    "taalniveautoets @dossier +1: niveau*{a0,a1,a2,b1,b2,c1}",
    "indicatie @dossier +1: indicatie*{beschut_werk,banenafspraak} uitkomst*{positief,negatief}",
    "diagnose_start @dossier +1:",
    "diagnose_einde @dossier +1: advies{traject,zorg,activering,indicatie,overig}",
    "oponthoud_start @dossier +1: reden{kinderopvang,medisch,overig}",
    "oponthoud_einde @dossier +1:",
    "voorziening_start @dossier +366: voorziening*{training,stage,taalscholing,extern_traject,"
    "jobcoaching,map,project,overig} naam kenmerk=1",
    "voorziening_einde @dossier +366: kenmerk=1 resultaat{afgerond,afgebroken}",
    "maatregel @dossier +1: besluit*{afzien,100_procent,2x_100_procent,1_maand_10_procent,"
    "1_maand_20_procent,2_maanden_10_procent,2_maanden_20_procent,gematigd} kenmerk=1",
    "maatregel_herzien @dossier +1: kenmerk=1 uitkomst*{gehandhaafd,gewijzigd,vervallen} "
    "besluit{afzien,100_procent,2x_100_procent,1_maand_10_procent,1_maand_20_procent,"
    "2_maanden_10_procent,2_maanden_20_procent,gematigd}",
    "ontheffing_beoordeeld @dossier +1: uitkomst*{toegekend,afgewezen}",
    "dienstverband_start @dossier +366: dienstverband*{wsw,beschut_werk,ambtelijk,payroll} "
    "gemeente afdeling* deeltijdfactor* loonkostensubsidie{ja,nee}",
    "dienstverband_gewijzigd @dossier +366: afdeling deeltijdfactor",
    "plaatsing @dossier +366: plaatsing*{detachering,begeleid_werken,garantiebaan,parttime_werk,"
    "werkervaringsplaats} kenmerk=1 gemeente "
    "regeling{participatiewet,ioaw,ioaz,anw,nug,ww,wajong,wia,wsw} leeftijdsgroep{18_plus,pro_vso} "
    "vorm{individueel,groep} werkgever uren",
    "plaatsing_einde @dossier +366: kenmerk=1 "
    "reden{medisch,werkgever,contract_afgelopen,eigen_verzoek,pensioen,overig}",
    "ziekmelding @dossier +1: percentage=100 vastgesteld_door{bedrijfsarts,arbodienst}",
    "verzuim_gewijzigd @dossier +1: percentage* vastgesteld_door*{bedrijfsarts,arbodienst}",
    "herstelmelding @dossier +1:",
    "verlof_start @dossier +366:",
    "verlof_einde @dossier +366:",
    "uitstroom @dossier +1: reden*{werkaanvaarding,maximale_participatie,terug_naar_gemeente,"
    "verhuizing,overig} betaald{ja,nee}",
    "dienstverband_einde @dossier +366: reden*{pensioen,wia,eigen_verzoek,proeftijd,verhuizing,"
    "overlijden,overig}",
    "relatie_start @werkgever +1: sroi{ja,nee} aantal=1",
    "vacature_vervuld @werkgever +1: "
    "regeling*{participatiewet,ioaw,ioaz,anw,nug,ww,wajong,wia,wsw} sroi{ja,nee} aantal=1",
    "gemeente_toegetreden @organisatie +1: gemeente* "
    "dienst{re_integratie,sociale_werkvoorziening,beschut_werk}",
    "gemeente_uitgetreden @organisatie +1: gemeente* "
    "dienst{re_integratie,sociale_werkvoorziening,beschut_werk}",
    "afdeling_ingesteld @organisatie +1: afdeling*",
    "afspraak_vastgesteld @organisatie +1: maat* periode* waarde* waar richting{hoger,lager}",
    "benchmark_vastgesteld @organisatie +1: maat* periode* waarde* waar richting{hoger,lager}",
    "taakstelling_vastgesteld @organisatie +1: maat* periode* waarde* waar richting{hoger,lager}",
    "begroting_vastgesteld @organisatie +1: programma* kostenregel versie{primair,gewijzigd} "
    "soort_bedrag*{baten,lasten,onttrekking,toevoeging} bedrag_eurocent* periode* "
    "incidenteel{ja,nee} seizoen",
    "boeking @organisatie +1: programma* kostenregel "
    "soort_bedrag*{baten,lasten,onttrekking,toevoeging} bedrag_eurocent* periode* "
    "incidenteel{ja,nee}",
    "prognose_vastgesteld @organisatie +1: programma* kostenregel "
    "soort_bedrag*{baten,lasten,onttrekking,toevoeging} bedrag_eurocent* periode* "
    "incidenteel{ja,nee}",
    "rapport_vastgesteld @organisatie +1: rapport* periode* waar definitie* catalogus* "
    "bekend_positie* boomkop* cijfers*",
    "periode_afgesloten @organisatie +1: periode*",
    "toelichting_vastgelegd @organisatie +1: rapport* periode* rij* tekst* waar "
    "aanleiding gevolg verwachting",
    "correctie @any +1:",
    "intrekking @any +1: reden*{foutief,dubbel,verkeerd_dossier}",
};

TEST(Catalogue, IsTheTableOfKindsInItsOrder) {
  ASSERT_EQ(kinds().size(), std::size(kTable));
  for (std::size_t i = 0; i < kinds().size(); ++i) EXPECT_EQ(line_of(kinds()[i]), kTable[i]);
}

TEST(Catalogue, NumbersOfKindsRiseInTheOrderOfTheTable) {
  EXPECT_TRUE(std::ranges::is_sorted(kinds(), {}, &Kind::soort));
}

TEST(Catalogue, FindsAKindByItsCodeOnly) {
  const Kind* kind = find_kind("trede_doorstroom");
  ASSERT_NE(kind, nullptr);
  EXPECT_EQ(kind->soort, Soort::kTredeDoorstroom);
  EXPECT_EQ(&kind_of(Soort::kTredeDoorstroom), kind);
  for (const char* other : {"", "Trede_doorstroom", "trede", "soort"}) {
    EXPECT_EQ(find_kind(other), nullptr) << other;
  }
}

TEST(Catalogue, FindsAnAttributeOfAKindOnly) {
  const Kind& kind = kind_of(Soort::kIntake);
  ASSERT_NE(kind.find_attribute("uitkomst"), nullptr);
  EXPECT_EQ(kind.find_attribute("gemeente"), nullptr);
  EXPECT_EQ(kind_of(Soort::kCorrectie).find_attribute("vervangt"), nullptr);
  EXPECT_EQ(kind_of(Soort::kCorrectie).find_attribute("door"), nullptr);
}

TEST(Catalogue, NamesEveryAttributeOnce) {
  auto names = attribute_names();
  EXPECT_EQ(names.front(), "gemeente");
  EXPECT_EQ(std::ranges::count(names, "reden"), 1);
  for (const Kind& kind : kinds()) {
    for (const Attribute& attribute : kind.attributes) {
      EXPECT_EQ(std::ranges::count(names, attribute.name), 1) << attribute.name;
    }
  }
}

TEST(Catalogue, CodesAndNumbersAreEachOthersInverse) {
  const auto& treden = *google::protobuf::GetEnumDescriptor<pb::Trede>();
  EXPECT_EQ(codes_of(treden), (std::vector<std::string>{"nader_te_bepalen", "3", "4", "5", "6"}));
  EXPECT_EQ(number_of_code(treden, "3"), pb::TREDE_3);
  EXPECT_EQ(code_of(pb::TREDE_3), "3");
  EXPECT_EQ(code_of(pb::BESLUIT_2X_100_PROCENT), "2x_100_procent");
  EXPECT_EQ(code_of(pb::LEEFTIJDSGROEP_18_PLUS), "18_plus");
  for (const char* none : {"", "unspecified", "7", "TREDE_3"}) {
    EXPECT_EQ(number_of_code(treden, none), 0) << none;
  }
}

TEST(Catalogue, StoredNumbersOfAnAttributeStandBesideItsCodes) {
  const Attribute* regeling = kind_of(Soort::kAanmelding).find_attribute("regeling");
  ASSERT_NE(regeling, nullptr);
  EXPECT_EQ(regeling->numbers, (std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8}));  // not 9, wsw
  EXPECT_EQ(regeling->codes.size(), regeling->numbers.size());
}

TEST(CatalogueDeathTest, AKindThatDoesNotExistIsABug) {
  EXPECT_DEATH((void)kind_of(Soort::SOORT_NOT_SET), "a kind without a name");
  EXPECT_DEATH((void)code_of(pb::TREDE_UNSPECIFIED), "a code without a name");
}

}  // namespace
}  // namespace trede
