// Closing a period and freezing a report, at every door through which events come in.
#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

class Afsluiting : public CliTest {
 protected:
  void SetUp() override {
    make_folder();
    good({"record", "--data", "w", "--stream", "dossier/K1", "--soort", "aanmelding", "--geldig-op",
          "2021-01-04", "--gemeente", "Velsen", "--regeling", "ioaw"});
    good({"record", "--data", "w", "--stream", "organisatie", "--soort", "periode_afgesloten",
          "--geldig-op", "2021-04-15", "--periode", "2021-Q1", "--event-id",
          "0c000000-0000-4000-8000-000000000001"});
  }

  std::vector<std::string> intake(const char* day) {
    return {"record", "--data",      "w", "--stream",   "dossier/K1", "--soort",
            "intake", "--geldig-op", day, "--uitkomst", "positief"};
  }

  static constexpr const char* kSentence =
      "periode_afgesloten: Intake op 20-01-2021 kan niet: de periode 2021-Q1 is op 15-04-2021 "
      "afgesloten; wie dit toch vastlegt, geeft met na_afsluiting de reden: nagekomen, herstel, "
      "controle of overig. (botst met 0c000000-0000-4000-8000-000000000001)\n";
};

TEST_F(Afsluiting, RecordAsksForAReasonAndShowsIt) {
  const std::string log = log_of();
  const Ran ran = trede(intake("2021-01-20"));
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.err, std::string("trede record: ") + kSentence);
  EXPECT_EQ(log_of(), log);
  auto words = intake("2021-01-20");
  words.insert(words.end(), {"--na-afsluiting", "zomaar"});
  EXPECT_TRUE(contains(trede(words).err,
                       "na_afsluiting: unknown code `zomaar`, expected one of nagekomen, herstel, "
                       "controle, overig"));
  words.back() = "nagekomen";
  good(words);
  EXPECT_TRUE(contains(good({"show", "dossier/K1", "--data", "w", "--format", "csv"}),
                       ",na afsluiting: nagekomen\n"));
  good({"record", "--data", "w", "--stream", "dossier/K1", "--soort", "traject_start",
        "--geldig-op", "2021-04-01", "--trede", "4"});
}

TEST_F(Afsluiting, ImportNamesEachRowThatNeedsAReason) {
  write("d.csv",
        "stream,soort,geldig_op,gemeente,regeling,uitkomst,na_afsluiting\n"
        "dossier/K1,intake,2021-01-20,,,positief,\n"
        "dossier/K2,aanmelding,2021-03-31,Velsen,ww,,\n"
        "dossier/K3,aanmelding,2021-03-31,Velsen,ww,,nagekomen\n"
        "dossier/K4,aanmelding,2021-04-01,Velsen,ww,,\n");
  const Ran ran = trede({"import", "d.csv", "--data", "w"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(contains(ran.err, std::string("d.csv:2: na_afsluiting: ") + kSentence));
  EXPECT_TRUE(contains(ran.err, "d.csv:3: na_afsluiting: periode_afgesloten: Aanmelding op "));
  EXPECT_FALSE(contains(ran.err, "d.csv:4"));
  EXPECT_FALSE(contains(ran.err, "d.csv:5"));
}

TEST_F(Afsluiting, AFileThatClosesIsJudgedInOrder) {
  const auto file = [](const char* reason) {
    return std::string(
               "stream,soort,geldig_op,event_id,gemeente,regeling,periode,na_afsluiting\n"
               "dossier/K5,aanmelding,2021-05-01,,Velsen,ww,,\n"
               "organisatie,periode_afgesloten,2021-07-15,0c000000-0000-4000-8000-000000000002,,,"
               "2021-Q2,\n"
               "dossier/K6,aanmelding,2021-05-01,,Velsen,ww,,") +
           reason + "\n";
  };
  write("d.csv", file(""));
  const Ran ran = trede({"import", "d.csv", "--data", "w"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(contains(ran.err, "d.csv:4: na_afsluiting: periode_afgesloten: "));
  EXPECT_FALSE(contains(ran.err, "d.csv:2"));
  write("d.csv", file("controle"));
  good({"import", "d.csv", "--data", "w"});
  // The same file once more: what is there already is not judged again.
  EXPECT_TRUE(contains(good({"import", "d.csv", "--data", "w"}), "overgeslagen: 3\n"));
}

TEST_F(Afsluiting, TheReasonIsPartOfARowThatHasNoIdOfItsOwn) {
  write("a.csv", "stream,soort,geldig_op,afstand\ndossier/K1,abc_meting,2021-05-01,kort\n");
  write("b.csv",
        "stream,soort,geldig_op,afstand,na_afsluiting\ndossier/K1,abc_meting,2021-05-01,kort,\n");
  write("c.csv",
        "stream,soort,geldig_op,afstand,na_afsluiting\n"
        "dossier/K1,abc_meting,2021-05-01,kort,overig\n");
  good({"import", "a.csv", "--data", "w"});
  EXPECT_TRUE(contains(good({"import", "b.csv", "--data", "w"}), "overgeslagen: 1\n"));
  EXPECT_TRUE(contains(good({"import", "c.csv", "--data", "w"}), "overgeslagen: 0\n"));
}

TEST_F(Afsluiting, CsvAndNdjsonCarryReasonsAndFiguresOfFourMebibytes) {
  auto words = intake("2021-01-20");
  words.insert(words.end(), {"--na-afsluiting", "herstel"});
  good(words);
  // The most that cijfers may hold, in base64.
  const std::string figures(std::size_t{4 << 20} / 3 * 4, 'Q');
  write("r.json",
        "{\"stream\":\"organisatie\",\"soort\":\"rapport_vastgesteld\","
        "\"geldig_op\":\"2021-04-15\",\"rapport\":\"p-en-c\","
        "\"periode\":\"2021-01-01/2021-03-31\",\"definitie\":\"1.0\",\"catalogus\":\"5\","
        "\"bekend_positie\":4,\"boomkop\":\"" +
            std::string(64, 'a') + "\",\"cijfers\":\"" + figures + "QQ==\"}");
  good({"record", "--data", "w", "--json", "r.json"});
  const std::string shown = good({"show", "organisatie", "--data", "w", "--format", "csv"});
  EXPECT_TRUE(contains(shown, "cijfers=(4194304 bytes)"));
  EXPECT_LT(shown.size(), 10'000U);
  const Ran again = trede({"record", "--data", "w", "--json", "r.json"});
  EXPECT_EQ(again.status, 2);
  EXPECT_TRUE(contains(again.err,
                       "rapport_al_vastgesteld: Rapport vastgesteld op 15-04-2021 kan niet: "
                       "rapport p-en-c over 01-01-2021 t/m 31-03-2021 is al vastgesteld op "
                       "15-04-2021; trek dat eerst in."));

  const std::string log = log_of();
  write("all.ndjson", log);
  good({"init", "--data", "v"});
  good({"import", "all.ndjson", "--data", "v"});
  EXPECT_EQ(log_of("v"), log);
  const std::string csv = good({"export", "--data", "w", "--format", "csv"});
  EXPECT_TRUE(contains(csv, ",groep,na_afsluiting,"));
  write("all.csv", csv);
  good({"init", "--data", "u"});
  good({"import", "all.csv", "--data", "u", "--as-recorded"});
  EXPECT_EQ(good({"export", "--data", "u", "--format", "csv"}), csv);
}

TEST_F(Afsluiting, WithoutReasonsTheCsvHasNoColumnForThem) {
  EXPECT_FALSE(contains(good({"export", "--data", "w", "--format", "csv"}), "na_afsluiting"));
}

}  // namespace
}  // namespace trede::test
