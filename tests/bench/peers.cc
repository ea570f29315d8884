#include "tests/bench/peers.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <atomic>
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

void RawRocks::put_synced(std::span<const Values> callers) {
  std::vector<std::jthread> threads;
  for (const Values& values : callers) {
    threads.emplace_back([this, &values] {
      rocksdb::WriteOptions synced;
      synced.sync = true;
      for (const std::string& value : values) {
        const auto key = key_of(impl_->next++);
        must(impl_->db->Put(synced, slice(key), value));
      }
    });
  }
}

void RawRocks::put_batched(const Values& values) {
  constexpr std::size_t kBatch = 256;
  rocksdb::WriteBatch batch;
  std::size_t count = 0;
  for (const std::string& value : values) {
    must(batch.Put(slice(key_of(impl_->next++)), value));
    if (++count % kBatch == 0) {
      must(impl_->db->Write({}, &batch));
      batch.Clear();
    }
  }
  rocksdb::WriteOptions synced;
  synced.sync = true;
  must(impl_->db->Write(synced, &batch));
}

std::size_t RawRocks::scan() const {
  std::size_t bytes = 0;
  const std::unique_ptr<rocksdb::Iterator> at(impl_->db->NewIterator({}));
  for (at->SeekToFirst(); at->Valid(); at->Next()) bytes += at->value().size();
  must(at->status());
  return bytes;
}

}  // namespace trede::bench
