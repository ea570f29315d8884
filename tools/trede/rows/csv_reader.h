// Reads CSV as RFC 4180 has it, row by row, without holding the file in memory.
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "tools/trede/rows/input_file.h"

namespace trede::tool {

// Owner: the importer. `file` must outlive it. Threads: one.
//
// The separator is the first `,` or `;` outside quotes in the header; without one, `,`. A UTF-8
// byte order mark is passed over. Lines end in LF or CRLF; the last one may lack it. A row that is
// not CSV is handed out as a bad one, and reading goes on at the next line. Limits: a row has at
// most kRowBytes, so that the longest attribute (4 MiB, as base64) fits; beyond it reading stops.
class CsvReader {
 public:
  static constexpr std::size_t kRowBytes = 8 * 1024 * 1024;

  enum class Next { kRow, kBadRow, kEnd };

  explicit CsvReader(InputFile& file) : file_(file) {}

  // Reads the next row; the header is the first. Errors: kIo.
  Result<Next> next();

  // The cells of the row, quotes resolved. Valid until the next call of `next`.
  const std::vector<std::string_view>& cells() const { return cells_; }
  // The physical line on which the row begins; the first is 1.
  std::size_t line() const { return line_; }
  // What is wrong with a bad row, and in which cell (from 0).
  const std::string& problem() const { return problem_; }
  std::size_t problem_cell() const { return problem_cell_; }
  char separator() const { return separator_; }

 private:
  enum class Scan { kRow, kNeedsMore };

  Result<bool> fill();
  Status start();
  Scan scan_row();
  bool take_plain_cells();
  // Both give false when the buffer ends too early to tell.
  bool scan_quoted();
  bool scan_plain();
  bool at_cell_end(bool& row_ends);
  bool skip_line(std::string problem);
  void flaw(std::string problem);

  InputFile& file_;
  std::string buffer_;
  std::size_t begin_ = 0;  // of the row
  std::size_t at_ = 0;     // of the scan
  bool all_read_ = false;
  bool started_ = false;
  bool stopped_ = false;
  char separator_ = ',';

  // Of each character whether a plain cell may end in front of it, or is none with it.
  std::array<bool, 256> is_special_{};

  std::size_t line_ = 1;
  std::size_t next_line_ = 1;
  std::vector<std::string_view> cells_;
  std::deque<std::string> unescaped_;  // cells with doubled quotes
  std::string problem_;
  std::size_t problem_cell_ = 0;
};

}  // namespace trede::tool
