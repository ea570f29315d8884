#include "engine/dossier/verantwoording.h"

#include <gtest/gtest.h>

#include "engine/dossier/organisatie.h"
#include "tests/support/events.h"

namespace trede::test {
namespace {

Period period(std::string_view text) { return *parse_tijdvak(text); }

pb::Event rapport(std::uint64_t number, std::string_view periode, std::string_view waar = "") {
  pb::Event out = event(kOrganisatie, event_id(number), "2021-04-15", "rapport_vastgesteld",
                        {{"rapport", "kwartaal"},
                         {"periode", periode},
                         {"definitie", "1"},
                         {"catalogus", "1"},
                         {"bekend_positie", "1"},
                         {"boomkop", std::string(64, '0')},
                         {"cijfers", "AP8="}});
  if (!waar.empty()) out.mutable_body()->mutable_rapport_vastgesteld()->set_waar(std::string(waar));
  return out;
}

pb::Event afsluiting(std::uint64_t number, std::string_view periode) {
  return event(kOrganisatie, event_id(number), "2021-04-15", "periode_afgesloten",
               {{"periode", periode}});
}

pb::Event toelichting(std::uint64_t number, std::string_view rij, std::string_view tekst) {
  return event(kOrganisatie, event_id(number), "2021-04-15", "toelichting_vastgelegd",
               {{"rapport", "kwartaal"}, {"periode", "2021-Q1"}, {"rij", rij}, {"tekst", tekst}});
}

// Events in the order of recording, and what they come to folded at once and one by one.
class Told {
 public:
  explicit Told(std::vector<pb::Event> events) {
    for (std::size_t i = 0; i < events.size(); ++i) {
      events_.push_back(
          std::make_shared<const pb::Event>(recorded(std::move(events[i]), i + 1, i + 1)));
      history_.add(events_.back());
      taken_.take(recorded_of(*events_.back()));
    }
    organisatie_ = Organisatie::fold(history_.acting());
  }

  // `PERIODE@source ...` of what is closed, then `PERIODE(waar)@source ...` of what is frozen.
  std::string text() const {
    const std::string folded = text_of(organisatie_.verantwoording());
    EXPECT_EQ(text_of(taken_), folded);
    return folded;
  }
  const Organisatie& organisatie() const { return organisatie_; }

 private:
  static std::string text_of(const Verantwoording& one) {
    std::string out;
    for (const auto& closed : one.afsluitingen()) {
      out += closed.geschreven + "@" + std::to_string(closed.source.value) + " ";
    }
    for (const auto& frozen : one.rapporten()) {
      out += format_day(frozen.periode.van) + ".." + format_day(frozen.periode.tm) + "(" +
             frozen.waar + ")@" + std::to_string(frozen.source.value) + " ";
    }
    return out;
  }

  std::vector<EventPtr> events_;
  History history_;
  Verantwoording taken_;
  Organisatie organisatie_;
};

TEST(Verantwoording, KeepsWhatIsClosedAndFrozenInOrderOfRecording) {
  EXPECT_EQ(Told({afsluiting(1, "2021-Q2"), rapport(2, "2021-Q1", "trede=3;gemeente=A"),
                  afsluiting(3, "2021-Q1")})
                .text(),
            "2021-Q2@1 2021-Q1@3 2021-01-01..2021-03-31(gemeente=A;trede=3)@2 ");
}

TEST(Verantwoording, CorrectieAndIntrekkingAct) {
  EXPECT_EQ(Told({afsluiting(1, "2021-Q1"), afsluiting(2, "2021-Q2"), rapport(3, "2021-Q1"),
                  correctie(kOrganisatie, event_id(4), event_id(1), "2021-04-16",
                            "periode_afgesloten", {{"periode", "2020"}}),
                  intrekking(kOrganisatie, event_id(5), event_id(3)),
                  intrekking(kOrganisatie, event_id(6), event_id(2))})
                .text(),
            "2020@4 ");
}

TEST(Verantwoording, OfWhatCameInTwiceTheLastCounts) {
  const Told told({rapport(1, "2021-Q1"), rapport(2, "2021-01-01/2021-03-31")});
  const auto& one = told.organisatie().verantwoording();
  ASSERT_NE(one.find_rapport({"kwartaal", period("2021-Q1")}), nullptr);
  EXPECT_EQ(one.find_rapport({"kwartaal", period("2021-Q1")})->source, Position{2});
  EXPECT_EQ(one.find_rapport({"kwartaal", period("2021-Q2")}), nullptr);
  EXPECT_EQ(one.find_rapport({"kwartaal", period("2021-Q1"), "gemeente=A"}), nullptr);
  EXPECT_EQ(one.find_rapport({"p-en-c", period("2021-Q1")}), nullptr);
}

TEST(Verantwoording, APeriodIsClosedWhenOneOfItsDaysIs) {
  const Told told({afsluiting(1, "2021-Q1")});
  const auto& one = told.organisatie().verantwoording();
  for (const char* closed : {"2021", "2021-03", "2021-03-31/2021-04-01", "2020-01-01/2021-01-01"}) {
    EXPECT_NE(one.find_afsluiting(period(closed)), nullptr) << closed;
  }
  for (const char* open : {"2020", "2021-04", "2021-04-01/2021-04-01"}) {
    EXPECT_EQ(one.find_afsluiting(period(open)), nullptr) << open;
  }
}

TEST(Toelichtingen, OfEachRowTheLastRecordedCounts) {
  pb::Event last = toelichting(3, "trajecten/totaal", "twee");
  last.mutable_body()->mutable_toelichting_vastgelegd()->set_gevolg("meer uitgaven");
  const Told told(
      {toelichting(1, "trajecten/totaal", "een"), toelichting(2, "verzuim/wsw", "v"), last,
       // keeps the place of what it replaces, so it does not become the last
       correctie(kOrganisatie, event_id(4), event_id(1), "2021-04-16", "toelichting_vastgelegd",
                 {{"rapport", "kwartaal"},
                  {"periode", "2021-Q1"},
                  {"rij", "trajecten/totaal"},
                  {"tekst", "een, beter"}})});
  const RapportKey key{"kwartaal", period("2021-01-01/2021-03-31")};
  EXPECT_EQ(told.organisatie().toelichtingen().size(), 2U);
  const RijToelichting* found = told.organisatie().find_toelichting(key, "trajecten/totaal");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->tekst, "twee");
  EXPECT_EQ(found->gevolg, "meer uitgaven");
  EXPECT_EQ(found->aanleiding, "");
  EXPECT_EQ(found->source, Position{3});
  EXPECT_EQ(told.organisatie().find_toelichting(key, "trajecten/x"), nullptr);
  EXPECT_EQ(told.organisatie().find_toelichting({"kwartaal", period("2021")}, "verzuim/wsw"),
            nullptr);
}

TEST(Toelichtingen, WithTheLastWithdrawnTheOneBeforeCountsAgain) {
  const Told told({toelichting(1, "t/r", "een"), toelichting(2, "t/r", "twee"),
                   intrekking(kOrganisatie, event_id(3), event_id(2))});
  EXPECT_EQ(told.organisatie().toelichtingen().at(0).tekst, "een");
}

TEST(Begroting, HasTheSeizoenOfTheYear) {
  const Told told({event(kOrganisatie, event_id(1), "2021-01-01", "begroting_vastgesteld",
                         {{"programma", "p"},
                          {"soort_bedrag", "lasten"},
                          {"bedrag_eurocent", "1200"},
                          {"periode", "2021"},
                          {"seizoen", "1|2|3|4|5|6|7|8|9|10|11|12"}})});
  const auto& line = told.organisatie().begrotingen().at(0);
  ASSERT_TRUE(line.seizoen);
  EXPECT_EQ(line.seizoen->front(), 1U);
  EXPECT_EQ(line.seizoen->back(), 12U);
}

}  // namespace
}  // namespace trede::test
