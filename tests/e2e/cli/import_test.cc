// Files that are taken: whole, once, and as they say.
#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

class Import : public CliTest {
 protected:
  void SetUp() override {
    make_folder();
    write("d.csv", kDossiers);
  }

  static constexpr std::string_view kDossiers =
      "stream,soort,geldig_op,gemeente,regeling,uitkomst,trede,groep\n"
      "dossier/K1,aanmelding,2021-01-04,Velsen,ioaw,,,\n"
      "dossier/K1,intake,2021-01-20,,,positief,,\n"
      "dossier/K1,traject_start,2021-02-01,,,,3,\n"
      "dossier/K2,aanmelding,2021-01-05,Beverwijk,ww,,,g\n"
      "dossier/K2,intake,2021-01-06,,,negatief,,g\n";
};

TEST_F(Import, GivesControlTotalsPerKind) {
  EXPECT_TRUE(good({"import", "d.csv", "--data", "w"})
                  .starts_with("soort          aantal\n"
                               "-------------  ------\n"
                               "aanmelding          2\n"
                               "intake              2\n"
                               "traject_start       1\n"
                               "totaal              5\n"
                               "\n"
                               "posities: 4 t/m 8\n"
                               "overgeslagen: 0\n"
                               "import: "));
  EXPECT_TRUE(
      contains(good({"query", "trajecten", "--op", "2021-02-01", "--data", "w", "--format", "csv"}),
               "waarde\n1\n"));
}

TEST_F(Import, SameFileTwiceAddsNothing) {
  good({"import", "d.csv", "--data", "w"});
  const std::string once = log_of();
  EXPECT_TRUE(contains(good({"import", "d.csv", "--data", "w"}),
                       "posities: -\novergeslagen: 5\nimport: -\n"));
  EXPECT_EQ(log_of(), once);
}

TEST_F(Import, LongerFileAddsOnlyWhatIsNew) {
  good({"import", "d.csv", "--data", "w"});
  write("d.csv", std::string(kDossiers) + "dossier/K3,aanmelding,2021-01-07,Velsen,ioaw,,,\n");
  EXPECT_TRUE(
      contains(good({"import", "d.csv", "--data", "w"}), "posities: 9 t/m 9\novergeslagen: 5\n"));
}

TEST_F(Import, EqualRowsAreEachAnEvent) {
  good({"import", "d.csv", "--data", "w"});
  const std::string row = "dossier/K1,contactmoment,2021-02-02,bericht\n";
  write("c.csv", "stream,soort,geldig_op,contact\n" + row + row + row);
  good({"import", "c.csv", "--data", "w"});
  good({"import", "c.csv", "--data", "w"});
  EXPECT_TRUE(contains(good({"query", "contactmomenten", "--van", "2021-02-01", "--tm",
                             "2021-02-28", "--data", "w", "--format", "csv"}),
                       "waarde\n3\n"));
}

TEST_F(Import, DryRunChecksEverythingAndWritesNothing) {
  const std::string before = log_of();
  EXPECT_TRUE(contains(good({"import", "d.csv", "--data", "w", "--dry-run"}),
                       "totaal              5\n\nposities: 4 t/m 8\noverg"));
  EXPECT_EQ(log_of(), before);
  EXPECT_EQ(trede({"show", "dossier/K1", "--data", "w"}).status, 2);
  write("bad.csv", std::string(kDossiers) + "dossier/K1,intake,2021-03-01,,,positief,,\n");
  EXPECT_EQ(trede({"import", "bad.csv", "--data", "w", "--dry-run"}).status, 2);
}

TEST_F(Import, FileWithOnlyAHeaderIsGood) {
  write("h.csv", "stream,soort,geldig_op\n");
  EXPECT_TRUE(contains(good({"import", "h.csv", "--data", "w"}), "totaal       0\n"));
}

TEST_F(Import, DutchSpreadsheetIsRead) {
  write("nl.csv",
        "\xEF\xBB\xBF"
        "stream;soort;geldig_op;dienstverband;afdeling;deeltijdfactor;gemeente\r\n"
        "dossier/K9;dienstverband_start;04-01-2021;beschut_werk;Groen;0,8;\"Velsen\"\r\n");
  good({"import", "nl.csv", "--data", "w"});
  EXPECT_TRUE(
      contains(good({"query", "fte", "--op", "2021-01-04", "--data", "w", "--format", "csv"}),
               "waarde\n0.8\n"));
}

TEST_F(Import, GroupIsJudgedByItsResultAndKnownAsAWhole) {
  // The intake alone, first in the file, would be refused.
  write("g.csv",
        "stream,soort,geldig_op,gemeente,regeling,uitkomst,groep\n"
        "dossier/K5,intake,2021-01-20,,,positief,g\n"
        "dossier/K5,aanmelding,2021-01-04,Velsen,ioaw,,g\n");
  good({"import", "g.csv", "--data", "w"});
  const auto known_at = [this](const std::string& position) {
    return good({"query", "aanmeldingen", "--van", "2021-01-01", "--tm", "2021-12-31", "--positie",
                 position, "--data", "w", "--format", "csv"});
  };
  EXPECT_EQ(known_at("4"), "waarde\n0\n");
  EXPECT_EQ(known_at("5"), "waarde\n1\n");
}

TEST_F(Import, CorrectieAndIntrekkingMayNameRowsOfTheSameFile) {
  write("c.csv",
        "stream,soort,geldig_op,event_id,vervangt,gemeente,regeling,contact,reden\n"
        "dossier/K6,aanmelding,2021-01-04,0c000000-0000-4000-8000-000000000001,,Velsen,ww,,\n"
        "dossier/K6,correctie,2021-01-05,,0c000000-0000-4000-8000-000000000001,Beverwijk,ww,,\n"
        "dossier/K6,contactmoment,2021-01-06,0c000000-0000-4000-8000-000000000002,,,,bericht,\n"
        "dossier/K6,intrekking,,,0c000000-0000-4000-8000-000000000002,,,,foutief\n");
  good({"import", "c.csv", "--data", "w"});
  EXPECT_EQ(good({"query", "aanmeldingen", "--van", "2021-01-01", "--tm", "2021-12-31", "--per",
                  "gemeente", "--data", "w", "--format", "csv"}),
            "gemeente,waarde\nBeverwijk,1\n");
  EXPECT_EQ(good({"query", "contactmomenten", "--van", "2021-01-01", "--tm", "2021-12-31", "--data",
                  "w", "--format", "csv"}),
            "waarde\n0\n");
}

TEST_F(Import, AsRecordedAdoptsTheMomentsAndMarksThem) {
  good({"init", "--data", "v"});
  write("a.csv",
        "stream,soort,geldig_op,vastgelegd_op,event_id,gemeente,regeling\n"
        "organisatie,gemeente_toegetreden,2010-01-01,2021-01-01T09:00:00+01:00,"
        "0d000000-0000-4000-8000-000000000001,Velsen,\n"
        "organisatie,gemeente_toegetreden,2010-01-01,2021-01-01T09:00:00+01:00,"
        "0d000000-0000-4000-8000-000000000002,Heemskerk,\n"
        "dossier/K1,aanmelding,2021-01-04,2021-02-01T12:00:00Z,,Velsen,ioaw\n");
  good({"import", "a.csv", "--data", "v", "--as-recorded"});
  const std::string log = log_of("v");
  EXPECT_TRUE(contains(log, "\"vastgelegd_op\":\"2021-01-01T08:00:00.000000Z\""));
  EXPECT_TRUE(contains(log, "\"vastgelegd_op\":\"2021-01-01T08:00:00.000001Z\""));
  EXPECT_TRUE(contains(log, "\"vastgelegd_op\":\"2021-02-01T12:00:00.000000Z\""));
  EXPECT_TRUE(contains(log, "\"overgenomen_op\":\"20"));
  const auto known = [this](const std::string& moment) {
    return good({"query", "aanmeldingen", "--van", "2021-01-01", "--tm", "2021-12-31",
                 "--bekend-op", moment, "--data", "v", "--format", "csv"});
  };
  EXPECT_EQ(known("2021-02-01T11:59:59Z"), "waarde\n0\n");
  EXPECT_EQ(known("2021-02-01T12:00:00Z"), "waarde\n1\n");
}

TEST_F(Import, RowsOfAGroupMayHaveTheirOwnMoments) {
  good({"init", "--data", "v"});
  write("a.csv",
        "stream,soort,geldig_op,vastgelegd_op,event_id,afdeling,groep\n"
        "organisatie,afdeling_ingesteld,2010-01-01,2021-01-01T09:00:00Z,"
        "0d000000-0000-4000-8000-000000000001,Groen,g\n"
        "organisatie,afdeling_ingesteld,2010-01-01,2021-01-01T10:00:00Z,"
        "0d000000-0000-4000-8000-000000000002,Wit,g\n");
  good({"import", "a.csv", "--data", "v", "--as-recorded"});
  EXPECT_TRUE(contains(log_of("v"), "\"vastgelegd_op\":\"2021-01-01T10:00:00.000000Z\""));
}

TEST_F(Import, PipeIsReadLikeAFile) {
  EXPECT_TRUE(
      contains(good({"import", "/dev/stdin", "--data", "w"}, kDossiers), "posities: 4 t/m"));
}

TEST_F(Import, ManyRowsBecomeManyEvents) {
  std::string text = "stream,soort,geldig_op,gemeente,regeling\n";
  for (int i = 0; i < 20'000; ++i) {
    text += "dossier/P" + std::to_string(i) + ",aanmelding,2021-01-04,Velsen,ioaw\n";
  }
  write("veel.csv", text);
  EXPECT_TRUE(contains(good({"import", "veel.csv", "--data", "w"}), "posities: 4 t/m 20003\n"));
  EXPECT_EQ(
      good({"query", "aanmeldingen_open", "--op", "2021-01-04", "--data", "w", "--format", "csv"}),
      "waarde\n20000\n");
}

}  // namespace
}  // namespace trede::test
