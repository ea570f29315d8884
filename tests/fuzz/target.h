// What the targets have in common. Each is one file with one LLVMFuzzerTestOneInput: bytes from
// outside go in, and whatever they are, nothing may break; where what came out can be written
// again, it has to come back the same.
#pragma once

#include <google/protobuf/stubs/logging.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/base/result.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace trede::test {

// As the program has it; else it fills the screen.
inline const bool kProtobufIsQuiet = (google::protobuf::SetLogHandler(nullptr), true);

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Ends the program where `holds` is false: for a fuzzer that is a crash.
inline void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

// An error is one line that says something.
template <typename T>
bool good(const Result<T>& result) {
  if (!result) {
    must(!result.error().message.empty(), "an error says something");
    must(result.error().message.find('\n') == std::string::npos, "an error is one line");
  }
  return result.has_value();
}

// Bytes as a file that can be opened by its path, in memory.
class FileInMemory {
 public:
  explicit FileInMemory(std::string_view bytes) : descriptor_(::memfd_create("fuzz", MFD_CLOEXEC)) {
    must(descriptor_ >= 0, "memfd_create");
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    must(written == static_cast<ssize_t>(bytes.size()), "write");
  }
  ~FileInMemory() { ::close(descriptor_); }
  FileInMemory(const FileInMemory&) = delete;
  FileInMemory& operator=(const FileInMemory&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace trede::test
