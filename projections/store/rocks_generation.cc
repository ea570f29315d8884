#include <rocksdb/write_batch.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <span>
#include <utility>

#include "engine/base/check.h"
#include "projections/cube/calendar.h"
#include "projections/store/packing.h"
#include "projections/store/rocks_store_internal.h"

namespace trede {

namespace {

// Keys: what it is, the table, and a number, high byte first.
constexpr char kHeadKey = 'h';
constexpr char kTableKey = 't';
constexpr char kStringKey = 's';
constexpr char kCellKey = 'c';
constexpr char kRunKey = 'r';

// The most cells of one key: a rebuild has hundreds of thousands, and a key of its own for each
// would cost more than the cell.
constexpr Code kCellsTogether = 256;

void put_number(std::string& key, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) key.push_back(static_cast<char>(number >> shift));
}

std::uint32_t number_at_end(std::string_view key) {
  std::uint32_t number = 0;
  for (const char byte : key.substr(key.size() - 4)) {
    number = (number << 8) | static_cast<std::uint8_t>(byte);
  }
  return number;
}

std::string table_prefix(char kind, Table table) {
  return {kind, static_cast<char>(std::to_underlying(table))};
}

std::string numbered_key(std::string prefix, std::uint32_t number) {
  put_number(prefix, number);
  return prefix;
}

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

Error damaged(const std::string& what) {
  return {ErrorCode::kCorrupt, "projections: " + what + "; rebuild them"};
}

// One number over the states of all tables, so that a head fits its tables only.
std::uint64_t mark_of(const std::array<pb::ProjectionTable, kTableCount>& tables) {
  std::uint64_t mark = 0;
  for (const auto& table : tables) {
    for (const std::uint64_t part :
         {table.rows(), table.mark(), std::uint64_t{table.cells()}, table.cells_mark()}) {
      mark = (mark ^ part) * 0x9E3779B97F4A7C15u;
      mark ^= mark >> 29;
    }
  }
  return mark;
}

// A position and the place of a row as one number: so they are sorted as plain numbers, which takes
// half the time.
constexpr int kRowBits = 24;
constexpr std::size_t kMostRows = std::size_t{1} << kRowBits;
static_assert(Series::kPositionMax <= ~std::uint64_t{0} >> kRowBits);

// Appends the rows of one table to its runs, month by month, in each in order of position.
void put_runs(rocksdb::WriteBatch& batch, rocksdb::ColumnFamilyHandle* family, Table table,
              std::span<const Row> rows) {
  std::vector<std::uint32_t> months;  // by row
  months.reserve(rows.size());
  for (const Row& row : rows) {
    months.push_back(static_cast<std::uint32_t>(month_number(row.change.day)));
  }
  // Each row to its month first: rows are many and months few, so that little is left to sort.
  const auto [first, last] = std::ranges::minmax(months);
  std::vector<std::size_t> ends(last - first + 1);
  for (const std::uint32_t month : months) ++ends[month - first];
  std::inclusive_scan(ends.begin(), ends.end(), ends.begin());
  std::vector<std::size_t> begins = ends;
  std::vector<std::uint64_t> places(rows.size());
  for (std::size_t i = rows.size(); i > 0; --i) {
    places[--begins[months[i - 1] - first]] =
        rows[i - 1].change.position.value << kRowBits | (i - 1);
  }
  std::vector<Row> run;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (begins[i] == ends[i]) continue;
    const auto of_month = std::span(places).subspan(begins[i], ends[i] - begins[i]);
    std::ranges::sort(of_month);
    run.clear();
    for (const std::uint64_t place : of_month) run.push_back(rows[place % kMostRows]);
    batch.Merge(family,
                numbered_key(table_prefix(kRunKey, table), first + static_cast<std::uint32_t>(i)),
                encode_run(run, info_of(table).weights));
  }
}

}  // namespace

void RocksGeneration::FamilyCloser::operator()(rocksdb::ColumnFamilyHandle* family) const {
  db->DestroyColumnFamilyHandle(family);  // fails only for the default one, which this is not
}

RocksGeneration::RocksGeneration(std::shared_ptr<ProjectionDb> db,
                                 rocksdb::ColumnFamilyHandle* family, const Uuid& log)
    : db_(std::move(db)), family_(family, FamilyCloser{&**db_}), log_(log) {}

RocksGeneration::~RocksGeneration() = default;

std::uint64_t RocksGeneration::number() const {
  std::uint64_t number = 0;
  const std::string& name = family_->GetName();
  std::from_chars(name.data() + 1, name.data() + name.size(), number);
  return number;
}

StoreHead RocksGeneration::head() const {
  const std::lock_guard lock(mutex_);
  return states_.head;
}

pb::ProjectionTable RocksGeneration::state_of(Table table) const {
  const std::lock_guard lock(mutex_);
  return states_.tables[std::to_underlying(table)];
}

Status RocksGeneration::noted(Status status) const {
  if (!status) damaged_ = true;
  return status;
}

Status RocksGeneration::load_strings(Dictionary& dictionary) const {
  return noted(check_strings(dictionary));
}

Status RocksGeneration::load_cells(Table table, CellIndex& cells) const {
  return noted(check_cells(table, cells));
}

Status RocksGeneration::load_rows(Table table, const std::function<void(const Row&)>& visit) const {
  return noted(check_rows(table, visit));
}

Status RocksGeneration::scan(const std::string& prefix, const EntryVisitor& visit) const {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> entries((*db_)->NewIterator(options, family_.get()));
  for (entries->Seek(prefix); entries->Valid() && entries->key().starts_with(prefix);
       entries->Next()) {
    const rocksdb::Slice key = entries->key();
    const rocksdb::Slice value = entries->value();
    TREDE_RETURN_IF_ERROR(visit({key.data(), key.size()}, {value.data(), value.size()}));
  }
  if (!entries->status().ok()) return store_error(entries->status(), "reading the projections");
  return {};
}

Result<bool> RocksGeneration::load_head() {
  States states;
  std::optional<pb::ProjectionHead> head;
  TREDE_RETURN_IF_ERROR(scan({kHeadKey}, [&head](std::string_view, std::string_view value) {
    head.emplace();
    if (!head->ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      return Status(damaged("the head cannot be read"));
    }
    return Status{};
  }));
  if (!head) return damaged("there is no head");
  const Hash definition = definition_hash();
  if (head->definition() != hash_view(definition) || head->log() != log_.view()) return false;
  TREDE_RETURN_IF_ERROR(scan({kTableKey}, [&states](std::string_view key, std::string_view value) {
    const auto table = static_cast<std::uint8_t>(key.back());
    if (key.size() != 2 || table >= kTableCount ||
        !states.tables[table].ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      return Status(damaged("the state of a table cannot be read"));
    }
    return Status{};
  }));
  states.strings = head->strings();
  states.strings_mark = head->strings_mark();
  states.head.position = Position{head->positie()};
  states.head.stopped = head->stopped();
  if (head->event().size() == states.head.event.size()) {
    std::ranges::copy(head->event(), reinterpret_cast<char*>(states.head.event.data()));
  }
  if (mark_of(states.tables) != head->mark()) {
    return damaged("the head does not fit the tables");
  }
  const std::lock_guard lock(mutex_);
  states_ = std::move(states);
  return true;
}

Status RocksGeneration::check_strings(Dictionary& dictionary) const {
  const auto [expected, expected_mark] = [this] {
    const std::lock_guard lock(mutex_);
    return std::pair(states_.strings, states_.strings_mark);
  }();
  std::uint64_t mark = 0;
  TREDE_RETURN_IF_ERROR(scan({kStringKey}, [&](std::string_view key, std::string_view value) {
    if (key.size() != 5 || dictionary.intern(value) != number_at_end(key)) {
      return Status(damaged("a string is missing"));
    }
    mark += string_mark(number_at_end(key), value);
    return Status{};
  }));
  if (dictionary.size() != expected || mark != expected_mark) {
    return damaged("strings are not what was written");
  }
  return {};
}

Status RocksGeneration::check_cells(Table table, CellIndex& cells) const {
  const pb::ProjectionTable expected = state_of(table);
  std::uint64_t mark = 0;
  TREDE_RETURN_IF_ERROR(
      scan(table_prefix(kCellKey, table), [&](std::string_view key, std::string_view value) {
        Code number = key.size() == 6 ? number_at_end(key) : ~Code{0};
        return decode_cells(value, info_of(table).cell_size(), [&](const Cell& cell) -> Status {
          if (cells.intern(cell) != number) {
            return damaged("a cell of " + info_of(table).name + " is missing");
          }
          mark += cell_mark(number++, cell);
          return {};
        });
      }));
  if (cells.size() != expected.cells() || mark != expected.cells_mark()) {
    return damaged("cells of " + info_of(table).name + " are not what was written");
  }
  return {};
}

Status RocksGeneration::check_rows(Table table,
                                   const std::function<void(const Row&)>& visit) const {
  const pb::ProjectionTable expected = state_of(table);
  pb::ProjectionTable found;
  const TableInfo& info = info_of(table);
  const auto check = [&](const Row& row) {
    found.set_rows(found.rows() + 1);
    found.set_mark(found.mark() + row_mark(row));
    if (row.cell < expected.cells()) visit(row);
  };
  TREDE_RETURN_IF_ERROR(
      scan(table_prefix(kRunKey, table), [&](std::string_view key, std::string_view value) {
        if (key.size() != 6) return Status(damaged("a month of " + info.name + " is misplaced"));
        const RunKind kind{static_cast<int>(number_at_end(key)), info.weights};
        return decode_runs(value, kind, check);
      }));
  if (found.rows() != expected.rows() || found.mark() != expected.mark()) {
    return damaged("rows of " + info.name + " are not what was written");
  }
  return {};
}

void RocksGeneration::put_rows(rocksdb::WriteBatch& batch, const TableRows& rows,
                               States& states) const {
  for (std::size_t i = 0; i < kTableCount; ++i) {
    if (rows[i].empty()) continue;
    pb::ProjectionTable& state = states.tables[i];
    std::uint64_t mark = state.mark();
    for (const Row& row : rows[i]) mark += row_mark(row);
    state.set_mark(mark);
    state.set_rows(state.rows() + rows[i].size());
    for (std::span<const Row> left = rows[i]; !left.empty();) {
      const std::size_t count = std::min(left.size(), kMostRows);
      put_runs(batch, family_.get(), static_cast<Table>(i), left.first(count));
      left = left.subspan(count);
    }
  }
}

void RocksGeneration::put_cells(rocksdb::WriteBatch& batch, const CellIndexes& cells,
                                States& states) const {
  for (std::size_t i = 0; i < kTableCount; ++i) {
    if (cells[i] == nullptr) continue;
    const auto table = static_cast<Table>(i);
    const std::string prefix = table_prefix(kCellKey, table);
    pb::ProjectionTable& state = states.tables[i];
    const auto count = static_cast<Code>(cells[i]->size());
    const std::size_t cell_size = info_of(table).cell_size();
    std::uint64_t mark = state.cells_mark();
    for (Code first = state.cells(); first < count;) {
      const Code end = first + std::min(count - first, kCellsTogether);
      std::string together;
      for (Code number = first; number < end; ++number) {
        mark += cell_mark(number, cells[i]->at(number));
        append_cell(cells[i]->at(number), cell_size, together);
      }
      batch.Put(family_.get(), numbered_key(prefix, first), together);
      first = end;
    }
    state.set_cells_mark(mark);
    state.set_cells(count);
  }
}

void RocksGeneration::put_strings(rocksdb::WriteBatch& batch, const Dictionary& dictionary,
                                  States& states) const {
  const Code count = dictionary.size();
  for (Code code = states.strings + 1; code <= count; ++code) {
    const std::string_view text = dictionary.text(code);
    states.strings_mark += string_mark(code, text);
    batch.Put(family_.get(), numbered_key({kStringKey}, code), slice(text));
  }
  states.strings = count;
}

void RocksGeneration::put_head(rocksdb::WriteBatch& batch, const States& states) const {
  for (std::size_t i = 0; i < kTableCount; ++i) {
    if (states.tables[i].rows() == 0 && states.tables[i].cells() == 0) continue;
    batch.Put(family_.get(), table_prefix(kTableKey, static_cast<Table>(i)),
              states.tables[i].SerializeAsString());
  }
  const Hash definition = definition_hash();
  pb::ProjectionHead head;
  head.set_definition(hash_view(definition).data(), definition.size());
  head.set_log(log_.view().data(), log_.view().size());
  head.set_positie(states.head.position.value);
  head.set_event(hash_view(states.head.event).data(), states.head.event.size());
  head.set_mark(mark_of(states.tables));
  head.set_strings(states.strings);
  head.set_strings_mark(states.strings_mark);
  head.set_stopped(states.head.stopped);
  batch.Put(family_.get(), rocksdb::Slice(&kHeadKey, 1), head.SerializeAsString());
}

Status RocksGeneration::commit(rocksdb::WriteBatch& batch, bool with_log) {
  if (std::exchange(failed_, false)) {
    // The disk was full, perhaps: let RocksDB try again before we do.
    const rocksdb::Status resumed = (*db_)->Resume();
    if (!resumed.ok()) {
      failed_ = true;
      return store_error(resumed, "writing the projections");
    }
  }
  rocksdb::WriteOptions options;
  options.disableWAL = !with_log;
  const rocksdb::Status written = (*db_)->Write(options, &batch);
  if (written.ok()) return {};
  failed_ = true;
  return store_error(written, "writing the projections");
}

Status RocksGeneration::write(const TableRows& rows, const CellIndexes& cells,
                              const Dictionary& dictionary, const StoreHead& head) {
  rocksdb::WriteBatch batch;
  const std::lock_guard lock(mutex_);
  States after = states_;
  after.head = head;
  put_strings(batch, dictionary, after);
  put_cells(batch, cells, after);
  put_rows(batch, rows, after);
  put_head(batch, after);
  TREDE_RETURN_IF_ERROR(commit(batch, true));
  states_ = std::move(after);
  return {};
}

Status RocksGeneration::write_part(const TableRows& rows) {
  // Several threads fill a generation: only the write itself is one after the other.
  rocksdb::WriteBatch batch;
  States added;
  put_rows(batch, rows, added);
  const std::lock_guard lock(mutex_);
  TREDE_RETURN_IF_ERROR(commit(batch, false));
  for (std::size_t i = 0; i < kTableCount; ++i) {
    pb::ProjectionTable& state = states_.tables[i];
    state.set_rows(state.rows() + added.tables[i].rows());
    state.set_mark(state.mark() + added.tables[i].mark());
  }
  return {};
}

Status RocksGeneration::sync() {
  const rocksdb::Status status = (*db_)->SyncWAL();
  if (status.ok()) return {};
  return store_error(status, "writing the projections");
}

Status RocksGeneration::flush() {
  // Parts were written without the write-ahead log, so they must leave memory.
  const rocksdb::Status status = (*db_)->Flush(rocksdb::FlushOptions{}, family_.get());
  if (!status.ok()) return store_error(status, "writing the projections");
  return sync();
}

}  // namespace trede
