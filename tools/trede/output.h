// Standard output and error: buffered, and sure to notice what could not be written.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace trede::tool {

// Text on its way to a file descriptor that somebody else owns. Threads: one.
// Invariant: after a failed write nothing more is written, and `flush` reports the failure.
class Output {
 public:
  explicit Output(int descriptor) : descriptor_(descriptor) {}
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void write(std::string_view text);
  // Text and a line feed.
  void line(std::string_view text);
  // Errors: kIo when anything since the beginning was not taken (a full disk, a closed pipe).
  Status flush();
  bool is_terminal() const;
  // Long work should stop: nobody will get what it makes.
  bool failed() const { return failed_ != 0; }
  // The reader of a pipe went away: no reason to say anything, and nobody to say it to.
  bool reader_left() const { return reader_left_; }

 private:
  int descriptor_;
  std::string buffer_;
  int failed_ = 0;  // errno of the first failed write
  bool reader_left_ = false;
};

}  // namespace trede::tool
