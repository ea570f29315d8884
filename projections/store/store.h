// The projections on disk: a RocksDB of its own, one column family per generation. A cache: it can
// be built anew from the log at any time, and is, whenever anything about it is not as it must be.
//
// Invariants
//  1. Rows, the cells and strings they use, and the position they stand on are written in one batch
//     and in one column family, so that what is on disk is always the whole of some position.
//  2. Per table the number of rows and a sum over them are kept, and over all tables in the head:
//     a store from which something is missing, or in which something changed, is noticed.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/ledger/sha256.h"
#include "projections/cube/cube.h"
#include "projections/cube/dictionary.h"

namespace trede {

// Raised when facts change in a way that the schema's text does not show.
inline constexpr int kDefinition = 1;
// What stored rows depend on: kDefinition and the schema.
Hash definition_hash();

// Where a generation stands.
struct StoreHead {
  Position position;
  Hash event{};         // leaf hash of the event at `position`; zero for the empty log
  std::string stopped;  // why it makes no progress
};

// Rows per table.
using TableRows = std::array<std::vector<Row>, kTableCount>;
using CellIndexes = std::array<const CellIndex*, kTableCount>;

// One generation. Owner: shared by those who read it. Threads: reading any, writing one.
class StoredGeneration {
 public:
  virtual ~StoredGeneration() = default;

  virtual std::uint64_t number() const = 0;
  virtual StoreHead head() const = 0;
  // Whether something that was loaded could not be read, or was not what was written.
  virtual bool is_damaged() const = 0;

  virtual std::uint64_t row_count(Table table) const = 0;
  // Errors (all three): kCorrupt when what is stored is not what was written; kIo.
  virtual Status load_strings(Dictionary& dictionary) const = 0;
  virtual Status load_cells(Table table, CellIndex& cells) const = 0;
  virtual Status load_rows(Table table, const std::function<void(const Row&)>& visit) const = 0;

  // Writes rows, the cells and strings that are not stored yet, and the head, in one batch.
  // `cells` may be null for tables without rows. Errors: kIo; nothing is written.
  virtual Status write(const TableRows& rows, const CellIndexes& cells,
                       const Dictionary& dictionary, const StoreHead& head) = 0;
  // The same without a head and not as one batch: for a generation that nobody reads yet, which
  // stands on nothing until the next `write`. Rows come in any order. Threads: any.
  virtual Status write_part(const TableRows& rows) = 0;
  // Waits until everything written is on disk; `flush` also what `write_part` wrote.
  virtual Status sync() = 0;
  virtual Status flush() = 0;
};

// Of which log.
struct StoreOptions {
  std::filesystem::path path;
  Uuid log_identity;
};

// Threads: one at a time; its generations may outlive it.
class ProjectionStore {
 public:
  // Opens the store for the one process that writes the folder. One that cannot be read, or whose
  // current generation is of another definition or log, is made anew, empty.
  // Errors: kIo, kLocked.
  static Result<std::unique_ptr<ProjectionStore>> open_write(const StoreOptions& options);
  // Opens it as it stands, beside the writer, and writes nothing.
  // Errors: kNotFound  there is none, or of another definition or log;  kCorrupt;  kIo.
  static Result<std::unique_ptr<ProjectionStore>> open_read(const StoreOptions& options);

  virtual ~ProjectionStore() = default;

  virtual std::shared_ptr<StoredGeneration> current() const = 0;
  // A new generation, empty, that nobody reads until it takes over. What an earlier one left is
  // dropped.
  virtual Result<std::shared_ptr<StoredGeneration>> begin_generation() = 0;
  // Makes `generation` the current one in one step and drops the one before.
  virtual Status take_over(const std::shared_ptr<StoredGeneration>& generation) = 0;
  // Reads every byte against its checksum. Errors: kCorrupt, kIo.
  virtual Status verify_checksums() const = 0;
};

}  // namespace trede
