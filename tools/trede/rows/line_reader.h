// Reads lines of text without holding the file in memory.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/trede/rows/input_file.h"

namespace trede::tool {

// Threads: one. `file` must outlive it. A UTF-8 byte order mark is passed over.
// Limits: a line has at most kLineBytes: an event may hold 4 MiB, which stand in it twice as
// base64.
class LineReader {
 public:
  static constexpr std::size_t kLineBytes = 16 * 1024 * 1024;

  explicit LineReader(InputFile& file) : file_(file) {}

  // The next line without its line ending, valid until the next call; nothing at the end.
  // Errors: kIo;  kInvalid  the line is longer than the limit.
  Result<std::optional<std::string_view>> next();
  // The number of the line that `next` gave; the first is 1.
  std::size_t number() const { return number_; }

 private:
  InputFile& file_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t number_ = 0;
  bool all_read_ = false;
};

}  // namespace trede::tool
