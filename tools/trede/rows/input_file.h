// A file of the caller, read once from beginning to end; may be a pipe.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "tools/trede/failure.h"

namespace trede::tool {

// Threads: one.
class InputFile {
 public:
  // Errors: exit status 2 when `path` cannot be read.
  static Outcome<InputFile> open(const std::string& path);

  // Of bytes that are there already, which must outlive it; `name` is what messages call it.
  static Outcome<InputFile> over(std::string_view bytes, std::string name);

  const std::string& path() const { return path_; }
  // The first bytes, at most 64, which `read` gives again.
  Result<std::string_view> peek();
  // Appends at most `limit` bytes to `buffer`. Returns: how many; 0 at the end.
  Result<std::size_t> read(std::string& buffer, std::size_t limit);
  // Both in bytes; the size is 0 when it is not known.
  std::uint64_t taken() const { return taken_; }
  std::uint64_t size() const { return size_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::string peeked_;
  std::uint64_t taken_ = 0;
  std::uint64_t size_ = 0;
};

}  // namespace trede::tool
