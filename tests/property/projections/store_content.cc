#include "tests/property/projections/store_content.h"

#include <algorithm>
#include <stdexcept>

#include "projections/answers/rows.h"

namespace trede::test {

namespace {

void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().message);
}

// The dimension at place `at` of a cell; absent for what is no dimension.
const Dim* dim_at(const TableInfo& info, std::size_t at) {
  const std::size_t size = info.dims.size();
  if (at < size) return &info.dims[at];
  if (!info.stroom) return nullptr;
  if (at < 2 * size) return &info.dims[at - size];
  const std::size_t moment = at - 2 * size;
  return moment < info.moment_dims.size() ? &info.moment_dims[moment] : nullptr;
}

std::string cell_text(const TableInfo& info, const Cell& cell, const Dictionary& dictionary) {
  std::string out;
  for (std::size_t at = 0; at < info.cell_size(); ++at) {
    const Dim* dim = dim_at(info, at);
    const bool words = dim != nullptr && info_of(*dim).form != DimForm::kSet;
    out += " " + (words ? text_of(*dim, cell[at], dictionary) : std::to_string(cell[at]));
  }
  return out;
}

}  // namespace

std::vector<std::string> content_of(const StoredGeneration& stored) {
  Dictionary dictionary;
  must(stored.load_strings(dictionary));
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const auto table = static_cast<Table>(i);
    const TableInfo& info = info_of(table);
    CellIndex cells;
    must(stored.load_cells(table, cells));
    must(stored.load_rows(table, [&](const Row& row) {
      std::string line = info.name + cell_text(info, cells.at(row.cell), dictionary) + " @" +
                         std::to_string(row.change.position.value) + " day " +
                         std::to_string(row.change.day) + ":";
      for (std::size_t weight = 0; weight < info.weights; ++weight) {
        line += " " + std::to_string(row.change.weights[weight]);
      }
      out.push_back(std::move(line));
    }));
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace trede::test
