// Rows that are appended together: what a groep binds, a file that grew since it was taken, and
// groups over several streams.
#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

class Groep : public CliTest {
 protected:
  void SetUp() override { make_folder(); }

  Ran import(const std::string& rows) {
    write("f.csv", std::string(kHead) + rows);
    return trede({"import", "f.csv", "--data", "w"});
  }
  void expect_taken(const std::string& rows, const std::string& totals) {
    const Ran ran = import(rows);
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_TRUE(contains(ran.out, totals));
  }
  void expect_refused(const std::string& rows, const std::string& line) {
    const std::string before = log_of();
    const Ran ran = import(rows);
    EXPECT_EQ(ran.status, 2) << ran.out;
    EXPECT_TRUE(contains(ran.err, line));
    EXPECT_EQ(log_of(), before);
  }
  // Aanmeldingen of 2021, of `data` as known at `position`.
  std::string aanmeldingen_at(const std::string& position, const std::string& data = "w") {
    return good({"query", "aanmeldingen", "--van", "2021-01-01", "--tm", "2021-12-31", "--positie",
                 position, "--data", data, "--format", "csv"});
  }
  // Exports `w` and takes it into `v`, as recorded. Returns: the export.
  std::string copy_as_csv() {
    const std::string csv = good({"export", "--format", "csv", "--data", "w"});
    write("all.csv", csv);
    good({"init", "--data", "v"});
    good({"import", "all.csv", "--data", "v", "--as-recorded"});
    return csv;
  }

  static constexpr std::string_view kHead =
      "stream,soort,geldig_op,event_id,gemeente,regeling,uitkomst,contact,groep\n";
  static constexpr std::string_view kAanmelding =
      "dossier/K1,aanmelding,2021-01-04,,Velsen,ioaw,,,g\n";
  static constexpr std::string_view kIntake = "dossier/K1,intake,2021-01-20,,,,positief,,g\n";
  static constexpr std::string_view kContact =
      "dossier/K1,contactmoment,2021-01-21,,,,,gesprek,g\n";
  static constexpr std::string_view kOther = "dossier/K1,niet_gestart,2021-01-22,,,,,,g\n";
};

TEST_F(Groep, ThatHasGrownAddsOnlyWhatIsNew) {
  const std::string first = std::string(kAanmelding) + std::string(kIntake);
  expect_taken(first, "posities: 4 t/m 5\noverges");
  const std::string more = first + std::string(kContact) + std::string(kContact);
  expect_taken(more, "posities: 6 t/m 7\noverges");
  EXPECT_TRUE(contains(import(more).out, "posities: -\novergeslagen: 4\n"));
  expect_taken(std::string(kContact) + more, "posities: 8 t/m 8\novergeslagen: 4\n");
}

TEST_F(Groep, OfWhichTheRestIsRecordedTogether) {
  expect_taken(std::string(kAanmelding), "posities: 4 t/m 4\n");
  // A second aanmelding is good only after what closes the first.
  const std::string again = "dossier/K1,aanmelding,2021-01-23,,Velsen,ww,,,g\n";
  const std::string closes = "dossier/K1,intake,2021-01-20,,,,negatief,,g\n";
  expect_taken(std::string(kAanmelding) + again + closes, "posities: 5 t/m 6\novergeslagen: 1\n");
  EXPECT_EQ(aanmeldingen_at("5"), "waarde\n1\n");
  EXPECT_EQ(aanmeldingen_at("6"), "waarde\n2\n");
}

TEST_F(Groep, RestThatIsRefusedLeavesTheLogAsItWas) {
  expect_taken(std::string(kAanmelding), "posities: 4 t/m 4\n");
  expect_refused(std::string(kAanmelding) + std::string(kAanmelding).replace(22, 10, "2021-01-05"),
                 "f.csv:3: soort: al_in_re_integratie: ");
}

TEST_F(Groep, SameIdWithOtherContentIsRefused) {
  const std::string id = "0c000000-0000-4000-8000-000000000001";
  const auto contact = [&](const std::string& how) {
    return "dossier/K1,contactmoment,2021-01-05," + id + ",,,," + how + ",g\n";
  };
  expect_taken(std::string(kAanmelding) + contact("gesprek"), "posities: 4 t/m 5\n");
  expect_refused(std::string(kAanmelding) + contact("bericht") + std::string(kIntake),
                 "f.csv:3: event_id: event " + id + " is in the log at positie 5 with other");
}

TEST_F(Groep, WithAnAtSignBindsSeveralStreams) {
  // The gemeente takes part only once the whole of it is there.
  expect_taken(
      "dossier/K1,aanmelding,2021-01-04,,Heemskerk,ioaw,,,@1\n"
      "dossier/K2,aanmelding,2021-01-05,,Heemskerk,ioaw,,,@1\n"
      "organisatie,gemeente_toegetreden,2021-01-01,0c000000-0000-4000-8000-000000000002,Heemskerk,"
      ",,,@1\n"
      "dossier/K3,aanmelding,2021-01-05,,Velsen,ioaw,,,@2\n",
      "posities: 4 t/m 7\n");
  EXPECT_EQ(aanmeldingen_at("5"), "waarde\n0\n");
  EXPECT_EQ(aanmeldingen_at("6"), "waarde\n2\n");
  EXPECT_EQ(aanmeldingen_at("7"), "waarde\n3\n");
}

TEST_F(Groep, WithoutAnAtSignBindsOneStream) {
  expect_taken(
      "dossier/K1,aanmelding,2021-01-04,,Velsen,ioaw,,,g\n"
      "dossier/K2,aanmelding,2021-01-05,,Velsen,ioaw,,,g\n",
      "posities: 4 t/m 5\n");
  EXPECT_EQ(aanmeldingen_at("4"), "waarde\n1\n");
}

TEST_F(Groep, OverStreamsMayHaveGrown) {
  const std::string first =
      "dossier/K1,aanmelding,2021-01-04,,Velsen,ioaw,,,@1\n"
      "dossier/K2,aanmelding,2021-01-05,,Velsen,ioaw,,,@1\n";
  expect_taken(first, "posities: 4 t/m 5\n");
  expect_taken(first +
                   "dossier/K2,intake,2021-01-06,,,,positief,,@1\n"
                   "dossier/K3,aanmelding,2021-01-05,,Velsen,ioaw,,,@1\n",
               "posities: 6 t/m 7\novergeslagen: 2\n");
}

TEST_F(Groep, OverStreamsKeepsTheRowsOfOneStreamTogether) {
  expect_refused(
      "dossier/K1,aanmelding,2021-01-04,,Velsen,ioaw,,,@1\n"
      "dossier/K2,aanmelding,2021-01-05,,Velsen,ioaw,,,@1\n"
      "dossier/K1,intake,2021-01-20,,,,positief,,@1\n",
      "f.csv:4: stream: stands apart from the rows of this stream above");
}

TEST_F(Groep, OverStreamsWithABadRowIsLeftOutWhole) {
  write("f.csv", std::string(kHead) +
                     "dossier/K1,aanmelding,2021-01-04,,Velsen,ioaw,,,@1\n"
                     "dossier/K2,aanmelding,nooit,,Velsen,ioaw,,,@1\n"
                     "dossier/K1,intake,2021-01-20,,,,positief,,\n");
  const Ran ran = trede({"import", "f.csv", "--data", "w"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(contains(ran.err, "f.csv:3: geldig_op: "));
  EXPECT_TRUE(contains(ran.err, "f.csv:4: soort: eerste_gebeurtenis: "));
  EXPECT_TRUE(contains(ran.err, " (may follow from line 2)\n"));
}

TEST_F(Groep, OverStreamsComesBackAsOneAppend) {
  good({"record", "--data", "w", "--json", "-"},
       "[{\"stream\":\"dossier/C\",\"soort\":\"aanmelding\",\"geldig_op\":\"2021-01-04\","
       "\"gemeente\":\"Heemskerk\",\"regeling\":\"ww\"},"
       "{\"stream\":\"organisatie\",\"soort\":\"gemeente_toegetreden\","
       "\"geldig_op\":\"2021-01-01\",\"gemeente\":\"Heemskerk\"}]");
  const std::string csv = copy_as_csv();
  EXPECT_TRUE(contains(csv, ",@g4,"));
  EXPECT_EQ(good({"export", "--format", "csv", "--data", "v"}), csv);
  for (const std::string position : {"3", "4", "5"}) {
    EXPECT_EQ(aanmeldingen_at(position, "v"), aanmeldingen_at(position)) << position;
  }
}

}  // namespace
}  // namespace trede::test
