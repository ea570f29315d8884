#include "tools/trede/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace trede::tool {

namespace {

constexpr std::size_t kBufferBytes = 64 * 1024;

}  // namespace

Output::~Output() {
  const Status ignored = flush();  // whoever cares has flushed already
  static_cast<void>(ignored);
}

void Output::write(std::string_view text) {
  if (failed_ != 0) return;
  buffer_.append(text);
  if (buffer_.size() < kBufferBytes) return;
  const Status later = flush();  // kept in `failed_`, reported by the last flush
  static_cast<void>(later);
}

void Output::line(std::string_view text) {
  write(text);
  write("\n");
}

bool Output::is_terminal() const { return ::isatty(descriptor_) == 1; }

Status Output::flush() {
  std::string_view rest = buffer_;
  while (failed_ == 0 && !rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      failed_ = errno;
      reader_left_ = failed_ == EPIPE;
    }
  }
  buffer_.clear();
  if (failed_ == 0) return {};
  return Error{ErrorCode::kIo,
               "the output could not be written: " + std::string(strerror(failed_))};
}

}  // namespace trede::tool
