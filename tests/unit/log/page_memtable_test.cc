// The memtable of sorted pages, as RocksDB uses it: beside a map that holds the same.
#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <atomic>
#include <map>
#include <memory>
#include <random>
#include <thread>

#include "engine/log/page_memtable_internal.h"
#include "tests/support/temp_dir.h"

namespace trede::test {
namespace {

using Model = std::map<std::string, std::string>;

class PageMemtableTest : public ::testing::Test {
 protected:
  PageMemtableTest() {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.allow_concurrent_memtable_write = false;
    options.memtable_factory = page_memtables();
    rocksdb::DB* db = nullptr;
    const auto status = rocksdb::DB::Open(options, (dir_ / "db").string(), &db);
    if (!status.ok()) throw std::runtime_error(status.ToString());
    db_.reset(db);
  }

  // Keys of all lengths, many with the same first bytes.
  std::string random_key() {
    static constexpr std::string_view kBytes("\0\1ab\x7f\x80\xff", 7);
    std::string key(random_() % 12, '\0');
    for (char& byte : key) byte = kBytes[random_() % kBytes.size()];
    return key;
  }
  void put(Model& model, const std::string& key) {
    const std::string value = std::to_string(random_());
    ASSERT_TRUE(db_->Put({}, key, value).ok());
    model[key] = value;
  }
  void fill(Model& model, int count) {
    for (int i = 0; i < count; ++i) {
      put(model, random_key());
      if (model.empty() || i % 7 != 0) continue;
      const std::string gone = random_key();
      ASSERT_TRUE(db_->Delete({}, gone).ok());
      model.erase(gone);
    }
  }
  std::unique_ptr<rocksdb::Iterator> iterator() {
    return std::unique_ptr<rocksdb::Iterator>(db_->NewIterator({}));
  }
  // What an iterator stands on; empty where it is not valid.
  static std::string at(const rocksdb::Iterator& it) {
    return it.Valid() ? text(it.key().ToString(), it.value().ToString()) : std::string();
  }
  static std::string at(const Model& model, Model::const_iterator it) {
    return it != model.end() ? text(it->first, it->second) : std::string();
  }
  static std::string text(const std::string& key, const std::string& value) {
    return key + " -> " + value;
  }

  void expect_same(const Model& model) {
    const auto it = iterator();
    it->SeekToFirst();
    for (auto entry = model.begin(); entry != model.end(); ++entry, it->Next()) {
      ASSERT_EQ(at(*it), at(model, entry));
    }
    EXPECT_FALSE(it->Valid());
    it->SeekToLast();
    for (auto entry = model.end(); entry != model.begin(); it->Prev()) {
      ASSERT_EQ(at(*it), at(model, --entry));
    }
    EXPECT_FALSE(it->Valid());
  }
  void expect_finds_same(const Model& model) {
    const auto it = iterator();
    for (int i = 0; i < 2000; ++i) {
      const std::string key = random_key();
      std::string value;
      const bool found = db_->Get({}, key, &value).ok();
      ASSERT_EQ(found ? text(key, value) : std::string(), at(model, model.find(key)));
      it->Seek(key);
      ASSERT_EQ(at(*it), at(model, model.lower_bound(key)));
      const auto beyond = model.upper_bound(key);
      it->SeekForPrev(key);
      ASSERT_EQ(at(*it), at(model, beyond == model.begin() ? model.end() : std::prev(beyond)));
    }
  }

  TempDir dir_;
  std::mt19937_64 random_{7};
  std::unique_ptr<rocksdb::DB> db_;
};

TEST_F(PageMemtableTest, AnEmptyOneHasNothing) {
  const Model none;
  expect_same(none);
  expect_finds_same(none);
}

TEST_F(PageMemtableTest, HoldsWhatAMapHolds) {
  Model model;
  for (int round = 0; round < 4; ++round) {
    fill(model, 5000);
    expect_same(model);
    expect_finds_same(model);
  }
  ASSERT_TRUE(db_->Flush({}).ok());
  expect_same(model);
}

TEST_F(PageMemtableTest, HoldsKeysThatComeInOrderOrTheOtherWayRound) {
  Model model;
  for (int i = 0; i < 3000; ++i) {
    put(model, "a" + std::to_string(1'000'000 + i));
    put(model, "b" + std::to_string(1'000'000 - i));
  }
  expect_same(model);
}

TEST_F(PageMemtableTest, AnIteratorGoesOnOverWhatThereWasWhileMoreComes) {
  Model model;
  fill(model, 3000);
  const Model before = model;
  const auto forward = iterator();
  const auto backward = iterator();
  forward->SeekToFirst();
  backward->SeekToLast();
  auto last = before.end();
  for (auto entry = before.begin(); entry != before.end(); ++entry) {
    ASSERT_EQ(at(*forward), at(before, entry));
    ASSERT_EQ(at(*backward), at(before, --last));
    fill(model, 2);
    forward->Next();
    backward->Prev();
  }
  EXPECT_FALSE(forward->Valid());
  EXPECT_FALSE(backward->Valid());
  expect_same(model);
}

TEST_F(PageMemtableTest, ManyReadWhileOneWrites) {
  constexpr std::uint64_t kKeys = 6000;
  const auto key_of = [](std::uint64_t number) {
    return std::to_string(number * 0x9E3779B97F4A7C15U);
  };
  std::atomic<std::uint64_t> written = 0;
  const auto read = [&](std::uint64_t seed) {
    std::mt19937_64 random(seed);
    while (written < kKeys) {
      const std::uint64_t there = written;
      std::string value;
      if (there > 0) {
        const std::uint64_t number = random() % there;
        ASSERT_TRUE(db_->Get({}, key_of(number), &value).ok());
        ASSERT_EQ(value, std::to_string(number));
      }
      const auto it = iterator();
      std::uint64_t count = 0;
      std::string before;
      for (it->SeekToFirst(); it->Valid(); it->Next(), ++count) {
        const std::string key = it->key().ToString();
        ASSERT_LT(before, key);
        before = key;
      }
      ASSERT_GE(count, there);
    }
  };
  std::jthread first(read, 1);
  std::jthread second(read, 2);
  for (std::uint64_t i = 0; i < kKeys; ++i) {
    ASSERT_TRUE(db_->Put({}, key_of(i), std::to_string(i)).ok());
    written = i + 1;
  }
}

}  // namespace
}  // namespace trede::test
