#include <sys/stat.h>

#include <cctype>
#include <fstream>
#include <iterator>

#include "tests/e2e/cli/cli.h"

namespace trede::test {

namespace {

constexpr const char* kDossiers =
    "stream,soort,geldig_op,gemeente,regeling\n"
    "dossier/KLANT-00017,aanmelding,2021-01-04,Velsen,ioaw\n"
    "dossier/KLANT-00018,aanmelding,2021-01-05,Velsen,ioaw\n"
    "dossier/KLANT-00099,aanmelding,2021-01-06,Beverwijk,ioaz\n";

class PersonTest : public CliTest {
 protected:
  PersonTest() {
    make_folder();
    write("dossiers.csv", kDossiers);
    good({"import", "dossiers.csv", "--data", "w"});
    good({"person", "init", "--data", "w", "--master-key", "sleutel"});
  }

  Ran person(std::vector<std::string> words, std::string_view input = "") {
    words.insert(words.begin(), "person");
    for (const char* word : {"--data", "w", "--master-key", "sleutel"}) words.emplace_back(word);
    return trede(words, input);
  }
  std::string good_person(const std::vector<std::string>& words, std::string_view input = "") {
    const Ran ran = person(words, input);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return ran.out;
  }
  void set_jansen() {
    good_person({"set", "dossier/KLANT-00017", "--json", "-"},
                R"({"naam":"Janssen-Özdemir, A.","bsn":"111222333",)"
                R"("adres":"Dorpsstraat 1, Velsen","telefoon":"06-12345678",)"
                R"("email":"aj@voorbeeld.nl","geboortedatum":"1990-02-03"})");
    good_person({"note", "dossier/KLANT-00017", "--tekst", "-"}, "kwam niet opdagen\n");
  }

  // Origin, number of events and tree head, as signed; not what the checkpoint says of the trail.
  std::string head_of_log() {
    const std::string note = good({"checkpoint", "--data", "w"});
    std::size_t end = 0;
    for (int line = 0; line < 3; ++line) end = note.find('\n', end) + 1;
    return note.substr(0, end);
  }

  // The files below `folder` in which one of `texts` stands, in UTF-8, UTF-16 or as hexadecimal.
  std::vector<std::string> files_with(const std::string& folder,
                                      const std::vector<std::string>& texts) {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path(folder))) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes(std::istreambuf_iterator<char>(file), {});
      for (const std::string& text : texts) {
        for (const std::string& form : forms_of(text)) {
          if (bytes.find(form) != std::string::npos) {
            found.push_back(entry.path().filename().string() + ": " + text);
          }
        }
      }
    }
    return found;
  }

  static std::vector<std::string> forms_of(const std::string& text) {
    std::string wide;
    std::string wide_big;
    std::string hex;
    for (const char c : text) {
      wide += {c, '\0'};
      wide_big += {'\0', c};
      constexpr const char* kDigits = "0123456789abcdef";
      hex += kDigits[static_cast<unsigned char>(c) >> 4];
      hex += kDigits[static_cast<unsigned char>(c) & 15];
    }
    std::string capital_hex = hex;
    for (char& c : capital_hex) c = static_cast<char>(std::toupper(c));
    return {text, wide, wide_big, hex, capital_hex, {text.rbegin(), text.rend()}};
  }
};

const std::vector<std::string> kErased = {"KLANT-00017", "Janssen",     "111222333",
                                          "Dorpsstraat", "06-12345678", "aj@voorbeeld",
                                          "1990-02-03",  "niet opdagen"};

TEST_F(PersonTest, ShowsAndFindsWhatWasSet) {
  set_jansen();
  const std::string shown = good_person({"show", "dossier/KLANT-00017"});
  for (const char* text : {"Janssen-Özdemir, A.", "111222333", "Dorpsstraat 1, Velsen",
                           "06-12345678", "aj@voorbeeld.nl", "1990-02-03", "kwam niet opdagen"}) {
    EXPECT_TRUE(contains(shown, text));
  }
  EXPECT_TRUE(contains(good_person({"show", "dossier/KLANT-00017", "--format", "json"}),
                       R"("waarde":"111222333")"));
  for (const auto& query : {std::pair{"--bsn", "111222333"}, std::pair{"--naam", "JANSSEN"},
                            std::pair{"--geboortedatum", "1990-02-03"}}) {
    EXPECT_TRUE(contains(good_person({"find", query.first, query.second}), "dossier/KLANT-00017"));
  }
  EXPECT_EQ(line_count(good_person({"find", "--naam", "bestaat niet", "--format", "csv"})), 1);
  EXPECT_TRUE(contains(good_person({"verify"}), "good"));
}

TEST_F(PersonTest, ABsnOfAnotherDossierIsRefusedAndSaysHowToLink) {
  set_jansen();
  const Ran ran = person({"set", "dossier/KLANT-00099", "--bsn", "111222333"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(contains(ran.err, "--zelfde-persoon dossier/KLANT-00017"));
  EXPECT_FALSE(contains(ran.err, "111222333"));
  good_person({"set", "dossier/KLANT-00099", "--zelfde-persoon", "dossier/KLANT-00017"});
  EXPECT_TRUE(contains(good_person({"show", "dossier/KLANT-00099"}), "Janssen"));
}

TEST_F(PersonTest, BadInputIsRefusedInOneLineAndNothingIsTouched) {
  set_jansen();
  write("open", read("sleutel"));
  ::chmod(path("open").c_str(), 0644);
  write("kort", "trede master key 1\n00\n");
  ::chmod(path("kort").c_str(), 0600);
  good({"init", "--data", "ander"});
  good({"person", "init", "--data", "ander", "--master-key", "andere-sleutel"});
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"person", "show", "dossier/KLANT-00017", "--data", "w"}, "no master key"},
      {{"person", "show", "dossier/KLANT-00017", "--data", "w", "--master-key", "weg"}, "no such"},
      {{"person", "show", "dossier/KLANT-00017", "--data", "w", "--master-key", "open"}, "600"},
      {{"person", "show", "dossier/KLANT-00017", "--data", "w", "--master-key", "kort"}, "not a"},
      {{"person", "set", "dossier/KLANT-00017", "--naam", "x", "--data", "w", "--master-key",
        "andere-sleutel"},
       "another one than that of this vault"},
      {{"person", "init", "--data", "w", "--master-key", "sleutel"}, "has a vault already"},
      {{"person", "init", "--data", "w", "--master-key", "w/sleutel"}, "apart from it"},
      {{"person", "set", "dossier/K1", "--naam", "x", "--data", "w", "--master-key", "sleutel"},
       "there is no dossier/K1"},
      {{"person", "set", "werkgever/K1", "--naam", "x", "--data", "w", "--master-key", "sleutel"},
       "expected dossier/KEY"},
      {{"person", "set", "dossier/KLANT-00017", "--bsn", "123456789", "--data", "w", "--master-key",
        "sleutel"},
       "elfproef"},
      {{"person", "set", "dossier/KLANT-00017", "--data", "w", "--master-key", "sleutel"},
       "nothing to set"},
      {{"person", "set", "dossier/KLANT-00017", "--json", "[]", "--data", "w", "--master-key",
        "sleutel"},
       "an array of 0 persons"},
      {{"person", "find", "--data", "w", "--master-key", "sleutel"}, "nothing to look for"},
      {{"person", "find", "--json", "[1]", "--data", "w", "--master-key", "sleutel"},
       "expected a person as"},
      {{"verify", "--data", "w", "--master-key", "andere-sleutel"}, "another one than that of"},
      {{"person", "note", "dossier/KLANT-00017", "--tekst", "x", "--categorie", "y", "--data", "w",
        "--master-key", "sleutel"},
       "expected dossier or verzuim"},
      {{"person", "erase", "dossier/KLANT-00017", "--alle-dossiers", "--alleen-dit-dossier",
        "--data", "w"},
       "expected one"},
      {{"person", "wat"}, "unknown command `wat`"},
      {{"person"}, "no command"},
  };
  for (const auto& [words, part] : cases) {
    const Ran ran = trede(words);
    EXPECT_EQ(ran.status, 2) << ran.err;
    EXPECT_EQ(line_count(ran.err), 1) << ran.err;
    EXPECT_TRUE(contains(ran.err, part));
    EXPECT_FALSE(contains(ran.err, "123456789"));
  }
  EXPECT_TRUE(contains(good_person({"show", "dossier/KLANT-00017"}), "Janssen"));
}

TEST_F(PersonTest, AFileOfPersonsIsTakenWholeOrNotAtAll) {
  write("p.csv",
        "stream;naam;bsn;geboortedatum\n"
        "dossier/KLANT-00017;Janssen;111222333;03-02-1990\n"
        "dossier/KLANT-00018;de Vries;111222333;\n"
        "dossier/KLANT-00019;Niemand;;\n"
        "dossier/KLANT-00099;Bakker;12;\n"
        "dossier/KLANT-00017;Janssen;;\n"
        "dossier/KLANT-00018;te weinig\n");
  const Ran bad = person({"import", "p.csv"});
  EXPECT_EQ(bad.status, 2);
  for (const char* part :
       {"p.csv:3: bsn: dit BSN hoort al bij de persoon van dossier/KLANT-00017",
        "p.csv:4: stream: there is no such dossier", "p.csv:5: bsn: not a BSN",
        "p.csv:6: stream: stands at line 2 too", "p.csv:7: row: 2 cells, expected 4",
        "5 bad rows, nothing was recorded"}) {
    EXPECT_TRUE(contains(bad.err, part));
  }
  EXPECT_FALSE(contains(good_person({"show", "dossier/KLANT-00017"}), "Janssen"));
  write("p.csv",
        "stream,naam,bsn,zelfde_persoon\n"
        "dossier/KLANT-00017,Janssen,111222333,\n"
        "dossier/KLANT-00018,\"Vries, de\",,\n"
        "dossier/KLANT-00099,,,dossier/KLANT-00017\n");
  EXPECT_EQ(good_person({"import", "p.csv"}), "nieuw: 3\ngewijzigd: 0\nongewijzigd: 0\n");
  EXPECT_EQ(good_person({"import", "p.csv"}), "nieuw: 0\ngewijzigd: 0\nongewijzigd: 3\n");
  EXPECT_TRUE(contains(good_person({"show", "dossier/KLANT-00099"}), "dossier/KLANT-00017"));
  write("q.csv", "stream,naam,naam,wat\n");
  const Ran header = person({"import", "q.csv"});
  EXPECT_TRUE(contains(header.err, "q.csv:1: naam: stands twice"));
  EXPECT_TRUE(contains(header.err, "q.csv:1: wat: unknown column"));
}

TEST_F(PersonTest, AfterAChangeOfMasterKeyOnlyTheNewOneOpens) {
  set_jansen();
  good_person({"rekey", "--new-master-key", "nieuw"});
  EXPECT_EQ(person({"show", "dossier/KLANT-00017"}).status, 2);
  EXPECT_TRUE(contains(
      good({"person", "show", "dossier/KLANT-00017", "--data", "w", "--master-key", "nieuw"}),
      "Janssen"));
}

TEST_F(PersonTest, WhatIsErasedIsInNoFileAndNoFigureMoves) {
  set_jansen();
  good_person({"set", "dossier/KLANT-00018", "--naam", "Blijvertje"});
  const std::vector<std::string> query = {
      "query", "aanmeldingen", "--van",  "2021-01-01", "--tm",     "2021-12-31",
      "--per", "gemeente",     "--data", "w",          "--format", "csv"};
  const std::string figure = good(query);
  const std::string head = head_of_log();
  EXPECT_NE(files_with("w", {"KLANT-00017"}), std::vector<std::string>{}) << "finds what is plain";
  EXPECT_EQ(files_with("w", {"Janssen"}), std::vector<std::string>{});

  const std::string told = good({"person", "erase", "dossier/KLANT-00017", "--data", "w"});
  EXPECT_TRUE(contains(told, "niets gewist"));
  EXPECT_TRUE(contains(good_person({"show", "dossier/KLANT-00017"}), "Janssen"));
  good({"person", "erase", "dossier/KLANT-00017", "--data", "w", "--vernietig"});

  EXPECT_EQ(files_with("w", kErased), std::vector<std::string>{});
  EXPECT_NE(files_with("w", {"KLANT-00018"}), std::vector<std::string>{});
  std::filesystem::create_directories(path("uit"));
  write("uit/export.csv", good({"export", "--data", "w", "--format", "csv"}));
  write("uit/export.ndjson", good({"export", "--data", "w"}));
  write("uit/trail.csv", good({"trail", "--data", "w"}));
  EXPECT_EQ(files_with("uit", kErased), std::vector<std::string>{});
  EXPECT_EQ(good(query), figure);
  EXPECT_EQ(head_of_log(), head);
  good({"verify", "--data", "w"});
  EXPECT_TRUE(contains(good_person({"show", "dossier/KLANT-00018"}), "Blijvertje"));
  EXPECT_TRUE(contains(good_person({"verify"}), "good"));
  EXPECT_EQ(person({"show", "dossier/KLANT-00017"}).status, 2);
}

TEST_F(PersonTest, VerifyLooksIntoTheVaultWithoutAMasterKeyAndDeeperWithOne) {
  set_jansen();
  good({"verify", "--data", "w"});
  good({"verify", "--data", "w", "--master-key", "sleutel"});
  // The last byte of what is sealed, and then the keys.
  const std::string sealed = read("w/vault/sealed.sqlite");
  const std::string keys = read("w/vault/keys.sqlite");
  const std::string before = sealed;
  good_person({"set", "dossier/KLANT-00017", "--naam", "Anders"});
  std::string altered = sealed;
  for (std::size_t i = 0; i < before.size(); i += 4096) {
    if (read("w/vault/sealed.sqlite").compare(i, 4096, before, i, 4096) != 0) {
      altered[i + 4000] = static_cast<char>(altered[i + 4000] ^ 1);
    }
  }
  write("w/vault/sealed.sqlite", altered);
  const Ran opened = trede({"verify", "--data", "w", "--master-key", "sleutel"});
  EXPECT_EQ(opened.status, 1);
  EXPECT_TRUE(contains(opened.out, "vault: "));
  write("w/vault/sealed.sqlite", sealed);
  std::filesystem::remove(path("w/vault/keys.sqlite"));
  const Ran gone = trede({"verify", "--data", "w"});
  EXPECT_EQ(gone.status, 1);
  EXPECT_TRUE(contains(gone.out, "vault: w/vault/keys.sqlite: not there, and sealed data are"));
  write("w/vault/keys.sqlite", keys);
  good({"verify", "--data", "w"});
}

TEST_F(PersonTest, TheSameFileAgainDoesNotBringAnErasedKeyBack) {
  good({"person", "erase", "dossier/KLANT-00017", "--data", "w", "--vernietig"});
  const std::string log = log_of();
  const Ran again = trede({"import", "dossiers.csv", "--data", "w"});
  EXPECT_EQ(again.status, 2);
  EXPECT_TRUE(contains(again.err, "dossiers.csv:2: event_id"));
  EXPECT_EQ(log_of(), log);
  EXPECT_EQ(files_with("w", {"KLANT-00017"}), std::vector<std::string>{});
}

TEST_F(PersonTest, OfSeveralDossiersItMustBeSaidWhichGo) {
  set_jansen();
  good_person({"set", "dossier/KLANT-00099", "--zelfde-persoon", "dossier/KLANT-00017"});
  const Ran which = trede({"person", "erase", "dossier/KLANT-00017", "--data", "w", "--vernietig"});
  EXPECT_EQ(which.status, 2);
  EXPECT_TRUE(contains(which.err, "--alleen-dit-dossier"));
  good({"person", "erase", "dossier/KLANT-00017", "--data", "w", "--alleen-dit-dossier",
        "--vernietig"});
  EXPECT_TRUE(contains(good_person({"show", "dossier/KLANT-00099"}), "Janssen"));
  good({"person", "erase", "dossier/KLANT-00099", "--data", "w", "--vernietig"});
  EXPECT_EQ(files_with("w", kErased), std::vector<std::string>{});
}

TEST_F(PersonTest, TheTrailNamesWhoDidWhatByIdsOnly) {
  set_jansen();
  good_person({"show", "dossier/KLANT-00017", "--actor", "coach-7"});
  const std::string trail = good({"trail", "--data", "w"});
  for (const char* part : {"persoon_wijzigen", "persoon_tonen", "coach-7", "persoon/"}) {
    EXPECT_TRUE(contains(trail, part));
  }
  EXPECT_FALSE(contains(trail, "Janssen"));
}

}  // namespace

}  // namespace trede::test
