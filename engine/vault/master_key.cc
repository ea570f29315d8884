#include "engine/vault/master_key.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace trede {

namespace {

constexpr std::string_view kFirstLine = "trede master key 1\n";
constexpr std::size_t kDigits = 2 * SecretKey::kBytes;
constexpr std::size_t kFileBytes = kFirstLine.size() + kDigits + 1;

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

Error io_failed(const std::filesystem::path& file, int error) {
  return {ErrorCode::kIo, file.string() + ": " + std::generic_category().message(error)};
}

class OpenFile {
 public:
  explicit OpenFile(int number) : number_(number) {}
  ~OpenFile() {
    if (number_ >= 0) ::close(number_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

}  // namespace

Result<SecretKey> parse_master_key(std::string_view digits) {
  SecretKey key;
  std::size_t length = 0;
  const char* end = nullptr;
  const bool read = sodium_hex2bin(key.writable().data(), SecretKey::kBytes, digits.data(),
                                   digits.size(), nullptr, &length, &end) == 0;
  if (read && length == SecretKey::kBytes && end == digits.data() + digits.size()) return key;
  return invalid("not a master key, expected 64 hexadecimal digits");
}

Result<SecretKey> load_master_key(const std::filesystem::path& file) {
  const OpenFile in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (in.number() < 0) {
    if (errno == ENOENT) return invalid(file.string() + ": there is no such master key file");
    return io_failed(file, errno);
  }
  struct stat about {};
  if (::fstat(in.number(), &about) != 0) return io_failed(file, errno);
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return invalid(file.string() + ": others than its owner may use it, expected chmod 600");
  }
  SecretText text(kFileBytes + 1);
  std::size_t size = 0;
  while (size <= kFileBytes) {
    const ssize_t got = ::read(in.number(), text.data() + size, kFileBytes + 1 - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_failed(file, errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  const std::string_view read = text.view().substr(0, size);
  if (size == kFileBytes && read.starts_with(kFirstLine) && read.ends_with('\n')) {
    auto key = parse_master_key(read.substr(kFirstLine.size(), kDigits));
    if (key) return key;
  }
  return invalid(file.string() + ": not a master key file, expected what `trede person init` made");
}

Status make_master_key_file(const std::filesystem::path& file, RandomSource& random) {
  const OpenFile out(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (out.number() < 0) {
    if (errno == EEXIST) return invalid(file.string() + ": is there already");
    return io_failed(file, errno);
  }
  const SecretKey key = SecretKey::random(random);
  SecretText text(kFileBytes + 1);  // a zero behind it
  kFirstLine.copy(reinterpret_cast<char*>(text.data()), kFirstLine.size());
  sodium_bin2hex(reinterpret_cast<char*>(text.data()) + kFirstLine.size(), kDigits + 1, key.data(),
                 SecretKey::kBytes);
  text.data()[kFileBytes - 1] = '\n';
  std::size_t written = 0;
  while (written < kFileBytes) {
    const ssize_t now = ::write(out.number(), text.data() + written, kFileBytes - written);
    if (now < 0 && errno == EINTR) continue;
    if (now <= 0) break;
    written += static_cast<std::size_t>(now);
  }
  const int failed = written < kFileBytes || ::fsync(out.number()) != 0 ? errno : 0;
  if (failed == 0) {
    // The name of the file, too, has to survive a crash: without the key all is lost.
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const OpenFile holder(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (holder.number() >= 0 && ::fsync(holder.number()) == 0) return {};
  }
  const Error error = io_failed(file, failed == 0 ? errno : failed);
  ::unlink(file.c_str());
  return error;
}

}  // namespace trede
