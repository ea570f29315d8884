// Questions to a folder, and what the answers look like.
#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

class Query : public CliTest {
 protected:
  void SetUp() override {
    good({"init", "--data", "w"});
    write("w.csv",
          "stream,soort,geldig_op,vastgelegd_op,event_id,gemeente,regeling,uitkomst,trede,naar\n"
          "organisatie,gemeente_toegetreden,2010-01-01,2020-12-01T09:00:00Z,"
          "0a000000-0000-4000-8000-000000000001,Velsen,,,,\n"
          "organisatie,gemeente_toegetreden,2010-01-01,2020-12-01T09:00:00Z,"
          "0a000000-0000-4000-8000-000000000002,Bergen op Zoom,,,,\n"
          "dossier/K1,aanmelding,2021-01-04,2021-01-05T09:00:00Z,,Velsen,ioaw,,,\n"
          "dossier/K1,intake,2021-01-20,2021-01-20T09:00:00Z,,,,positief,,\n"
          "dossier/K1,traject_start,2021-02-01,2021-02-01T09:00:00Z,,,,,3,\n"
          "dossier/K2,aanmelding,2021-01-04,2021-02-02T09:00:00Z,,Bergen op Zoom,ww,,,\n"
          "dossier/K2,intake,2021-03-20,2021-03-21T09:00:00Z,,,,positief,,\n"
          "dossier/K2,traject_start,2021-03-22,2021-03-22T09:00:00Z,,,,,4,\n"
          "dossier/K1,trede_doorstroom,2021-03-01,2021-04-06T09:00:00Z,,,,,,4\n");
    good({"import", "w.csv", "--data", "w", "--as-recorded"});
  }

  std::string ask(std::vector<std::string> words) {
    words.insert(words.begin(), "query");
    words.insert(words.end(), {"--data", "w"});
    return good(words);
  }
};

TEST_F(Query, TableHasTheClocksUnderIt) {
  EXPECT_EQ(ask({"trajecten", "--op", "2021-03-31", "--per", "gemeente,trede"}),
            "gemeente        trede  waarde\n"
            "--------------  -----  ------\n"
            "Bergen op Zoom  4           1\n"
            "Velsen          4           1\n"
            "\n"
            "geldig_op: 2021-03-31\n"
            "bekend_op: 2021-04-06T09:00:00.000000Z\n"
            "positie: 9\n");
}

TEST_F(Query, CsvHasTheClocksOnStderr) {
  const Ran ran = trede({"query", "intakes_binnen_4_weken", "--van", "2021-01-01", "--tm",
                         "2021-03-31", "--format", "csv", "--data", "w"});
  EXPECT_EQ(ran.out, "teller,noemer,waarde\n1,2,50.0000\n");
  EXPECT_EQ(ran.err,
            "periode: 2021-01-01 t/m 2021-03-31\n"
            "bekend_op: 2021-04-06T09:00:00.000000Z\n"
            "positie: 9\n");
}

TEST_F(Query, RatioOfNothingIsEmptyInCsvAndNullInJson) {
  EXPECT_EQ(
      ask({"doorlooptijd_intake", "--van", "2020-01-01", "--tm", "2020-03-31", "--format", "csv"}),
      "teller,noemer,waarde\n0,0,\n");
  EXPECT_EQ(
      ask({"doorlooptijd_intake", "--van", "2020-01-01", "--tm", "2020-03-31", "--format", "json"}),
      "{\"maat\":\"doorlooptijd_intake\",\"van\":\"2020-01-01\",\"tm\":\"2020-03-31\","
      "\"bekend_op\":\"2021-04-06T09:00:00.000000Z\",\"positie\":9,\"rijen\":[\n"
      "  {\"teller\":0,\"noemer\":0,\"waarde\":null}\n]}\n");
}

TEST_F(Query, IsAnsweredAsKnownThen) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> table = {
      {{"--bekend-op", "2021-04-01T00:00:00+02:00"}, "trede,waarde\n3,1\n4,1\n"},
      {{"--bekend-op", "2021-03-22T08:59:59Z"}, "trede,waarde\n3,1\n"},
      {{"--bekend-op", "2019-01-01T00:00:00Z"}, "trede,waarde\n"},
      {{"--bekend-op", "2999-01-01T00:00:00Z"}, "trede,waarde\n4,2\n"},
      {{"--positie", "0"}, "trede,waarde\n"},
      {{"--positie", "5"}, "trede,waarde\n3,1\n"},
      {{"--positie", "9"}, "trede,waarde\n4,2\n"},
  };
  for (const auto& [known, csv] : table) {
    std::vector<std::string> words = {"trajecten", "--op",     "2021-03-31", "--per",
                                      "trede",     "--format", "csv"};
    words.insert(words.end(), known.begin(), known.end());
    EXPECT_EQ(ask(words), csv) << known.back();
  }
}

TEST_F(Query, EmptyLogHasNoMoment) {
  EXPECT_TRUE(contains(ask({"trajecten", "--positie", "0"}), "bekend_op: -\npositie: 0\n"));
}

TEST_F(Query, DayThatIsLeftOutIsToday) {
  EXPECT_EQ(ask({"trajecten", "--format", "csv"}), "waarde\n2\n");
}

TEST_F(Query, BatchAnswersEveryLineAndSaysWhichWereBad) {
  const Ran ran =
      trede({"query", "--batch", "-", "--data", "w"},
            "trajecten --op 2021-03-31 --per trede\n"
            "\n"
            "trajecten --op gisteren\n"
            "trajecten --op 2021-03-31 --waar \"gemeente=Bergen op Zoom\"\r\n"
            "trajecten --op \"2021-03-31\n"
            "trajecten --op 2021-03-31 --positie 10\n"
            "trajecten --op 2021-03-31 --data elders\n"
            "intakes --van 2021-01-01 --tm 2021-03-31 --bekend-op 2021-02-01T00:00:00Z");
  EXPECT_EQ(ran.status, 2);
  const std::vector<std::string> starts = {
      "# 1",
      "trede,waarde",
      "4,2",
      "# 3 error: --op: `gisteren` is not a day",
      "# 4",
      "waarde",
      "1",
      "# 5 error: a quote that is not closed",
      "# 6 error: --positie: `10` is not a position of this log, expected 0 to 9",
      "# 7 error: unknown option or word `--data`",
      "# 8",
      "waarde",
      "1",
  };
  std::size_t at = 0;
  for (const auto& start : starts) {
    EXPECT_EQ(ran.out.compare(at, start.size(), start), 0) << start << "\n" << ran.out;
    at = ran.out.find('\n', at) + 1;
  }
  EXPECT_EQ(at, ran.out.size());
  EXPECT_TRUE(contains(ran.err, "# 8 positie: 4\n"));
  EXPECT_TRUE(contains(ran.err, "trede query: --batch: 4 bad queries\n"));
}

TEST_F(Query, GoodBatchIsStatus0) {
  write("vragen.txt", "trajecten --op 2021-03-31\n\naanmeldingen_open --op 2021-01-31\n");
  EXPECT_EQ(good({"query", "--batch", "vragen.txt", "--data", "w"}),
            "# 1\nwaarde\n2\n# 3\nwaarde\n1\n");
}

TEST_F(Query, ExplainListsTheEventsBehindTheNumber) {
  const std::string csv = good({"explain", "trajecten", "--op", "2021-03-31", "--per", "trede",
                                "--positie", "8", "--format", "csv", "--data", "w"});
  EXPECT_TRUE(
      csv.starts_with("positie,event_id,stream,soort,geldig_op,vastgelegd_op,trede,waarde\n"));
  EXPECT_TRUE(
      contains(csv, ",dossier/K1,traject_start,2021-02-01,2021-02-01T09:00:00.000000Z,3,1\n"));
  EXPECT_TRUE(
      contains(csv, ",dossier/K2,traject_start,2021-03-22,2021-03-22T09:00:00.000000Z,4,1\n"));
  EXPECT_EQ(line_count(csv), 3);
  const std::string table = good({"explain", "trajecten", "--op", "2021-03-31", "--per", "trede",
                                  "--positie", "8", "--data", "w"});
  EXPECT_TRUE(contains(table, "\ntrede  waarde\n-----  ------\n3           1\n4           1\n\n"));
  EXPECT_TRUE(contains(
      good({"explain", "trajecten", "--op", "2021-03-31", "--format", "json", "--data", "w"}),
      "\"gebeurtenissen\":[\n  {\"positie\":"));
}

TEST_F(Query, DiffListsWhatMovedTheNumber) {
  const std::vector<std::string> words = {"diff",           "trajecten",
                                          "--op",           "2021-03-31",
                                          "--per",          "trede",
                                          "--bekend-op",    "2021-04-01T00:00:00Z",
                                          "--en-bekend-op", "2021-05-01T00:00:00Z",
                                          "--data",         "w"};
  auto as_csv = words;
  as_csv.insert(as_csv.end(), {"--format", "csv"});
  const std::string csv = good(as_csv);
  EXPECT_TRUE(contains(csv, "9,"));
  EXPECT_TRUE(contains(csv, ",trede_doorstroom,2021-03-01,2021-04-06T09:00:00.000000Z,3,-1\n"));
  EXPECT_TRUE(contains(csv, ",trede_doorstroom,2021-03-01,2021-04-06T09:00:00.000000Z,4,1\n"));
  EXPECT_TRUE(contains(good(words),
                       "\nverschil\ntrede  waarde\n-----  ------\n"
                       "3          -1\n4           1\n"));
  auto as_json = words;
  as_json.insert(as_json.end(), {"--format", "json"});
  EXPECT_TRUE(contains(good(as_json), "\"en_positie\":9,\"gebeurtenissen\":[\n  {\"positie\":9,"));
}

TEST_F(Query, BrokenOutputIsAFailureOfTheSystem) {
  const std::string command = std::string(TREDE_PROGRAM) + " query trajecten --data " +
                              path("w").string() + " > /dev/full 2> " + path("err").string();
  const int status = std::system(command.c_str());
  EXPECT_EQ(WEXITSTATUS(status), 1);
  EXPECT_TRUE(contains(read("err"), "the output could not be written: No space left on device\n"));
}

TEST_F(Query, ReaderThatLeavesIsNoReasonToDie) {
  const std::string command = std::string(TREDE_PROGRAM) + " export --data " + path("w").string() +
                              " 2> " + path("err").string() + " | true";
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(read("err"), "");
}

}  // namespace
}  // namespace trede::test
