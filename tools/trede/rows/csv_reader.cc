#include "tools/trede/rows/csv_reader.h"

#include <algorithm>
#include <utility>

namespace trede::tool {

namespace {

constexpr std::size_t kChunkBytes = 1024 * 1024;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The first `,` or `;` outside quotes on the first line.
char find_separator(std::string_view text) {
  bool in_quotes = false;
  for (const char c : text) {
    if (c == '"') in_quotes = !in_quotes;
    if (in_quotes) continue;
    if (c == ',' || c == ';') return c;
    if (c == '\n') break;
  }
  return ',';
}

std::string undoubled(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    out.push_back(text[i]);
    if (text[i] == '"') ++i;  // the second of the pair
  }
  return out;
}

}  // namespace

// Makes room in front and appends a chunk. Returns: false when there was nothing more.
Result<bool> CsvReader::fill() {
  buffer_.erase(0, begin_);
  begin_ = 0;
  const auto got = file_.read(buffer_, kChunkBytes);
  if (!got) return std::unexpected(got.error());
  all_read_ = *got == 0;
  return !all_read_;
}

Status CsvReader::start() {
  started_ = true;
  while (buffer_.size() < kChunkBytes && !all_read_) {
    const auto more = fill();
    if (!more) return std::unexpected(more.error());
  }
  if (buffer_.starts_with(kByteOrderMark)) buffer_.erase(0, kByteOrderMark.size());
  separator_ = find_separator(buffer_);
  for (const char c : {separator_, '"', '\r', '\n', '\0'}) {
    is_special_[static_cast<unsigned char>(c)] = true;
  }
  return {};
}

Result<CsvReader::Next> CsvReader::next() {
  if (!started_) TREDE_RETURN_IF_ERROR(start());
  if (stopped_) return Next::kEnd;
  line_ = next_line_;
  while (true) {
    if (begin_ == buffer_.size() && all_read_) return Next::kEnd;
    if (begin_ < buffer_.size() && scan_row() == Scan::kRow) break;
    if (buffer_.size() - begin_ >= kRowBytes) {
      flaw("a row of more than 8 MiB, expected a closing quote or a line feed before");
      stopped_ = true;
      return Next::kBadRow;
    }
    const auto more = fill();
    if (!more) return std::unexpected(more.error());
  }
  const auto row = std::string_view(buffer_).substr(begin_, at_ - begin_);
  next_line_ += static_cast<std::size_t>(std::ranges::count(row, '\n'));
  begin_ = at_;
  return problem_.empty() ? Next::kRow : Next::kBadRow;
}

// Reads the row at `begin_` up to and including its line ending.
CsvReader::Scan CsvReader::scan_row() {
  cells_.clear();
  unescaped_.clear();
  problem_.clear();
  at_ = begin_;
  if (take_plain_cells()) return Scan::kRow;
  for (bool row_ends = false; !row_ends;) {
    const bool quoted = at_ < buffer_.size() && buffer_[at_] == '"';
    const bool done = (quoted ? scan_quoted() : scan_plain()) && at_cell_end(row_ends);
    if (!done) return Scan::kNeedsMore;
  }
  return Scan::kRow;
}

// Takes the plain cells with which the row begins, in most files all of them, in one pass.
// Returns: whether the row is read; else the next cell needs a closer look.
bool CsvReader::take_plain_cells() {
  const char* const begin = buffer_.data();
  const char* const end = begin + buffer_.size();
  const char* cell = begin + at_;
  for (const char* at = cell; at != end; ++at) {
    if (!is_special_[static_cast<unsigned char>(*at)]) continue;
    if (*at != separator_ && *at != '\n') break;
    cells_.emplace_back(cell, at);
    cell = at + 1;
    if (*at != '\n') continue;
    at_ = static_cast<std::size_t>(cell - begin);
    return true;
  }
  at_ = static_cast<std::size_t>(cell - begin);
  return false;
}

bool CsvReader::scan_quoted() {
  const std::size_t first = at_ + 1;
  bool doubled = false;
  std::size_t close = buffer_.find('"', first);
  while (close != std::string::npos && close + 1 < buffer_.size() && buffer_[close + 1] == '"') {
    doubled = true;
    close = buffer_.find('"', close + 2);
  }
  if (close == std::string::npos || (close + 1 == buffer_.size() && !all_read_)) {
    if (!all_read_) return false;
    if (close == std::string::npos) {
      flaw("a quote that is never closed, expected a closing quote");
      close = buffer_.size();
    }
  }
  const auto text = std::string_view(buffer_).substr(first, close - first);
  if (text.contains('\0')) flaw("a NUL, expected text");
  if (doubled && problem_.empty()) {
    cells_.push_back(unescaped_.emplace_back(undoubled(text)));
  } else {
    cells_.push_back(text);
  }
  at_ = std::min(close + 1, buffer_.size());
  return true;
}

bool CsvReader::scan_plain() {
  const std::size_t first = at_;
  for (; at_ < buffer_.size(); ++at_) {
    const char c = buffer_[at_];
    if (c == separator_ || c == '\n' || c == '\r') break;
    if (c == '"') flaw("a quote inside a cell, expected the whole cell in quotes");
    if (c == '\0') flaw("a NUL, expected text");
  }
  if (at_ == buffer_.size() && !all_read_) return false;
  cells_.push_back(std::string_view(buffer_).substr(first, at_ - first));
  return true;
}

// Steps over the separator or the line ending behind a cell.
bool CsvReader::at_cell_end(bool& row_ends) {
  row_ends = at_ == buffer_.size();
  if (row_ends) return all_read_;
  if (buffer_[at_] == separator_) {
    ++at_;
    return true;
  }
  row_ends = true;
  if (buffer_[at_] == '\r') {
    if (at_ + 1 == buffer_.size() && !all_read_) return false;
    if (at_ + 1 == buffer_.size() || buffer_[at_ + 1] != '\n') {
      return skip_line("a carriage return without a line feed, expected both or a line feed");
    }
    ++at_;
  }
  if (buffer_[at_] != '\n') {
    return skip_line("text after a closing quote, expected a separator or the end of the line");
  }
  ++at_;
  return true;
}

// Gives the row up, to go on at the next line.
bool CsvReader::skip_line(std::string problem) {
  if (problem_.empty()) {
    flaw(std::move(problem));
    problem_cell_ = cells_.size() - 1;  // the cell was taken already
  }
  const std::size_t feed = buffer_.find('\n', at_);
  if (feed == std::string::npos && !all_read_) return false;
  at_ = feed == std::string::npos ? buffer_.size() : feed + 1;
  return true;
}

void CsvReader::flaw(std::string problem) {
  if (!problem_.empty()) return;  // the first is what a person has to put right
  problem_ = std::move(problem);
  problem_cell_ = cells_.size();
}

}  // namespace trede::tool
