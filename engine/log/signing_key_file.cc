#include "engine/log/signing_key_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "engine/log/envelope.h"
#include "engine/log/files.h"

namespace trede {

namespace {

namespace fs = std::filesystem;

fs::path key_path(const fs::path& folder) { return folder / "signing.key"; }

// Keeps two processes from making a key in one folder at once. On `log/`, which nothing else locks
// in this way: the folder itself may be locked for as long as somebody scrubs it.
class MakingLock {
 public:
  static Result<MakingLock> take(const fs::path& folder) {
    const fs::path place = folder / "log";
    MakingLock lock(::open(place.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (lock.descriptor_ < 0) return io_error(place, errno);
    while (::flock(lock.descriptor_, LOCK_EX) != 0) {
      if (errno != EINTR) return io_error(place, errno);
    }
    return lock;
  }
  MakingLock(MakingLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  MakingLock& operator=(MakingLock&&) = delete;
  ~MakingLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

 private:
  explicit MakingLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// Who can read the key can sign as this folder; who can write it can put their own in its place. As
// with the master key of the vault the bits count and not who asks: root may read all, also the key
// of another, and in a container everybody is root.
Status check_private(const fs::path& key) {
  struct stat about {};
  if (::stat(key.c_str(), &about) != 0) return io_error(key, errno);
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) == 0) return {};
  return Error{ErrorCode::kInvalid,
               key.string() + ": others than its owner may use it, expected chmod 600"};
}

// Whether there is one. Errors: kInvalid  something else stands there: to read a pipe would wait
// for ever, and a link to nothing would be a key that is gone.
Result<bool> is_there(const fs::path& key) {
  std::error_code ignored;
  const fs::file_status status = fs::status(key, ignored);
  if (fs::is_regular_file(status)) return true;
  if (!fs::exists(fs::symlink_status(key, ignored))) return false;
  return Error{ErrorCode::kInvalid, key.string() + ": expected a file, or a link to one"};
}

}  // namespace

Result<std::optional<SigningKey>> find_signing_key(const fs::path& folder, const Uuid& identity) {
  const auto there = is_there(key_path(folder));
  if (!there) return there.error();
  if (!*there) return std::optional<SigningKey>();
  const auto bytes = read_file(key_path(folder));
  if (!bytes) return bytes.error();
  TREDE_RETURN_IF_ERROR(check_private(key_path(folder)));
  auto key = SigningKey::parse(*bytes);
  if (!key) {
    return Error{ErrorCode::kInvalid, key_path(folder).string() + ": " + key.error().message};
  }
  if (*bytes != key->text() + "\n") {
    return Error{ErrorCode::kInvalid, key_path(folder).string() + ": expected one whole line"};
  }
  if (key->verifier().name() != origin_of(identity)) {
    return Error{ErrorCode::kInvalid, key_path(folder).string() + ": the key of " +
                                          key->verifier().name() + ", and this log is " +
                                          origin_of(identity)};
  }
  return std::optional(std::move(*key));
}

Result<SigningKey> make_signing_key(const fs::path& folder, const Uuid& identity,
                                    RandomSource& random) {
  const auto lock = MakingLock::take(folder);
  if (!lock) return lock.error();
  SigningKey key = SigningKey::make(origin_of(identity), random);
  const fs::path beside = folder / "signing.key.new";
  ::unlink(beside.c_str());  // what a crash left
  TREDE_RETURN_IF_ERROR(write_new_file(beside, key.text() + "\n", 0600));
  // A link, unlike a rename, never puts one key in the place of another.
  const int status = ::link(beside.c_str(), key_path(folder).c_str());
  const int why = errno;
  ::unlink(beside.c_str());
  if (status != 0 && why == EEXIST) {
    return Error{ErrorCode::kInvalid, key_path(folder).string() + ": there is a key already"};
  }
  if (status != 0) return io_error(key_path(folder), why);
  TREDE_RETURN_IF_ERROR(sync_path(folder));
  return key;
}

void check_signing_key(const fs::path& folder, const Uuid& identity, FindingList& findings) {
  if (::access(key_path(folder).c_str(), R_OK) != 0 && errno == EACCES) return;
  const auto key = find_signing_key(folder, identity);
  if (!key) findings.add(key.error().message);
}

Result<Checkpoint> checkpoint_at(const EventLog& log, Position position) {
  const auto root = log.root_at(position);
  if (!root) return root.error();
  Checkpoint checkpoint{origin_of(log.identity()), {position.value, *root}};
  if (position.value == 0) return checkpoint;
  const auto event = log.load(position);
  if (!event) return event.error();
  const auto envelope = decode_envelope(event->bytes);
  if (!envelope) return envelope.error();
  checkpoint.extensions.push_back("vastgelegd_op " + format_moment(envelope->vastgelegd_op));
  const auto epochs = log.epochs();
  if (!epochs) return epochs.error();
  for (const Epoch& epoch : *epochs) {
    if (epoch.begins.size <= position.value) checkpoint.extensions.push_back(epoch_text(epoch));
  }
  return checkpoint;
}

}  // namespace trede
