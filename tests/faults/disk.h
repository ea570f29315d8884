// A disk that can lose power and fail, beneath everything that one process does with the files of
// one folder: RocksDB, SQLite, the standard library and the calls of the product itself. It stands
// where the C library stands (interpose.cc), so that none of them can pass it by.
#pragma once

#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace trede::test {

// What is asked of the disk and can fail. Reading is not among it.
enum class DiskCall {
  kCreate,
  kWrite,
  kSize,
  kSync,
  kSyncFolder,
  kRename,
  kLink,
  kDelete,
  kMakeFolder
};
inline constexpr std::array kDiskCalls{DiskCall::kCreate, DiskCall::kWrite,      DiskCall::kSize,
                                       DiskCall::kSync,   DiskCall::kSyncFolder, DiskCall::kRename,
                                       DiskCall::kDelete, DiskCall::kMakeFolder};
std::string_view name_of(DiskCall call);

enum class Harm {
  kIoError,    // the call fails; of a sync: and what was to be synced is lost, as Linux does it
  kForgets,    // as kIoError, and of a sync: what was lost is not in the page cache either
  kNoSpace,    // the call fails for want of space
  kShort,      // of a write: a part is written, and the rest finds no space
  kCutBefore,  // power goes before the call has done anything
  kCutAfter,   // power goes when the call has been done
};
inline constexpr std::array kHarms{Harm::kIoError, Harm::kForgets,   Harm::kNoSpace,
                                   Harm::kShort,   Harm::kCutBefore, Harm::kCutAfter};
std::string_view name_of(Harm harm);

// Which calls a fault is about: `call`, on a file of which the path below the folder is of `part`.
struct DiskPlace {
  // A form of the path: digits as `#`, as in `log/######.log`; without what is random in a name of
  // SQLite.
  std::string part;
  DiskCall call{};
  auto operator<=>(const DiskPlace&) const = default;
  std::string text() const { return std::string(name_of(call)) + " " + part; }
};

struct DiskFault {
  DiskPlace place;
  std::uint64_t nth = 1;  // of the calls at `place`, from 1
  Harm harm{};
  bool stays = false;  // every later call at `place` fails too, until `repair`
};

// What of that which was not synced survives a loss of power.
enum class Survivors {
  kNothing,
  kEverything,
  kAnything,  // each change or not; of a write into what was there some sectors only, in any order
};
inline constexpr std::array kSurvivors{Survivors::kNothing, Survivors::kEverything,
                                       Survivors::kAnything};

// Threads: any. One in a process.
//
// Invariants
//  1. The files below the folder are as the process sees them; `Node::durable` and the entries of
//     `durable_` are what has been synced and survives in any case.
//  2. A file has its bytes on disk by a sync of it, its name by a sync of its folder; a rename is
//     there or not, never half.
//  3. After a loss of power every call that would change something fails, until `watch`.
class Disk {
 public:
  static Disk& the();

  // Takes what stands below `folder` (an absolute path; may be empty or absent) as on disk, and
  // watches it from now on; forgets what was watched before. Requires: nobody has a file open
  // there.
  void watch(const std::filesystem::path& folder);
  void stop_watching() { watch({}); }

  void fail_at(const DiskFault& fault);
  // As fail_at, but at the nth call of any kind at any place; `stays`: and at each after it.
  void fail_at_call(std::uint64_t nth, Harm harm, bool stays = false);
  void repair();
  void cut_power();
  // From now on a sync of a file of `part` says that it was done, and was not. Until `watch`.
  void lie_about(const std::string& part);

  bool is_cut() const { return cut_; }
  std::uint64_t injected() const { return injected_; }
  // How many calls there were since `watch`, or since the last `count_anew`.
  std::map<DiskPlace, std::uint64_t> calls() const;
  void count_anew();

  // Makes at `to`, which is not there, what the machine finds when power is back.
  void after_power_loss(const std::filesystem::path& to, Survivors survivors,
                        std::mt19937_64& random) const;

  // For interpose.cc. `path` is absolute and normal.
  bool watches(const std::string& path) const;
  bool watches(int descriptor) const;
  int open(const std::string& path, int flags, mode_t mode);
  void forget(int descriptor);
  ssize_t write(int descriptor, std::string_view bytes, std::optional<off_t> at);
  int resize(int descriptor, off_t size, bool only_grow);
  int sync(int descriptor);
  int rename(const std::string& from, const std::string& to);
  int link(const std::string& from, const std::string& to);
  int unlink(const std::string& path, bool folder);
  int make_folder(const std::string& path, mode_t mode);

 private:
  // A write at an offset, or when `bytes` is absent a new size.
  struct Change {
    std::uint64_t at;
    std::optional<std::string> bytes;
  };
  struct Node {
    bool is_folder = false;
    std::string durable = {};          // of a file
    std::vector<Change> pending = {};  // since then
    std::uint64_t size = 0;            // as the process sees it
    bool was_synced = false;
    std::shared_ptr<const Node> folder = {};  // it stands in, as the process sees it
  };
  using NodePtr = std::shared_ptr<Node>;
  using Entries = std::map<std::string, NodePtr>;  // by path
  // A name of `node` that came or went; of a rename both at once.
  struct NameChange {
    std::string folder;  // whose sync takes it to disk
    std::string added;
    std::string removed;
    NodePtr node;
  };

  static void apply(const Change& change, std::string& bytes);
  static void apply(const NameChange& change, Entries& entries);
  static bool stands_in(const Node& node, const NodePtr& folder);
  NodePtr folder_of(const std::string& path) const;  // as the process sees it; null above the root
  static std::string survived(const Node& node, Survivors survivors, std::mt19937_64& random);

  std::string part_of(const std::string& path) const;
  // What becomes of a call: nothing, or the harm to be done. Counts it.
  std::optional<Harm> meet(const std::string& path, DiskCall call);
  // Sets errno for `harm`, when the call fails by it. kCutAfter does not make it fail.
  bool fails_by(std::optional<Harm> harm);
  void finish(std::optional<Harm> harm);
  void lose_pending(const std::string& path, Node& node, bool forgets);

  mutable std::recursive_mutex mutex_;  // over what follows
  std::string root_;
  Entries live_;
  Entries durable_;
  std::vector<NameChange> names_;  // in order, not synced
  struct Open {
    std::string path;
    NodePtr node;
    std::pair<dev_t, ino_t> inode;
  };
  std::map<int, Open> open_;
  std::map<DiskPlace, std::uint64_t> calls_;
  std::uint64_t call_count_ = 0;
  std::optional<DiskFault> fault_;
  std::optional<std::pair<std::uint64_t, Harm>> fault_at_call_;
  bool fault_at_call_stays_ = false;
  bool no_space_next_ = false;
  std::optional<std::string> lies_about_;

  std::atomic<bool> watching_ = false;
  std::atomic<bool> cut_ = false;
  std::atomic<std::uint64_t> injected_ = 0;
};

}  // namespace trede::test
