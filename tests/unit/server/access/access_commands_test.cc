// `trede user`, `trede token` and what `trede init` makes of the first beheerder.
#include <algorithm>

#include "engine/log/data_folder.h"
#include "tests/unit/log/log_fixture.h"
#include "tests/unit/tools/program.h"
#include "tools/server/access/gate.h"
#include "tools/server/access/secrets.h"

namespace trede::server {
namespace {

using test::ProgramRan;
using test::value_of;

class AccessCommands : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"init", "--zonder-beheerder", "--data", program_.data()}).status, 0);
  }
  ProgramRan run(const std::vector<std::string>& words) { return program_.run(words); }
  // With --data; must end well. Returns what it printed.
  std::string good(std::vector<std::string> words) {
    words.insert(words.end(), {"--data", program_.data()});
    const ProgramRan ran = run(words);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.out;
  }
  void expect_bad(std::vector<std::string> words, const std::string& says) {
    words.insert(words.end(), {"--data", program_.data()});
    const ProgramRan ran = run(words);
    EXPECT_EQ(ran.status, 2) << words[0] << " " << words[1];
    EXPECT_NE(ran.err.find(says), std::string::npos) << ran.err;
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
    EXPECT_EQ(ran.out, "");
  }
  void add_coach(const std::string& name) {
    good({"user", "add", name, "--rol", "werkcoach", "--gemeente", "Velsen", "--werkcoach", name,
          "--password-file", password_file()});
  }
  std::string password_file(const std::string& password = "paars varken fietst") {
    program_.write("wachtwoord", password + "\nand more\n");
    return program_.path("wachtwoord");
  }
  std::unique_ptr<Gate> gate() {
    auto folder =
        value_of(DataFolder::open(program_.data(), OpenMode::kRead, program_.clock, random_));
    GateOptions options;
    options.cost = PasswordCost::least();
    return value_of(
        Gate::open({program_.data(), folder->log().identity()}, program_.clock, random_, options));
  }
  bool lets_in(const std::string& actor, const std::string& password) {
    return gate()->log_in({actor, password, "192.0.2.1"}).has_value();
  }
  // What stands behind `: ` at the end of the line.
  static std::string last_word(const std::string& line) {
    return line.substr(line.rfind(' ') + 1, line.size() - line.rfind(' ') - 2);
  }

  test::Program program_;
  test::SeededRandom random_{7};
};

TEST_F(AccessCommands, InitMakesABeheerderWhosePasswordIsForOneTime) {
  const ProgramRan ran = run({"init", "--data", program_.path("ander")});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const std::string begin =
      "an empty log in " + program_.path("ander") + "\neenmalig wachtwoord van beheerder: ";
  ASSERT_TRUE(ran.out.starts_with(begin)) << ran.out;
  EXPECT_EQ(ran.out.size(), begin.size() + 24);
  const std::string password = last_word(ran.out);
  auto folder =
      value_of(DataFolder::open(program_.path("ander"), OpenMode::kRead, program_.clock, random_));
  GateOptions options;
  options.cost = PasswordCost::interactive();
  const auto gate = value_of(Gate::open({program_.path("ander"), folder->log().identity()},
                                        program_.clock, random_, options));
  const auto session = gate->log_in({"beheerder", password, "192.0.2.1"});
  ASSERT_TRUE(session);
  EXPECT_TRUE(session->must_change_password);
  EXPECT_EQ(run({"init", "--data", program_.path("derde"), "--beheerder", "Jan Jansen"}).status, 2);
  EXPECT_FALSE(std::filesystem::exists(program_.path("derde")));
}

TEST_F(AccessCommands, AUserIsMadeListedChangedAndTakenAway) {
  const std::string said = good({"user", "add", "m17", "--rol", "werkcoach,intaker", "--gemeente",
                                 "Velsen,Beverwijk", "--werkcoach", "wc-17"});
  EXPECT_TRUE(said.starts_with("eenmalig wachtwoord van m17: ")) << said;
  EXPECT_TRUE(lets_in("m17", last_word(said)));
  good({"user", "add", "velsen", "--rol", "gemeente", "--gemeente", "Velsen", "--ziet-totalen",
        "--password-file", password_file(), "--blijvend"});
  const std::string header = "naam,rollen,gemeenten,werkcoach,staat,totalen,wachtwoord,vervangt\n";
  EXPECT_EQ(good({"user", "list", "--format", "csv"}),
            header +
                "m17,\"werkcoach,intaker\",\"Beverwijk,Velsen\",wc-17,actief,nee,te wijzigen,\n"
                "velsen,gemeente,Velsen,,actief,ja,eigen,\n");
  good({"user", "change", "m17", "--rol", "auditor"});
  good({"user", "change", "velsen", "--ziet-totalen", "nee"});
  good({"user", "block", "m17"});
  EXPECT_FALSE(lets_in("m17", last_word(said)));
  EXPECT_EQ(good({"user", "list", "--format", "csv"}),
            header +
                "m17,auditor,\"Beverwijk,Velsen\",wc-17,geblokkeerd,nee,te wijzigen,\n"
                "velsen,gemeente,Velsen,,actief,nee,eigen,\n");
  good({"user", "unblock", "m17"});
  EXPECT_TRUE(lets_in("m17", last_word(said)));
  good({"user", "remove", "m17"});
  EXPECT_EQ(good({"user", "list", "--format", "csv"}),
            header + "velsen,gemeente,Velsen,,actief,nee,eigen,\n");
}

TEST_F(AccessCommands, APasswordIsOfAFileOrMadeAndNeverShownWhenItWasGiven) {
  add_coach("m17");
  EXPECT_TRUE(lets_in("m17", "paars varken fietst"));
  EXPECT_EQ(good({"user", "password", "m17", "--password-file", password_file("groene kip loopt")}),
            "");
  EXPECT_FALSE(lets_in("m17", "paars varken fietst"));
  EXPECT_TRUE(lets_in("m17", "groene kip loopt"));
  const std::string said = good({"user", "password", "m17"});
  EXPECT_TRUE(lets_in("m17", last_word(said)));
}

TEST_F(AccessCommands, StandingInIsListedUntilItEnds) {
  add_coach("m17");
  add_coach("m18");
  good({"user", "stand-in", "m17", "--voor", "m18", "--tm", "2025-01-31"});
  EXPECT_NE(good({"user", "list"}).find("m18 t/m 2025-01-31"), std::string::npos);
  good({"user", "stand-in", "m17", "--voor", "m18", "--stop"});
  EXPECT_EQ(good({"user", "list"}).find("t/m"), std::string::npos);
}

TEST_F(AccessCommands, ATokenIsShownOnceAndWithdrawn) {
  const std::string line =
      good({"token", "create", "bord", "--rol", "gemeente", "--gemeente", "Velsen", "--mag",
            "cijfers_lezen,rapporten_lezen", "--tm", "2025-03-31"});
  const std::string secret = line.substr(0, line.size() - 1);
  EXPECT_TRUE(is_secret(SecretUse::kToken, secret)) << line;
  const Credentials request{.authorization = "Bearer " + secret, .method = "GET"};
  EXPECT_EQ(value_of(gate()->authenticate(request)).actor, "bord");
  const std::string list = good({"token", "list", "--format", "csv"});
  EXPECT_EQ(list.find(secret), std::string::npos);
  EXPECT_NE(list.find(",bord,gemeente,Velsen,,\"cijfers_lezen,rapporten_lezen\",geldig,"
                      "2025-03-31T22:00:00.000000Z,"),
            std::string::npos)
      << list;
  good({"token", "revoke", "bord"});
  EXPECT_FALSE(gate()->authenticate(request));
  EXPECT_NE(good({"token", "list", "--format", "csv"}).find(",ingetrokken,"), std::string::npos);
}

TEST_F(AccessCommands, WhatIsWrongIsSaidInOneLineAndChangesNothing) {
  add_coach("m17");
  const std::string before = good({"user", "list"});
  expect_bad({"user", "add", "m17", "--rol", "auditor"}, "is or was the name");
  expect_bad({"user", "add", "Jan Jansen", "--rol", "auditor"}, "opaque id");
  expect_bad({"user", "add", "m18", "--rol", "directeur"}, "expected one of werkcoach, intaker");
  expect_bad({"user", "add", "m18", "--rol", "gemeente"}, "no gemeente");
  expect_bad({"user", "add", "m18"}, "no role");
  expect_bad({"user", "add", "m18", "--rol", "auditor", "--password-file", password_file("kort")},
             "12 tot 128");
  expect_bad({"user", "add", "m18", "--rol", "auditor", "--password-file", "niet/daar"},
             "--password-file");
  expect_bad({"user", "add", "m18", "--rol", "auditor", "--blijvend"}, "--password-file");
  expect_bad({"user", "change", "m17"}, "nothing to change");
  expect_bad({"user", "change", "m18", "--rol", "auditor"}, "no such user");
  expect_bad({"user", "change", "m17", "--ziet-totalen", "misschien"}, "ja or nee");
  expect_bad({"user", "block", "m18"}, "no such user");
  expect_bad({"user", "password", "m18"}, "no such user");
  expect_bad({"user", "stand-in", "m17", "--voor", "m18", "--tm", "2025-02-01"}, "no such user");
  expect_bad({"user", "stand-in", "m17", "--voor", "m17", "--tm", "2025-02-01"}, "another user");
  expect_bad({"user", "stand-in", "m17", "--voor", "m18", "--tm", "2024-12-31"}, "in the past");
  expect_bad({"user", "stand-in", "m17", "--voor", "m18"}, "--tm DAY or --stop");
  expect_bad({"token", "create", "bord", "--rol", "auditor"}, "no permission");
  expect_bad({"token", "create", "bord", "--rol", "auditor", "--mag", "alles"},
             "unknown permission");
  expect_bad({"token", "create", "bord", "--rol", "auditor", "--mag", "importeren"},
             "does not have importeren");
  expect_bad(
      {"token", "create", "bord", "--rol", "auditor", "--mag", "log_volgen", "--tm", "2026-02-01"},
      "366 days");
  expect_bad({"token", "create", "m17", "--rol", "auditor", "--mag", "log_volgen"},
             "is or was the name");
  expect_bad({"token", "revoke", "bord"}, "no such token");
  EXPECT_EQ(good({"user", "list"}), before);
}

// What is no name of ours may be that of a person, or a BSN.
TEST_F(AccessCommands, AWordThatCanBeNoNameIsInNoTrail) {
  const std::string before = good({"trail", "--format", "csv"});
  for (const char* word : {"Jan Jansen", "111222333"}) {
    expect_bad({"user", "change", word, "--rol", "auditor"}, "NAAM: ");
    expect_bad({"user", "block", word}, "NAAM: ");
    expect_bad({"user", "password", word}, "NAAM: ");
    expect_bad({"token", "revoke", word}, "NAAM: ");
  }
  EXPECT_EQ(good({"trail", "--format", "csv"}), before);
}

TEST_F(AccessCommands, EachChangeIsInTheAuditTrailBeforeAndAfterAndWithoutSecrets) {
  const std::string said = good({"user", "add", "m17", "--rol", "auditor", "--actor", "b1"});
  const ProgramRan taken =
      run({"user", "add", "m17", "--rol", "auditor", "--actor", "b1", "--data", program_.data()});
  EXPECT_EQ(taken.status, 2);
  good({"user", "block", "m17", "--actor", "b1"});
  const std::string token =
      good({"token", "create", "bord", "--rol", "auditor", "--mag", "log_volgen", "--actor", "b1"});
  const std::string trail = good({"trail", "--actor", "b1", "--format", "csv"});
  EXPECT_EQ(std::ranges::count(trail, '\n'), 9) << trail;
  for (const char* part :
       {"b1,toegang_gebruiker,gebruiker/m17,begonnen,cli,,,0,poging/1 toegevoegd\n",
        "b1,toegang_gebruiker,gebruiker/m17,gelukt,cli,,,0,poging/1 toegevoegd\n",
        "b1,toegang_gebruiker,gebruiker/m17,geweigerd,cli,,,0,poging/3 toegevoegd\n",
        "b1,toegang_gebruiker,gebruiker/m17,gelukt,cli,,,0,poging/5 geblokkeerd\n",
        "b1,toegang_token,token/"}) {
    EXPECT_NE(trail.find(part), std::string::npos) << part << trail;
  }
  EXPECT_EQ(trail.find(last_word(said)), std::string::npos);
  EXPECT_EQ(trail.find(token.substr(0, 49)), std::string::npos);
}

}  // namespace
}  // namespace trede::server
