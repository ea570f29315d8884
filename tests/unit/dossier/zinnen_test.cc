#include "engine/dossier/zinnen.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "tests/unit/dossier/rule_table.h"

namespace trede::test {
namespace {

Refusal refused(std::string_view text) {
  Story story;
  return std::get<Refusal>(story.tell(text));
}

TEST(Rule, HasACodeOfItsOwn) {
  std::set<std::string_view> codes;
  for (const Rule rule : rules()) {
    const std::string_view code = rule_code(rule);
    EXPECT_TRUE(codes.insert(code).second) << code;
    EXPECT_EQ(code.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"),
              std::string_view::npos);
  }
  EXPECT_EQ(codes.size(), 48U);
}

TEST(Rule, StandsInTheManual) {
  std::ifstream file(TREDE_SOURCE_DIR "/engine/dossier/README.md");
  const std::string manual{std::istreambuf_iterator<char>(file), {}};
  for (const Rule rule : rules()) {
    EXPECT_TRUE(manual.contains("`" + std::string(rule_code(rule)) + "`")) << rule_code(rule);
  }
}

TEST(Zin, NamesWhatIsRecordedAndWhy) {
  EXPECT_EQ(refused("01-04 aanmelding; 02-01 uitstroom").zin,
            "Uitstroom op 01-02-2021 kan niet: er loopt dan geen traject.");
}

TEST(Zin, NamesSinceWhenSomethingStandsInTheWay) {
  const Refusal refusal = refused(after(kTraject, "02-01 diagnose_start; 03-01 diagnose_start"));
  EXPECT_EQ(refusal.zin,
            "Diagnose start op 01-03-2021 kan niet: er loopt al een diagnose sinds 01-02-2021.");
  EXPECT_EQ(refusal.botst_met, Story::id(4));
}

TEST(Zin, NamesTheKenmerk) {
  EXPECT_EQ(refused(after(kTraject, "02-01 voorziening_einde kenmerk=taal")).zin,
            "Voorziening einde op 01-02-2021 kan niet: er loopt dan geen voorziening met kenmerk "
            "taal.");
}

TEST(Zin, NamesTheEventThatFitsNoLonger) {
  const Refusal refusal = refused(after(kTraject, "03-01 trede_doorstroom; 02-01 uitstroom"));
  EXPECT_EQ(refusal.zin,
            "Uitstroom op 01-02-2021 kan niet, want trede doorstroom van 01-03-2021 past er dan "
            "niet meer bij: er loopt dan geen traject.");
  EXPECT_EQ(refusal.botst_met, Story::id(4));
}

TEST(Zin, OfACorrectieNamesBothDays) {
  EXPECT_EQ(refused(after(kTraject, "01-10 correctie:traject_start vervangt=#3")).zin,
            "Correctie van traject start van 18-01-2021 naar 10-01-2021 kan niet: het dossier "
            "wacht dan niet op start.");
}

TEST(Zin, OfAnIntrekkingNamesWhatWouldBeLeftAlone) {
  const Refusal refusal =
      refused(after(kTraject, "03-01 trede_doorstroom; - intrekking vervangt=#3"));
  EXPECT_EQ(refusal.zin,
            "Intrekking van traject start van 18-01-2021 kan niet, want trede doorstroom van "
            "01-03-2021 past er dan niet meer bij: er loopt dan geen traject.");
}

TEST(Zin, OfAnUnknownEventSaysSo) {
  EXPECT_EQ(refused(after(kTraject, "- intrekking vervangt=#99")).zin,
            "Intrekking kan niet: de gebeurtenis die zij vervangt is niet vastgelegd.");
}

TEST(Zin, OfACorrectieOfAnUnknownEventNamesWhatItWouldPutInPlace) {
  EXPECT_EQ(refused(after(kTraject, "02-01 correctie:traject_start vervangt=#99")).zin,
            "Correctie van traject start naar 01-02-2021 kan niet: de gebeurtenis die zij vervangt "
            "is niet vastgelegd.");
}

TEST(Zin, NamesTheGemeenteTheDienstAndTheDay) {
  EXPECT_EQ(refused("01-04 aanmelding gemeente=Uitgeest").zin,
            "Aanmelding op 04-01-2021 kan niet: gemeente Uitgeest neemt op 04-01-2021 niet deel "
            "aan re-integratie.");
}

TEST(Zin, NamesHowFarAheadADayMayLie) {
  EXPECT_EQ(refused("2025-02-01 aanmelding").zin,
            "Aanmelding op 01-02-2025 kan niet: wie dit op 02-01-2025 vastlegt kan niet verder "
            "dan 03-01-2025.");
}

// Every rule that a fold reports has words; they are one sentence's worth, without its full stop.
TEST(Zin, ExistsForEveryRuleOfAFold) {
  const pb::Body voorziening = body("voorziening_start", {{"voorziening", "map"}});
  const ActingEvent acting{.order = Position{1},
                           .source = Position{1},
                           .id = event_id(1),
                           .geldig_op = day("2021-01-04"),
                           .body = &voorziening};
  for (const Rule rule : rules()) {
    if (rule >= Rule::kVervangtOnbekend && rule != Rule::kAndereStroom) continue;
    const std::string reason = reason_of(Violation{rule, &acting, &acting});
    EXPECT_FALSE(reason.empty());
    EXPECT_FALSE(reason.ends_with('.')) << reason;
  }
}

}  // namespace
}  // namespace trede::test
