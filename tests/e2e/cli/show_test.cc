// The timeline of a dossier, and the upkeep of a folder.
#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

class Show : public CliTest {
 protected:
  void SetUp() override {
    make_folder();
    write("d.csv",
          "stream,soort,geldig_op,event_id,vervangt,gemeente,regeling,uitkomst,trede,naar,reden,"
          "dienstverband,afdeling,deeltijdfactor\n"
          "dossier/K1,aanmelding,2021-01-04,00000000-0000-4000-8000-00000000000a,,Velsen,ioaw,,,,,"
          ",,\n"
          "dossier/K1,intake,2021-01-20,,,,,positief,,,,,,\n"
          "dossier/K1,traject_start,2021-02-01,00000000-0000-4000-8000-00000000000b,,,,,3,,,,,\n"
          "dossier/K1,trede_doorstroom,2021-03-01,00000000-0000-4000-8000-00000000000c,,,,,,4,,,"
          ",\n"
          "dossier/K1,correctie,2021-02-08,,00000000-0000-4000-8000-00000000000b,,,,5,,,,,\n"
          "dossier/K1,intrekking,,,00000000-0000-4000-8000-00000000000c,,,,,,dubbel,,,\n"
          "dossier/K1,dienstverband_start,2021-01-01,,,,,,,,,payroll,Groen,0.5\n"
          "dossier/K1,ziekmelding,2021-03-01,,,,,,,,,,,\n");
    good({"import", "d.csv", "--data", "w"});
  }

  // The lines of `show dossier/K1`, without the columns that differ from run to run.
  std::string show(std::vector<std::string> more) {
    more.insert(more.begin(), {"show", "dossier/K1", "--data", "w"});
    return good(more);
  }
};

TEST_F(Show, WhatHoldsStandsOnTop) {
  const std::string all = show({"--op", "2021-03-31"});
  EXPECT_EQ(all.substr(0, all.find("\n\n", 20)),
            "dossier/K1\n"
            "\n"
            "wat            sinds       bijzonderheden\n"
            "-------------  ----------  " +
                std::string(62, '-') +
                "\n"
                "traject        2021-02-08  trede=5\n"
                "dienstverband  2021-01-01  "
                "dienstverband=payroll afdeling=Groen deeltijdfactor=0.5\n"
                "verzuim        2021-03-01  percentage=100\n"
                "gemeente                   Velsen\n"
                "regeling                   ioaw\n"
                "104 weken                  "
                "eerste ziektedag 2021-03-01, 31 dagen geteld, einde 2023-02-27");
}

TEST_F(Show, WhatHeldAsKnownThenIsShownToo) {
  EXPECT_TRUE(contains(show({"--op", "2021-03-31", "--positie", "7"}),
                       "\ntraject   2021-02-01  trede=4\n"));
  EXPECT_TRUE(contains(show({"--op", "2021-01-10", "--positie", "7"}),
                       "aangemeld  2021-01-04  gemeente=Velsen regeling=ioaw\n"));
}

TEST_F(Show, CorrectionsAndWithdrawalsAreVisible) {
  const std::string csv = show({"--format", "csv"});
  EXPECT_TRUE(
      csv.starts_with("geldig_op,soort,attributen,positie,vastgelegd_op,actor,event_id,opmerking\n"
                      "2021-01-01,dienstverband_start,"));
  EXPECT_TRUE(contains(csv, "2021-02-01,traject_start,trede=3,6,"));
  EXPECT_TRUE(contains(csv, "-00000000000b,gecorrigeerd door: 8\n"));
  EXPECT_TRUE(contains(csv, "2021-02-08,correctie,trede=5,8,"));
  EXPECT_TRUE(contains(csv, ",corrigeert: 6\n"));
  EXPECT_TRUE(contains(csv, "-00000000000c,ingetrokken\n"));
  EXPECT_TRUE(contains(csv, "\n,intrekking,reden=dubbel,9,"));
  EXPECT_TRUE(contains(csv, ",trekt in: 7\n"));
}

TEST_F(Show, JsonHasBothParts) {
  const std::string json = show({"--op", "2021-03-31", "--format", "json"});
  EXPECT_TRUE(json.starts_with("{\"stream\":\"dossier/K1\",\"geldig_op\":\"2021-03-31\","));
  EXPECT_TRUE(contains(json, "\"stand\":[\n  {\"wat\":\"traject\",\"sinds\":\"2021-02-08\","));
  EXPECT_TRUE(contains(json, "\"gebeurtenissen\":[\n  {\"geldig_op\":\"2021-01-01\","));
}

TEST_F(Show, OtherStreamsAreListed) {
  EXPECT_TRUE(contains(good({"show", "organisatie", "--data", "w"}), "afdeling_ingesteld"));
}

TEST_F(Show, VerifyFindsNothingWrong) {
  EXPECT_EQ(good({"verify", "--data", "w"}), "w: all is well, 11 events\n");
}

TEST_F(Show, RebuildAnswersTheSame) {
  const std::vector<std::string> question = {"query", "trajecten", "--op", "2021-03-31", "--per",
                                             "trede", "--data",    "w",    "--format",   "csv"};
  const std::string before = good(question);
  EXPECT_TRUE(contains(good({"rebuild", "--data", "w"}), ", up to position 11\n"));
  EXPECT_EQ(good(question), before);
  std::filesystem::remove_all(path("w/projections"));
  EXPECT_EQ(good(question), before);
  EXPECT_FALSE(std::filesystem::exists(path("w/projections")));
  EXPECT_TRUE(contains(good({"verify", "--data", "w"}), "all is well"));
}

}  // namespace
}  // namespace trede::test
