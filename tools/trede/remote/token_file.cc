#include "tools/trede/remote/token_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace trede::tool {

namespace {

constexpr std::size_t kMost = 4096;

class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

Failure bad_file(const std::string& file, const std::string& says) {
  return wrong_input("--token-file: " + file + ": " + says);
}

// What stands between white space.
std::string trimmed(std::string text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

}  // namespace

Outcome<std::string> read_token(const std::string& path) {
  const OpenFile file(path);
  if (file.get() < 0) {
    return bad_file(path, std::string(std::strerror(errno)) + ", expected the file with the token");
  }
  struct stat about {};
  if (::fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode)) {
    return bad_file(path, "not a file, expected the file with the token");
  }
  if ((about.st_mode & (S_IROTH | S_IWOTH)) != 0) {
    return bad_file(path,
                    "open to everybody on this machine, expected a file of its owner or group "
                    "alone (chmod 600)");
  }
  std::array<char, kMost + 1> bytes{};
  const ssize_t got = ::read(file.get(), bytes.data(), bytes.size());
  if (got < 0) return bad_file(path, std::strerror(errno));
  const std::string token = trimmed(std::string(bytes.data(), static_cast<std::size_t>(got)));
  const bool is_token = !token.empty() && token.size() < kMost &&
                        std::ranges::all_of(token, [](char c) { return c > ' ' && c < '\x7f'; });
  if (is_token) return token;
  return bad_file(path, "no token in it, expected one line as `trede token create` printed it");
}

}  // namespace trede::tool
