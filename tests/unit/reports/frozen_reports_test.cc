#include "projections/reports/frozen_reports.h"

#include <gtest/gtest.h>

#include "engine/dossier/recorder.h"
#include "engine/event/bytes_text.h"
#include "projections/reports/laid_down.h"
#include "tests/support/events.h"
#include "tests/support/fakes.h"
#include "tests/support/memory_store.h"

namespace trede::test {
namespace {

class FrozenReportsTest : public testing::Test {
 protected:
  static Report report(std::string_view name, std::string_view periode,
                       std::string_view waar = "") {
    Report out;
    out.name = name;
    out.title = "Titel";
    out.version = "2";
    out.catalogus = "5";
    out.waar = waar;
    out.period = *parse_tijdvak(periode);
    out.known = Position{1};
    out.boomkop = std::string(64, '7');
    return out;
  }

  static pb::Event freezing(const Report& of, std::uint64_t number, std::string_view periode) {
    pb::Event out =
        event(kOrganisatie, event_id(number), "2025-01-01", "rapport_vastgesteld",
              {{"rapport", of.name},
               {"periode", periode},
               {"definitie", of.version},
               {"catalogus", of.catalogus},
               {"bekend_positie", std::to_string(of.known.value)},
               {"boomkop", of.boomkop},
               {"cijfers", base64_text(encode_frozen(of, {{"fte", Rational(number, 3)}}))}});
    if (!of.waar.empty()) out.mutable_body()->mutable_rapport_vastgesteld()->set_waar(of.waar);
    return out;
  }

  void record(const pb::Event& event) {
    const auto outcome = recorder_.record({&event, 1});
    ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
    ASSERT_TRUE(std::holds_alternative<Recorded>(*outcome)) << std::get<Refusal>(*outcome).zin;
  }
  void freeze(std::uint64_t number, std::string_view name, std::string_view periode,
              std::string_view waar = "") {
    record(freezing(report(name, periode, waar), number, periode));
  }

  FrozenReports known_at(std::uint64_t position) {
    return {store_, log_.at(Position{position})->verantwoording()};
  }
  FrozenReports now() { return known_at(store_.last_position().value); }

  static std::uint64_t source(const VastgesteldRapport* found) {
    return found == nullptr ? 0 : found->source.value;
  }
  static RapportKey key(std::string_view name, std::string_view periode,
                        std::string_view waar = "") {
    return {name, *parse_tijdvak(periode), waar};
  }

  FakeClock clock_;
  MemoryStore store_{clock_};
  Recorder recorder_{store_, clock_};
  OrganisatieLog log_{store_};
};

TEST_F(FrozenReportsTest, AreFoundByNamePeriodAndConditions) {
  freeze(1, "kwartaal", "2021-Q1");
  freeze(2, "kwartaal", "2021-Q1", "gemeente=Alkmaar");
  freeze(3, "p-en-c", "2021-Q1");
  const FrozenReports reports = now();
  EXPECT_EQ(source(reports.find(key("kwartaal", "2021-01-01/2021-03-31"))), 1U);
  EXPECT_EQ(source(reports.find(key("kwartaal", "2021-Q1", "gemeente=Alkmaar"))), 2U);
  EXPECT_EQ(source(reports.find(key("p-en-c", "2021-Q1"))), 3U);
  EXPECT_EQ(source(reports.find(key("kwartaal", "2021-Q2"))), 0U);
  EXPECT_EQ(source(reports.find(key("kwartaal", "2021-Q1", "gemeente=Bergen"))), 0U);
}

TEST_F(FrozenReportsTest, SayWhatTheySaidWithWhenAndWhere) {
  freeze(4, "kwartaal", "2021-Q1", "trede=3;gemeente=Alkmaar");
  const FrozenReports reports = now();
  const auto* found = reports.find(key("kwartaal", "2021-Q1", "gemeente=Alkmaar;trede=3"));
  ASSERT_NE(found, nullptr);
  const auto loaded = reports.load(*found);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->report.title, "Titel");
  ASSERT_TRUE(loaded->report.vastgesteld);
  EXPECT_EQ(loaded->report.vastgesteld->position, Position{1});
  EXPECT_EQ(loaded->report.vastgesteld->moment,
            moment_of(*decode_event(store_.load(Position{1})->bytes)));
  ASSERT_NE(loaded->find_figure("fte"), nullptr);
  EXPECT_EQ(loaded->find_figure("fte")->number, Rational(4, 3));
}

TEST_F(FrozenReportsTest, TheNextStartsFromTheLongestThatEndsBeforeIt) {
  freeze(1, "kwartaal", "2021-Q1");
  freeze(2, "kwartaal", "2021-03");
  freeze(3, "kwartaal", "2021-Q1", "gemeente=Alkmaar");
  freeze(4, "p-en-c", "2021-Q1");
  const FrozenReports reports = now();
  EXPECT_EQ(source(reports.find_before(key("kwartaal", "2021-Q2"))), 1U);
  EXPECT_EQ(source(reports.find_before(key("kwartaal", "2021-Q2", "gemeente=Alkmaar"))), 3U);
  EXPECT_EQ(source(reports.find_before(key("kwartaal", "2021-Q3"))), 0U);
  EXPECT_EQ(source(reports.find_ending("p-en-c", "", *parse_day("2021-03-31"))), 4U);
  EXPECT_EQ(source(reports.find_ending("p-en-c", "", *parse_day("2021-03-30"))), 0U);
}

TEST_F(FrozenReportsTest, TheEarlierOneOfAYearIsTheLongestBefore) {
  freeze(1, "p-en-c", "2024-01-01/2024-05-31");
  freeze(2, "p-en-c", "2024-01-01/2024-02-29");
  freeze(3, "p-en-c", "2024-01-01/2024-08-31");
  freeze(4, "p-en-c", "2023");
  const FrozenReports reports = now();
  EXPECT_EQ(source(reports.find_earlier(key("p-en-c", "2024-01-01/2024-08-31"))), 1U);
  EXPECT_EQ(source(reports.find_earlier(key("p-en-c", "2024"))), 3U);
  EXPECT_EQ(source(reports.find_earlier(key("p-en-c", "2024-01-01/2024-02-29"))), 0U);
  EXPECT_EQ(source(reports.find_earlier(key("kwartaal", "2024"))), 0U);
}

TEST_F(FrozenReportsTest, AreThoseKnownAtThePosition) {
  freeze(1, "kwartaal", "2021-Q1");
  record(intrekking(kOrganisatie, event_id(2), event_id(1)));
  freeze(3, "kwartaal", "2021-Q1");
  EXPECT_EQ(source(known_at(0).find(key("kwartaal", "2021-Q1"))), 0U);
  EXPECT_EQ(source(known_at(1).find(key("kwartaal", "2021-Q1"))), 1U);
  EXPECT_EQ(source(known_at(2).find(key("kwartaal", "2021-Q1"))), 0U);
  EXPECT_EQ(source(known_at(3).find(key("kwartaal", "2021-Q1"))), 3U);
}

TEST_F(FrozenReportsTest, ACorrectieBringsTheFiguresThatCount) {
  freeze(1, "kwartaal", "2021-Q1");
  Report better = report("kwartaal", "2021-Q1");
  better.title = "Beter";
  pb::Event event = freezing(better, 2, "2021-Q1");
  const pb::Body door = event.body();
  auto& correctie = *event.mutable_body()->mutable_correctie();
  correctie.set_vervangt(std::string(event_id(1).uuid.view()));
  *correctie.mutable_door() = door;
  record(event);
  const FrozenReports reports = now();
  const auto* found = reports.find(key("kwartaal", "2021-Q1"));
  ASSERT_EQ(source(found), 2U);
  EXPECT_EQ(reports.load(*found)->report.title, "Beter");
}

TEST_F(FrozenReportsTest, SayWhoseFiguresAreDamagedOrOfAnotherReport) {
  const auto message_of = [this](std::uint64_t number, const char* periode,
                                 const std::function<void(pb::RapportVastgesteld&)>& change) {
    pb::Event event = freezing(report("kwartaal", periode), number, periode);
    change(*event.mutable_body()->mutable_rapport_vastgesteld());
    record(event);
    const FrozenReports reports = now();
    const auto loaded = reports.load(*reports.find(key("kwartaal", periode)));
    EXPECT_FALSE(loaded);
    return loaded ? ""
                  : std::to_string(static_cast<int>(loaded.error().code)) + loaded.error().message;
  };
  const std::string corrupt = std::to_string(static_cast<int>(ErrorCode::kCorrupt));
  const std::string newer = std::to_string(static_cast<int>(ErrorCode::kNewer));
  EXPECT_EQ(message_of(1, "2021-01", [](auto& kind) { kind.mutable_cijfers()->pop_back(); }),
            corrupt +
                "event at positie 1, rapport kwartaal: the figures of a frozen report are "
                "damaged");
  EXPECT_EQ(message_of(2, "2021-02", [](auto& kind) { (*kind.mutable_cijfers())[1] = '\x02'; }),
            newer +
                "event at positie 2, rapport kwartaal: a frozen report in form 2 of a newer "
                "version; upgrade trede");
  const std::string other = ", rapport kwartaal: its figures are of another report";
  EXPECT_EQ(message_of(3, "2021-03", [](auto& kind) { kind.set_definitie("3"); }),
            corrupt + "event at positie 3" + other);
  EXPECT_EQ(message_of(4, "2021-04", [](auto& kind) { kind.set_bekend_positie(2); }),
            corrupt + "event at positie 4" + other);
  EXPECT_EQ(message_of(5, "2021-05", [](auto& kind) { kind.set_boomkop(std::string(32, 'x')); }),
            corrupt + "event at positie 5" + other);
  EXPECT_EQ(message_of(6, "2021-06", [](auto& kind) { kind.set_catalogus("6"); }),
            corrupt + "event at positie 6" + other);
}

}  // namespace
}  // namespace trede::test
