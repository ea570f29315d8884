// What comes out of a log goes into another one, and makes the same log.
#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

class Export : public CliTest {
 protected:
  void SetUp() override {
    make_folder();
    write("d.csv",
          "stream,soort,geldig_op,actor,gemeente,regeling,doelgroepen,uitkomst,groep,naam,"
          "voorziening,trede\n"
          "dossier/K1,aanmelding,2021-01-04,wc1,Velsen,ioaw,statushouder|jongere,,,,,\n"
          "dossier/K1,intake,2021-01-20,,,,,positief,,,,\n"
          "dossier/K1,traject_start,2021-02-01,,,,,,,,,nader_te_bepalen\n"
          "dossier/K1,voorziening_start,2021-02-02,,,,,,,\"Taal & (werk) 'sámen'\",training,\n"
          "dossier/K2,aanmelding,2021-01-05,,Beverwijk,ww,,,g,,,\n"
          "dossier/K2,intake,2021-01-06,,,,,negatief,g,,,\n");
    good({"import", "d.csv", "--data", "w"});
    good({"record", "--data", "w", "--stream", "organisatie", "--soort", "toelichting_vastgelegd",
          "--geldig-op", "2021-04-01", "--rapport", "kwartaal", "--periode", "2021-Q1", "--rij",
          "trajecten/totaal", "--tekst", "Regel een, met \"komma\"\nregel twee"});
    good({"record", "--data", "w", "--stream", "werkgever/W1", "--soort", "vacature_vervuld",
          "--geldig-op", "2021-04-01", "--regeling", "wsw", "--event-id",
          "0e000000-0000-4000-8000-000000000001"});
    good({"record", "--data", "w", "--stream", "werkgever/W1", "--soort", "correctie", "--vervangt",
          "0e000000-0000-4000-8000-000000000001", "--geldig-op", "2021-04-02", "--regeling", "ww",
          "--aantal", "2"});
  }
};

TEST_F(Export, NdjsonMakesAnIdenticalLog) {
  const std::string all = log_of();
  EXPECT_EQ(line_count(all), 12);
  write("all.ndjson", all);
  good({"init", "--data", "v"});
  EXPECT_TRUE(contains(good({"import", "all.ndjson", "--data", "v"}), "posities: 1 t/m 12\n"));
  EXPECT_EQ(log_of("v"), all);
  EXPECT_EQ(good({"show", "dossier/K1", "--data", "v", "--format", "csv"}),
            good({"show", "dossier/K1", "--data", "w", "--format", "csv"}));
  EXPECT_TRUE(contains(good({"verify", "--data", "v"}), "all is well"));
}

TEST_F(Export, NdjsonTwiceAddsNothing) {
  write("all.ndjson", log_of());
  EXPECT_TRUE(
      contains(good({"import", "all.ndjson", "--data", "w"}), "posities: -\novergeslagen: 12\n"));
}

TEST_F(Export, FromAPositionContinuesALogThatEndsBeforeIt) {
  const std::string all = log_of();
  std::size_t fifth = 0;
  for (int i = 0; i < 4; ++i) fifth = all.find('\n', fifth) + 1;
  write("first.ndjson", all.substr(0, fifth));
  write("rest.ndjson", good({"export", "--from", "5", "--data", "w"}));
  EXPECT_EQ(read("rest.ndjson"), all.substr(fifth));
  good({"init", "--data", "v"});
  const Ran too_early = trede({"import", "rest.ndjson", "--data", "v"});
  EXPECT_EQ(too_early.status, 2);
  EXPECT_TRUE(contains(too_early.err, "rest.ndjson:1: positie: "));
  good({"import", "first.ndjson", "--data", "v"});
  good({"import", "rest.ndjson", "--data", "v"});
  EXPECT_EQ(log_of("v"), all);
  EXPECT_EQ(good({"export", "--from", "13", "--data", "w"}), "");
}

TEST_F(Export, LineThatWasChangedIsRefusedAndNothingIsTaken) {
  const std::string all = log_of();
  good({"init", "--data", "v"});
  const std::vector<std::array<std::string, 3>> table = {
      {"Beverwijk", "Heemskerk", "all.ndjson:2: attributen: "},
      {"2021-01-20", "2021-01-21", "all.ndjson:5: geldig_op: "},
      {"\"key\":\"K2\"", "\"key\":\"K1\"", "all.ndjson:8: key: "},
      {"\"positie\":6", "\"positie\":7", "all.ndjson:6: positie: "},
  };
  for (const auto& [from, to, says] : table) {
    std::string changed = all;
    changed.replace(changed.find(from), from.size(), to);
    write("all.ndjson", changed);
    const Ran ran = trede({"import", "all.ndjson", "--data", "v"});
    EXPECT_EQ(ran.status, 2);
    EXPECT_TRUE(contains(ran.err, says));
  }
  EXPECT_EQ(log_of("v"), "");
}

TEST_F(Export, CsvMakesAnEqualLog) {
  const std::string all = good({"export", "--format", "csv", "--data", "w"});
  write("all.csv", all);
  good({"init", "--data", "v"});
  good({"import", "all.csv", "--data", "v", "--as-recorded"});
  EXPECT_EQ(good({"export", "--format", "csv", "--data", "v"}), all);
  EXPECT_TRUE(contains(good({"verify", "--data", "v"}), "all is well"));
}

TEST_F(Export, EmptyLogIsNothingOrAHeader) {
  good({"init", "--data", "v"});
  EXPECT_EQ(log_of("v"), "");
  EXPECT_TRUE(good({"export", "--format", "csv", "--data", "v"}).starts_with("stream,soort,"));
}

// Of a text that is no UTF-8 the library that reads events has a word of its own.
TEST_F(Export, WithBytesThatAreNoEventIsRefusedInTwoLinesOfOurOwn) {
  good({"init", "--data", "fresh"});
  write("f.ndjson",
        R"({"positie":1,"vastgelegd_op":"2020-01-02T09:00:00.000000Z","stream_id":"organisatie",)"
        R"("versie":1,"event_id":"60000000-0000-4000-8000-000000000001","bytes":")"
        "CAEQgMiJ2Mbk5gIYATIQAXknXuSHewq409iVcd0SlziNr7PVnKjwAkADUhBgAAAAAABAAIAAAAAA"
        "AAABWKTkAWIGYmVoZWVyggELkgMICgZWZWz/ZW4="
        "\"}\n");
  const Ran ran = trede({"import", "f.ndjson", "--data", "fresh"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(ran.err.starts_with("f.ndjson:1: ")) << ran.err;
  EXPECT_EQ(line_count(ran.err), 2) << ran.err;
}

}  // namespace
}  // namespace trede::test
