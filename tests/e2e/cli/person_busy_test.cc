// Two programs that write persons at once.
#include "engine/sqlite/sqlite_file.h"
#include "tests/e2e/cli/cli.h"

namespace trede::test {

namespace {

constexpr int kPersons = 60;

class PersonBusy : public CliTest {
 protected:
  PersonBusy() {
    make_folder();
    std::string events = "stream,soort,geldig_op,gemeente,regeling\n";
    for (int i = 0; i < kPersons; ++i) {
      events += "dossier/K" + std::to_string(i) + ",aanmelding,2021-01-04,Velsen,ioaw\n";
    }
    write("d.csv", events);
    good({"import", "d.csv", "--data", "w"});
    good({"person", "init", "--data", "w", "--master-key", "sleutel"});
  }

  // A file that calls everybody by `naam`, also as the place where they live.
  void write_persons(const std::string& file, const std::string& naam) const {
    std::string text = "stream,naam,adres\n";
    for (int i = 0; i < kPersons; ++i) {
      text += "dossier/K" + std::to_string(i) + "," + naam + ",Huis van " + naam + "\n";
    }
    write(file, text);
  }

  static std::vector<std::string> with_key(std::vector<std::string> words) {
    for (const char* word : {"--data", "w", "--master-key", "sleutel"}) words.emplace_back(word);
    return words;
  }

  long found(const std::string& naam) {
    return line_count(good(with_key({"person", "find", "--naam", naam, "--format", "csv"}))) - 1;
  }
};

TEST_F(PersonBusy, OfTwoImportsAtOnceTheLaterOneIsWholeAndNeitherIsHalf) {
  write_persons("a.csv", "Achternaam");
  write_persons("b.csv", "Bijnaam");
  for (int round = 0; round < 3; ++round) {
    const auto one = start(with_key({"person", "import", "a.csv"}));
    const auto other = start(with_key({"person", "import", "b.csv"}));
    EXPECT_EQ(one->wait(), 0);
    EXPECT_EQ(other->wait(), 0);
    const long first = found("achternaam");
    EXPECT_TRUE(first == 0 || first == kPersons) << first;
    EXPECT_EQ(first + found("bijnaam"), kPersons);
    EXPECT_TRUE(contains(good(with_key({"person", "verify"})), "good"));
  }
}

TEST_F(PersonBusy, AnImportThatIsKilledBesideAnotherLeavesNothing) {
  write_persons("b.csv", "Bijnaam");
  const auto killed = start(with_key({"person", "import", "/dev/stdin"}));  // waits for its input
  const auto other = start(with_key({"person", "import", "b.csv"}));
  killed->kill();
  EXPECT_EQ(other->wait(), 0) << "who waited goes on";
  EXPECT_EQ(found("bijnaam"), kPersons);
  good({"verify", "--data", "w"});
}

// A program that keeps the vault for longer than others wait.
TEST_F(PersonBusy, WhoWaitedTooLongIsToldSoInOneLineAndNothingIsWritten) {
  good(with_key({"person", "set", "dossier/K1", "--naam", "Eerst"}));
  const std::string keys = read("w/vault/keys.sqlite");
  {
    auto file = SqliteFile::open(path("w/vault/sealed.sqlite"), SqliteAccess::kWrite);
    ASSERT_TRUE(file);
    auto change = SqliteChange::begin(*file);
    ASSERT_TRUE(change);
    const Ran set = trede(with_key({"person", "set", "dossier/K1", "--naam", "Later"}));
    EXPECT_EQ(set.status, 1);
    EXPECT_EQ(line_count(set.err), 1) << set.err;
    EXPECT_TRUE(contains(set.err, "w/vault/sealed.sqlite: in use by another program"));
    EXPECT_EQ(set.out, "");
    EXPECT_TRUE(contains(good(with_key({"person", "show", "dossier/K1"})), "Eerst"))
        << "readers need not wait";
  }
  EXPECT_EQ(read("w/vault/keys.sqlite"), keys);
  EXPECT_TRUE(contains(good(with_key({"person", "show", "dossier/K1"})), "Eerst"));
  good(with_key({"person", "set", "dossier/K1", "--naam", "Later"}));
  EXPECT_TRUE(contains(good(with_key({"person", "show", "dossier/K1"})), "Later"));
}

}  // namespace

}  // namespace trede::test
