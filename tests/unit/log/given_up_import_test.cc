// What an import leaves on the disk that was given up, killed, or only judged: nothing.
#include <rocksdb/perf_context.h>

#include <fstream>
#include <map>
#include <sstream>

#include "engine/log/folder_internal.h"
#include "engine/log/layout.h"
#include "engine/log/verify.h"
#include "tests/support/crash_copy.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "wie-dit-leest-weet-te-veel";
constexpr std::uint64_t kStaged = 2000;  // events, of as many dossiers, some 400 kB
constexpr std::array kFamilies = {LogTables::kEvents, LogTables::kStreams, LogTables::kIds,
                                  LogTables::kTree};

class GivenUpImport : public LogTest {
 protected:
  GivenUpImport() { append_each(log(), dossier(1), 1, 300); }

  std::unique_ptr<StagedImport> begin(std::size_t held_bytes, bool dry_run = false) {
    return value_of(log().begin_import(
        {.id = ImportId{event_id(777).uuid}, .dry_run = dry_run, .held_bytes = held_bytes}));
  }
  static void stage(StagedImport& import, std::uint64_t first, std::uint64_t count) {
    for (std::uint64_t i = first; i < first + count; ++i) {
      NewEvent event = some_event(dossier(i), i);
      event.content += "\xA2\x06" + std::string(1, static_cast<char>(kMark.size()));  // field 100
      event.content += kMark;
      const StreamAppend one{dossier(i), StreamVersion{0}, {event}};
      const auto appended = append(import, {one});
      ASSERT_TRUE(appended) << appended.error().message;
    }
  }
  // A part of it in table files, a part in the write-ahead log.
  void stage_to_disk(StagedImport& import) {
    stage(import, 1000, kStaged / 2);
    ASSERT_TRUE(tables(*folder_).db().flush());
    stage(import, 1000 + kStaged / 2, kStaged / 2);
  }
  static const LogTables& tables(DataFolder& folder) {
    return *dynamic_cast<RocksFolder&>(folder).log().tables();
  }
  // A copy of the folder, as a crash would leave it now.
  fs::path crash() {
    const fs::path copy = dir_ / "crashed";
    crash_copy(path(), copy);
    return copy;
  }
  std::unique_ptr<DataFolder> open_to_write(const fs::path& folder) {
    return value_of(DataFolder::open(folder, OpenMode::kWrite, clock_, random_));
  }

  static std::map<std::string, std::string> files_of(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      std::ostringstream bytes;
      if (entry.is_regular_file()) bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      files[entry.path()] = bytes.str();
    }
    return files;
  }
  static std::vector<std::string> files_with_mark(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files_of(folder)) {
      if (bytes.find(kMark) != std::string::npos) names.push_back(name);
    }
    return names;
  }
  // The log is as before the import, and so is the folder.
  void expect_nothing_left(DataFolder& folder) {
    EXPECT_EQ(files_with_mark(folder.path()), std::vector<std::string>());
    for (const std::size_t family : kFamilies) {
      EXPECT_EQ(value_of(tables(folder).db().deletions(family)), 0U) << "in family " << family;
    }
    EXPECT_EQ(folder.log().last_position(), Position{300});
    EXPECT_EQ(value_of(verify_log(folder)), std::vector<std::string>());
    append_each(folder.log(), dossier(1000), 1000, 2);
    EXPECT_EQ(folder.log().last_position(), Position{302});
    EXPECT_EQ(value_of(verify_log(folder)), std::vector<std::string>());
  }
};

// Deletes what stands beyond the head from the tables alone, and writes nothing anew.
void delete_only(const LogTables& tables) {
  const Position head = value_of(tables.load_head()).position;
  rocksdb::WriteBatch batch;
  for (auto* const family : {tables.streams(), tables.ids()}) {
    const std::unique_ptr<rocksdb::Iterator> it(tables.db()->NewIterator({}, family));
    for (it->SeekToFirst(); it->Valid(); it->Next()) {
      if (value_of(decode_position(view(it->value()))) > head)
        batch.SingleDelete(family, it->key());
    }
  }
  const std::unique_ptr<rocksdb::Iterator> it(tables.db()->NewIterator({}, tables.events()));
  const PositionKey first(head.next());
  for (it->Seek(slice(first.view())); it->Valid(); it->Next()) {
    batch.SingleDelete(tables.events(), it->key());
  }
  ASSERT_TRUE(tables.db()->Write({}, &batch).ok());
}

TEST_F(GivenUpImport, LeavesNothingInTheFilesOfTheLog) {
  auto import = begin(50'000);
  stage_to_disk(*import);
  ASSERT_FALSE(files_with_mark(path()).empty());
  import.reset();
  expect_nothing_left(*folder_);
  reopen();
  EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
}

TEST_F(GivenUpImport, ByACrashLeavesNothingOnceTheFolderIsOpenedToWrite) {
  auto import = begin(50'000);
  stage_to_disk(*import);
  const fs::path crashed = crash();
  ASSERT_FALSE(files_with_mark(crashed).empty());
  expect_nothing_left(*open_to_write(crashed));
}

TEST_F(GivenUpImport, ThatACrashCutOffByHalvesLeavesNothingEither) {
  auto import = begin(50'000);
  stage_to_disk(*import);
  const fs::path crashed = crash();
  {
    const auto tables = value_of(LogTables::open(crashed / "log", {.access = Access::kWrite}));
    delete_only(*tables);
    ASSERT_TRUE(tables->db().flush());
    ASSERT_TRUE(tables->db().close());
  }
  ASSERT_FALSE(files_with_mark(crashed).empty());
  expect_nothing_left(*open_to_write(crashed));
}

TEST_F(GivenUpImport, ByACrashInTheMiddleOfAWriteLeavesNoWriteAheadLog) {
  auto import = begin(1'500'000);  // one write
  std::uint64_t next = 1000;
  while (!HasFatalFailure() && tables(*folder_).db().write_ahead_bytes() < (2 << 20)) {
    stage(*import, next++, 1);
  }
  const fs::path crashed = crash();
  for (const auto& entry : fs::directory_iterator(crashed / "log")) {
    if (entry.path().extension() != ".log" || entry.file_size() == 0) continue;
    fs::resize_file(entry.path(), entry.file_size() - 10);
  }
  const auto folder = open_to_write(crashed);
  EXPECT_LT(tables(*folder).db().write_ahead_bytes(), 1U << 20);
  expect_nothing_left(*folder);
}

TEST_F(GivenUpImport, IsNotWalkedOverByWhoReadsSomethingElse) {
  auto import = begin(50'000);
  stage_to_disk(*import);
  const auto tables = value_of(LogTables::open(crash() / "log", {.access = Access::kWrite}));
  delete_only(*tables);
  const Position head{300};
  const auto none = [](Position, std::string_view) -> Status { return {}; };
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kEnableCount);
  rocksdb::get_perf_context()->Reset();
  EXPECT_EQ(value_of(tables->version_of(dossier(999'999), head)), StreamVersion{0});
  EXPECT_EQ(value_of(tables->version_of(dossier(500), head)), StreamVersion{0});
  EXPECT_EQ(value_of(tables->version_of(dossier(1), head)), StreamVersion{300});
  EXPECT_EQ(value_of(tables->positions_of(dossier(1), StreamVersion{1}, 1000, head)).size(), 300U);
  EXPECT_EQ(value_of(tables->load_frontier(300)).size(), 300U);
  EXPECT_TRUE(tables->scan(Position{1}, head, none));
  EXPECT_LT(rocksdb::get_perf_context()->internal_delete_skipped_count, 10U);
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
}

TEST_F(GivenUpImport, OfADryRunWroteNothing) {
  const auto log_before = files_of(path() / "log");
  const auto keys_before = files_of(path() / "keys");
  auto import = begin(1000, true);
  stage(*import, 1000, kStaged);
  EXPECT_EQ(import->last_position(), Position{300 + kStaged});
  EXPECT_EQ(value_of(import->version_of(dossier(1000))), StreamVersion{1});
  EXPECT_EQ(stored_events(*import).size(), 300 + kStaged);
  EXPECT_TRUE(failed_with(import->commit(), ErrorCode::kInvalid, "dry run"));
  EXPECT_TRUE(files_of(path() / "log") == log_before);
  import.reset();
  EXPECT_TRUE(files_of(path() / "log") == log_before);
  EXPECT_TRUE(files_of(path() / "keys") == keys_before);
  expect_nothing_left(*folder_);
}

// Else each start would replay what is in some of the tables only.
TEST_F(GivenUpImport, WhatTheTablesDoNotAllHoldDoesNotStayInTheWriteAheadLog) {
  const auto import = begin(1 << 20);
  stage(*import, 1000, 2'500);
  ASSERT_TRUE(import->commit());
  const auto& db = tables(*folder_).db();
  ASSERT_TRUE(db->Flush({}, db.family(LogTables::kEvents)).ok());
  EXPECT_GT(db.write_ahead_bytes(), 100'000U);
  ASSERT_TRUE(folder_->close());
  std::uintmax_t waiting = 0;
  for (const auto& file : fs::directory_iterator(path() / "log")) {
    if (file.path().extension() == ".log") waiting += file.file_size();
  }
  EXPECT_LT(waiting, 10'000U);
}

}  // namespace
}  // namespace trede::test
