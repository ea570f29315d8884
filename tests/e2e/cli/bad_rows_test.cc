// What can be wrong in a file: every bad row is reported by line and column, and nothing of the
// file is taken.
#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

class BadRowsOfAFile : public CliTest {
 protected:
  // Imports `text` as f.csv into `w`; expects it refused as a whole. Returns stderr.
  std::string refused(const std::string& text, std::vector<std::string> more = {}) {
    write("f.csv", text);
    std::vector<std::string> words = {"import", "f.csv", "--data", "w"};
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = trede(words);
    EXPECT_EQ(ran.status, 2) << ran.err;
    EXPECT_EQ(ran.out, "");
    return ran.err;
  }
};

constexpr std::string_view kHead = "stream,soort,geldig_op,gemeente,regeling,uitkomst,groep\n";
constexpr std::string_view kGood = "dossier/K1,aanmelding,2021-01-04,Velsen,ioaw,,\n";

struct BadFile {
  const char* name;
  std::string text;
  std::string says;
};

TEST_F(BadRowsOfAFile, EveryOneIsNamedAndNothingIsTaken) {
  const std::string head(kHead);
  const std::string good_row(kGood);
  const std::vector<BadFile> table = {
      {"empty file", "", "f.csv:1: header: missing"},
      {"unknown column", "stream,soort,kleur\n", "f.csv:1: kleur: unknown column, expected stream"},
      {"column twice", "stream,soort,soort\n", "f.csv:1: soort: the column stands twice"},
      {"no stream column", "soort,geldig_op\n", "f.csv:1: stream: the column is missing"},
      {"header that is not CSV", "stream,so\"ort\n", "f.csv:1: header: a quote inside a cell"},
      {"too few cells", head + "dossier/K1,aanmelding\n",
       "f.csv:2: row: 2 cells, expected 7 as in the header"},
      {"too many cells", head + "dossier/K1,aanmelding,2021-01-04,Velsen,ioaw,,,\n",
       "f.csv:2: row: 8 cells, expected 7"},
      {"empty line", head + good_row + "\n", "f.csv:3: row: 1 cells, expected 7"},
      {"stray quote", head + "dossier/K1,aanmelding,2021-01-04,Vel\"sen,ioaw,,\n",
       "f.csv:2: gemeente: a quote inside a cell"},
      {"text after a quote", head + "dossier/K1,aanmelding,2021-01-04,\"Velsen\"x,ioaw,,\n",
       "f.csv:2: gemeente: text after a closing quote"},
      {"unterminated quote", head + good_row + "dossier/K2,aanmelding,2021-01-04,\"Velsen,\n\n",
       "f.csv:3: gemeente: a quote that is never closed"},
      {"NUL", head + std::string("dossier/K1,aanmelding,2021-01-04,Vel\0sen,ioaw,,\n", 48),
       "f.csv:2: gemeente: a NUL"},
      {"not UTF-8", head + "dossier/K1,aanmelding,2021-01-04,Vel\xFFsen,ioaw,,\n",
       "f.csv:2: gemeente: not valid UTF-8"},
      {"bad day", head + "dossier/K1,aanmelding,2021-1-4,Velsen,ioaw,,\n",
       "f.csv:2: geldig_op: not a day, expected an existing day as YYYY-MM-DD"},
      {"unknown code", head + "dossier/K1,aanmelding,2021-01-04,Velsen,wsw,,\n",
       "f.csv:2: regeling: unknown code `wsw`, expected one of participatiewet"},
      {"value of another kind", head + "dossier/K1,aanmelding,2021-01-04,Velsen,ioaw,positief,\n",
       "f.csv:2: uitkomst: aanmelding has no such attribute, expected an empty cell"},
      {"value missing", head + "dossier/K1,aanmelding,2021-01-04,,ioaw,,\n",
       "f.csv:2: gemeente: missing"},
      {"BSN as KEY", head + "dossier/111222333,aanmelding,2021-01-04,Velsen,ioaw,,\n",
       "f.csv:2: stream: a KEY that may be a BSN"},
      {"rule", head + "dossier/K1,intake,2021-01-04,,,positief,\n",
       "f.csv:2: soort: eerste_gebeurtenis: "},
      {"gemeente that takes no part", head + "dossier/K1,aanmelding,2021-01-04,Amsterdam,ioaw,,\n",
       "f.csv:2: soort: "},
      {"physical lines",
       head + "dossier/K1,aanmelding,2021-01-04,\"Vel\nsen\",ioaw,,\n" +
           "dossier/K2,aanmelding,nooit,Velsen,ioaw,,\n",
       "f.csv:4: geldig_op: not a day"},
      {"moment without --as-recorded",
       "stream,soort,geldig_op,vastgelegd_op,afdeling,event_id\n"
       "organisatie,afdeling_ingesteld,2021-01-04,2021-01-04T10:00:00Z,Wit,"
       "0b000000-0000-4000-8000-000000000001\n",
       "f.csv:2: vastgelegd_op: a recording moment is given by the log"},
      {"organisatie without id",
       "stream,soort,geldig_op,afdeling\norganisatie,afdeling_ingesteld,2021-01-04,Wit\n",
       "f.csv:2: event_id: missing, expected a UUID"},
      {"same id, other content",
       "stream,soort,geldig_op,afdeling,event_id\n"
       "organisatie,afdeling_ingesteld,2021-01-04,Wit,0a000000-0000-4000-8000-000000000003\n",
       "f.csv:2: event_id: "},
      {"same id twice in one file, other content",
       "stream,soort,geldig_op,afdeling,event_id\n"
       "organisatie,afdeling_ingesteld,2021-01-04,Wit,0b000000-0000-4000-8000-000000000001\n"
       "organisatie,afdeling_ingesteld,2021-01-04,Rood,0b000000-0000-4000-8000-000000000001\n",
       "f.csv:3: event_id: "},
      {"correctie of nothing",
       "stream,soort,geldig_op,vervangt,reden\n"
       "dossier/K1,correctie,2021-01-04,0b000000-0000-4000-8000-000000000009,\n",
       "f.csv:2: soort: vervangt_onbekend: Correctie naar 04-01-2021 kan niet: "},
      {"ndjson that is not", "{\"positie\":1\n", "f.csv:1: json: not a JSON object"},
      {"ndjson without bytes", "{\"positie\":1}\n", "f.csv:1: bytes: missing"},
  };
  make_folder();
  const std::string before = log_of();
  for (const BadFile& bad : table) {
    SCOPED_TRACE(bad.name);
    const std::string err = refused(bad.text);
    EXPECT_TRUE(contains(err, bad.says));
    EXPECT_TRUE(contains(err, "nothing was recorded\n"));
  }
  EXPECT_EQ(log_of(), before);
  EXPECT_EQ(trede({"show", "dossier/K1", "--data", "w"}).status, 2);
}

TEST_F(BadRowsOfAFile, AllOfThemAreReportedInOrderOfTheirLines) {
  make_folder();
  const std::string err = refused(
      std::string(kHead) + "dossier/K1,aanmelding,nooit,Velsen,ioaw,,\n" + std::string(kGood) +
      "dossier/K2,herstel,2021-01-04,,,,\n" + "dossier/K3,intake,2021-01-04,,,positief,\n");
  const std::vector<std::string> starts = {
      "f.csv:2: geldig_op: ", "f.csv:4: soort: unknown kind",
      "f.csv:5: soort: eerste_gebeurtenis: ", "trede import: f.csv: 3 bad rows"};
  std::size_t at = 0;
  for (const auto& start : starts) {
    EXPECT_EQ(err.compare(at, start.size(), start), 0) << err;
    at = err.find('\n', at) + 1;
  }
  EXPECT_EQ(at, err.size());
}

TEST_F(BadRowsOfAFile, RefusalAfterALeftOutRowSaysWhereItMayComeFrom) {
  make_folder();
  const std::string err =
      refused(std::string(kHead) + "dossier/K1,aanmelding,nooit,Velsen,ioaw,,\n" +
              "dossier/K1,intake,2021-01-20,,,positief,\n");
  EXPECT_TRUE(contains(err, "f.csv:3: soort: eerste_gebeurtenis: "));
  EXPECT_TRUE(contains(err, " (may follow from line 2)\n"));
}

TEST_F(BadRowsOfAFile, WhatReplacesABadRowIsBadToo) {
  make_folder();
  const std::string first = "0b000000-0000-4000-8000-000000000001";
  const std::string other = "0b000000-0000-4000-8000-000000000002";
  const std::string head =
      "stream,soort,geldig_op,event_id,vervangt,gemeente,regeling,uitkomst,reden\n";
  const std::string err = refused(
      head + "dossier/K1,aanmelding,2021-01-04,,,Velsen,ioaw,,\n" +
      "dossier/K1,traject_start,2021-01-05," + first + ",,,,,\n" +  // no trede
      "dossier/K1,intake,2021-01-06," + first + ",,,,positief,\n" +
      "dossier/K1,correctie,2021-01-07,," + first + ",,,negatief,\n" +
      "dossier/K2,niet_gestart,2021-01-03," + other + ",,,,,overig\n" + "dossier/K2,intrekking,,," +
      other + ",,,,foutief\n" + "dossier/K2,correctie,2021-01-02,," + other + ",,,,overig\n");
  EXPECT_TRUE(contains(err, "f.csv:3: trede: missing"));
  EXPECT_FALSE(contains(err, "f.csv:4:"));
  EXPECT_FALSE(contains(err, "f.csv:5:"));
  EXPECT_TRUE(contains(err, "f.csv:6: soort: eerste_gebeurtenis: "));
  EXPECT_TRUE(contains(err, "f.csv:7: soort: vervangt_onbekend: "));
  EXPECT_TRUE(contains(err, "f.csv:8: soort: vervangt_onbekend: "));
  EXPECT_TRUE(contains(err, ": 4 bad rows"));
}

TEST_F(BadRowsOfAFile, WhatReplacesARefusedRowOfTheFileIsRefused) {
  make_folder();
  const std::string id = "0b000000-0000-4000-8000-000000000001";
  const std::string head = "stream,soort,geldig_op,event_id,vervangt,uitkomst\n";
  const std::string err = refused(head + "dossier/K1,intake,2021-01-06," + id + ",,positief\n" +
                                  "dossier/K1,correctie,2021-01-07,," + id + ",negatief\n");
  EXPECT_TRUE(contains(err, "f.csv:2: soort: eerste_gebeurtenis: "));
  EXPECT_TRUE(contains(err, "f.csv:3: soort: vervangt_onbekend: Correctie van intake naar "));
  EXPECT_TRUE(contains(err, " (may follow from line 2)\n"));
}

TEST_F(BadRowsOfAFile, GroupWithABadRowIsLeftOutWhole) {
  make_folder();
  const std::string err = refused(
      std::string(kHead) + "dossier/K1,aanmelding,2021-01-04,Velsen,ioaw,,g\n" +
      "dossier/K1,intake,nooit,,,positief,g\n" + "dossier/K1,niet_gestart,2021-01-20,,,,\n");
  EXPECT_TRUE(contains(err, "f.csv:3: geldig_op: "));
  EXPECT_TRUE(contains(err, ": 2 bad rows"));
}

TEST_F(BadRowsOfAFile, BeyondAHundredTheyAreCounted) {
  make_folder();
  std::string text(kHead);
  for (int i = 0; i < 130; ++i) text += "dossier/K1,onzin,2021-01-04,,,,\n";
  const std::string err = refused(text);
  EXPECT_EQ(line_count(err), 102);
  EXPECT_TRUE(contains(err, "f.csv:101: soort: "));
  EXPECT_TRUE(contains(err, "f.csv: and 30 more bad rows\n"));
  EXPECT_TRUE(contains(err, "130 bad rows, nothing was recorded"));
}

TEST_F(BadRowsOfAFile, MomentsOfAnAsRecordedFileAreChecked) {
  good({"init", "--data", "w"});
  const std::string head = "stream,soort,geldig_op,vastgelegd_op,event_id,afdeling\n";
  const auto row = [](std::string_view moment, int id) {
    return "organisatie,afdeling_ingesteld,2021-01-04," + std::string(moment) +
           ",0b000000-0000-4000-8000-00000000000" + std::to_string(id) + ",A" + std::to_string(id) +
           "\n";
  };
  const std::string err =
      refused(head + row("2021-02-01T10:00:00+01:00", 1) + row("2021-02-01T08:59:59Z", 2) +
                  row("", 3) + row("2099-01-01T00:00:00Z", 4) + row("2021-02-01T11:00:00Z", 5),
              {"--as-recorded"});
  EXPECT_TRUE(contains(err, "f.csv:3: vastgelegd_op: before that of the row above"));
  EXPECT_TRUE(contains(err, "f.csv:4: vastgelegd_op: missing"));
  EXPECT_TRUE(contains(err, "f.csv:5: vastgelegd_op: in the future"));
  EXPECT_TRUE(contains(err, ": 3 bad rows"));
  EXPECT_EQ(log_of(), "");
}

}  // namespace
}  // namespace trede::test
