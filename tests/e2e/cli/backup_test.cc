// A backup made beside a writer, put back, and everything that is refused.
#include "tests/e2e/cli/cli.h"

namespace trede::test {
namespace {

class Backup : public CliTest {
 protected:
  Backup() {
    good({"simulate", "--events", "800", "--data", "w"});
    good({"backup", "kopie", "--data", "w"});
  }
  // Expects the command to be refused with `status` and one line that holds `says`.
  void expect_refused(const std::vector<std::string>& words, int status, std::string_view says) {
    const Ran ran = trede(words);
    EXPECT_EQ(ran.status, status) << ran.err;
    EXPECT_EQ(line_count(ran.err), 1) << ran.err;
    EXPECT_TRUE(contains(ran.err, says));
    EXPECT_EQ(ran.out, "");
  }
  std::string answers(const std::string& folder) {
    std::string out;
    for (const char* measure : {"trajecten", "dienstverbanden", "aanmeldingen_open", "fte"}) {
      for (const char* day : {"2015-03-31", "2016-12-31"}) {
        out += good({"query", measure, "--op", day, "--per", "gemeente", "--positie", "800",
                     "--data", folder, "--format", "csv"});
      }
    }
    return out;
  }
  // One more event.
  void record(const std::string& folder, const std::string& gemeente) {
    good({"record", "--data", folder, "--stream", "organisatie", "--soort", "gemeente_toegetreden",
          "--geldig-op", "2024-12-31", "--gemeente", gemeente});
  }
};

TEST_F(Backup, PutBackAnswersAsTheOriginal) {
  EXPECT_TRUE(contains(good({"backup", "kopie", "--verify"}), "all is well, 800 events"));
  const std::string said = good({"restore", "kopie", "--data", "terug"});
  EXPECT_TRUE(contains(said, "800 events put back"));
  EXPECT_TRUE(contains(said, "epoch 2 since "));
  EXPECT_EQ(answers("terug"), answers("w"));
  EXPECT_EQ(log_of("terug"), log_of("w"));
  const std::string verified = good({"verify", "--data", "terug"});
  EXPECT_TRUE(contains(verified, "all is well, 800 events"));
  EXPECT_TRUE(contains(verified, "epoch 2 since "));
  EXPECT_TRUE(contains(good({"trail", "--data", "terug"}), "terugzetten"));
  EXPECT_TRUE(contains(good({"trail", "--verify", "--data", "terug"}), "is whole"));
}

TEST_F(Backup, GoesOnBesideAWriter) {
  write("leeg.csv", "stream,soort\n");
  const auto writer = start({"import", "/dev/stdin", "--data", "w"});
  const std::string said = good({"backup", "kopie", "--data", "w"});
  EXPECT_TRUE(contains(said, "0 events added, up to positie 800 of epoch 1"));
  writer->kill();
}

TEST_F(Backup, AddsWhatIsNew) {
  record("w", "NIEUW-1");
  EXPECT_TRUE(contains(good({"backup", "kopie", "--data", "w"}), "1 event added"));
  good({"restore", "kopie", "--data", "terug"});
  EXPECT_TRUE(contains(good({"show", "organisatie", "--data", "terug"}), "gemeente=NIEUW-1"));
}

TEST_F(Backup, IsNoDataFolder) {
  const std::string before = read("kopie/anchor");
  for (const auto& command : std::vector<std::vector<std::string>>{
           {"show", "organisatie"},
           {"export"},
           {"verify"},
           {"rebuild"},
           {"record", "--stream", "organisatie", "--soort", "gemeente_toegetreden", "--gemeente",
            "Velsen", "--geldig-op", "2020-01-01"}}) {
    auto words = command;
    words.insert(words.end(), {"--data", "kopie"});
    expect_refused(words, 1, "is a backup and no data folder");
  }
  EXPECT_EQ(read("kopie/anchor"), before);
}

TEST_F(Backup, WhatDoesNotBelongTogetherIsRefused) {
  make_folder("ander");
  expect_refused({"backup", "kopie", "--data", "ander"}, 2, "is a backup of log");
  expect_refused({"backup", "w/kopie", "--data", "w"}, 2, "lies in the data folder");
  expect_refused({"backup", "ander", "--data", "w"}, 2, "is a data folder");
  expect_refused({"backup", "kopie"}, 2, "--data: missing");
  expect_refused({"backup", "nergens", "--verify"}, 1, "nergens");
  expect_refused({"restore", "w", "--data", "terug"}, 2, "is not a backup");
  expect_refused({"restore", "kopie", "--data", "ander"}, 2, "is not empty");
  good({"restore", "kopie", "--data", "terug"});
  expect_refused({"backup", "kopie", "--data", "terug"}, 2, "one of them was put back");
  EXPECT_TRUE(contains(good({"backup", "kopie", "--verify"}), "all is well"));
}

TEST_F(Backup, ALossIsRefusedUnlessAccepted) {
  good({"checkpoint", "--data", "w", "-o", "voor.note"});
  record("w", "NIEUW-1");
  good({"checkpoint", "--data", "w", "-o", "na.note"});
  write("w.pub", good({"checkpoint", "--data", "w", "--public-key"}));
  expect_refused(
      {"restore", "kopie", "--data", "terug", "--checkpoint", "na.note", "--key", "w.pub"}, 2,
      "at positie 801 to 801 were acknowledged");
  EXPECT_FALSE(std::filesystem::exists(path("terug")));
  good({"restore", "kopie", "--data", "goed", "--checkpoint", "voor.note"});
  good({"restore", "kopie", "--data", "terug", "--checkpoint", "na.note", "--accepteer-verlies"});
  EXPECT_TRUE(contains(good({"verify", "--data", "terug"}), "801 to 801 before is lost"));
  good({"backup", "kopie2", "--data", "terug"});
  EXPECT_TRUE(contains(good({"backup", "kopie2", "--verify"}), "801 to 801 before is lost"));
  EXPECT_TRUE(contains(good({"restore", "kopie2", "--data", "weer"}), "801 to 801 before is lost"));
  good({"checkpoint", "--new-key", "--data", "weer"});
  EXPECT_TRUE(contains(good({"checkpoint", "--data", "weer"}), "epoch 3 since "));
}

TEST_F(Backup, ADamagedOneSaysSoAndGivesNothing) {
  std::string bytes = read("kopie/set/1/checkpoint");
  bytes[bytes.size() / 2] ^= 1;
  write("kopie/set/1/checkpoint", bytes);
  const Ran verified = trede({"backup", "kopie", "--verify"});
  EXPECT_EQ(verified.status, 1);
  EXPECT_TRUE(contains(verified.out, "its hash differs"));
  EXPECT_TRUE(contains(verified.err, "begin a backup in a new folder"));
  expect_refused({"restore", "kopie", "--data", "terug"}, 1, "its hash differs");
  EXPECT_FALSE(std::filesystem::exists(path("terug")));
}

}  // namespace
}  // namespace trede::test
