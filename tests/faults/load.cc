#include "tests/faults/load.h"

#include <rocksdb/db.h>

#include <thread>

#include "engine/log/folder_internal.h"
#include "engine/log/verify.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {

namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kStreams = 6;

// So small that RocksDB flushes and compacts all the time.
void make_buffers_tiny(RocksDb& db) {
  for (std::size_t family = 0; family < 5; ++family) {
    static_cast<void>(db->SetOptions(
        db.family(family),
        {{"write_buffer_size", "2097152"}, {"level0_file_num_compaction_trigger", "2"}}));
  }
}

}  // namespace

void Load::note(const Error& error) {
  if (error.message.empty() || error.message.find('\n') != std::string::npos) {
    complain("an error that is not one clear line: " + error.message);
  }
}

// Only a write that failed leaves open what stands.
Fate Load::fate_of(const Error& error) {
  note(error);
  return error.code == ErrorCode::kIo ? Fate::kUnknown : Fate::kRefused;
}

StreamId Load::some_stream() { return dossier(upto(kStreams)); }

void Load::create() {
  const Status made = DataFolder::create(folder_path_, clock_, ids_);
  if (made) {
    was_made_ = true;
  } else {
    note(made.error());
  }
}

void Load::open() {
  auto opened = DataFolder::open(folder_path_, OpenMode::kWrite, clock_, ids_);
  if (!opened) return note(opened.error());
  folder_ = std::move(*opened);
  log_broke_ = false;
  keys_broke_ = false;
  auto& rocks = static_cast<RocksFolder&>(*folder_);
  make_buffers_tiny(rocks.log().tables()->db());
}

void Load::close() {
  if (!folder_) return;
  if (const Status closed = folder_->close(); !closed) note(closed.error());
  folder_.reset();
}

void Load::append(std::size_t streams, std::size_t events_each) {
  if (!folder_) return;
  clock_.advance(1ms);
  std::vector<StreamAppend> appends;
  std::vector<EventId> ids;
  const std::uint64_t first_stream = upto(kStreams);
  for (std::size_t i = 0; i < streams; ++i) {
    const StreamId stream = dossier((first_stream + i) % kStreams + 1);
    const auto version = folder_->log().version_of(stream);
    if (!version) return note(version.error());
    StreamAppend& one = appends.emplace_back(stream, *version);
    for (std::size_t n = 0; n < events_each; ++n) {
      one.events.push_back(some_event(stream, next_event_));
      ids.push_back(event_id(next_event_++));
    }
  }
  const auto appended = test::append(folder_->log(), std::move(appends));
  if (!appended) {
    witness_.saw_events(std::move(ids), fate_of(appended.error()));
    log_broke_ = log_broke_ || appended.error().code == ErrorCode::kIo;
    return;
  }
  if (log_broke_) complain("an append was taken after a write had failed");
  witness_.saw_events(std::move(ids), Fate::kAcknowledged, appended->first);
}

void Load::append_from_threads(std::size_t threads, std::size_t each) {
  if (!folder_) return;
  clock_.advance(1ms);
  std::mutex mutex;  // over what the threads complain of
  std::vector<std::jthread> running;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    const std::uint64_t first = next_event_;
    next_event_ += each;
    running.emplace_back([&, thread, first] {
      const StreamId stream = dossier(100 + thread);
      for (std::uint64_t number = first; number < first + each; ++number) {
        const auto version = folder_->log().version_of(stream);
        if (!version) return;
        const auto appended = test::append(folder_->log(), {to(stream, version->value, {number})});
        const std::lock_guard lock(mutex);
        if (appended) {
          witness_.saw_events({event_id(number)}, Fate::kAcknowledged, appended->first);
        } else {
          witness_.saw_events({event_id(number)}, fate_of(appended.error()));
          log_broke_ = log_broke_ || appended.error().code == ErrorCode::kIo;
        }
      }
    });
  }
}

void Load::import(std::size_t events, bool commit) {
  if (!folder_) return;
  auto begun = folder_->log().begin_import({.id = ImportId{ids_.uuid4()}, .held_bytes = 600});
  if (!begun) return note(begun.error());
  std::vector<EventId> ids;
  Fate fate = commit ? Fate::kAcknowledged : Fate::kRefused;
  for (std::size_t i = 0; i < events; ++i) {
    const StreamId stream = some_stream();
    const auto version = (*begun)->version_of(stream);
    if (!version) {
      note(version.error());
      fate = Fate::kRefused;
      break;
    }
    ids.push_back(event_id(next_event_));
    const auto appended = test::append(**begun, {to(stream, version->value, {next_event_++})});
    if (appended) continue;
    note(appended.error());
    log_broke_ = log_broke_ || appended.error().code == ErrorCode::kIo;
    fate = Fate::kRefused;
    break;
  }
  if (fate == Fate::kAcknowledged) {
    const Status committed = (*begun)->commit();
    if (!committed) fate = fate_of(committed.error());
    log_broke_ = log_broke_ || (!committed && committed.error().code == ErrorCode::kIo);
  }
  begun->reset();
  if (!ids.empty()) witness_.saw_events(std::move(ids), fate);
}

void Load::assign(std::size_t count) {
  if (!folder_) return;
  std::vector<KeyEntry> entries;
  for (std::size_t i = 0; i < count; ++i) {
    const StreamId stream = dossier(1000 + next_key_);
    entries.push_back({stream, "KEY-" + std::to_string(next_key_++)});
  }
  const Status assigned = folder_->keys().assign(entries);
  if (!assigned) {
    witness_.saw_keys(entries, fate_of(assigned.error()));
    keys_broke_ = keys_broke_ || assigned.error().code == ErrorCode::kIo;
    return;
  }
  if (keys_broke_) complain("a KEY was taken after a write had failed");
  witness_.saw_keys(entries, Fate::kAcknowledged);
  for (const KeyEntry& entry : entries) with_key_.push_back(entry.stream);
}

void Load::erase() {
  if (!folder_ || with_key_.empty()) return;
  const std::size_t which = random_() % with_key_.size();
  const StreamId stream = with_key_[which];
  const Status erased = folder_->keys().erase(stream);
  witness_.saw_erased(stream, erased ? Fate::kAcknowledged : fate_of(erased.error()));
  with_key_.erase(with_key_.begin() + static_cast<std::ptrdiff_t>(which));
}

void Load::flush() {
  if (!folder_) return;
  auto& rocks = static_cast<RocksFolder&>(*folder_);
  if (const Status flushed = rocks.log().tables()->db().flush(); !flushed) note(flushed.error());
}

void Load::compact() {
  if (!folder_) return;
  RocksDb& db = static_cast<RocksFolder&>(*folder_).log().tables()->db();
  for (std::size_t family = 0; family < 5; ++family) {
    if (const Status done = db.write_anew(family, {}, {}); !done) note(done.error());
  }
}

void Load::resume() {
  if (!folder_) return;
  static_cast<void>(static_cast<RocksFolder&>(*folder_).log().tables()->db()->Resume());
}

void Load::random_step() {
  if (!folder_) return open();
  switch (random_() % 16) {
    case 0: return import(upto(30), random_() % 3 != 0);
    case 1: return assign(upto(5));
    case 2: return erase();
    case 3: return flush();
    case 4: return compact();
    case 5: return append_from_threads(4, upto(6));
    case 6: return close();
    case 7: return append(upto(3), upto(100));
    case 8: return resume();
    default: return append(upto(3), upto(4));
  }
}

void Load::move_to(std::filesystem::path folder) {
  folder_.reset();
  folder_path_ = std::move(folder);
}

std::vector<std::string> Load::look() {
  close();
  std::vector<std::string> findings = std::move(complaints_);
  complaints_.clear();
  auto opened = DataFolder::open(folder_path_, OpenMode::kWrite, clock_, ids_);
  if (!opened && !was_made_) {
    // Nobody was told that it is there: then it can be made.
    const Status made = DataFolder::create(folder_path_, clock_, ids_);
    if (!made) findings.push_back("it is not made anew: " + made.error().message);
    opened = DataFolder::open(folder_path_, OpenMode::kWrite, clock_, ids_);
  }
  was_made_ = true;
  if (!opened) {
    findings.push_back("it does not open: " + opened.error().message);
    return findings;
  }
  folder_ = std::move(*opened);
  log_broke_ = keys_broke_ = false;
  const auto add = [&](std::vector<std::string> more) {
    for (std::string& line : more) findings.push_back(std::move(line));
  };
  add(witness_.look(*folder_));
  const auto verified = verify_log(*folder_);
  add(verified ? *verified : std::vector{verified.error().message});
  const std::uint64_t before = witness_.acknowledged();
  append(2, 2);
  assign(1);
  if (witness_.acknowledged() != before + 4) findings.push_back("it takes no append");
  close();
  const auto reader = DataFolder::open(folder_path_, OpenMode::kRead, clock_, ids_);
  add(reader ? witness_.look(**reader) : std::vector{reader.error().message});
  return findings;
}

}  // namespace trede::test
