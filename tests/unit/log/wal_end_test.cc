// Where a write-ahead log ends that has room ahead: what a crash tears is cut off, damage is not.
#include "engine/log/wal_end.h"

#include <fstream>

#include "engine/log/files.h"
#include "engine/log/verify.h"
#include "tests/support/crash_copy.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSector = 512;

class WalEndTest : public LogTest {
 protected:
  fs::path wal(const fs::path& folder) const {
    fs::path last;
    for (const auto& entry : fs::directory_iterator(folder / "log")) {
      if (entry.path().extension() == ".log") last = std::max(last, entry.path());
    }
    return last;
  }
  std::string live_bytes() const { return value_of(read_file(wal(path()))); }

  // Appends `count` events in one write.
  void append_many(std::uint64_t first, std::uint64_t count) {
    std::vector<std::uint64_t> ids;
    for (std::uint64_t i = 0; i < count; ++i) ids.push_back(first + i);
    const auto version = value_of(log().version_of(dossier(1)));
    StreamAppend many{dossier(1), version, {}};
    for (const std::uint64_t id : ids) many.events.push_back(some_event(dossier(1), id));
    value_of(log().append({&many, 1}));
  }

  // Opens a copy of the folder as it is now, its write-ahead log replaced; says how many events it
  // has, or what is wrong with it.
  Result<std::uint64_t> events_with(const std::string& bytes) {
    const fs::path copy = dir_ / "copy";
    fs::remove_all(copy);
    crash_copy(path(), copy);
    fs::copy_file(dir_ / "anchor", copy / "anchor", fs::copy_options::overwrite_existing);
    std::ofstream(wal(copy), std::ios::binary) << bytes;
    std::uint64_t last = 0;
    for (const OpenMode mode : {OpenMode::kRead, OpenMode::kWrite}) {
      const auto folder = DataFolder::open(copy, mode, clock_, random_);
      if (!folder) return folder.error();
      last = (*folder)->log().last_position().value;
      EXPECT_EQ(value_of(verify_log(**folder)), std::vector<std::string>());
    }
    return last;
  }
  // What the anchor knows from now on stays what it knows now.
  void keep_anchor() { fs::copy_file(path() / "anchor", dir_ / "anchor"); }
};

TEST_F(WalEndTest, LiesBehindTheLastWriteAndTheFileIsCutThereAtClose) {
  keep_anchor();
  std::size_t before = 0;
  for (std::uint64_t i = 1; i <= 5; ++i) {
    append_each(log(), dossier(1), i);
    const std::string bytes = live_bytes();
    const std::size_t end = find_wal_end(bytes);
    EXPECT_GT(end, before);
    EXPECT_GT(bytes.size(), end);
    EXPECT_EQ(bytes.find_first_not_of('\0', end), std::string::npos);
    EXPECT_EQ(value_of(events_with(bytes)), i);
    before = end;
  }
  const fs::path file = wal(path());
  folder_.reset();
  EXPECT_EQ(fs::file_size(file), before);
}

// Of events in one write: over several blocks; over the end of the room that was there.
class TornWrite : public WalEndTest, public testing::WithParamInterface<std::uint64_t> {};

TEST_P(TornWrite, LiesBehindTheEndWhenASectorNeverCameOnTheDisk) {
  append_many(1, 3);
  keep_anchor();
  const std::size_t begin = find_wal_end(live_bytes());
  const std::size_t size_before = live_bytes().size();
  append_many(100, GetParam());
  const std::string whole = live_bytes();
  const std::size_t end = find_wal_end(whole);
  ASSERT_GT(end - begin, 65'536U);
  EXPECT_EQ(GetParam() > 1000, end > size_before);
  ASSERT_EQ(value_of(events_with(whole)), 3 + GetParam());
  const std::size_t step = (end - begin) / kSector / 7;
  for (std::size_t sector = begin / kSector; sector * kSector < end; sector += step) {
    const std::size_t at = std::max(begin, sector * kSector);
    const std::size_t sector_end = std::min(end, (sector + 1) * kSector);
    std::string torn = whole;
    std::fill(torn.begin() + static_cast<std::ptrdiff_t>(at),
              torn.begin() + static_cast<std::ptrdiff_t>(sector_end), '\0');
    EXPECT_LE(find_wal_end(torn), at) << at;
    EXPECT_EQ(value_of(events_with(torn)), 3U) << at;
    std::fill(torn.begin() + static_cast<std::ptrdiff_t>(at), torn.end(), '\0');
    EXPECT_EQ(value_of(events_with(torn)), 3U) << at;
  }
}

INSTANTIATE_TEST_SUITE_P(Events, TornWrite, testing::Values(400, 6000));

TEST_F(WalEndTest, ABitThatFlippedInTheLastWriteIsRefused) {
  append_many(1, 3);
  keep_anchor();
  const std::size_t begin = find_wal_end(live_bytes());
  append_each(log(), dossier(1), 100);
  const std::string whole = live_bytes();
  const std::size_t end = find_wal_end(whole);
  for (std::size_t at = begin; at < end; at += 11) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x20);
    EXPECT_TRUE(failed_with(events_with(bytes), ErrorCode::kCorrupt)) << at - begin;
  }
}

TEST_F(WalEndTest, ZerosInTheMiddleAreNoTornWrite) {
  keep_anchor();
  append_many(1, 100);
  append_many(200, 100);
  const std::size_t middle = find_wal_end(live_bytes());
  append_many(400, 200);
  append_many(700, 200);
  const std::string whole = live_bytes();
  const std::size_t end = find_wal_end(whole);
  for (const std::size_t at : {std::size_t{0}, middle - 3 * kSector, middle}) {
    std::string bytes = whole;
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), 2 * kSector, '\0');
    EXPECT_GE(find_wal_end(bytes), end) << at;
    EXPECT_TRUE(failed_with(events_with(bytes), ErrorCode::kCorrupt)) << at;
  }
}

TEST(WalEnd, OfAFileWithoutRoomAheadIsItsOwn) {
  EXPECT_EQ(find_wal_end(""), 0U);
  EXPECT_EQ(find_wal_end("no write-ahead log"), 18U);
  EXPECT_EQ(find_wal_end(std::string(100'000, '\0')), 0U);
}

}  // namespace
}  // namespace trede::test
