// Rows and cells as stored bytes. README.md, storage format, has a worked example.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "projections/cube/cube.h"

namespace trede {

// A run: `rows` of one table with days in one month. Runs may stand behind each other in one value.
// Requires: at least one row; in order of position.
std::string encode_run(std::span<const Row> rows, std::size_t weights);

// Hands the rows of all runs in `stored` to `visit`, in their order.
// Errors: kCorrupt.
struct RunKind {
  int month;
  std::size_t weights;
};
Status decode_runs(std::string_view stored, const RunKind& kind,
                   const std::function<void(const Row&)>& visit);

// Adds a cell, of which `size` places are in use, behind those in `stored`.
void append_cell(const Cell& cell, std::size_t size, std::string& stored);
// Hands the cells in `stored` to `visit`, in their order. Errors: kCorrupt, and those of `visit`.
Status decode_cells(std::string_view stored, std::size_t size,
                    const std::function<Status(const Cell&)>& visit);

// Numbers for a row, a cell and a string such that others have other numbers (but for chance). They
// are added up over all that is stored: the sum tells whether it is all there, in any order.
std::uint64_t row_mark(const Row& row);
std::uint64_t cell_mark(Code number, const Cell& cell);
std::uint64_t string_mark(Code number, std::string_view text);

}  // namespace trede
