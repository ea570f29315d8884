// What a caller can get wrong on the command line: exit status 2, one line that says what is wrong
// and what is allowed, and a log that is as it was.
#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

class BadInput : public CliTest {};

struct Wrong {
  std::vector<std::string> words;
  std::string says;
  std::string input = "";
};

// Every word of a row stands as it is; `--data w` comes behind it.
const std::vector<Wrong>& asking() {
  static const std::vector<Wrong> table = {
      // query: the measure
      {{"query"}, "MEASURE: missing, expected one of aanmeldingen, "},
      {{"query", "traject"}, "MEASURE: unknown measure `traject`, expected one of aanmeldingen, "},
      {{"query", "fte_bij"}, "MEASURE: unknown measure `fte_bij`"},
      {{"query", "Trajecten"}, "MEASURE: unknown measure `Trajecten`"},
      {{"query", "trajecten", "intakes"}, "unknown option or word `intakes`"},
      // query: days and periods
      {{"query", "trajecten", "--op", "31-03-2021"}, "--op: `31-03-2021` is not a day, expected"},
      {{"query", "trajecten", "--op", "2021-02-29"}, "--op: `2021-02-29` is not a day"},
      {{"query", "trajecten", "--op", ""}, "--op: `` is not a day"},
      {{"query", "trajecten", "--op", "2021-01-01", "--op", "2021-01-02"},
       "--op: given twice, expected once"},
      {{"query", "trajecten", "--van", "2021-01-01", "--tm", "2021-01-31"},
       "--van: trajecten is asked for one day, expected --op DAY"},
      {{"query", "looptijd", "--tm", "2021-01-31"}, "--tm: looptijd is asked for one day"},
      {{"query", "intakes", "--op", "2021-01-31"},
       "--op: intakes is asked for a period, expected --van DAY --tm DAY"},
      {{"query", "intakes"}, "--van: missing, expected a period"},
      {{"query", "intakes", "--van", "2021-01-01"}, "--tm: missing, expected a period"},
      {{"query", "intakes", "--tm", "2021-01-01"}, "--van: missing, expected a period"},
      {{"query", "intakes", "--van", "2021-01-02", "--tm", "2021-01-01"},
       "--tm: 2021-01-01 lies before --van 2021-01-02"},
      {{"query", "intakes", "--van", "januari", "--tm", "2021-01-01"}, "--van: `januari` is not"},
      {{"query", "intakes", "--van", "2021-01-01", "--tm", "2021-13-01"}, "--tm: `2021-13-01`"},
      // query: dimensions and codes
      {{"query", "trajecten", "--op", "2021-01-01", "--per", "kleur"}, "kleur"},
      {{"query", "trajecten", "--op", "2021-01-01", "--per", "kleur"}, "gemeente"},
      {{"query", "trajecten", "--op", "2021-01-01", "--per", ""},
       "--per: `` has an empty dimension, expected dim,dim of gemeente, "},
      {{"query", "trajecten", "--op", "2021-01-01", "--per", "trede,"},
       "--per: `trede,` has an empty dimension, expected dim,dim of gemeente, "},
      {{"query", "trajecten", "--op", "2021-01-01", "--per", "trede,trede"}, "trede"},
      {{"query", "trajecten", "--op", "2021-01-01", "--per", "reden"}, "reden"},
      {{"query", "trajecten", "--op", "2021-01-01", "--waar", "trede"},
       "--waar: `trede` is not a condition, expected dim=code"},
      {{"query", "trajecten", "--op", "2021-01-01", "--waar", "=3"}, "--waar: `=3` is not"},
      {{"query", "trajecten", "--op", "2021-01-01", "--waar", "trede="}, "has an empty code"},
      {{"query", "trajecten", "--op", "2021-01-01", "--waar", "trede=3,,4"}, "has an empty code"},
      {{"query", "trajecten", "--op", "2021-01-01", "--waar", "trede=7"}, "nader_te_bepalen"},
      {{"query", "trajecten", "--op", "2021-01-01", "--waar", "kleur=rood"}, "kleur"},
      {{"query", "trajecten", "--op", "2021-01-01", "--waar", "trede=3", "--waar", "trede=4"},
       "trede"},
      {{"query", "trajecten", "--op", "2021-01-01", "--waar", "doelgroep=ouderen"}, "statushouder"},
      {{"query", "trajecten", "--op", "2021-01-01", "--waar", "trede=geen"}, "geen"},
      // query: what is known
      {{"query", "trajecten", "--bekend-op", "2021-01-01"},
       "--bekend-op: `2021-01-01` is not a moment, expected RFC 3339 with an offset"},
      {{"query", "trajecten", "--bekend-op", "2021-01-01T10:00:00"}, "is not a moment"},
      {{"query", "trajecten", "--positie", "4"},
       "--positie: `4` is not a position of this log, expected 0 to 3"},
      {{"query", "trajecten", "--positie", "-1"}, "--positie: `-1` is not a position"},
      {{"query", "trajecten", "--positie", "1.5"}, "--positie: `1.5` is not a position"},
      {{"query", "trajecten", "--positie", "99999999999999999999"}, "is not a position"},
      {{"query", "trajecten", "--positie", "1", "--bekend-op", "2021-01-01T10:00:00Z"},
       "--positie: given together with --bekend-op, expected one of them"},
      // query: the rest
      {{"query", "trajecten", "--format", "xml"},
       "--format: unknown format `xml`, expected table, csv or json"},
      {{"query", "trajecten", "--gemeente", "Velsen"},
       "unknown option or word `--gemeente`, expected one of"},
      {{"query", "trajecten", "--batch", "-"}, "--batch: given with a question"},
      {{"query", "--batch", "-", "--format", "csv"}, "--batch: given with a question"},
      {{"query", "--batch", "nergens.txt"}, "--batch: nergens.txt: No such file"},
      // explain and diff
      {{"explain", "trajecten", "--op", "nu"}, "--op: `nu` is not a day"},
      {{"explain"}, "MEASURE: missing"},
      {{"explain", "trajecten", "--format", "pdf"}, "--format: unknown format `pdf`"},
      {{"diff", "trajecten"}, "--bekend-op: missing, expected --bekend-op A --en-bekend-op B"},
      {{"diff", "trajecten", "--positie", "1"}, "--en-bekend-op: missing"},
      {{"diff", "trajecten", "--positie", "3", "--en-positie", "1"},
       "--en-bekend-op: before --bekend-op"},
      {{"diff", "trajecten", "--positie", "1", "--en-positie", "9"},
       "--en-positie: `9` is not a position of this log, expected 0 to 3"},
      {{"diff", "trajecten", "--positie", "1", "--en-bekend-op", "straks"},
       "--en-bekend-op: `straks` is not a moment"},
  };
  return table;
}

// The same, of what does not ask for figures.
const std::vector<Wrong>& showing_and_writing() {
  static const std::vector<Wrong> table = {
      // show
      {{"show"}, "STREAM"},
      {{"show", "K1"}, "STREAM: not a stream, expected organisatie, dossier/KEY or werkgever/KEY"},
      {{"show", "dossier/K1"}, "STREAM: there is no dossier/K1"},
      {{"show", "dossier/111222333"}, "STREAM: a KEY that may be a BSN"},
      {{"show", "organisatie", "--op", "ooit"}, "--op: `ooit` is not a day"},
      // export
      {{"export", "--format", "xlsx"}, "--format: unknown format `xlsx`, expected ndjson or csv"},
      {{"export", "--from", "0"}, "--from: `0` is not a position of this log, expected 1 to 4"},
      {{"export", "--from", "5"}, "--from: `5` is not a position of this log, expected 1 to 4"},
      {{"export", "--from", "een"}, "--from: `een` is not a position"},
      // import: the file
      {{"import"}, "FILE"},
      {{"import", "nergens.csv"}, "nergens.csv: No such file or directory, expected a file"},
      {{"import", "."}, ".: Is a directory, expected a file"},
      {{"import", "organisatie.csv", "--as-recorded"}, "--as-recorded: "},
      {{"import", "organisatie.csv", "--force"}, "unknown option or word `--force`"},
      // record
      {{"record"}, "soort: missing, expected one of aanmelding, "},
      {{"record", "--soort", "aanmelden"}, "soort: unknown kind, expected one of aanmelding, "},
      {{"record", "--soort", "intake"}, "stream: missing, expected organisatie, dossier/KEY"},
      {{"record", "--soort", "intake", "--stream", "dossier/K1"}, "geldig_op: missing"},
      {{"record", "--soort", "intake", "--stream", "dossier/K1", "--geldig-op", "2021-01-01"},
       "uitkomst: missing, expected one of positief, negatief, teruggemeld"},
      {{"record", "--soort", "intake", "--stream", "dossier/K1", "--geldig-op", "2021-01-01",
        "--uitkomst", "goed"},
       "uitkomst: unknown code `goed`, expected one of positief"},
      {{"record", "--soort", "intake", "--stream", "dossier/K1", "--geldig-op", "2021-01-01",
        "--gemeente", "Velsen"},
       "gemeente: intake has no such attribute"},
      {{"record", "--soort", "intake", "--stream", "dossier/K1", "--geldig-op", "2021-01-01",
        "--uitkomst", "positief"},
       "eerste_gebeurtenis: "},
      {{"record", "--soort", "afdeling_ingesteld", "--stream", "organisatie", "--geldig-op",
        "1949-12-31", "--afdeling", "Oud"},
       "geldig_op"},
      {{"record", "--soort", "aanmelding", "--stream", "dossier/K1", "--geldig-op", "2021-01-01",
        "--gemeente", "Amsterdam", "--regeling", "ww"},
       "gemeente"},
      {{"record", "--soort", "afdeling_ingesteld", "--stream", "organisatie", "--geldig-op",
        "2021-01-01", "--afdeling", "Wit", "--event-id", "0a000000-0000-4000-8000-000000000003"},
       "0a000000-0000-4000-8000-000000000003"},
      {{"record", "--soort", "intake", "--kleur", "rood"}, "unknown option or word `--kleur`"},
      {{"record", "--json", "{}", "--soort", "intake"}, "--json: given together with --soort"},
      {{"record", "--json", "{\"soort\":"}, "--json: not JSON"},
      {{"record", "--json", "nergens.json"},
       "--json: nergens.json: No such file or directory, expected a file that can be read, or "
       "JSON, or "
       "- for standard input"},
      {{"record", "--soort", "intrekking", "--stream", "dossier/K1", "--vervangt", "x"},
       "vervangt: not a UUID, expected the event_id of the event as first recorded\n"},
      {{"record", "--json", "-"},
       std::string(60, 'x') + "...: unknown column",
       "{\"" + std::string(100, 'x') + "\":1}"},
      {{"record", "--json", "-"}, "--json: not JSON"},
      {{"record", "--json", "-"}, "--json: an array of 0 events, expected 1 to 10000", "[]"},
      {{"record", "--json", "-"}, "event 1: --json: not an object", "[1]"},
      {{"record", "--json", "{\"soort\":true}"}, "soort: true, expected a text or a number"},
      {{"record", "--json", "{\"doelgroepen\":[\"jongere\",5]}"},
       "doelgroepen: a number in the list"},
      {{"record", "--json", "{\"uren\":1,\"uren\":2}"}, "uren: stands twice"},
      {{"record", "--json", "-"},
       "geboortejaar: not valid: `1990.0`",
       "{\"stream\":\"dossier/A\",\"soort\":\"aanmelding\",\"geldig_op\":\"2021-01-04\","
       "\"gemeente\":\"Velsen\",\"regeling\":\"ww\",\"geboortejaar\":1990.0}"},
      {{"record", "--json", "{\"gemeenten\":\"Velsen\"}"}, "gemeenten: unknown column"},
      {{"record", "--json", "{\"groep\":\"g\"}"}, "groep: not here, expected an array"},
      {{"record", "--json", "-"},
       "event 2: eerste_gebeurtenis: ",
       "[{\"stream\":\"dossier/A\",\"soort\":\"aanmelding\",\"geldig_op\":\"2021-01-04\","
       "\"gemeente\":\"Velsen\",\"regeling\":\"ww\"},"
       "{\"stream\":\"dossier/B\",\"soort\":\"intake\",\"geldig_op\":\"2021-01-05\","
       "\"uitkomst\":\"positief\"}]"},
      // init
      {{"init"}, "w"},
  };
  return table;
}

TEST_F(BadInput, OnAFolderIsStatus2AndLeavesTheLogAsItWas) {
  make_folder();
  const std::string before = log_of();
  std::vector<Wrong> table = asking();
  table.insert(table.end(), showing_and_writing().begin(), showing_and_writing().end());
  for (const Wrong& wrong : table) {
    auto words = wrong.words;
    words.insert(words.end(), {"--data", "w"});
    const Ran ran = trede(words, wrong.input);
    SCOPED_TRACE(testing::PrintToString(wrong.words));
    EXPECT_EQ(ran.status, 2);
    EXPECT_TRUE(contains(ran.err, wrong.says));
    EXPECT_EQ(ran.out, "");
    EXPECT_TRUE(ran.err.starts_with("trede " + wrong.words.front() + ": ")) << ran.err;
    EXPECT_EQ(line_count(ran.err), 1) << ran.err;
  }
  EXPECT_EQ(log_of(), before);
  EXPECT_EQ(trede({"show", "dossier/A", "--data", "w"}).status, 2);
}

TEST_F(BadInput, WithoutAFolderIsStatus2) {
  const std::vector<Wrong> table = {
      {{}, "no command, expected one of init, import, record, query, show, explain, diff"},
      {{"querry"}, "unknown command `querry`, expected one of init, import, record, query"},
      {{"--data", "w"}, "unknown command `--data`"},
      {{"init"}, "--data"},
      {{"query", "trajecten"}, "--data"},
      {{"rebuild"}, "--data"},
      {{"verify", "w"}, "--data"},
      {{"export", "--data"}, "--data"},
  };
  for (const Wrong& wrong : table) {
    const Ran ran = trede(wrong.words);
    SCOPED_TRACE(testing::PrintToString(wrong.words));
    EXPECT_EQ(ran.status, 2);
    EXPECT_TRUE(contains(ran.err, wrong.says));
    EXPECT_EQ(line_count(ran.err), 1) << ran.err;
  }
}

TEST_F(BadInput, WordsOfTheCallerCannotBreakTheLine) {
  const Ran ran = trede({"query", "a\nb\x1b[31m\x7f\u009b31m", "--data", "w"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(line_count(ran.err), 1) << ran.err;
  EXPECT_TRUE(contains(ran.err, "`a b [31m  31m`")) << ran.err;
}

TEST_F(BadInput, VersionIsThatOfTheProject) {
  EXPECT_EQ(good({"--version"}), "trede " TREDE_VERSION "\n");
}

TEST_F(BadInput, HelpIsGoodAndShowsExamples) {
  EXPECT_TRUE(contains(good({"--help"}), "Commands:\n  init      Makes a data folder"));
  for (const std::string command : {"init", "import", "record", "query", "show", "explain", "diff",
                                    "export", "rebuild", "verify"}) {
    const std::string help = good({command, "--help"});
    EXPECT_TRUE(contains(help, "Examples:\n  trede " + command)) << command;
    EXPECT_TRUE(contains(help, "--data")) << command;
  }
}

}  // namespace
}  // namespace trede::test
