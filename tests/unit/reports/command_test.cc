#include <gtest/gtest.h>

#include "tests/unit/tools/program.h"

namespace trede {
namespace {

using Ran = test::ProgramRan;

// The program, on a data folder with two gemeenten, a target and one traject.
class ReportCommand : public testing::Test {
 protected:
  void SetUp() override {
    program_.write(
        "in.csv",
        "stream,soort,geldig_op,event_id,gemeente,regeling,uitkomst,trede,maat,periode,waarde,"
        "reden\n"
        "organisatie,gemeente_toegetreden,2015-01-01,00000000-0000-4000-8000-000000000001,"
        "Velsen,,,,,,,\n"
        "organisatie,gemeente_toegetreden,2015-01-01,00000000-0000-4000-8000-000000000002,"
        "Beverwijk,,,,,,,\n"
        "organisatie,afspraak_vastgesteld,2021-01-01,00000000-0000-4000-8000-000000000003,,,,,"
        "relaties_nieuw,2021,40,\n"
        "dossier/d-1,aanmelding,2020-11-02,,Velsen,participatiewet,,,,,,\n"
        "dossier/d-1,intake,2020-11-20,,,,positief,,,,,\n"
        "dossier/d-1,traject_start,2020-12-01,,,,,3,,,,\n"
        "dossier/d-1,uitstroom,2021-02-01,,,,,,,,,werkaanvaarding\n");
    ASSERT_EQ(run({"init", "--data", data()}).status, 0);
    const Ran imported = run({"import", program_.path("in.csv"), "--data", data()});
    ASSERT_EQ(imported.status, 0) << imported.err;
  }

  std::string data() const { return program_.data(); }
  Ran run(const std::vector<std::string>& words) { return program_.run(words); }
  Ran report(const std::vector<std::string>& more) {
    std::vector<std::string> words{"report", "kwartaal", "--data", data()};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  Ran quarter(const std::vector<std::string>& more) {
    std::vector<std::string> words{"--van", "2021-01-01", "--tm", "2021-03-31"};
    words.insert(words.end(), more.begin(), more.end());
    return report(words);
  }

  test::Program program_;
};

TEST_F(ReportCommand, PrintsTheTablesOfThePeriod) {
  const Ran ran = quarter({});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(ran.out.starts_with("Kwartaalrapportage 01-01-2021 t/m 31-03-2021\n")) << ran.out;
  EXPECT_TRUE(ran.out.contains("Aantal             Beverwijk  Velsen  Totaal\n"));
  EXPECT_TRUE(
      ran.out.contains("\nTrede 3\n"
                       "              31-12-2020  Bij  Af  31-03-2021\n"
                       "  ──────────  ──────────  ───  ──  ──────────\n"
                       "  Kandidaten           1    0   1           0\n"));
  EXPECT_TRUE(ran.out.contains("positie 7, definitie kwartaal 2\n"));
}

TEST_F(ReportCommand, CsvHasEveryCellAndSaysOnStderrWhatItIsAbout) {
  const Ran ran = quarter({"--format", "csv"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(ran.out.starts_with("sectie,tabel,rij,kolom,"));
  EXPECT_TRUE(
      ran.out.contains("trajecten,trede-3,kandidaten,begin,Kandidaten,31-12-2020,1,"
                       "aantal,getal,,\n"));
  EXPECT_TRUE(
      ran.out.contains("overzicht/wsp,nieuwe-relaties,pct,Nieuwe relaties,%,0,procent,"
                       "getal,,\n"));
  EXPECT_TRUE(
      ran.out.contains("overzicht/wsp,vacaturevervulling,afspraak,Vervulde vacatures,"
                       "Afspraak,,aantal,geen_gegevens,,\n"));
  EXPECT_TRUE(ran.err.contains("periode: 2021-01-01 t/m 2021-03-31\n"));
  EXPECT_TRUE(ran.err.contains("positie: 7\n"));
}

TEST_F(ReportCommand, JsonAndHtmlAreWhole) {
  const Ran json = quarter({"--format", "json"});
  ASSERT_EQ(json.status, 0) << json.err;
  EXPECT_TRUE(json.out.starts_with("{\"rapport\":\"kwartaal\",") && json.out.ends_with("}\n"));
  const Ran html = quarter({"--format", "html"});
  ASSERT_EQ(html.status, 0) << html.err;
  EXPECT_TRUE(html.out.starts_with("<!doctype html>") && html.out.ends_with("</html>\n"));
}

TEST_F(ReportCommand, ShowsWhatWasKnownAtAPosition) {
  const Ran before = quarter({"--format", "csv", "--positie", "6"});
  ASSERT_EQ(before.status, 0) << before.err;
  EXPECT_TRUE(before.out.contains("trede-3,kandidaten,eind,Kandidaten,31-03-2021,1,"));
  const Ran none = quarter({"--format", "csv", "--positie", "0"});
  ASSERT_EQ(none.status, 0) << none.err;
  EXPECT_TRUE(none.out.contains("trede-3,kandidaten,begin,Kandidaten,31-12-2020,0,"));
  EXPECT_TRUE(
      none.out.contains("nieuwe-relaties,afspraak,Nieuwe relaties,Afspraak,,aantal,"
                        "geen_gegevens,,\n"));
  EXPECT_FALSE(none.out.contains("velsen"));
}

TEST_F(ReportCommand, WrongInputSaysWhatWasExpected) {
  const struct {
    Ran ran;
    const char* says;
  } cases[] = {
      {run({"report", "--data", data()}), "NAME"},
      {run({"report", "jaar", "--data", data(), "--van", "2021-01-01", "--tm", "2021-03-31"}),
       "no report 'jaar'; allowed: aansluiting, financien, gemeente, "},
      {report({}), "--van: missing"},
      {report({"--van", "2021-01-01"}), "--tm: missing"},
      {report({"--van", "2021-04-01", "--tm", "2021-03-31"}), "lies before --van"},
      {report({"--van", "2021-01-01", "--tm", "2021-02-30"}), "is not a day"},
      {quarter({"--format", "pdf"}), "expected text, csv, json, html or xlsx"},
      {quarter({"--positie", "8"}), "expected 0 to 7"},
      {quarter({"--bekend-op", "gisteren"}), "--bekend-op"},
  };
  for (const auto& [ran, says] : cases) {
    EXPECT_EQ(ran.status, 2) << ran.err;
    EXPECT_EQ(ran.out, "");
    EXPECT_TRUE(ran.err.contains(says)) << ran.err;
  }
}

TEST_F(ReportCommand, AFolderThatIsNotThereIsAFailureOfTheSystem) {
  const Ran ran = run({"report", "kwartaal", "--data", program_.path("elsewhere"), "--van",
                       "2021-01-01", "--tm", "2021-03-31"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_TRUE(ran.err.contains("there is no such folder")) << ran.err;
}

}  // namespace
}  // namespace trede
