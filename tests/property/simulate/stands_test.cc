// What a made-up organisation looks like in figures, beside the reports whose rates it has.
#include <gtest/gtest.h>

#include "engine/dossier/recorder.h"
#include "engine/log/data_folder.h"
#include "projections/projections.h"
#include "tests/support/events.h"
#include "tests/support/fakes.h"
#include "tests/support/temp_dir.h"
#include "tools/simulate/simulation.h"

namespace trede::simulate {
namespace {

using test::day;

// About the size of the organisation of the reports, so that its figures can be held beside them.
class SimulatedStands : public testing::Test {
 protected:
  static constexpr Period kYear{Day{std::chrono::year{2021} / 1 / 1},
                                Day{std::chrono::year{2021} / 12 / 31}};

  static void SetUpTestSuite() { world_ = std::make_unique<World>(); }
  static void TearDownTestSuite() { world_.reset(); }

  static Query asked(const char* measure, std::variant<Day, Period> time,
                     std::vector<Filter> waar = {}) {
    return {.measure = measure,
            .time = time,
            .per = {},
            .waar = std::move(waar),
            .known = world_->folder->log().last_position()};
  }
  static AnswerRow row(const Query& query) {
    const auto answer = world_->projections->answer(query);
    EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
    return answer->rows.front();
  }
  static double stand(const char* measure, const char* op, std::vector<Filter> waar = {}) {
    return std::stod(row(asked(measure, day(op), std::move(waar))).waarde.text());
  }
  static double flow(const char* measure, std::vector<Filter> waar = {}) {
    return std::stod(row(asked(measure, kYear, std::move(waar))).waarde.text());
  }
  static double ratio(const char* measure, std::vector<Filter> waar = {}) {
    const AnswerRow found = row(asked(measure, kYear, std::move(waar)));
    return std::stod(found.teller.text()) / std::stod(found.noemer.text());
  }

 private:
  // A data folder with two years of one history and its projections.
  struct World {
    World() {
      EXPECT_TRUE(check_time_zone());
      EXPECT_TRUE(DataFolder::create(dir / "w", clock, random));
      folder = *DataFolder::open(dir / "w", OpenMode::kWrite, clock, random);
      record();
      projections = *Projections::open(*folder);
      EXPECT_TRUE(projections->catch_up());
    }

    void record() {
      auto staged = folder->log().begin_import({.id = {random.uuid4()}, .as_recorded = true});
      ASSERT_TRUE(staged);
      Recorder recorder(**staged, clock);
      Simulation simulation({.seed = 1,
                             .events = 38'000,
                             .gemeenten = 4,
                             .corrections_percent = 5,
                             .from = day("2020-01-01"),
                             .until = day("2021-12-31")});
      while (const auto append = simulation.next()) {
        ASSERT_TRUE(recorder.record(append->events, {.vastgelegd_op = append->vastgelegd_op}));
      }
      ASSERT_TRUE((*staged)->commit());
    }

    test::FakeClock clock;
    test::SeededRandom random;
    test::TempDir dir;
    std::unique_ptr<DataFolder> folder;
    std::unique_ptr<Projections> projections;
  };

  static std::unique_ptr<World> world_;
};

std::unique_ptr<SimulatedStands::World> SimulatedStands::world_;

TEST_F(SimulatedStands, AreThoseOfTheReportsInSize) {
  const char* const op = "2021-06-30";
  EXPECT_NEAR(stand("trajecten", op), 1'000, 300);  // 984 and 1,021
  EXPECT_NEAR(stand("diagnose", op), 70, 35);       // 68 and 71
  EXPECT_NEAR(stand("plaatsingen", op, {{"plaatsing", {"garantiebaan"}}}), 107, 60);
  EXPECT_NEAR(stand("dienstverbanden", op, {{"dienstverband", {"wsw"}}}), 420, 150);
  EXPECT_NEAR(stand("dienstverbanden", op, {{"dienstverband", {"beschut_werk"}}}), 40, 20);
  for (const char* trede : {"3", "4", "5", "6", "nader_te_bepalen"}) {
    EXPECT_GT(stand("trajecten", op, {{"trede", {trede}}}), 60) << trede;
  }
}

TEST_F(SimulatedStands, FlowAsTheReportsSay) {
  EXPECT_NEAR(ratio("intakes_binnen_4_weken"), 0.60, 0.08);
  const double aanmeldingen = flow("aanmeldingen");
  EXPECT_NEAR(aanmeldingen, 600, 150);
  EXPECT_NEAR(flow("niet_gestart") / aanmeldingen, 93.0 / 370, 0.08);
  const double uitstroom = flow("uitstroom");
  EXPECT_NEAR(uitstroom / stand("trajecten", "2021-06-30"), 0.6, 0.2);  // 407 in eight months
  EXPECT_NEAR(flow("uitstroom", {{"reden", {"werkaanvaarding"}}}) / uitstroom, 0.30, 0.15);
  EXPECT_NEAR(flow("maatregelen"), 80, 40);  // 20 in a quarter
  EXPECT_GT(flow("doorstroom"), 100);
}

TEST_F(SimulatedStands, HaveTheVerzuimOfTheReports) {
  EXPECT_NEAR(ratio("verzuimpercentage", {{"dienstverband", {"wsw"}}}), 0.12, 0.04);
  EXPECT_NEAR(ratio("verzuimpercentage"), 0.11, 0.04);
  EXPECT_NEAR(ratio("verzuimpercentage", {{"dienstverband", {"ambtelijk", "payroll"}}}), 0.07,
              0.04);
  const auto klasse = [&](const char* code) {
    return stand("verzuim_per_duur", "2021-06-30", {{"klasse", {code}}});
  };
  // Of who is ill on a day, two in three have been so for more than six weeks.
  const double of_long = klasse("43_365") + klasse("366_plus");
  EXPECT_NEAR(of_long / stand("verzuimgevallen", "2021-06-30"), 0.65, 0.2);
}

TEST_F(SimulatedStands, Balance) {
  for (const char* measure : {"trajecten", "dienstverbanden", "plaatsingen", "verzuimgevallen",
                              "diagnose", "voorzieningen", "wacht_op_start", "aanmeldingen_open"}) {
    const std::string name(measure);
    EXPECT_EQ(
        stand(measure, "2020-12-31") + flow((name + "_bij").c_str()) - flow((name + "_af").c_str()),
        stand(measure, "2021-12-31"))
        << measure;
  }
}

}  // namespace
}  // namespace trede::simulate
