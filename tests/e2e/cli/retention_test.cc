#include "tests/e2e/cli/cli.h"

namespace trede::test {

namespace {

class RetentionTest : public CliTest {
 protected:
  // OUD: closed on 2012-03-01. LOOPT: its traject runs. WEER: closed in 2012, begun again in 2020.
  // WERK: a dienstverband that ended in 2019.
  RetentionTest() {
    make_folder();
    write("d.csv",
          "stream,soort,geldig_op,gemeente,regeling,reden,dienstverband,afdeling,deeltijdfactor\n"
          "dossier/OUD,aanmelding,2012-01-04,Velsen,ioaw,,,,\n"
          "dossier/OUD,niet_gestart,2012-03-01,,,verhuisd,,,\n"
          "dossier/LOOPT,aanmelding,2012-01-04,Velsen,ioaw,,,,\n"
          "dossier/WEER,aanmelding,2012-01-04,Velsen,ioaw,,,,\n"
          "dossier/WEER,niet_gestart,2012-03-01,,,verhuisd,,,\n"
          "dossier/WEER,aanmelding,2020-01-04,Velsen,ioaw,,,,\n"
          "dossier/WEER,niet_gestart,2020-03-01,,,verhuisd,,,\n"
          "dossier/WERK,dienstverband_start,2015-01-01,Velsen,,,beschut_werk,Groen,1\n"
          "dossier/WERK,dienstverband_einde,2019-07-01,,,pensioen,,,\n");
    good({"import", "d.csv", "--data", "w"});
    good({"person", "init", "--data", "w", "--master-key", "sleutel"});
    for (const char* dossier : {"dossier/OUD", "dossier/WERK"}) {
      good(
          {"person", "set", dossier, "--naam", "Iemand", "--data", "w", "--master-key", "sleutel"});
      for (const char* category : {"dossier", "verzuim"}) {
        good({"person", "note", dossier, "--tekst", category, "--categorie", category, "--data",
              "w", "--master-key", "sleutel"});
      }
    }
  }

  std::string listed(const std::string& op) {
    return good({"retention", "--data", "w", "--op", op, "--format", "csv"});
  }
  std::string code_on(const std::string& op) {
    const Ran ran = trede({"retention", "--data", "w", "--op", op});
    const std::string mark = "--vernietig ";
    return ran.out.substr(ran.out.rfind(mark) + mark.size(), 16);
  }
};

constexpr const char* kHeader = "dossier,wat,geëindigd,termijn_jaren,mag_sinds\n";

TEST_F(RetentionTest, ListsWhatIsOverAndNothingTooEarly) {
  EXPECT_EQ(listed("2021-06-30"), kHeader);
  EXPECT_TRUE(
      contains(listed("2021-07-01"), "dossier/WERK,verzuimnotities,2019-07-01,2,2021-07-01"));
  EXPECT_FALSE(contains(listed("2022-02-28"), "dossier/OUD"));
  const std::string list = listed("2022-03-01");
  EXPECT_TRUE(contains(list, "dossier/OUD,dossier,2012-03-01,10,2022-03-01"));
  EXPECT_EQ(line_count(list), 3) << list;
}

TEST_F(RetentionTest, DestroysTheListThatWasShownAndNoOther) {
  const std::string code = code_on("2022-03-01");
  const Ran other = trede({"retention", "--data", "w", "--op", "2021-07-01", "--vernietig", code});
  EXPECT_EQ(other.status, 2);
  EXPECT_TRUE(contains(other.err, "de lijst is een andere"));
  const Ran ahead = trede({"retention", "--data", "w", "--op", "2999-01-01", "--vernietig", code});
  EXPECT_EQ(ahead.status, 2);
  const std::string figure = good({"query", "aanmeldingen", "--van", "2012-01-01", "--tm",
                                   "2012-12-31", "--data", "w", "--format", "csv"});
  EXPECT_TRUE(
      contains(good({"retention", "--data", "w", "--op", "2022-03-01", "--vernietig", code}),
               "Vernietigd: 1 dossiers, van 1 de verzuimnotities"));
  EXPECT_EQ(trede({"show", "dossier/OUD", "--data", "w"}).status, 2);
  const std::string werk =
      good({"person", "show", "dossier/WERK", "--data", "w", "--master-key", "sleutel"});
  EXPECT_TRUE(contains(werk, "Iemand"));
  EXPECT_FALSE(contains(werk, "verzuim"));
  EXPECT_EQ(listed("2022-03-01"), kHeader);
  EXPECT_EQ(good({"query", "aanmeldingen", "--van", "2012-01-01", "--tm", "2012-12-31", "--data",
                  "w", "--format", "csv"}),
            figure);
}

TEST_F(RetentionTest, TermsOfTheOrganisationGoBeforeAndAreChecked) {
  write("w/bewaartermijnen.textproto",
        "# eigen termijnen\n"
        "termijn { wat: DOSSIER jaren: 20 vanaf: \"1950-01-01\" }\n"
        "termijn { wat: DOSSIER jaren: 3 vanaf: \"2020-01-01\" }\n");
  EXPECT_EQ(listed("2023-02-28"), kHeader);
  EXPECT_EQ(listed("2023-03-01"),
            std::string(kHeader) + "dossier/WEER,dossier,2020-03-01,3,2023-03-01\n");
  const std::pair<const char*, const char*> bad[] = {
      {"\ntermijn { wat: DOSSIER jaren: 0 vanaf: \"2020-01-01\" }\n", ".textproto:2: jaren"},
      {"termijn { jaren: 1 vanaf: \"2020-01-01\" }\n", ".textproto:1: wat"},
      {"termijn { wat: VERZUIM jaren: 1 vanaf: \"2020\" }\n", ".textproto:1: vanaf"},
      {"termijn { wat: VERZUIM\n soort: 1 }\n", ".textproto:2:"},
      {"# niets\n", "no rule"},
      {"termijn { wat: VERZUIM jaren: 1 vanaf: \"2020-01-01\" }\n"
       "termijn { wat: VERZUIM jaren: 2 vanaf: \"2020-01-01\" }\n",
       ".textproto:2: a second rule"},
  };
  for (const auto& [text, part] : bad) {
    write("w/bewaartermijnen.textproto", text);
    const Ran ran = trede({"retention", "--data", "w"});
    EXPECT_EQ(ran.status, 2) << text;
    EXPECT_TRUE(contains(ran.err, part));
  }
}

}  // namespace

}  // namespace trede::test
