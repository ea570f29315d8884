#include "tests/bench/peers/raw_rocks.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace trede::bench {

namespace {

void must(const rocksdb::Status& status) {
  if (!status.ok()) throw std::runtime_error("RocksDB: " + status.ToString());
}

std::array<char, 8> key_of(std::uint64_t number) {
  std::array<char, 8> key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    key[i] = static_cast<char>(number >> (56 - 8 * i));
  }
  return key;
}

rocksdb::Slice slice(const std::array<char, 8>& key) { return {key.data(), key.size()}; }

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }

rocksdb::WriteOptions synced() {
  rocksdb::WriteOptions options;
  options.sync = true;
  return options;
}

// A queue in front of the one thread that writes.
class OneWriter {
 public:
  explicit OneWriter(rocksdb::DB& db)
      : db_(db), thread_([this](const std::stop_token& stop) { write_until(stop); }) {}

  // Returns when `value` is on disk.
  void put(std::string_view value) {
    std::uint64_t batch = 0;
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(value);
      batch = filling_;
    }
    come_.notify_one();
    for (std::uint64_t done = 0; (done = done_.load()) < batch;) done_.wait(done);
  }

 private:
  void write_until(const std::stop_token& stop) {
    std::vector<std::string_view> taken;
    rocksdb::WriteBatch batch;
    while (true) {
      {
        std::unique_lock lock(mutex_);
        if (!come_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
        taken.swap(waiting_);
        ++filling_;
      }
      for (const std::string_view value : taken)
        must(batch.Put(slice(key_of(next_++)), slice(value)));
      must(db_.Write(synced(), &batch));
      batch.Clear();
      taken.clear();
      ++done_;
      done_.notify_all();
    }
  }

  rocksdb::DB& db_;
  std::mutex mutex_;
  std::condition_variable_any come_;
  std::vector<std::string_view> waiting_;
  std::uint64_t filling_ = 1;  // the number of the batch that what comes now will be in
  std::uint64_t next_ = 1;
  std::atomic<std::uint64_t> done_{0};  // batches on disk
  std::jthread thread_;
};

}  // namespace

struct RawRocks::Impl {
  std::unique_ptr<rocksdb::DB> db;
  std::atomic<std::uint64_t> next{1};
};

RawRocks::RawRocks(const std::filesystem::path& folder) : impl_(std::make_unique<Impl>()) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.error_if_exists = true;
  rocksdb::DB* db = nullptr;
  must(rocksdb::DB::Open(options, folder.string(), &db));
  impl_->db.reset(db);
}

RawRocks::~RawRocks() = default;

void RawRocks::put_in_own_groups(std::span<const Values> callers) {
  std::vector<std::jthread> threads;
  for (const Values& values : callers) {
    threads.emplace_back([this, &values] {
      for (const std::string& value : values) {
        must(impl_->db->Put(synced(), slice(key_of(impl_->next++)), value));
      }
    });
  }
}

void RawRocks::put_through_one_writer(std::span<const Values> callers) {
  OneWriter writer(*impl_->db);
  std::vector<std::jthread> threads;
  for (const Values& values : callers) {
    threads.emplace_back([&writer, &values] {
      for (const std::string& value : values) writer.put(value);
    });
  }
}

void RawRocks::put_batched(const StoredEvents& events) {
  constexpr std::size_t kBatch = 256;
  rocksdb::WriteBatch batch;
  std::size_t count = 0;
  events.for_each([&](std::string_view stored) {
    must(batch.Put(slice(key_of(impl_->next++)), slice(stored)));
    if (++count % kBatch != 0) return;
    must(impl_->db->Write({}, &batch));
    batch.Clear();
  });
  must(impl_->db->Write(synced(), &batch));
}

void RawRocks::compact() {
  must(impl_->db->Flush({}));
  must(impl_->db->CompactRange({}, nullptr, nullptr));
}

void RawRocks::scan(const std::function<void(std::string_view)>& visit) const {
  const std::unique_ptr<rocksdb::Iterator> at(impl_->db->NewIterator({}));
  for (at->SeekToFirst(); at->Valid(); at->Next()) {
    visit({at->value().data(), at->value().size()});
  }
  must(at->status());
}

}  // namespace trede::bench
