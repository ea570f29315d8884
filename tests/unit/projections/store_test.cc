#include "projections/store/store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <set>

#include "projections/store/rocks_store_internal.h"
#include "tests/support/events.h"
#include "tests/support/temp_dir.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

const Uuid kLog = event_id(1).uuid;
const int kDay = day_number(day("2024-02-27"));

class Store : public ::testing::Test {
 protected:
  StoreOptions options(const fs::path& path) const { return {path, kLog}; }
  StoreOptions options() const { return options(path()); }
  fs::path path() const { return dir_ / "projections"; }

  static std::unique_ptr<ProjectionStore> open(const StoreOptions& options) {
    auto store = ProjectionStore::open_write(options);
    if (!store) throw std::runtime_error(store.error().message);
    return std::move(*store);
  }

  // Writes position `number`: as many rows as its number, a string and a cell of its own.
  static void write(StoredGeneration& generation, std::uint64_t number) {
    Dictionary dictionary;
    CellIndex cells;
    ASSERT_TRUE(generation.load_strings(dictionary));
    ASSERT_TRUE(generation.load_cells(Table::kDiagnose, cells));
    const Code gemeente = dictionary.intern("gemeente " + std::to_string(number));
    const Code cell = cells.intern({gemeente});
    TableRows rows;
    for (std::uint64_t i = 0; i < number; ++i) {
      rows[static_cast<std::size_t>(Table::kDiagnose)].push_back(
          {cell, {Position{number}, kDay + static_cast<int>(i) * 20, {1}}});
    }
    CellIndexes indexes{};
    indexes[static_cast<std::size_t>(Table::kDiagnose)] = &cells;
    StoreHead head{Position{number}, {}, {}};
    head.event[0] = static_cast<std::uint8_t>(number);
    ASSERT_TRUE(generation.write(rows, indexes, dictionary, head));
  }
  static void write_upto(StoredGeneration& generation, std::uint64_t last) {
    for (std::uint64_t number = 1; number <= last; ++number) write(generation, number);
  }

  // `3: gemeente 1 x1, gemeente 2 x2, gemeente 3 x3`, or what is wrong.
  static std::string content(const StoredGeneration& generation) {
    Dictionary dictionary;
    CellIndex cells;
    std::map<std::string, int> rows;
    Status loaded = generation.load_strings(dictionary);
    if (loaded) loaded = generation.load_cells(Table::kDiagnose, cells);
    const auto tally = [&](const Row& row) {
      ++rows[std::string(dictionary.text(cells.at(row.cell)[0]))];
    };
    if (loaded) loaded = generation.load_rows(Table::kDiagnose, tally);
    if (!loaded) return loaded.error().code == ErrorCode::kCorrupt ? "corrupt" : "io";
    std::string out = std::to_string(generation.head().position.value) + ":";
    for (const auto& [gemeente, count] : rows) {
      out += " " + gemeente + " x" + std::to_string(count);
    }
    return out;
  }
  static std::string whole(std::uint64_t position) {
    std::string out = std::to_string(position) + ":";
    for (std::uint64_t i = 1; i <= position; ++i) {
      out += " gemeente " + std::to_string(i) + " x" + std::to_string(i);
    }
    return out;
  }

  // The database itself, past everything that guards it.
  template <typename Change>
  void tamper(const Change& change) {
    std::vector<std::string> names;
    ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, path(), &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const auto& name : names) families.emplace_back(name, projection_family());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* raw = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, path(), families, &handles, &raw).ok());
    const std::unique_ptr<rocksdb::DB> db(raw);
    change(*db, handles.back());
    for (auto* handle : handles) ASSERT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
  }

  TempDir dir_;
};

TEST_F(Store, ThatIsNewStandsOnNothing) {
  const auto store = open(options());
  EXPECT_EQ(store->current()->number(), 1u);
  EXPECT_EQ(content(*store->current()), "0:");
}

TEST_F(Store, GivesBackWhatWasWrittenAfterItWasClosed) {
  write_upto(*open(options())->current(), 3);
  const auto store = open(options());
  EXPECT_EQ(content(*store->current()), whole(3));
  EXPECT_EQ(store->current()->head().event[0], 3);
  EXPECT_FALSE(store->current()->is_damaged());
  EXPECT_TRUE(store->verify_checksums());
}

TEST_F(Store, GivesBackMoreCellsThanStandTogetherWhateverTheyCameWith) {
  constexpr auto kAt = static_cast<std::size_t>(Table::kDiagnose);
  CellIndex cells;
  CellIndexes indexes{};
  indexes[kAt] = &cells;
  const auto store = open(options());
  for (const Code count : {1, 700, 701}) {
    while (cells.size() < count) cells.intern({static_cast<Code>(7 * cells.size())});
    ASSERT_TRUE(store->current()->write({}, indexes, Dictionary(), {Position{count}, {}, {}}));
    CellIndex loaded;
    ASSERT_TRUE(store->current()->load_cells(Table::kDiagnose, loaded));
    ASSERT_EQ(loaded.size(), count);
    for (Code number = 0; number < count; ++number) EXPECT_EQ(loaded.at(number), cells.at(number));
  }
}

TEST_F(Store, KeepsWhyItStopped) {
  {
    const auto store = open(options());
    ASSERT_TRUE(store->current()->write({}, {}, Dictionary(), {Position{}, {}, "te nieuw"}));
  }
  EXPECT_EQ(open(options())->current()->head().stopped, "te nieuw");
}

TEST_F(Store, OpenedForReadingGivesTheSameAndWritesNothing) {
  const auto writer = open(options());
  write_upto(*writer->current(), 3);
  const auto files = [this] {
    std::map<std::string, std::pair<std::uintmax_t, fs::file_time_type>> out;
    for (const auto& entry : fs::directory_iterator(path())) {
      out[entry.path().filename()] = {entry.file_size(), entry.last_write_time()};
    }
    return out;
  };
  const auto before = files();
  auto reader = ProjectionStore::open_read(options());
  ASSERT_TRUE(reader);
  EXPECT_EQ(content(*(*reader)->current()), whole(3));
  // It goes on to show what it opened, whatever the writer does.
  EXPECT_EQ(files(), before);
  write(*writer->current(), 4);
  ASSERT_TRUE(writer->current()->flush());
  EXPECT_EQ(content(*(*reader)->current()), whole(3));
}

TEST_F(Store, ThatIsNotThereIsNotFound) {
  const auto store = ProjectionStore::open_read(options());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(fs::exists(path()));
}

TEST_F(Store, OfAnotherLogIsNotReadAndMadeAnew) {
  write_upto(*open(options())->current(), 3);
  const StoreOptions other{path(), event_id(2).uuid};
  EXPECT_EQ(ProjectionStore::open_read(other).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(content(*open(other)->current()), "0:");
}

TEST_F(Store, OfAnotherDefinitionIsNotReadAndMadeAnew) {
  write_upto(*open(options())->current(), 3);
  tamper([](rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family) {
    std::string stored;
    ASSERT_TRUE(db.Get({}, family, "h", &stored).ok());
    pb::ProjectionHead head;
    ASSERT_TRUE(head.ParseFromString(stored));
    head.set_definition("other");
    ASSERT_TRUE(db.Put({}, family, "h", head.SerializeAsString()).ok());
  });
  EXPECT_EQ(ProjectionStore::open_read(options()).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(content(*open(options())->current()), "0:");
}

TEST_F(Store, IsLockedWhileAnotherWritesIt) {
  const auto store = open(options());
  const auto second = ProjectionStore::open_write(options());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kLocked);
}

TEST_F(Store, CannotBeMadeWhereAFileStands) {
  std::ofstream(path()) << "something else";
  const auto store = ProjectionStore::open_write(options());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kIo);
}

TEST_F(Store, NoticesWhatIsMissingOrChanged) {
  using Change = std::function<void(rocksdb::DB&, rocksdb::ColumnFamilyHandle*)>;
  const auto first_with = [](rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family, char kind) {
    const std::unique_ptr<rocksdb::Iterator> entry(db.NewIterator({}, family));
    entry->Seek(std::string(1, kind));
    return std::pair{entry->key().ToString(), entry->value().ToString()};
  };
  const auto removed = [&](char kind) -> Change {
    return [&first_with, kind](rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family) {
      ASSERT_TRUE(db.Delete({}, family, first_with(db, family, kind).first).ok());
    };
  };
  const auto last_byte_changed = [&](char kind) -> Change {
    return [&first_with, kind](rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family) {
      auto [key, value] = first_with(db, family, kind);
      value.back() = static_cast<char>(value.back() ^ 2);
      ASSERT_TRUE(db.Put({}, family, key, value).ok());
    };
  };
  for (const char kind : {'r', 'c', 's'}) {
    for (const Change& change : {removed(kind), last_byte_changed(kind)}) {
      fs::remove_all(path());
      write_upto(*open(options())->current(), 3);
      tamper(change);
      const auto reader = ProjectionStore::open_read(options());
      ASSERT_TRUE(reader);
      EXPECT_EQ(content(*(*reader)->current()), "corrupt") << kind;
      EXPECT_TRUE((*reader)->current()->is_damaged());
    }
  }
}

TEST_F(Store, NoticesAHeadThatDoesNotFitItsTables) {
  for (const std::string& key : {std::string("h"), std::string("t\x03")}) {
    fs::remove_all(path());
    std::string old;
    write_upto(*open(options())->current(), 2);
    tamper([&](rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family) {
      ASSERT_TRUE(db.Get({}, family, key, &old).ok());
    });
    write(*open(options())->current(), 3);
    tamper([&](rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family) {
      ASSERT_TRUE(db.Put({}, family, key, old).ok());
    });
    EXPECT_EQ(ProjectionStore::open_read(options()).error().code, ErrorCode::kCorrupt);
    EXPECT_EQ(content(*open(options())->current()), "0:");
  }
}

TEST_F(Store, SwitchesToANewGenerationInOneStepAndDropsTheOld) {
  auto store = open(options());
  const auto old = store->current();
  write_upto(*old, 2);
  const auto fresh = store->begin_generation();
  ASSERT_TRUE(fresh);
  EXPECT_EQ(store->current()->number(), 1u);
  write_upto(**fresh, 3);
  ASSERT_TRUE(store->take_over(*fresh));
  EXPECT_EQ(store->current()->number(), 2u);
  EXPECT_EQ(content(*store->current()), whole(3));
  EXPECT_EQ(content(*old), whole(2));  // for who still reads it
}

TEST_F(Store, ForgetsAGenerationThatNeverTookOver) {
  {
    const auto store = open(options());
    write_upto(*store->current(), 2);
    const auto fresh = store->begin_generation();
    ASSERT_TRUE(fresh);
    write_upto(**fresh, 3);
  }
  const auto store = open(options());
  EXPECT_EQ(store->current()->number(), 1u);
  EXPECT_EQ(content(*store->current()), whole(2));
  std::vector<std::string> names;
  ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, path(), &names).ok());
  EXPECT_EQ(names, (std::vector<std::string>{"default", "g1"}));
}

TEST_F(Store, TakesPartsInAnyOrderBeforeTheHead) {
  const auto store = open(options());
  const auto fresh = store->begin_generation();
  ASSERT_TRUE(fresh);
  CellIndex cells;
  const Code cell = cells.intern({0});
  for (const std::uint64_t position : {5, 2}) {
    TableRows rows;
    rows[static_cast<std::size_t>(Table::kDiagnose)] = {{cell, {Position{position}, kDay, {1}}}};
    ASSERT_TRUE((*fresh)->write_part(rows));
  }
  CellIndexes indexes{};
  indexes[static_cast<std::size_t>(Table::kDiagnose)] = &cells;
  ASSERT_TRUE((*fresh)->write({}, indexes, Dictionary(), {Position{7}, {}, {}}));
  ASSERT_TRUE((*fresh)->flush());
  ASSERT_TRUE(store->take_over(*fresh));
  EXPECT_EQ(content(*store->current()), "7: onbekend x2");
}

// Copies what a crash would leave, with the write-ahead log cut at some byte or with one bit
// flipped: what opens is the whole of some position, or empty.
class StoreAfterACrash : public Store {
 protected:
  void SetUp() override {
    store_ = open(options());
    write_upto(*store_->current(), kWritten);
    for (const auto& entry : fs::directory_iterator(path())) {
      if (entry.path().extension() == ".log") log_ = entry.path().filename();
    }
  }
  std::string opened_after(const std::function<void(const fs::path&)>& damage) {
    const fs::path copy = dir_ / "copy";
    fs::remove_all(copy);
    fs::copy(path(), copy);
    damage(copy / log_);
    const auto store = open(options(copy));
    return content(*store->current());
  }
  std::vector<std::string> all_whole() const {
    std::vector<std::string> out;
    for (std::uint64_t i = 0; i <= kWritten; ++i) out.push_back(whole(i));
    return out;
  }

  static constexpr std::uint64_t kWritten = 6;
  std::unique_ptr<ProjectionStore> store_;
  fs::path log_;
};

TEST_F(StoreAfterACrash, StandsOnAWholePositionWhereverItsLogWasCut) {
  const auto good = all_whole();
  std::set<std::string> seen;
  const auto size = fs::file_size(path() / log_);
  for (std::uintmax_t at = 0; at <= size; at += 1 + size / 30) {
    const std::string found = opened_after([at](const fs::path& log) { fs::resize_file(log, at); });
    EXPECT_NE(std::ranges::find(good, found), good.end()) << at << ": " << found;
    seen.insert(found);
  }
  EXPECT_EQ(opened_after([](const fs::path&) {}), whole(kWritten));
  EXPECT_GT(seen.size(), 3u);
}

TEST_F(StoreAfterACrash, StandsOnAWholePositionWhicheverBitOfItsLogFlipped) {
  const auto good = all_whole();
  const auto size = fs::file_size(path() / log_);
  for (std::uintmax_t at = 0; at < size; at += 1 + size / 30) {
    const std::string found = opened_after([at](const fs::path& log) {
      std::fstream file(log, std::ios::in | std::ios::out | std::ios::binary);
      file.seekg(static_cast<std::streamoff>(at));
      const char byte = static_cast<char>(file.get() ^ 0x10);
      file.seekp(static_cast<std::streamoff>(at));
      file.put(byte);
    });
    EXPECT_NE(std::ranges::find(good, found), good.end()) << at << ": " << found;
  }
}

TEST_F(StoreAfterACrash, NeverGivesOtherRowsWhicheverBitOfItsTablesFlipped) {
  ASSERT_TRUE(store_->current()->flush());
  store_.reset();
  std::size_t tables = 0;
  for (const auto& entry : fs::directory_iterator(path())) {
    if (entry.path().extension() != ".sst") continue;
    ++tables;
    log_ = entry.path().filename();
    const auto size = fs::file_size(entry.path());
    for (std::uintmax_t at = 0; at < size; at += 1 + size / 30) {
      const fs::path copy = dir_ / "copy";
      fs::remove_all(copy);
      fs::copy(path(), copy);
      {
        std::fstream file(copy / log_, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(static_cast<std::streamoff>(at));
        const char byte = static_cast<char>(file.get() ^ 0x10);
        file.seekp(static_cast<std::streamoff>(at));
        file.put(byte);
      }
      const auto reader = ProjectionStore::open_read(options(copy));
      if (!reader) continue;
      const std::string found = content(*(*reader)->current());
      EXPECT_TRUE(found == whole(kWritten) || found == "corrupt" || found == "io") << found;
    }
  }
  EXPECT_GT(tables, 0u);
}

TEST_F(StoreAfterACrash, WithAFileGoneIsNeverReadAndMadeAnewByTheWriter) {
  ASSERT_TRUE(store_->current()->flush());
  write(*store_->current(), kWritten + 1);
  store_.reset();
  for (const auto& entry : fs::directory_iterator(path())) {
    const std::string name = entry.path().filename();
    if (name == "LOCK" || name == "IDENTITY" || name.starts_with("OPTIONS")) continue;
    const fs::path copy = dir_ / "copy";
    fs::remove_all(copy);
    fs::copy(path(), copy);
    fs::remove(copy / name);
    const auto reader = ProjectionStore::open_read(options(copy));
    if (reader) {
      const std::string found = content(*(*reader)->current());
      EXPECT_TRUE(found == whole(kWritten) || found == "corrupt" || found == "io")
          << name << ": " << found;
    }
    const std::string written = content(*open(options(copy))->current());
    EXPECT_TRUE(written == whole(kWritten) || written == "0:") << name << ": " << written;
  }
}

}  // namespace
}  // namespace trede::test
