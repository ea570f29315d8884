// Any prefix of the log opens: a write-ahead log that ends at any byte, as a crash leaves it, gives
// exactly the appends that are whole in it, or is refused when the anchor knows of more.
#include <fstream>
#include <map>
#include <sstream>

#include "engine/log/anchor.h"
#include "engine/log/files.h"
#include "engine/log/wal_end.h"
#include "tests/property/log/subject.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSector = 512;  // what a disk writes as a whole

// The live write-ahead log of a database.
fs::path write_ahead_log(const fs::path& database) {
  fs::path last;
  for (const auto& entry : fs::directory_iterator(database)) {
    if (entry.path().extension() == ".log") last = std::max(last, entry.path());
  }
  return last;
}

std::map<std::string, std::string> files_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files[entry.path().lexically_relative(folder).string()] = value_of(read_file(entry.path()));
  }
  return files;
}

// How far it was written to: there may be room ahead behind that.
std::uint64_t written_size(const fs::path& file) { return find_wal_end(value_of(read_file(file))); }

// How much there was when the write-ahead log had a size.
struct Written {
  std::uint64_t bytes;
  std::uint64_t count;
};

// The count at `cut` bytes.
std::uint64_t whole_at(const std::vector<Written>& written, std::uint64_t cut) {
  std::uint64_t count = 0;
  for (const Written& one : written) {
    if (one.bytes <= cut) count = one.count;
  }
  return count;
}

std::map<std::string, StreamId> keys_of(const KeyDirectory& keys) {
  std::map<std::string, StreamId> out;
  const Status scanned = keys.scan([&](const KeyEntry& entry) -> Status {
    out[entry.key] = entry.stream;
    return {};
  });
  if (!scanned) throw std::runtime_error(scanned.error().message);
  return out;
}

// A folder that is written to, and then killed with an anchor of some moment on the way.
class Killed {
 public:
  Killed() {
    for (std::uint64_t i = between(0, 4); i > 0; --i) write();
    if (chance(50)) {
      subject_.reopen();  // what was there now stands in table files
      note();
    }
    const std::uint64_t until_anchor = between(0, 6);
    for (std::uint64_t i = 0; i < until_anchor; ++i) write();
    take_anchor();
    for (std::uint64_t i = between(0, 6); i > 0; --i) write();
    events_ = stored_events(subject_.log());
    fs::copy(subject_.path(), dir_ / "killed", fs::copy_options::recursive);
    std::ofstream(dir_ / "killed" / "anchor", std::ios::binary) << anchor_;
  }

  // A folder whose write-ahead log of `database` (log or keys) ends after `bytes`.
  fs::path cut(const char* database, std::uint64_t bytes) {
    const fs::path copy = dir_ / "copy";
    fs::remove_all(copy);
    fs::copy(dir_ / "killed", copy, fs::copy_options::recursive);
    fs::resize_file(write_ahead_log(copy / database), bytes);
    return copy;
  }
  // A folder whose last write was torn: it has none of some of its sectors, at least of one.
  fs::path tear() {
    const std::uint64_t end = log_written_.back().bytes;
    const std::uint64_t begin = log_written_[log_written_.size() - 2].bytes;
    const fs::path copy = cut("log", fs::file_size(write_ahead_log(dir_ / "killed" / "log")));
    const fs::path file = write_ahead_log(copy / "log");
    std::string bytes = value_of(read_file(file));
    const std::uint64_t lacking = between(begin, end - 1) / kSector;
    for (std::uint64_t sector = begin / kSector; sector * kSector < end; ++sector) {
      if (sector != lacking && chance(50)) continue;
      for (std::uint64_t at = std::max(begin, sector * kSector);
           at < std::min(end, (sector + 1) * kSector); ++at) {
        bytes[at] = '\0';
      }
    }
    std::ofstream(file, std::ios::binary) << bytes;
    return copy;
  }
  std::uint64_t size(const char* database) const {
    return written_size(write_ahead_log(dir_ / "killed" / database));
  }

  Subject& subject() { return subject_; }
  const std::vector<std::string>& events() const { return events_; }
  const std::vector<Written>& log_written() const { return log_written_; }
  const std::vector<Written>& keys_written() const { return keys_written_; }
  const AnchorState& anchored() const { return anchored_; }

 private:
  void write() {
    if (chance(30)) {
      const std::uint64_t number = ++keys_;
      const KeyEntry entry{dossier(number), "K" + std::to_string(number)};
      if (!subject_.keys().assign({&entry, 1})) throw std::runtime_error("no KEY");
    } else {
      subject_.clock.advance(std::chrono::seconds{1});
      value_of(append(subject_.log(), some_streams(subject_.log(), next_id_)));
    }
    note();
  }
  // What stood in table files at the beginning of a write-ahead log is there at any size of it.
  void note() {
    note(log_written_, log_file_, "log", subject_.log().last_position().value);
    note(keys_written_, keys_file_, "keys", keys_);
  }
  void note(std::vector<Written>& written, fs::path& file, const char* database,
            std::uint64_t count) {
    const fs::path now = write_ahead_log(subject_.path() / database);
    if (now != file) written = {{0, count}};
    if (now == file) written.push_back({written_size(now), count});
    file = now;
  }
  // Waits until the anchor covers what is there, and keeps it.
  void take_anchor() {
    const std::uint64_t last = subject_.log().last_position().value;
    for (;;) {
      const AnchorFound found = value_of(load_anchor(subject_.path() / "anchor"));
      if (found.state.tree.size() == last && found.damage.empty()) {
        anchor_ = value_of(read_file(subject_.path() / "anchor"));
        anchored_ = found.state;
        return;
      }
      std::this_thread::yield();
    }
  }

  Subject subject_;
  TempDir dir_;
  std::uint64_t next_id_ = 1;
  std::uint64_t keys_ = 0;
  std::vector<std::string> events_;
  std::vector<Written> log_written_ = {{0, 0}};
  std::vector<Written> keys_written_ = {{0, 0}};
  fs::path log_file_ = write_ahead_log(subject_.path() / "log");
  fs::path keys_file_ = write_ahead_log(subject_.path() / "keys");
  std::string anchor_;
  AnchorState anchored_;
};

// Opening, in both ways, says that acknowledged things are missing, and changes nothing.
void refuses(Subject& subject, const fs::path& folder) {
  const auto before = files_of(folder);
  for (const OpenMode mode : {OpenMode::kRead, OpenMode::kWrite}) {
    const auto opened = DataFolder::open(folder, mode, subject.clock, subject.random);
    RC_ASSERT(!opened);
    RC_ASSERT(opened.error().code == ErrorCode::kCorrupt);
    RC_ASSERT(opened.error().message.find("lost") != std::string::npos);
  }
  RC_ASSERT(files_of(folder) == before);
}

// Opening gives the first `count` of `events`, all of it agrees, and the log goes on.
void serves(Subject& subject, const fs::path& folder, std::span<const std::string> events) {
  const std::vector<std::string> expected(events.begin(), events.end());
  for (const OpenMode mode : {OpenMode::kRead, OpenMode::kWrite}) {
    const auto opened = value_of(DataFolder::open(folder, mode, subject.clock, subject.random));
    RC_ASSERT(stored_events(opened->log()) == expected);
    RC_ASSERT(value_of(opened->log().head()).root == naive_root(expected));
    RC_ASSERT(value_of(verify_log(*opened)).empty());
    if (mode == OpenMode::kRead) continue;
    const auto version = value_of(opened->log().version_of(dossier(9)));
    value_of(append(opened->log(), {to(dossier(9), version.value, {1'000'000})}));
  }
  const auto again =
      value_of(DataFolder::open(folder, OpenMode::kRead, subject.clock, subject.random));
  RC_ASSERT(stored_events(again->log()).size() == expected.size() + 1);
  RC_ASSERT(value_of(verify_log(*again)).empty());
}

RC_GTEST_PROP(ALogThatEndsAnywhere, IsItsWholeAppendsOrRefused, ()) {
  Killed killed;
  const std::uint64_t size = killed.size("log");
  for (int i = 0; i < 3; ++i) {
    const std::uint64_t cut = i == 0 ? size : between(0, size);
    const std::uint64_t whole = whole_at(killed.log_written(), cut);
    const fs::path folder = killed.cut("log", cut);
    if (whole < killed.anchored().tree.size()) {
      RC_TAG("refused");
      refuses(killed.subject(), folder);
    } else {
      RC_TAG("served");
      serves(killed.subject(), folder, std::span(killed.events()).first(whole));
    }
  }
}

RC_GTEST_PROP(ALogWhoseLastWriteIsTorn, IsTheAppendsBeforeItOrRefused, ()) {
  Killed killed;
  if (killed.log_written().size() < 2) RC_DISCARD("nothing written since the last table file");
  const std::uint64_t whole = killed.log_written()[killed.log_written().size() - 2].count;
  if (whole == killed.log_written().back().count) RC_DISCARD("the last write gave a KEY");
  const fs::path folder = killed.tear();
  if (whole < killed.anchored().tree.size()) {
    RC_TAG("refused");
    refuses(killed.subject(), folder);
  } else {
    RC_TAG("served");
    serves(killed.subject(), folder, std::span(killed.events()).first(whole));
  }
}

RC_GTEST_PROP(AKeyDirectoryThatEndsAnywhere, HoldsItsWholeChangesOrIsRefused, ()) {
  Killed killed;
  const std::uint64_t size = killed.size("keys");
  for (int i = 0; i < 3; ++i) {
    const std::uint64_t cut = i == 0 ? size : between(0, size);
    const std::uint64_t whole = whole_at(killed.keys_written(), cut);
    const fs::path folder = killed.cut("keys", cut);
    if (whole < killed.anchored().key_changes) {
      RC_TAG("refused");
      refuses(killed.subject(), folder);
      continue;
    }
    RC_TAG("served");
    std::map<std::string, StreamId> expected;
    for (std::uint64_t j = 1; j <= whole; ++j) expected["K" + std::to_string(j)] = dossier(j);
    const auto opened = value_of(DataFolder::open(folder, OpenMode::kWrite, killed.subject().clock,
                                                  killed.subject().random));
    RC_ASSERT(keys_of(opened->keys()) == expected);
    RC_ASSERT(value_of(verify_log(*opened)).empty());
  }
}

}  // namespace
}  // namespace trede::test
