// Every file of a data folder with flipped bits, cut, or deleted: noticed when it is opened or by
// verify, never served. TREDE_DAMAGE=n tries n places of each file (default 6).
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include "engine/log/verify.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

std::string read_all(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

void write_all(const fs::path& file, std::string_view bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// The bytes of each file, by its path in the folder.
using Files = std::map<std::string, std::string>;

Files files_of(const fs::path& folder) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[fs::relative(entry.path(), folder)] = read_all(entry.path());
    }
  }
  return files;
}

// What a folder serves: every event and every KEY.
struct Served {
  std::vector<std::string> events;
  std::map<StreamId, std::string> keys;
  bool operator==(const Served&) const = default;
};

Result<Served> serve(DataFolder& folder) {
  Served served;
  TREDE_RETURN_IF_ERROR(folder.log().scan(Position{1}, folder.log().last_position(),
                                          [&](Position, std::string_view stored) -> Status {
                                            served.events.emplace_back(stored);
                                            return {};
                                          }));
  TREDE_RETURN_IF_ERROR(folder.keys().scan([&](const KeyEntry& entry) -> Status {
    served.keys[entry.stream] = entry.key;
    return {};
  }));
  return served;
}

enum class Outcome { kRefused, kFoundByVerify, kServedAsBefore, kServedSilently };

class DamageTest : public LogTest, public ::testing::WithParamInterface<bool> {
 protected:
  DamageTest() {
    fill(1, 600);
    reopen();  // what was recovered now stands in table files, what follows in the write-ahead log
    fill(1001, 300);
    if (GetParam()) {
      folder_.reset();
    } else {
      // As after kill -9, once the anchor is there.
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    files_ = files_of(path());
    for (const auto& [name, bytes] : files_) write_all(copy_ / name, bytes);
    auto opened = DataFolder::open(copy_, OpenMode::kRead, clock_, random_);
    if (!opened) throw std::runtime_error(opened.error().message);
    whole_ = *serve(**opened);
    folder_.reset();
  }

  void fill(std::uint64_t first, std::uint64_t count) {
    std::vector<KeyEntry> entries;
    for (std::uint64_t i = first; i < first + count; i += 25) {
      entries.push_back({dossier(i), "K-" + std::to_string(i)});
    }
    ASSERT_TRUE(keys().assign(entries));
    for (std::uint64_t i = first; i < first + count; i += 5) {
      const StreamAppend one = to(dossier(i), 0, {i, i + 1, i + 2, i + 3, i + 4});
      ASSERT_TRUE(log().append({&one, 1}));
    }
  }

  Outcome outcome() {
    auto opened = DataFolder::open(copy_, OpenMode::kRead, clock_, random_);
    if (!opened) return Outcome::kRefused;
    const auto served = serve(**opened);
    const auto findings = verify_log(**opened);
    if (!findings || !findings->empty()) return Outcome::kFoundByVerify;
    return served && *served == whole_ ? Outcome::kServedAsBefore : Outcome::kServedSilently;
  }

  // Replaces a file of the copy by `damaged` (deletes it when absent), judges, and puts it back.
  void expect_noticed(const std::string& name, const std::optional<std::string>& damaged,
                      const std::string& how) {
    if (damaged) {
      write_all(copy_ / name, *damaged);
    } else {
      fs::remove(copy_ / name);
    }
    const Outcome found = outcome();
    EXPECT_NE(found, Outcome::kServedSilently) << name << ": " << how;
    // Nothing is in LOCK. The end of a MANIFEST may say only what the write-ahead log says too.
    if (!name.ends_with("LOCK") && name.find("MANIFEST") == std::string::npos) {
      EXPECT_NE(found, Outcome::kServedAsBefore) << name << ": " << how;
    }
    if (found == Outcome::kRefused) expect_refused_to_a_writer(name, how);
    write_all(copy_ / name, files_[name]);
  }

  // A folder that cannot be read is not opened for writing either, and stays as it is.
  void expect_refused_to_a_writer(const std::string& name, const std::string& how) {
    const Files before = files_of(copy_);
    const auto opened = DataFolder::open(copy_, OpenMode::kWrite, clock_, random_);
    ASSERT_FALSE(opened) << name << ": " << how;
    EXPECT_EQ(opened.error().message.find('\n'), std::string::npos);
    EXPECT_NE(opened.error().message.find(copy_.string()), std::string::npos)
        << opened.error().message;
    EXPECT_TRUE(files_of(copy_) == before) << name << ": " << how;
  }

  // Places in a file of `size` bytes: the first, the last, and some between.
  std::vector<std::size_t> places(std::size_t size) {
    const char* const asked = std::getenv("TREDE_DAMAGE");
    const std::size_t count = asked != nullptr ? std::strtoul(asked, nullptr, 10) : 6;
    std::vector<std::size_t> places;
    if (size == 0) return places;
    places = {0, size - 1};
    while (places.size() < count) places.push_back(engine_() % size);
    return places;
  }

  std::mt19937_64 engine_{1};
  fs::path copy_ = dir_ / "copy";
  Files files_;
  Served whole_;
};

TEST_P(DamageTest, AFlippedBitIsNoticed) {
  for (const auto& [name, bytes] : files_) {
    for (const std::size_t place : places(bytes.size())) {
      const unsigned bit = static_cast<unsigned>(engine_() % 8);
      std::string damaged = bytes;
      damaged[place] = static_cast<char>(damaged[place] ^ (1U << bit));
      expect_noticed(name, damaged,
                     "bit " + std::to_string(bit) + " of byte " + std::to_string(place));
    }
  }
}

TEST_P(DamageTest, ACutFileIsNoticed) {
  for (const auto& [name, bytes] : files_) {
    for (const std::size_t place : places(bytes.size())) {
      expect_noticed(name, bytes.substr(0, place), "cut at " + std::to_string(place));
    }
  }
}

TEST_P(DamageTest, ADeletedFileIsNoticed) {
  for (const auto& [name, bytes] : files_) expect_noticed(name, std::nullopt, "deleted");
}

INSTANTIATE_TEST_SUITE_P(Folder, DamageTest, ::testing::Values(false, true),
                         [](const auto& one) { return one.param ? "Closed" : "Killed"; });

}  // namespace
}  // namespace trede::test
