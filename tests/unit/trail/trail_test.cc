#include "engine/trail/trail.h"

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <functional>
#include <span>

#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

class TrailTest : public ::testing::Test {
 protected:
  std::unique_ptr<Trail> open(TrailAccess access = TrailAccess::kWrite) {
    return value_of(Trail::open(data_, log_, access, clock_));
  }
  static TrailEntry entry(std::string object, std::string actor = "m17") {
    return {.action = TrailAction::kTonen,
            .object = std::move(object),
            .origin = "cli",
            .actor = std::move(actor),
            .last = Position{9},
            .count = 2};
  }
  static void add(Trail& trail, std::initializer_list<std::string> objects) {
    std::vector<TrailEntry> entries;
    for (const auto& object : objects) entries.push_back(entry(object));
    const Status added = trail.append(entries);
    ASSERT_TRUE(added) << added.error().message;
  }
  static std::string objects_of(Trail& trail, const TrailFilter& filter = {}) {
    std::string out;
    EXPECT_TRUE(trail.scan(filter, [&](const TrailRecord& record) -> Status {
      out += std::to_string(record.number) + " " + record.object + "\n";
      return {};
    }));
    return out;
  }
  // What somebody can do who has the file and a program of his own. Returns what it said.
  std::string by_hand(const std::string& sql) const {
    sqlite3* database = nullptr;
    sqlite3_open(trail_file(data_).c_str(), &database);
    char* error = nullptr;
    sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error);
    std::string said = error == nullptr ? "" : error;
    sqlite3_free(error);
    sqlite3_close(database);
    return said;
  }

  struct Harm {
    std::string sql;
    std::string found;  // how what is found begins
  };
  // Does each harm to the trail as it is now, and looks at what a reader finds of it.
  void expect_found(std::span<const Harm> harms, const std::function<void(const Harm&)>& more) {
    const TrailHead head = value_of(open()->head());
    const fs::path kept = dir_ / "kept";
    fs::copy_file(trail_file(data_), kept);
    for (const Harm& harm : harms) {
      fs::copy_file(kept, trail_file(data_), fs::copy_options::overwrite_existing);
      ASSERT_EQ(by_hand(harm.sql), "");
      const std::string found = value_of(open(TrailAccess::kRead)->verify(head));
      EXPECT_TRUE(found.starts_with(harm.found)) << harm.sql << ": " << found;
      more(harm);
    }
  }

  TempDir dir_;
  fs::path data_ = dir_ / "data";
  FakeClock clock_;
  Uuid log_ = value_of(parse_uuid("684e9a8e-3849-4409-8010-001b6563dc99"));
};

TEST_F(TrailTest, KeepsWhatWasAppendedInOrder) {
  add(*open(), {"dossier/a", "dossier/b"});
  add(*open(), {"dossier/c"});
  EXPECT_EQ(objects_of(*open(TrailAccess::kRead)), "1 dossier/a\n2 dossier/b\n3 dossier/c\n");
  EXPECT_EQ(value_of(open()->verify()), "");
  EXPECT_EQ(value_of(open()->head()).count, 3u);
}

TEST_F(TrailTest, HandsOutWhatTheFilterLetsThrough) {
  const auto trail = open();
  add(*trail, {"dossier/a", "log"});
  clock_.advance(std::chrono::hours{1});
  const std::vector<TrailEntry> other = {entry("dossier/a", "os:7")};
  ASSERT_TRUE(trail->append(other));
  EXPECT_EQ(objects_of(*trail, {.objects = {"dossier/a"}}), "1 dossier/a\n3 dossier/a\n");
  EXPECT_EQ(objects_of(*trail, {.objects = {"dossier/a", "log"}, .actor = "m17"}),
            "1 dossier/a\n2 log\n");
  EXPECT_EQ(objects_of(*trail, {.from = clock_.now()}), "3 dossier/a\n");
  TrailEntry about_person = entry("dossier/b", "m17");
  about_person.about = "persoon/7";
  ASSERT_TRUE(trail->append({&about_person, 1}));
  EXPECT_EQ(objects_of(*trail, {.objects = {"persoon/7"}}), "4 dossier/b\n");
  EXPECT_EQ(objects_of(*trail, {.until = clock_.now()}), "1 dossier/a\n2 log\n");
  EXPECT_EQ(objects_of(*trail, {.action = "exporteren"}), "");
  EXPECT_EQ(objects_of(*trail, {.until = clock_.now(), .action = "tonen"}), "1 dossier/a\n2 log\n");
}

TEST_F(TrailTest, TheLatestComeFirstPageByPage) {
  const auto trail = open();
  add(*trail, {"dossier/a", "log", "dossier/b", "log", "dossier/c"});
  const auto numbers = [&](const TrailFilter& filter, std::uint64_t before, std::size_t most) {
    std::string out;
    const auto page = value_of(trail->latest(filter, before, most));
    for (const TrailRecord& record : page) out += std::to_string(record.number) + " ";
    return out;
  };
  EXPECT_EQ(numbers({}, 0, 2), "5 4 ");
  EXPECT_EQ(numbers({}, 4, 2), "3 2 ");
  EXPECT_EQ(numbers({}, 2, 2), "1 ");
  EXPECT_EQ(numbers({}, 1, 2), "");
  EXPECT_EQ(numbers({.objects = {"log"}}, 0, 9), "4 2 ");
  EXPECT_EQ(numbers({.objects = {"log"}, .actor = "m17"}, 4, 9), "2 ");
}

TEST_F(TrailTest, TheLatestAreFoundHoweverFarBackTheyStand) {
  const auto trail = open();
  const std::vector<TrailEntry> two = {entry("dossier/a"), entry("dossier/b")};
  ASSERT_EQ(value_of(trail->begin({two.data(), 1})), 1u);
  ASSERT_EQ(value_of(trail->begin({two.data() + 1, 1})), 2u);
  ASSERT_TRUE(trail->append(std::vector<TrailEntry>(41'000, entry("log"))));
  TrailEntry end = entry("dossier/b");
  end.attempt = 2;
  ASSERT_TRUE(trail->append({&end, 1}));
  const auto found = [&](const TrailFilter& filter, std::uint64_t before = 0) {
    std::string out;
    for (const auto& one : value_of(trail->latest(filter, before, 9))) {
      out += std::to_string(one.number) + " ";
    }
    return out;
  };
  EXPECT_EQ(found({.objects = {"dossier/a"}}), "1 ");
  EXPECT_EQ(found({.objects = {"dossier/b"}}), "41003 2 ");
  EXPECT_EQ(found({.unended = true}), "1 ");
  EXPECT_EQ(found({.unended = true}, 9), "1 ");  // that the other ended is told after 9
  EXPECT_EQ(found({.objects = {"dossier/b"}, .unended = true}), "");
  EXPECT_EQ(found({.actor = "m17", .action = "tonen"}, 2), "1 ");
}

TEST_F(TrailTest, WhoAppendsDoesNotWaitForWhoWalksTheChain) {
  const auto trail = open();
  add(*trail, {"dossier/a", "log"});
  const auto head = value_of(trail->head());
  EXPECT_EQ(value_of(trail->check_chain(head)).flaw, "");
  EXPECT_EQ(value_of(trail->check_chain()).head, head);
  EXPECT_NE(value_of(trail->check_chain(TrailHead{3, head.hash})).flaw, "");
}

TEST_F(TrailTest, AnAttemptIsUnendedUntilARecordEndsIt) {
  const auto trail = open();
  add(*trail, {"dossier/a"});
  const std::vector<TrailEntry> two = {entry("dossier/a"), entry("dossier/b")};
  const std::uint64_t first = value_of(trail->begin(two));
  const std::uint64_t second = value_of(trail->begin({two.data(), 1}));
  EXPECT_EQ(first, 2u);
  EXPECT_EQ(second, 4u);
  EXPECT_EQ(objects_of(*trail, {.unended = true}), "2 dossier/a\n3 dossier/b\n4 dossier/a\n");
  TrailEntry end = entry("dossier/b");
  end.attempt = first;
  end.about = "persoon/7";
  ASSERT_TRUE(trail->append({&end, 1}));
  EXPECT_EQ(objects_of(*trail, {.unended = true}), "4 dossier/a\n");
  EXPECT_EQ(objects_of(*trail, {.objects = {"dossier/b"}, .unended = true}), "");
  EXPECT_EQ(objects_of(*trail, {.objects = {"persoon/7"}}), "5 dossier/b\n");
  std::string about;
  ASSERT_TRUE(trail->scan({}, [&](const TrailRecord& record) -> Status {
    about += record.outcome + " " + record.about + "\n";
    return {};
  }));
  EXPECT_EQ(about,
            "gelukt \nbegonnen poging/2\nbegonnen poging/2\nbegonnen poging/4\n"
            "gelukt poging/2 persoon/7\n");
  EXPECT_EQ(value_of(trail->verify()), "");
  EXPECT_EQ(value_of(trail->begin({})), 0u);
  EXPECT_TRUE(
      failed_with(trail->begin(std::vector{entry("a", "Jan Jansen")}), ErrorCode::kInvalid));
  EXPECT_EQ(value_of(trail->head()).count, 5u);
}

TEST_F(TrailTest, MomentsRiseWhenTheClockStepsBack) {
  const auto trail = open();
  add(*trail, {"a", "b"});
  clock_.advance(-std::chrono::hours{5});
  add(*trail, {"c"});
  std::vector<Moment> moments;
  ASSERT_TRUE(trail->scan({}, [&](const TrailRecord& record) -> Status {
    moments.push_back(record.moment);
    return {};
  }));
  ASSERT_EQ(moments.size(), 3u);
  EXPECT_LT(moments[0], moments[1]);
  EXPECT_LT(moments[1], moments[2]);
  EXPECT_EQ(value_of(trail->verify()), "");
}

TEST_F(TrailTest, RefusesAnActorOfAnotherForm) {
  const auto trail = open();
  for (const char* actor : {"", "Jan Jansen", "123456782"}) {
    const std::vector<TrailEntry> entries = {entry("a"), entry("b", actor)};
    EXPECT_TRUE(failed_with(trail->append(entries), ErrorCode::kInvalid)) << actor;
  }
  EXPECT_EQ(value_of(trail->head()).count, 0u);
  const std::vector<TrailEntry> good = {entry("a", "123456789"), entry("b", "os:1000")};
  EXPECT_TRUE(trail->append(good));
}

TEST_F(TrailTest, TheFileItselfRefusesChanges) {
  add(*open(), {"a", "b"});
  for (const char* sql : {"UPDATE spoor SET actor='x'", "DELETE FROM spoor WHERE nummer=2",
                          "INSERT OR REPLACE INTO spoor SELECT * FROM spoor WHERE nummer=1",
                          "DELETE FROM spoor_van", "UPDATE spoor_van SET log=x'00'",
                          "INSERT INTO spoor SELECT 9,tijdstip,actie,object,resultaat,oorsprong,"
                          "actor,betreft,eerste,laatste,aantal,hash FROM spoor WHERE nummer=1"}) {
    EXPECT_TRUE(by_hand(sql).starts_with("the audit trail ")) << sql;
  }
  EXPECT_EQ(value_of(open()->verify()), "");
}

TEST_F(TrailTest, NamesTheFirstRecordThatDoesNotFit) {
  add(*open(), {"a", "b", "c", "d"});
  std::vector<Harm> harms = {
      {"UPDATE spoor SET actor='x' WHERE nummer=2", "record 2 does not have the hash"},
      {"UPDATE spoor SET tijdstip=tijdstip+1 WHERE nummer=4", "record 4 does not have the hash"},
      {"UPDATE spoor SET hash=x'00' WHERE nummer=1", "record 1 does not have the hash"},
      {"UPDATE spoor SET tijdstip=5 WHERE nummer=3", "record 3 is not later"},
      {"DELETE FROM spoor WHERE nummer=1", "record 1 is missing"},
      {"DELETE FROM spoor WHERE nummer=3", "record 3 is missing"},
      {"DELETE FROM spoor WHERE nummer=4", "it ends after record 3, but 4 were there"},
  };
  for (Harm& harm : harms) {
    harm.sql.insert(0, "DROP TRIGGER spoor_blijft; DROP TRIGGER spoor_blijft_gelijk;");
  }
  expect_found(harms, [](const Harm&) {});
}

TEST_F(TrailTest, ATableIndexOrTriggerThatIsNotOursIsNoticed) {
  add(*open(), {"a", "b"});
  const Harm harms[] = {
      {"CREATE TRIGGER z BEFORE INSERT ON spoor WHEN NEW.actor='m17' BEGIN "
       "SELECT raise(IGNORE); END",
       "trigger z is not of this program"},
      {"CREATE TABLE z(n)", "table z is not of this program"},
      {"CREATE VIEW z AS SELECT * FROM spoor", "view z is not of this program"},
      {"CREATE INDEX z ON spoor(actor)", "index z is not of this program"},
      {"DROP TRIGGER spoor_blijft", "trigger spoor_blijft is missing"},
      {"DROP INDEX spoor_object", "index spoor_object is missing"},
      {"DROP INDEX spoor_object; CREATE INDEX spoor_object ON spoor(object, nummer, actor)",
       "index spoor_object was changed"},
  };
  expect_found(harms, [&](const Harm& harm) {
    EXPECT_TRUE(failed_with(Trail::open(data_, log_, TrailAccess::kWrite, clock_),
                            ErrorCode::kCorrupt, harm.found));
  });
}

TEST_F(TrailTest, AnIndexThatHidesRecordsIsNoticed) {
  const auto trail = open();
  add(*trail, {"a"});
  const std::vector<TrailEntry> other = {entry("a", "m18")};
  ASSERT_TRUE(trail->append(other));
  ASSERT_EQ(by_hand("DROP INDEX spoor_object;"
                    "CREATE INDEX spoor_object ON spoor(object, nummer) WHERE actor<>'m17';"
                    "PRAGMA writable_schema=1;"
                    "UPDATE sqlite_schema SET sql='CREATE INDEX spoor_object ON spoor(object, "
                    "nummer)' WHERE name='spoor_object'"),
            "");
  const auto hidden = open();  // its words are the right ones
  EXPECT_EQ(objects_of(*hidden, {.objects = {"a"}}), "2 a\n");
  EXPECT_TRUE(failed_with(hidden->verify(), ErrorCode::kCorrupt, "missing from index"));
}

TEST_F(TrailTest, AnAppendThatIsNotKeptFails) {
  const auto trail = open();
  add(*trail, {"a"});
  ASSERT_EQ(by_hand("CREATE TRIGGER z BEFORE INSERT ON spoor WHEN NEW.actor='m17' BEGIN "
                    "SELECT raise(IGNORE); END"),
            "");
  const std::vector<TrailEntry> one = {entry("b")};
  EXPECT_TRUE(failed_with(trail->append(one), ErrorCode::kCorrupt, "does not keep"));
  const std::vector<TrailEntry> last_only = {entry("b"), entry("c", "m18")};
  EXPECT_FALSE(trail->append(last_only));
  EXPECT_EQ(objects_of(*trail), "1 a\n");
}

TEST_F(TrailTest, AHeadKeptElsewhereTellsOfAnotherTrail) {
  add(*open(), {"a", "b"});
  const TrailHead head = value_of(open()->head());
  add(*open(), {"c"});
  EXPECT_EQ(value_of(open()->verify(head)), "");
  fs::remove_all(data_ / "trail");
  add(*open(), {"a", "x", "c"});
  EXPECT_EQ(value_of(open()->verify()), "");
  EXPECT_EQ(value_of(open()->verify(head)), "record 2 is another one than was there");
}

TEST_F(TrailTest, IsOfOneLog) {
  add(*open(), {"a"});
  const Uuid other = SeededRandom(5).uuid4();
  EXPECT_TRUE(failed_with(Trail::open(data_, other, TrailAccess::kWrite, clock_),
                          ErrorCode::kCorrupt, "another log"));
  EXPECT_TRUE(failed_with(Trail::open(dir_ / "no", log_, TrailAccess::kRead, clock_),
                          ErrorCode::kNotFound));
  EXPECT_EQ(value_of(load_trail_head(dir_ / "no", log_, clock_)),
            (TrailHead{0, chain_start(log_)}));
}

TEST_F(TrailTest, ANewerFormIsRefused) {
  add(*open(), {"a"});
  ASSERT_EQ(by_hand("PRAGMA user_version=2"), "");
  EXPECT_TRUE(failed_with(Trail::open(data_, log_, TrailAccess::kRead, clock_), ErrorCode::kNewer));
}

TEST_F(TrailTest, ProcessesAppendAtOnce) {
  constexpr int kProcesses = 4;
  constexpr int kEach = 12;
  for (int i = 0; i < kProcesses; ++i) {
    if (fork() != 0) continue;
    bool good = true;
    for (int j = 0; j < kEach && good; ++j) {
      auto trail = Trail::open(data_, log_, TrailAccess::kWrite, clock_);
      const std::vector<TrailEntry> two = {entry("p" + std::to_string(i)), entry("q")};
      good = trail && (*trail)->append(two);
    }
    _exit(good ? 0 : 1);
  }
  for (int i = 0; i < kProcesses; ++i) {
    int status = 0;
    wait(&status);
    EXPECT_EQ(status, 0);
  }
  EXPECT_EQ(value_of(open()->head()).count, 2u * kProcesses * kEach);
  EXPECT_EQ(value_of(open()->verify()), "");
}

TEST_F(TrailTest, AKilledWriterLeavesNoHalfEntries) {
  constexpr int kRounds = 8;
  std::uint64_t before = 0;
  for (int round = 0; round < kRounds; ++round) {
    const pid_t writer = fork();
    if (writer == 0) {
      for (;;) {
        const auto trail = Trail::open(data_, log_, TrailAccess::kWrite, clock_);
        const std::vector<TrailEntry> three = {entry("x"), entry("y"), entry("z")};
        if (!trail || !(*trail)->append(three)) _exit(1);
      }
    }
    usleep(static_cast<useconds_t>(20'000 + 7'000 * round));
    kill(writer, SIGKILL);
    int status = 0;
    waitpid(writer, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    const auto trail = open();
    const std::uint64_t count = value_of(trail->head()).count;
    EXPECT_EQ(count % 3, 0u);
    EXPECT_GE(count, before);
    EXPECT_EQ(value_of(trail->verify()), "");
    before = count;
  }
  EXPECT_GT(before, 0u);
}

TEST_F(TrailTest, ACopyTakesOverWhatIsNew) {
  const auto trail = open();
  add(*trail, {"a", "b"});
  const fs::path copy = dir_ / "copy";
  const auto kept = value_of(Trail::open(copy, log_, TrailAccess::kWrite, clock_));
  ASSERT_TRUE(kept->take_over(*trail));
  add(*trail, {"c"});
  ASSERT_TRUE(kept->take_over(*trail));
  EXPECT_EQ(value_of(kept->head()), value_of(trail->head()));
  add(*kept, {"d"});
  EXPECT_TRUE(failed_with(kept->take_over(*trail), ErrorCode::kCorrupt, "does not continue"));
}

}  // namespace
}  // namespace trede::test
