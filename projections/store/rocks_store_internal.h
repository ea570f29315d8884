// The store's RocksDB, shared by the store and its generations. Of this room only.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "projections/store/store.h"
#include "proto/storage.pb.h"

namespace trede {

// Owner: shared by the store and its generations, so that one that was dropped stays readable for
// who still reads it. Threads: any.
class ProjectionDb {
 public:
  ProjectionDb(rocksdb::DB* db, bool writable) : db_(db), writable_(writable) {}
  rocksdb::DB& operator*() const { return *db_; }
  rocksdb::DB* operator->() const { return db_.get(); }
  bool writable() const { return writable_; }

 private:
  std::unique_ptr<rocksdb::DB> db_;
  bool writable_;
};

class RocksGeneration final : public StoredGeneration {
 public:
  // Takes `family` over. `log` and the definition go into every head.
  RocksGeneration(std::shared_ptr<ProjectionDb> db, rocksdb::ColumnFamilyHandle* family,
                  const Uuid& log);
  ~RocksGeneration() override;

  // Reads the head and the states of the tables, and holds them against each other.
  // Returns: false when the generation is of another definition or log.
  // Errors: kCorrupt, kIo.
  Result<bool> load_head();

  std::uint64_t number() const override;
  StoreHead head() const override;
  bool is_damaged() const override { return damaged_; }
  std::uint64_t row_count(Table table) const override { return state_of(table).rows(); }
  Status load_strings(Dictionary& dictionary) const override;
  Status load_cells(Table table, CellIndex& cells) const override;
  Status load_rows(Table table, const std::function<void(const Row&)>& visit) const override;
  Status write(const TableRows& rows, const CellIndexes& cells, const Dictionary& dictionary,
               const StoreHead& head) override;
  Status write_part(const TableRows& rows) override;
  Status sync() override;
  Status flush() override;

  rocksdb::ColumnFamilyHandle* family() const { return family_.get(); }
  const std::string& family_name() const { return family_->GetName(); }

 private:
  struct FamilyCloser {
    rocksdb::DB* db;
    void operator()(rocksdb::ColumnFamilyHandle* family) const;
  };
  struct States {
    StoreHead head;
    std::array<pb::ProjectionTable, kTableCount> tables;
    std::uint32_t strings = 0;
    std::uint64_t strings_mark = 0;
  };

  void put_rows(rocksdb::WriteBatch& batch, const TableRows& rows, States& states) const;
  void put_cells(rocksdb::WriteBatch& batch, const CellIndexes& cells, States& states) const;
  void put_strings(rocksdb::WriteBatch& batch, const Dictionary& dictionary, States& states) const;
  void put_head(rocksdb::WriteBatch& batch, const States& states) const;
  Status commit(rocksdb::WriteBatch& batch, bool with_log);
  Status check_strings(Dictionary& dictionary) const;
  Status check_cells(Table table, CellIndex& cells) const;
  Status check_rows(Table table, const std::function<void(const Row&)>& visit) const;
  // Remembers that there was trouble.
  Status noted(Status status) const;
  pb::ProjectionTable state_of(Table table) const;
  using EntryVisitor = std::function<Status(std::string_view key, std::string_view value)>;
  Status scan(const std::string& prefix, const EntryVisitor& visit) const;

  std::shared_ptr<ProjectionDb> db_;
  std::unique_ptr<rocksdb::ColumnFamilyHandle, FamilyCloser> family_;
  Uuid log_;
  mutable std::mutex mutex_;  // over the states and `failed_`
  States states_;
  bool failed_ = false;  // the last write did
  mutable std::atomic<bool> damaged_ = false;
};

// Column families of this form hold a generation: `g1`, `g2`, ...
std::string family_name(std::uint64_t generation);
rocksdb::ColumnFamilyOptions projection_family();

// `what` names what was done. Requires: !status.ok().
Error store_error(const rocksdb::Status& status, std::string_view what);

}  // namespace trede
