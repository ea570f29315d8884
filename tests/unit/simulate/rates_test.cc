// What the histories promise about how often things happen, within wide bounds. The figures that
// rest on a whole timeline (stands, verzuim) are checked by the property test of this room.
#include <gtest/gtest.h>

#include <map>

#include "tools/simulate/simulation.h"

namespace trede::simulate {
namespace {

// A history of some size, counted.
struct Counted {
  explicit Counted(const SimulationOptions& options) {
    Simulation simulation(options);
    while (const auto append = simulation.next()) {
      appends += 1;
      grouped += append->events.size() > 1 ? 1 : 0;
      for (const auto& event : append->events) {
        count(event, append->vastgelegd_op);
        bytes += encode_content(event).size();
      }
    }
  }

  void count(const pb::Event& event, Moment moment) {
    const Soort soort = event.body().soort_case();
    ++kinds[soort];
    if (stream_of(event).kind != StreamKind::kDossier) return;
    if (soort == Soort::kCorrectie || soort == Soort::kIntrekking) {
      ++set_right;
      return;
    }
    ++of_dossiers;
    const auto days = (std::chrono::floor<std::chrono::days>(moment) - *day_of(event)).count();
    ++lateness[days <= 1 ? 1 : days <= 7 ? 7 : days <= 31 ? 31 : 400];
    if (soort == Soort::kIntake) ++uitkomsten[event.body().intake().uitkomst()];
    if (soort == Soort::kAanmelding) ++gemeenten[event.body().aanmelding().gemeente()];
    if (soort == Soort::kMaatregel) ++besluiten[event.body().maatregel().besluit()];
  }

  double share(Soort one, Soort of) { return double(kinds[one]) / double(kinds[of]); }

  std::map<Soort, int> kinds;
  std::map<long, int> lateness;
  std::map<int, int> uitkomsten;
  std::map<int, int> besluiten;
  std::map<std::string, int> gemeenten;
  int of_dossiers = 0;
  int set_right = 0;
  int appends = 0;
  int grouped = 0;
  std::size_t bytes = 0;
};

SimulationOptions of(std::uint64_t events, int corrections) {
  SimulationOptions options;
  options.events = events;
  options.corrections_percent = corrections;
  return options;
}

TEST(SimulatedRates, FollowTheReports) {
  Counted counted(of(60'000, 0));
  // 93 of 370 do not start: some say so, some have a negative advice or are sent back.
  const int turned_away = counted.uitkomsten[pb::INTAKE_UITKOMST_NEGATIEF] +
                          counted.uitkomsten[pb::INTAKE_UITKOMST_TERUGGEMELD];
  const double not_started = double(counted.kinds[Soort::kNietGestart] + turned_away) /
                             double(counted.kinds[Soort::kAanmelding]);
  EXPECT_NEAR(not_started, 93.0 / 370, 0.05);
  // 16 of 161 intakes had a negative advice.
  EXPECT_NEAR(double(counted.uitkomsten[pb::INTAKE_UITKOMST_NEGATIEF]) /
                  double(counted.kinds[Soort::kIntake]),
              16.0 / 161, 0.03);
  // 4 of 20 decisions were to refrain.
  EXPECT_GT(counted.besluiten[pb::BESLUIT_AFZIEN], 5);
  // 41 began a diagnose in a quarter of 144 aanmeldingen.
  EXPECT_NEAR(counted.share(Soort::kDiagnoseStart, Soort::kAanmelding), 41.0 / 144, 0.10);
  // As many come from each gemeente as in the report, but for the one that leaves.
  EXPECT_NEAR(double(counted.gemeenten["Velsen"]) / counted.gemeenten["Beverwijk"], 56.0 / 57, 0.2);
  EXPECT_LT(counted.gemeenten["Uitgeest"], counted.gemeenten["Heemskerk"]);
}

TEST(SimulatedRates, RecordMostSoonAndSomeLate) {
  Counted counted(of(40'000, 5));
  const auto share = [&](long days) {
    return double(counted.lateness[days]) / counted.of_dossiers;
  };
  EXPECT_GT(share(1), 0.45);
  EXPECT_GT(share(31), 0.03);
  EXPECT_GT(share(400), 0.01);
  EXPECT_LT(share(400), 0.25);
  EXPECT_GT(counted.grouped, counted.appends / 200);
  EXPECT_LT(counted.grouped, counted.appends / 10);
  EXPECT_GT(counted.bytes / 40'000, 50U);
}

TEST(SimulatedRates, SetRightAsMuchAsAskedFor) {
  for (const int percent : {0, 5, 15, 30, 50}) {
    Counted counted(of(40'000, percent));
    const double share = 100.0 * counted.set_right / counted.of_dossiers;
    EXPECT_NEAR(share, percent, percent * 0.3);
    EXPECT_GE(counted.kinds[Soort::kIntrekking], counted.set_right / 10);
    EXPECT_GE(counted.kinds[Soort::kCorrectie], counted.set_right / 2);
  }
}

TEST(SimulatedRates, LeaveOutNoKindThatTheyPromise) {
  Counted counted(of(60'000, 5));
  for (const Kind& kind : kinds()) {
    const bool left_out = kind.soort == Soort::kRapportVastgesteld ||
                          kind.soort == Soort::kPeriodeAfgesloten ||
                          kind.soort == Soort::kToelichtingVastgelegd;
    EXPECT_EQ(counted.kinds[kind.soort] == 0, left_out) << kind.code;
  }
}

}  // namespace
}  // namespace trede::simulate
