#include "projections/worker/verify.h"

#include <algorithm>
#include <deque>

#include "projections/answers/rows.h"
#include "projections/store/packing.h"

namespace trede {

namespace {

std::string numbers(const Weights& weights, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += (i == 0 ? "" : " / ") + std::to_string(weights[i]);
  return out;
}

// The code as written, as far as it can be.
std::string safe_text(Dim dim, Code code, const Dictionary& dictionary) {
  bool known = false;
  switch (info_of(dim).form) {
    case DimForm::kString: known = code <= dictionary.size(); break;
    case DimForm::kSet: break;  // its bits
    case DimForm::kCodes: known = has_code(dim, code); break;
  }
  return known ? text_of(dim, code, dictionary) : "#" + std::to_string(code);
}

}  // namespace

void StoreCheck::Tally::add(const Tally& other) {
  deltas += other.deltas;
  mark += other.mark;
  for (std::size_t i = 0; i < kMaxWeights; ++i) sum[i] += other.sum[i];
}

void StoreCheck::count(Tally& tally, const SeriesDelta& delta) {
  ++tally.deltas;
  tally.mark += row_mark({0, delta});
  for (std::size_t i = 0; i < kMaxWeights; ++i) tally.sum[i] += delta.weights[i];
}

Status StoreCheck::read_table(const StoredGeneration& stored, Table table) {
  CellIndex cells;
  TREDE_RETURN_IF_ERROR(stored.load_cells(table, cells));
  Cells& tallies = tables_[static_cast<std::size_t>(table)];
  return stored.load_rows(
      table, [&](const Row& row) { count(tallies[cells.at(row.cell)].stored, row.change); });
}

void StoreCheck::read(const StoredGeneration& stored) {
  position_ = stored.head().position;
  const Status strings = stored.load_strings(dictionary_);
  if (!strings) {
    damaged_.push_back(strings.error().message);
    return;
  }
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const Status status = read_table(stored, static_cast<Table>(i));
    readable_[i] = status.has_value();
    if (!status) damaged_.push_back(status.error().message);
  }
}

Status StoreCheck::refold(const EventStore& log, const ProjectProgress& progress) {
  std::deque<Tables> found(project_threads());  // by thread
  std::vector<DeltaSink> sinks;
  for (Tables& tables : found) {
    sinks.emplace_back([&tables](const Delta& delta) {
      Cells& tallies = tables[static_cast<std::size_t>(delta.table)];
      count(tallies[delta.cell].refolded, delta.change);
    });
  }
  TREDE_RETURN_IF_ERROR(project_all(log, position_, dictionary_, sinks, {.progress = progress}));
  for (const Tables& tables : found) {
    for (std::size_t i = 0; i < kTableCount; ++i) {
      for (const auto& [cell, pair] : tables[i]) tables_[i][cell].refolded.add(pair.refolded);
    }
  }
  return {};
}

std::string StoreCheck::describe(Table table, const Cell& cell) const {
  const TableInfo& info = info_of(table);
  std::string out = "projections: " + info.name;
  for (std::size_t i = 0; i < info.cell_size(); ++i) {
    const std::size_t size = info.dims.size();
    const std::size_t moment = i - 2 * size;
    if (!info.stroom || i < 2 * size) {
      out += i == 0 ? ", " : (info.stroom && i == size ? " -> " : " ");
      out += info_of(info.dims[i % size]).name + "=" +
             safe_text(info.dims[i % size], cell[i], dictionary_);
    } else if (moment < info.moment_dims.size()) {
      const Dim dim = info.moment_dims[moment];
      out += " " + info_of(dim).name + "=" + safe_text(dim, cell[i], dictionary_);
    }
  }
  return out;
}

std::vector<std::string> StoreCheck::findings() const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const auto table = static_cast<Table>(i);
    if (!readable_[i]) continue;
    const std::size_t weights = info_of(table).weights;
    for (const auto& [cell, pair] : tables_[i]) {
      if (pair.stored == pair.refolded) continue;
      out.push_back(describe(table, cell) + ": stored " + std::to_string(pair.stored.deltas) +
                    " deltas adding up to " + numbers(pair.stored.sum, weights) +
                    ", a refold of the log has " + std::to_string(pair.refolded.deltas) +
                    " adding up to " + numbers(pair.refolded.sum, weights));
    }
  }
  std::ranges::sort(out);
  out.insert(out.begin(), damaged_.begin(), damaged_.end());
  if (out.size() > kStoreFindingsMax) {
    const std::size_t more = out.size() - kStoreFindingsMax;
    out.resize(kStoreFindingsMax);
    out.push_back("projections: and " + std::to_string(more) + " more");
  }
  return out;
}

}  // namespace trede
