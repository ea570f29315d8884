#include "engine/log/scrubber.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>

#include "engine/base/check.h"
#include "engine/log/anchor_check_internal.h"
#include "engine/log/descriptor.h"
#include "engine/log/event_check_internal.h"
#include "engine/log/files.h"
#include "engine/log/folder_internal.h"
#include "engine/log/index_check_internal.h"
#include "engine/log/scrub_state.h"
#include "engine/log/signing_key_file.h"
#include "engine/log/table_file_check_internal.h"

namespace trede {

namespace {

constexpr std::uint64_t kRowsOfAUnit = 16;
constexpr std::uint64_t kBytesOfAUnit = 4096;
constexpr std::size_t kKept = 100;  // findings of a round
constexpr int kLooks = 20;          // at files that change meanwhile

bool contains(const std::vector<std::string>& lines, const std::string& line) {
  return std::ranges::find(lines, line) != lines.end();
}

class FolderScrubber final : public Scrubber {
 public:
  FolderScrubber(RocksFolder& folder, const Clock& clock, int lock)
      : folder_(folder), clock_(clock), lock_(lock) {}

  void resume();
  std::vector<std::string> step(std::uint64_t units) override;
  ScrubStanding standing() const override;
  Status save() const override { return save_scrub_state(file(), state_); }

 private:
  // The table files of one database.
  struct Files {
    std::function<std::vector<TableFile>()> list;
    std::function<Status()> refresh;  // so that what a writer replaced is in the list no more
  };

  std::filesystem::path file() const { return folder_.path() / "scrub"; }
  TableLog& log() const { return folder_.log(); }
  bool fits(const ScrubState& state) const;
  bool read_share(std::uint64_t units, FindingList& found);
  void begin_round(FindingList& found);
  void begin_part(ScrubPart part);
  void end_round(FindingList& found);
  bool read_files(const Files& files, std::uint64_t units, FindingList& found);
  bool open_next_file(const Files& files, FindingList& found);
  bool read_events(std::uint64_t units, FindingList& found);
  bool take_place(const RowCursor& cursor, const Status& walked, FindingList& found);
  bool read_keys(std::uint64_t units, FindingList& found);
  void compare_key_count(FindingList& found);
  Files log_files() const {
    return {[this] { return log().tables()->db().table_files(); },
            [this] { return log().wait_beyond(log().last_position(), {}, {}); }};
  }
  Files key_files() const {
    return {
        [this] { return folder_.keys().table_files(); },
        [this] { return folder_.mode() == OpenMode::kRead ? folder_.keys().reload(0) : Status(); }};
  }
  std::vector<std::string> remember(std::vector<std::string> lines);

  RocksFolder& folder_;
  const Clock& clock_;
  Descriptor lock_;
  ScrubState state_;
  std::unique_ptr<TableFileCheck> reading_;  // null between files
  std::uint64_t reading_number_ = 0;
};

void FolderScrubber::resume() {
  auto state = find_scrub_state(file());
  if (state && fits(*state)) {
    state_ = std::move(*state);
  } else {
    state_.log = log().identity();
  }
}

// The event at its end stands for all that the round has read: a log that was put back and went
// another way has another one there.
bool FolderScrubber::fits(const ScrubState& state) const {
  if (state.log != log().identity() || state.until > log().last_position()) return false;
  if (state.until.value == 0) return true;
  const auto stored = log().load(state.until);
  return stored && state.event && leaf_hash(stored->bytes) == *state.event;
}

std::vector<std::string> FolderScrubber::step(std::uint64_t units) {
  FindingList found;
  if (read_share(std::max(units, kEventsOfARow), found)) {
    if (state_.part == ScrubPart::kEnd) {
      end_round(found);
      auto fresh = remember(found.take());
      state_.found_before = std::exchange(state_.found, {});
      return fresh;
    }
    begin_part(static_cast<ScrubPart>(static_cast<std::uint32_t>(state_.part) + 1));
  }
  return remember(found.take());
}

// Returns: whether the part has been read.
bool FolderScrubber::read_share(std::uint64_t units, FindingList& found) {
  const auto tables = log().tables();
  IndexCheck indexes(*tables, state_.until, found);
  RowCursor cursor{state_.after, state_.reached};
  const std::uint64_t rows = units * kRowsOfAUnit;
  switch (state_.part) {
    case ScrubPart::kBegin: begin_round(found); return true;
    case ScrubPart::kLogFiles: return read_files(log_files(), units, found);
    case ScrubPart::kKeyFiles: return read_files(key_files(), units, found);
    case ScrubPart::kEvents: return read_events(units, found);
    case ScrubPart::kIds: {
      const Status walked = indexes.ids(cursor, rows);
      return take_place(cursor, walked, found);
    }
    case ScrubPart::kStreams: {
      const Status walked = indexes.streams(cursor, rows);
      return take_place(cursor, walked, found);
    }
    case ScrubPart::kKeysByStream: return read_keys(units, found);  // each is looked up
    case ScrubPart::kKeysByKey: return read_keys(rows, found);
    case ScrubPart::kEnd: return true;
  }
  std::unreachable();  // find_scrub_state rejects other numbers
}

void FolderScrubber::begin_round(FindingList& found) {
  const Status refreshed = log().wait_beyond(log().last_position(), {}, {});
  if (!refreshed) found.add(refreshed.error().message);
  state_.until = log().last_position();
  state_.event.reset();
  if (state_.until.value == 0) return;
  const auto stored = log().load(state_.until);
  if (stored) {
    state_.event = leaf_hash(stored->bytes);
  } else {
    found.add(stored.error().message);
  }
}

void FolderScrubber::begin_part(ScrubPart part) {
  state_.part = part;
  state_.reached = 0;
  state_.bound = 0;
  state_.after.clear();
  state_.tree = {};
  if (part == ScrubPart::kLogFiles || part == ScrubPart::kKeyFiles) {
    // Files that are written meanwhile are for the next round: else there might be no end to them.
    const auto files = part == ScrubPart::kLogFiles ? log_files().list() : key_files().list();
    if (!files.empty()) state_.bound = files.back().number;
  } else if (part == ScrubPart::kKeysByStream || part == ScrubPart::kKeysByKey) {
    if (const auto counts = folder_.keys().counts()) state_.bound = counts->changes;
  }
}

void FolderScrubber::end_round(FindingList& found) {
  const Status compared = check_anchor(log(), folder_.path() / "anchor", found);
  if (!compared) found.add(compared.error().message);
  check_signing_key(folder_.path(), log().identity(), found);
  for (const Status& named :
       {log().tables()->db().check_identity(), folder_.keys().check_identity()}) {
    if (!named && named.error().code != ErrorCode::kClosed) found.add(named.error().message);
  }
  state_.round_ended = clock_.now();
  ++state_.round;
  begin_part(ScrubPart::kBegin);
}

bool FolderScrubber::read_files(const Files& files, std::uint64_t units, FindingList& found) {
  if (reading_ == nullptr && !open_next_file(files, found)) return true;
  if (reading_ == nullptr) return false;
  const auto done = reading_->read(units * kBytesOfAUnit);
  if (done && !*done) return false;
  if (!done) found.add(done.error().message);
  reading_.reset();
  state_.reached = reading_number_;
  return false;
}

// Returns: false when there is none any more. One that cannot be opened is passed over.
bool FolderScrubber::open_next_file(const Files& files, FindingList& found) {
  for (int look = 1;; ++look) {
    const auto listed = files.list();
    const auto next = std::ranges::find_if(
        listed, [&](const TableFile& file) { return file.number > state_.reached; });
    if (next == listed.end() || next->number > state_.bound) return false;
    auto opened = TableFileCheck::open(*next);
    if (opened) {
      reading_ = std::move(*opened);
      reading_number_ = next->number;
      return true;
    }
    const bool is_gone = opened.error().code == ErrorCode::kNotFound;
    if (is_gone && look < kLooks && files.refresh()) continue;
    found.add(opened.error().message);
    state_.reached = next->number;
    return true;
  }
}

bool FolderScrubber::read_events(std::uint64_t units, FindingList& found) {
  const auto tables = log().tables();
  const Position to{
      std::min(state_.until.value, state_.reached + units / kEventsOfARow * kEventsOfARow)};
  EventCheck({*tables, state_.until, false}, state_.tree, found).run(to);
  state_.reached = to.value;
  return to == state_.until;
}

bool FolderScrubber::take_place(const RowCursor& cursor, const Status& walked, FindingList& found) {
  state_.after = cursor.after;
  state_.reached = cursor.counted;
  if (walked) return cursor.at_end;
  // Closed by its owner, who is about to end: no damage.
  if (walked.error().code != ErrorCode::kClosed) found.add(walked.error().message);
  return true;
}

bool FolderScrubber::read_keys(std::uint64_t rows, FindingList& found) {
  const RocksKeys& keys = folder_.keys();
  RowCursor cursor{state_.after, state_.reached};
  const Status walked = state_.part == ScrubPart::kKeysByStream
                            ? keys.check_by_stream(cursor, rows, found)
                            : keys.check_by_key(cursor, rows, found);
  const bool done = take_place(cursor, walked, found);
  if (walked && done) compare_key_count(found);
  return done;
}

void FolderScrubber::compare_key_count(FindingList& found) {
  const auto counts = folder_.keys().counts();
  if (!counts) {
    if (counts.error().code != ErrorCode::kClosed) found.add(counts.error().message);
  } else if (counts->changes == state_.bound && counts->entries != state_.reached) {
    found.add("keys: " + std::to_string(state_.reached) +
              (state_.part == ScrubPart::kKeysByStream ? " streams" : " KEYs") + ", expected " +
              std::to_string(counts->entries));
  }
}

std::vector<std::string> FolderScrubber::remember(std::vector<std::string> lines) {
  std::vector<std::string> fresh;
  for (std::string& line : lines) {
    if (contains(state_.found, line)) continue;
    if (state_.found.size() < kKept) {
      state_.found.push_back(line);
    } else if (state_.found.size() == kKept) {
      state_.found.push_back("more than " + std::to_string(kKept) +
                             " findings in a round: a whole verify names them");
    }
    if (!contains(state_.found_before, line)) fresh.push_back(std::move(line));
  }
  return fresh;
}

std::string_view name_of(ScrubPart part) {
  switch (part) {
    case ScrubPart::kBegin: return "not begun";
    case ScrubPart::kLogFiles: return "table files of the log";
    case ScrubPart::kKeyFiles: return "table files of the KEYs";
    case ScrubPart::kEvents: return "events";
    case ScrubPart::kIds: return "index of ids";
    case ScrubPart::kStreams: return "index of streams";
    case ScrubPart::kKeysByStream: return "KEYs by stream";
    case ScrubPart::kKeysByKey: return "KEYs by name";
    case ScrubPart::kEnd: return "anchor";
  }
  std::unreachable();  // find_scrub_state rejects other numbers
}

ScrubStanding FolderScrubber::standing() const {
  ScrubStanding standing;
  standing.round = state_.round;
  standing.part = name_of(state_.part);
  if (state_.part >= ScrubPart::kEvents) standing.done = state_.reached;
  if (state_.part >= ScrubPart::kEvents && state_.part <= ScrubPart::kStreams) {
    standing.of = state_.until.value;
  }
  standing.round_ended = state_.round_ended;
  standing.findings = state_.found_before;
  for (const std::string& line : state_.found) {
    if (!contains(state_.found_before, line)) standing.findings.push_back(line);
  }
  return standing;
}

}  // namespace

Result<std::unique_ptr<Scrubber>> Scrubber::open(DataFolder& folder, const Clock& clock) {
  auto* const rocks = dynamic_cast<RocksFolder*>(&folder);
  TREDE_CHECK(rocks != nullptr, "a data folder of another kind");
  // On the folder itself: the file is replaced at each save, and may not be there.
  const int lock = ::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock < 0) return io_error(folder.path(), errno);
  auto scrubber = std::make_unique<FolderScrubber>(*rocks, clock, lock);
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return io_error(folder.path(), errno);
    return Error{ErrorCode::kLocked, folder.path().string() + " is being scrubbed already"};
  }
  scrubber->resume();
  return std::unique_ptr<Scrubber>(std::move(scrubber));
}

}  // namespace trede
