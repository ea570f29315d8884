// Every file of a whole data folder with flipped bits, cut, gone, as it was before or mixed up with
// another: noticed when it is opened or by verify, and never served as something else.
// TREDE_DAMAGE=n flips a bit in n regions of each file (default 2).
#include <cstdlib>

#include "engine/log/wal_end.h"
#include "tests/damage/kinds_of_damage.h"
#include "tests/damage/whole_folder.h"
#include "tests/support/scrub_round.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

// What must be noticed. What need not be must still be served as if nothing had happened.
enum class Notice {
  kAlways,
  // It may say only what the write-ahead log says too, or what is there anyhow.
  kUnlessItAgrees,
};

struct Rule {
  std::string_view file;  // part of its path
  Notice notice;
};

// The first that fits counts.
constexpr Rule kRules[] = {
    {"LOCK", Notice::kUnlessItAgrees},          // empty
    {"OPTIONS", Notice::kUnlessItAgrees},       // never read
    {"MANIFEST", Notice::kUnlessItAgrees},      // its end repeats the write-ahead log
    {"projections/", Notice::kUnlessItAgrees},  // a cache: an earlier position of it is good too
    {"", Notice::kAlways},
};

Notice rule_for(const std::string& name, const std::string& bytes) {
  if (bytes.empty()) return Notice::kUnlessItAgrees;  // a write-ahead log that was never written
  for (const Rule& rule : kRules) {
    if (name.find(rule.file) != std::string::npos) return rule.notice;
  }
  std::abort();  // the last rule fits all
}

std::size_t regions() {
  const char* const asked = std::getenv("TREDE_DAMAGE");
  return asked == nullptr ? 2 : std::strtoul(asked, nullptr, 10);
}

class DamageTest : public WholeFolder, public testing::WithParamInterface<End> {
 protected:
  DamageTest() : WholeFolder(GetParam()) {}

  // Every part of what is served is what it was, or an error. Returns whether there was an error.
  bool expect_nothing_else_served(DataFolder& folder, const std::string& what) {
    const Served served = serve(folder);
    bool noticed = false;
    for (std::size_t i = 0; i < served.size(); ++i) {
      if (!served[i]) {
        noticed = true;
      } else {
        EXPECT_TRUE(*served[i] == *whole_[i]) << what << ": part " << i << " is served otherwise";
      }
    }
    return noticed;
  }

  // A folder that cannot be read is not opened for writing either, and stays as it is.
  void expect_refused(const Error& error, const std::string& what) {
    EXPECT_EQ(error.message.find('\n'), std::string::npos) << what << ": " << error.message;
    EXPECT_NE(error.message.find(path().string()), std::string::npos)
        << what << ": " << error.message;
    const Files before = files_of(path());
    EXPECT_FALSE(DataFolder::open(path(), OpenMode::kWrite, clock_, random_)) << what;
    EXPECT_TRUE(files_of(path()) == before) << what << ": it was changed";
  }

  // Opens the folder as it is now. Returns whether something was noticed.
  bool judge(const std::string& what) {
    const Files before = files_of(path());
    bool noticed = false;
    {
      const auto opened = DataFolder::open(path(), OpenMode::kRead, clock_, random_);
      if (!opened) {
        expect_refused(opened.error(), what);
        return true;
      }
      noticed = expect_nothing_else_served(**opened, what);
      noticed = !verify(**opened).empty() || noticed;
      // A round of the scrubber, share by share, sees no less.
      EXPECT_EQ(scrub_round(**opened, clock_).empty(), verify_truth(**opened).empty()) << what;
    }
    EXPECT_TRUE(files_of(path()) == before) << what << ": reading changed it";
    // What a reader was told of, a writer is told of by the same code; one in four shows it.
    if (noticed && ++told_ % 4 != 0) return true;
    const auto writer = DataFolder::open(path(), OpenMode::kWrite, clock_, random_);
    if (writer) {
      noticed = expect_nothing_else_served(**writer, what + ", written") || noticed;
    }
    return noticed || !writer;
  }

  void put_back() {
    const Files now = files_of(path());
    for (const auto& [name, bytes] : now) {
      if (!files_.contains(name)) fs::remove(path() / name);
    }
    for (const auto& [name, bytes] : files_) {
      const auto there = now.find(name);
      if (there == now.end() || there->second != bytes) write_file(path() / name, bytes);
    }
  }

  void try_out(const std::string& name, const Damage& damage) {
    if (damage.bytes) {
      write_file(path() / name, *damage.bytes);
    } else {
      fs::remove(path() / name);
    }
    const std::string what = name + ": " + damage.how;
    const bool noticed = judge(what);
    const bool must_be = rule_for(name, files_[name]) == Notice::kAlways &&
                         touches_what_was_written(name, damage) && !may_be_gone(name, damage);
    EXPECT_TRUE(noticed || !must_be) << what;
    put_back();
  }

  // The room ahead of a write-ahead log holds nothing that could be lost.
  bool touches_what_was_written(const std::string& name, const Damage& damage) const {
    const std::string& whole = files_.at(name);
    if (!damage.bytes || !name.starts_with("log/") || !name.ends_with(".log")) return true;
    const std::size_t written = find_wal_end(whole);
    return damage.bytes->substr(0, written) != whole.substr(0, written);
  }

  // A folder without a key to sign with is whole.
  static bool may_be_gone(const std::string& name, const Damage& damage) {
    return name == "signing.key" && !damage.bytes;
  }

  // Each folder or file named here as it was before, all of it.
  bool judge_as_before(const std::vector<std::string>& parts) {
    for (const std::string& part : parts) {
      fs::remove_all(path() / part);
      for (const auto& [name, bytes] : older_) {
        if (name.starts_with(part)) write_file(path() / name, bytes);
      }
    }
    const bool noticed = judge(parts[0] + " as it was before");
    put_back();
    return noticed;
  }

 private:
  int told_ = 0;
};

TEST_P(DamageTest, OfNothingIsNotNoticed) { EXPECT_FALSE(judge("whole")); }

TEST_P(DamageTest, ByFlippedBitsIsNoticed) {
  for (const auto& [name, bytes] : files_) {
    for (const Damage& damage : flipped(bytes, regions())) try_out(name, damage);
  }
}

TEST_P(DamageTest, ByACutIsNoticed) {
  for (const auto& [name, bytes] : files_) {
    for (const Damage& damage : cut(bytes)) try_out(name, damage);
  }
}

TEST_P(DamageTest, ByAFileThatIsGoneIsNoticed) {
  for (const auto& [name, bytes] : files_) {
    for (const Damage& damage : gone()) try_out(name, damage);
  }
}

TEST_P(DamageTest, ByAFileOfBeforeOrOfElsewhereIsNoticed) {
  for (const auto& [name, bytes] : files_) {
    if (name == "anchor") continue;  // see below
    for (const Damage& damage : older_version(name, bytes, older_)) try_out(name, damage);
    for (const Damage& damage : mixed_up(name, bytes, files_)) try_out(name, damage);
  }
}

TEST_P(DamageTest, ByAPartOfBeforeIsNoticed) {
  EXPECT_TRUE(judge_as_before({"log/"}));
  EXPECT_TRUE(judge_as_before({"keys/"}));
  EXPECT_TRUE(judge_as_before({"log/", "keys/"}));
}

// The anchor only says what must be there at least, and the cache is behind at any time.
TEST_P(DamageTest, OfTheAnchorOrTheCacheByOneOfBeforeChangesNoAnswer) {
  EXPECT_FALSE(judge_as_before({"anchor"}));
  EXPECT_FALSE(judge_as_before({"projections/"}));
}

INSTANTIATE_TEST_SUITE_P(Folder, DamageTest, testing::Values(End::kClosed, End::kKilled),
                         [](const auto& one) {
                           return one.param == End::kClosed ? "Closed" : "Killed";
                         });

}  // namespace
}  // namespace trede::test
