// Who read or wrote which dossier, as `trede trail` says it.
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

class TrailCommand : public CliTest {
 protected:
  TrailCommand() {
    setenv("TREDE_ACTOR", "m17", 1);
    make_folder();
    good({"record", "--data", "w", "--stream", "dossier/K17", "--soort", "aanmelding",
          "--geldig-op", "2021-01-04", "--gemeente", "Velsen", "--regeling", "ioaw"});
  }
  ~TrailCommand() override { unsetenv("TREDE_ACTOR"); }

  // The last line of the trail without number and moment, and with `N` for the number of the
  // attempt that it ends.
  std::string last() {
    std::string text = good({"trail", "--data", "w", "--format", "csv"});
    text.pop_back();
    text.erase(0, text.rfind('\n') + 1);
    text = text.substr(text.find(',', text.find(',') + 1) + 1);
    const auto attempt = text.find("poging/");
    if (attempt == std::string::npos) return text;
    const auto digits = text.find_first_not_of("0123456789", attempt + 7);
    return text.substr(0, attempt + 7) + "N" + (digits == text.npos ? "" : text.substr(digits));
  }
  long unended() {
    return line_count(good({"trail", "--onvoltooid", "--data", "w", "--format", "csv"})) - 1;
  }
  long count() { return line_count(good({"trail", "--data", "w", "--format", "csv"})) - 1; }
  std::string head() {
    const std::string said = good({"trail", "--data", "w", "--verify"});
    return said.substr(said.find("kop ") + 4, said.size() - said.find("kop ") - 5);
  }
};

TEST_F(TrailCommand, EachCommandThatTouchesADossierIsInIt) {
  EXPECT_EQ(last(), "m17,vastleggen,dossier/K17,gelukt,cli,4,4,1,poging/N");
  good({"show", "dossier/K17", "--data", "w"});
  EXPECT_EQ(last(), "m17,tonen,dossier/K17,gelukt,cli,,4,1,");
  good({"explain", "aanmeldingen_open", "--op", "2021-02-01", "--data", "w"});
  EXPECT_EQ(last(), "m17,verklaren,dossier/K17,gelukt,cli,,4,1,");
  good({"diff", "aanmeldingen_open", "--op", "2021-02-01", "--positie", "0", "--en-positie", "4",
        "--data", "w"});
  EXPECT_EQ(last(), "m17,vergelijken,dossier/K17,gelukt,cli,,4,1,");
  good({"export", "--from", "3", "--data", "w"});
  EXPECT_EQ(last(), "m17,exporteren,log,gelukt,cli,3,4,2,");
  good({"record", "--data", "w", "--stream", "dossier/K17", "--soort", "intake_gestart",
        "--geldig-op", "2021-01-05", "--actor", "coach-7"});
  EXPECT_EQ(last(), "coach-7,vastleggen,dossier/K17,gelukt,cli,5,5,1,poging/N");
  const long before = count();
  good({"query", "aanmeldingen_open", "--op", "2021-02-01", "--data", "w"});
  good({"verify", "--data", "w"});
  EXPECT_EQ(count(), before);  // figures are of nobody
  EXPECT_EQ(unended(), 0);
}

TEST_F(TrailCommand, WhatChangesSomethingIsInItBeforeItIsDone) {
  const std::string text = good({"trail", "--dossier", "K17", "--data", "w", "--format", "csv"});
  const auto begun = text.find(",m17,vastleggen,dossier/K17,begonnen,cli,,,1,poging/");
  EXPECT_NE(begun, std::string::npos) << text;
  EXPECT_LT(begun, text.find(",m17,vastleggen,dossier/K17,gelukt,cli,4,4,1,poging/")) << text;
}

TEST_F(TrailCommand, WhatWasRefusedIsInItToo) {
  EXPECT_EQ(trede({"record", "--data", "w", "--stream", "dossier/K17", "--soort", "herstelmelding",
                   "--geldig-op", "2021-01-05"})
                .status,
            2);
  EXPECT_EQ(last(), "m17,vastleggen,dossier/K17,geweigerd,cli,,,1,poging/N");
  EXPECT_EQ(trede({"record", "--data", "w", "--stream", "dossier/NIEUW", "--soort",
                   "herstelmelding", "--geldig-op", "2021-01-05"})
                .status,
            2);
  EXPECT_EQ(last(), "m17,vastleggen,dossier,geweigerd,cli,,,1,poging/N");
  EXPECT_EQ(unended(), 0);
}

TEST_F(TrailCommand, AKeyThatNobodyHasIsNotKept) {
  EXPECT_EQ(trede({"show", "dossier/Jansen-1980", "--data", "w"}).status, 2);
  EXPECT_EQ(last(), "m17,tonen,dossier,niet_gevonden,cli,,,0,");
  EXPECT_EQ(read("w/trail/trail.sqlite").find("Jansen"), std::string::npos);
  EXPECT_EQ(read("w/trail/trail.sqlite").find("K17"), std::string::npos);
}

TEST_F(TrailCommand, AnImportIsOneEntry) {
  write("a.csv",
        "stream,soort,geldig_op,gemeente,regeling\ndossier/A,aanmelding,2021-01-04,Velsen,ioaw\n"
        "dossier/B,aanmelding,2021-01-04,Velsen,ioaw\n");
  const std::string said = good({"import", "a.csv", "--data", "w"});
  const std::string import = said.substr(said.find("import: ") + 8, 36);
  EXPECT_EQ(last(), "m17,importeren,log,gelukt,cli,5,6,2,poging/N import/" + import);
  good({"import", "a.csv", "--dry-run", "--data", "w"});
  EXPECT_EQ(last(), "m17,importeren,log,gelukt,cli,,,0,proef");
  write("b.csv", "stream,soort,geldig_op\ndossier/A,herstelmelding,2021-01-04\n");
  EXPECT_EQ(trede({"import", "b.csv", "--data", "w"}).status, 2);
  EXPECT_TRUE(last().starts_with("m17,importeren,log,geweigerd,cli,,,0,poging/N import/"));
  EXPECT_EQ(unended(), 0);
}

TEST_F(TrailCommand, OfOneDossierItShowsWhatWasDoneToAllToo) {
  good({"export", "--data", "w"});
  good({"show", "organisatie", "--data", "w"});
  const std::string text = good({"trail", "--dossier", "K17", "--data", "w", "--format", "csv"});
  // The header; the import and the record, each begun and ended; the export.
  EXPECT_EQ(line_count(text), 6);
  EXPECT_EQ(line_count(good({"trail", "--actor", "niemand", "--data", "w", "--format", "csv"})), 1);
  EXPECT_EQ(line_count(good({"trail", "--tm", "2020-01-01", "--data", "w", "--format", "csv"})), 1);
  EXPECT_EQ(trede({"trail", "--dossier", "NIEMAND", "--data", "w"}).status, 2);
}

TEST_F(TrailCommand, AnotherImplementationWalksTheSameChain) {
  good({"show", "dossier/K17", "--data", "w"});
  const std::string command = std::string(TREDE_CHECK_CHAIN) + " " + path("w").string();
  std::array<char, 200> said{};
  FILE* const pipe = popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  const char* const line = fgets(said.data(), said.size(), pipe);
  EXPECT_EQ(pclose(pipe), 0);
  ASSERT_NE(line, nullptr);
  EXPECT_EQ(line, head() + "\n");
}

TEST_F(TrailCommand, AChangedOrCutTrailIsNoticed) {
  const std::string before = head();
  good({"show", "dossier/K17", "--data", "w"});
  EXPECT_EQ(trede({"trail", "--verify", "--kop", before, "--data", "w"}).status, 0);
  std::string bytes = read("w/trail/trail.sqlite");
  bytes.replace(bytes.rfind("m17"), 3, "m18");
  write("w/trail/trail.sqlite", bytes);
  const Ran changed = trede({"trail", "--verify", "--data", "w"});
  EXPECT_EQ(changed.status, 1);
  EXPECT_TRUE(contains(changed.err, "does not have the hash"));
  std::filesystem::remove_all(path("w/trail"));
  const Ran gone = trede({"trail", "--verify", "--kop", before, "--data", "w"});
  EXPECT_EQ(gone.status, 1);
  EXPECT_TRUE(contains(gone.err, "records were there"));
}

TEST_F(TrailCommand, ReadingGoesOnWhereNothingCanBeWritten) {
  std::filesystem::remove_all(path("w/trail"));
  write("w/trail", "no folder");
  const Ran ran = trede({"show", "dossier/K17", "--data", "w", "--format", "json"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(contains(ran.err, "not in the audit trail: "));
  EXPECT_EQ(line_count(ran.err), 1);
  const std::string before = log_of();
  const Ran writes = trede({"record", "--data", "w", "--stream", "dossier/K17", "--soort",
                            "intake_gestart", "--geldig-op", "2021-01-05"});
  EXPECT_EQ(writes.status, 1);
  EXPECT_TRUE(contains(writes.err, "the audit trail cannot be written, so nothing was"));
  EXPECT_EQ(log_of(), before);
}

TEST_F(TrailCommand, AnActorThatIsANameIsRefused) {
  setenv("TREDE_ACTOR", "Jan Jansen", 1);
  const Ran ran = trede({"show", "dossier/K17", "--data", "w"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(contains(ran.err, "TREDE_ACTOR"));
  EXPECT_EQ(ran.out, "");
  for (const char* taken : {"os:0", "123456782"}) {
    setenv("TREDE_ACTOR", taken, 1);
    const Ran refused = trede({"show", "dossier/K17", "--data", "w"});
    EXPECT_EQ(refused.status, 2) << taken;
    EXPECT_TRUE(contains(refused.err, "TREDE_ACTOR")) << refused.err;
    EXPECT_FALSE(contains(refused.err, taken)) << refused.err;
    const Ran frozen = trede({"report", "kwartaal", "--van", "2021-01-01", "--tm", "2021-03-31",
                              "--vaststellen", "--actor", taken, "--data", "w"});
    EXPECT_EQ(frozen.status, 2) << taken;
    EXPECT_TRUE(contains(frozen.err, "--actor: ")) << frozen.err;
  }
  unsetenv("TREDE_ACTOR");
  good({"show", "dossier/K17", "--data", "w"});
  EXPECT_TRUE(last().starts_with("os:" + std::to_string(getuid()) + ",tonen,"));
}

}  // namespace
}  // namespace trede::test
