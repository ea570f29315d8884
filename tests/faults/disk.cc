#include "tests/faults/disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace trede::test {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSector = 512;

// The system's own calls: those of the C library lead back here.
int real_open(const std::string& path, int flags, mode_t mode = 0) {
  return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path.c_str(), flags, mode));
}
void real_close(int descriptor) { ::syscall(SYS_close, descriptor); }
bool real_write(int descriptor, std::string_view bytes, off_t at) {
  return ::syscall(SYS_pwrite64, descriptor, bytes.data(), bytes.size(), at) ==
         static_cast<ssize_t>(bytes.size());
}

std::string parent_of(const std::string& path) { return fs::path(path).parent_path().string(); }

std::pair<dev_t, ino_t> inode_of(int descriptor) {
  struct stat status {};
  ::fstat(descriptor, &status);
  return {status.st_dev, status.st_ino};
}

std::string read_all(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool chance(std::mt19937_64& random, unsigned percent) { return random() % 100 < percent; }

}  // namespace

std::string_view name_of(DiskCall call) {
  switch (call) {
    case DiskCall::kCreate: return "create";
    case DiskCall::kWrite: return "write";
    case DiskCall::kSize: return "resize";
    case DiskCall::kSync: return "sync";
    case DiskCall::kSyncFolder: return "sync-folder";
    case DiskCall::kRename: return "rename";
    case DiskCall::kLink: return "link";
    case DiskCall::kDelete: return "delete";
    case DiskCall::kMakeFolder: return "make-folder";
  }
  std::unreachable();
}

std::string_view name_of(Harm harm) {
  switch (harm) {
    case Harm::kIoError: return "io-error";
    case Harm::kForgets: return "forgets";
    case Harm::kNoSpace: return "no-space";
    case Harm::kShort: return "short";
    case Harm::kCutBefore: return "cut-before";
    case Harm::kCutAfter: return "cut-after";
  }
  std::unreachable();
}

Disk& Disk::the() {
  static Disk& disk = *new Disk;  // outlives every thread that still has a file open
  return disk;
}

void Disk::watch(const fs::path& folder) {
  const std::lock_guard lock(mutex_);
  watching_ = false;
  root_ = folder.string();
  live_.clear();
  names_.clear();
  open_.clear();
  lies_about_.reset();
  repair();
  count_anew();
  cut_ = false;
  if (!root_.empty() && fs::exists(folder)) {
    live_[root_] = std::make_shared<Node>(Node{
        .is_folder = true,
    });
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      auto node = std::make_shared<Node>();
      node->is_folder = entry.is_directory();
      if (!node->is_folder) node->durable = read_all(entry.path());
      node->size = node->durable.size();
      node->folder = folder_of(entry.path().string());
      live_[entry.path().string()] = std::move(node);
    }
  }
  durable_ = live_;
  watching_ = !root_.empty();
}

void Disk::fail_at(const DiskFault& fault) {
  const std::lock_guard lock(mutex_);
  count_anew();
  fault_ = fault;
}

void Disk::fail_at_call(std::uint64_t nth, Harm harm, bool stays) {
  const std::lock_guard lock(mutex_);
  count_anew();
  fault_at_call_.emplace(nth, harm);
  fault_at_call_stays_ = stays;
}

void Disk::repair() {
  const std::lock_guard lock(mutex_);
  fault_.reset();
  fault_at_call_.reset();
  no_space_next_ = false;
}

void Disk::cut_power() {
  const std::lock_guard lock(mutex_);
  cut_ = true;
}

void Disk::lie_about(const std::string& part) {
  const std::lock_guard lock(mutex_);
  lies_about_ = part;
}

std::map<DiskPlace, std::uint64_t> Disk::calls() const {
  const std::lock_guard lock(mutex_);
  return calls_;
}

void Disk::count_anew() {
  const std::lock_guard lock(mutex_);
  calls_.clear();
  call_count_ = 0;
}

// --- what becomes of a call

std::string Disk::part_of(const std::string& path) const {
  std::string part = path.size() > root_.size() ? path.substr(root_.size() + 1) : ".";
  std::ranges::replace_if(
      part, [](char c) { return c >= '0' && c <= '9'; }, '#');
  const std::size_t super_journal = part.rfind("-mj");
  return super_journal == std::string::npos ? part : part.substr(0, super_journal + 3);
}

std::optional<Harm> Disk::meet(const std::string& path, DiskCall call) {
  if (cut_) return Harm::kCutBefore;
  if (std::exchange(no_space_next_, false)) return Harm::kNoSpace;
  DiskPlace place{part_of(path), call};
  const std::uint64_t count = ++calls_[place];
  ++call_count_;
  std::optional<Harm> harm;
  if (fault_at_call_ && (call_count_ == fault_at_call_->first ||
                         (fault_at_call_stays_ && call_count_ > fault_at_call_->first))) {
    harm = fault_at_call_->second;
  }
  if (fault_ && fault_->place == place &&
      (count == fault_->nth || (fault_->stays && count > fault_->nth))) {
    harm = fault_->harm;
  }
  if (harm == Harm::kShort && call != DiskCall::kWrite) harm = Harm::kNoSpace;
  if (harm) ++injected_;
  return harm;
}

bool Disk::fails_by(std::optional<Harm> harm) {
  if (!harm || *harm == Harm::kCutAfter) return false;
  if (*harm == Harm::kCutBefore) cut_ = true;
  errno = *harm == Harm::kNoSpace || *harm == Harm::kShort ? ENOSPC : EIO;
  return true;
}

void Disk::finish(std::optional<Harm> harm) {
  if (harm == Harm::kCutAfter) cut_ = true;
}

// --- changes

void Disk::apply(const Change& change, std::string& bytes) {
  if (!change.bytes) return bytes.resize(change.at);
  if (bytes.size() < change.at + change.bytes->size()) {
    bytes.resize(change.at + change.bytes->size());
  }
  bytes.replace(change.at, change.bytes->size(), *change.bytes);
}

void Disk::apply(const NameChange& change, Entries& entries) {
  if (change.removed.empty()) {
    entries[change.added] = change.node;
    return;
  }
  // Of a folder that is renamed or goes, what is in it goes along; but not what is in another one
  // that was made by the same name since, and came to disk before.
  Entries moved;
  const std::string below = change.removed + "/";
  for (auto it = entries.lower_bound(change.removed); it != entries.end();) {
    const auto& [path, node] = *it;
    if (path != change.removed && !path.starts_with(change.removed)) break;
    const bool is_below = path.starts_with(below) && stands_in(*node, change.node);
    if (is_below && !change.added.empty()) {
      moved[change.added + path.substr(change.removed.size())] = node;
    }
    it = is_below || node == change.node ? entries.erase(it) : std::next(it);
  }
  if (!change.added.empty()) moved[change.added] = change.node;
  for (auto& [path, node] : moved) entries[path] = node;
}

Disk::NodePtr Disk::folder_of(const std::string& path) const {
  const auto found = live_.find(parent_of(path));
  return found == live_.end() ? nullptr : found->second;
}

bool Disk::stands_in(const Node& node, const NodePtr& folder) {
  for (const Node* at = node.folder.get(); at != nullptr; at = at->folder.get()) {
    if (at == folder.get()) return true;
  }
  return false;
}

// --- calls

bool Disk::watches(const std::string& path) const {
  if (!watching_) return false;
  const std::lock_guard lock(mutex_);
  return path == root_ || (path.starts_with(root_) && path[root_.size()] == '/');
}

// A stream (FILE) closes its file unseen, and the system gives its number to another one.
bool Disk::watches(int descriptor) const {
  if (!watching_) return false;
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(descriptor);
  return found != open_.end() && found->second.inode == inode_of(descriptor);
}

int Disk::open(const std::string& path, int flags, mode_t mode) {
  const std::lock_guard lock(mutex_);
  const auto there = live_.find(path);
  const bool creates = there == live_.end() && (flags & O_CREAT) != 0;
  std::optional<Harm> harm;
  if (creates) {
    harm = meet(path, DiskCall::kCreate);
    if (fails_by(harm)) return -1;
  }
  const int descriptor = real_open(path, flags, mode);
  if (descriptor < 0) return descriptor;
  if (creates) {
    const auto node = std::make_shared<Node>();
    node->folder = folder_of(path);
    live_[path] = node;
    names_.push_back({parent_of(path), path, {}, node});
    finish(harm);
  }
  const auto found = live_.find(path);
  if (found == live_.end()) return descriptor;  // a temporary without a name, or gone meanwhile
  if ((flags & O_TRUNC) != 0 && !creates) {
    found->second->pending.push_back({0, {}});
    found->second->size = 0;
  }
  open_[descriptor] = {path, found->second, inode_of(descriptor)};
  return descriptor;
}

void Disk::forget(int descriptor) {
  if (!watching_) return;
  const std::lock_guard lock(mutex_);
  open_.erase(descriptor);
}

ssize_t Disk::write(int descriptor, std::string_view bytes, std::optional<off_t> at) {
  const std::lock_guard lock(mutex_);
  Open& file = open_.at(descriptor);
  const auto harm = meet(file.path, DiskCall::kWrite);
  if (harm == Harm::kShort && bytes.size() > 1) {
    bytes = bytes.substr(0, bytes.size() / 2);
    no_space_next_ = true;
  } else if (fails_by(harm)) {
    return -1;
  }
  const off_t offset = at ? *at : static_cast<off_t>(file.node->size);
  if (!real_write(descriptor, bytes, offset)) return -1;
  const auto end = static_cast<std::uint64_t>(offset) + bytes.size();
  file.node->pending.push_back({static_cast<std::uint64_t>(offset), std::string(bytes)});
  file.node->size = std::max(file.node->size, end);
  finish(harm);
  return static_cast<ssize_t>(bytes.size());
}

int Disk::resize(int descriptor, off_t size, bool only_grow) {
  const std::lock_guard lock(mutex_);
  Open& file = open_.at(descriptor);
  const auto harm = meet(file.path, DiskCall::kSize);
  if (fails_by(harm)) return -1;
  const auto asked = static_cast<std::uint64_t>(size);
  const std::uint64_t becomes = only_grow ? std::max(asked, file.node->size) : asked;
  if (::syscall(SYS_ftruncate, descriptor, static_cast<off_t>(becomes)) != 0) return -1;
  file.node->pending.push_back({becomes, {}});
  file.node->size = becomes;
  finish(harm);
  return 0;
}

// What a sync that failed leaves: the kernel takes the pages for clean, though they are not on
// disk.
void Disk::lose_pending(const std::string& path, Node& node, bool forgets) {
  node.pending.clear();
  node.pending.push_back({node.size, {}});  // its length is known apart from what is in it
  if (!forgets) return;
  std::string left = node.durable;
  left.resize(node.size);
  const int file = real_open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  real_write(file, left, 0);
  real_close(file);
}

int Disk::sync(int descriptor) {
  const std::lock_guard lock(mutex_);
  Open& file = open_.at(descriptor);
  Node& node = *file.node;
  const auto harm = meet(file.path, node.is_folder ? DiskCall::kSyncFolder : DiskCall::kSync);
  if (fails_by(harm)) {
    const bool loses = harm == Harm::kIoError || harm == Harm::kForgets;
    if (loses && !node.is_folder) lose_pending(file.path, node, harm == Harm::kForgets);
    return -1;
  }
  if (lies_about_ == part_of(file.path)) return 0;
  for (const Change& change : node.pending) apply(change, node.durable);
  node.pending.clear();
  node.was_synced = true;
  if (node.is_folder) {
    std::vector<NameChange> left;
    for (NameChange& change : names_) {
      if (change.folder == file.path) {
        apply(change, durable_);
      } else {
        left.push_back(std::move(change));
      }
    }
    names_ = std::move(left);
  }
  finish(harm);
  return 0;
}

int Disk::rename(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  const auto harm = meet(to, DiskCall::kRename);
  if (fails_by(harm)) return -1;
  if (::syscall(SYS_renameat, AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str()) != 0) return -1;
  const auto there = live_.find(from);
  if (there != live_.end()) {
    const NameChange change{parent_of(to), to, from, there->second};
    there->second->folder = folder_of(to);
    apply(change, live_);
    names_.push_back(change);
    for (auto& [descriptor, file] : open_) {
      if (file.path == from) file.path = to;
    }
  }
  finish(harm);
  return 0;
}

int Disk::link(const std::string& from, const std::string& to) {
  const std::lock_guard lock(mutex_);
  const auto harm = meet(to, DiskCall::kLink);
  if (fails_by(harm)) return -1;
  if (::syscall(SYS_linkat, AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), 0) != 0) return -1;
  const auto there = live_.find(from);
  if (there != live_.end()) {
    names_.push_back({parent_of(to), to, {}, there->second});
    live_[to] = there->second;
  }
  finish(harm);
  return 0;
}

int Disk::unlink(const std::string& path, bool folder) {
  const std::lock_guard lock(mutex_);
  // What is not there or not of this kind is no work for the disk.
  const auto there = live_.find(path);
  if (there == live_.end() || there->second->is_folder != folder) {
    return static_cast<int>(
        ::syscall(SYS_unlinkat, AT_FDCWD, path.c_str(), folder ? AT_REMOVEDIR : 0));
  }
  const auto harm = meet(path, DiskCall::kDelete);
  if (fails_by(harm)) return -1;
  if (::syscall(SYS_unlinkat, AT_FDCWD, path.c_str(), folder ? AT_REMOVEDIR : 0) != 0) return -1;
  const NameChange change{parent_of(path), {}, path, there->second};
  apply(change, live_);
  names_.push_back(change);
  finish(harm);
  return 0;
}

int Disk::make_folder(const std::string& path, mode_t mode) {
  const std::lock_guard lock(mutex_);
  if (live_.contains(path)) {
    errno = EEXIST;
    return -1;
  }
  const auto harm = meet(path, DiskCall::kMakeFolder);
  if (fails_by(harm)) return -1;
  if (::syscall(SYS_mkdirat, AT_FDCWD, path.c_str(), mode) != 0) return -1;
  const auto node = std::make_shared<Node>(Node{
      .is_folder = true,
  });
  node->folder = folder_of(path);
  live_[path] = node;
  names_.push_back({parent_of(path), path, {}, node});
  finish(harm);
  return 0;
}

// --- power is back

// A file that grows shows no byte before all in front of it are on disk: its length is written
// last. What is written into its length goes sector by sector, in any order.
std::string Disk::survived(const Node& node, Survivors survivors, std::mt19937_64& random) {
  std::string bytes = node.durable;
  if (survivors == Survivors::kNothing) return bytes;
  for (const Change& change : node.pending) {
    if (survivors == Survivors::kEverything) {
      apply(change, bytes);
      continue;
    }
    const bool grows = !change.bytes ? true : change.at + change.bytes->size() > bytes.size();
    if (grows && chance(random, 30)) {
      if (!change.bytes || change.at > bytes.size()) return bytes;
      apply({change.at, change.bytes->substr(0, random() % (change.bytes->size() + 1))}, bytes);
      return bytes;
    }
    if (grows) {
      apply(change, bytes);
      continue;
    }
    for (std::size_t from = 0; from < change.bytes->size();) {
      const std::size_t at = change.at + from;
      const std::size_t count = std::min(kSector - at % kSector, change.bytes->size() - from);
      if (chance(random, 60)) apply({at, change.bytes->substr(from, count)}, bytes);
      from += count;
    }
  }
  return bytes;
}

void Disk::after_power_loss(const fs::path& to, Survivors survivors,
                            std::mt19937_64& random) const {
  const std::lock_guard lock(mutex_);
  Entries entries = durable_;
  // A journal keeps the order, so names survive up to one of them. Where there is none any of them
  // may, but a file that was synced itself has its name then (ext4, XFS and Btrfs all do that).
  const bool in_order = chance(random, 50);
  for (const NameChange& change : names_) {
    if (survivors == Survivors::kNothing) break;
    if (survivors == Survivors::kAnything && chance(random, in_order ? 10 : 50)) {
      if (in_order) break;
      const bool is_new = change.removed.empty() && change.node->was_synced;
      if (!is_new) continue;
    }
    apply(change, entries);
  }
  for (const auto& [path, node] : entries) {
    // In a folder of which the name is lost nothing can be found.
    const bool reachable = path == root_ || entries.contains(parent_of(path));
    if (!reachable) continue;
    const fs::path place = to.string() + path.substr(root_.size());
    if (!fs::exists(place.parent_path())) continue;
    if (node->is_folder) {
      fs::create_directory(place);
    } else {
      std::ofstream(place, std::ios::binary) << survived(*node, survivors, random);
      // A key that others may read is refused; what modes survive is not what is tried here.
      fs::permissions(place, fs::perms::owner_read | fs::perms::owner_write);
    }
  }
}

}  // namespace trede::test
