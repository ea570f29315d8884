#include "engine/log/verify.h"

#include "engine/base/check.h"
#include "engine/log/anchor.h"
#include "engine/log/beside_writer.h"
#include "engine/log/envelope.h"
#include "engine/log/folder_internal.h"
#include "engine/log/layout.h"

namespace trede {

namespace {

constexpr int kLooks = 20;  // at files that change meanwhile

// Collects lines up to the limit, and counts the rest.
class Findings {
 public:
  void add(std::string line) {
    if (lines_.size() < kFindingsMax) {
      lines_.push_back(std::move(line));
    } else {
      ++more_;
    }
  }
  std::vector<std::string> take() {
    if (more_ > 0) lines_.push_back("and " + std::to_string(more_) + " more");
    return std::move(lines_);
  }

 private:
  std::vector<std::string> lines_;
  std::size_t more_ = 0;
};

std::string at(Position position) {
  return "log: event at positie " + std::to_string(position.value) + ": ";
}

// Goes over the events once, in order.
class EventCheck {
 public:
  EventCheck(const LogTables& tables, Position last, const MerkleFrontier& anchor,
             Findings& findings)
      : tables_(tables), last_(last), anchor_(anchor), findings_(findings) {}

  Status run(const std::function<void(std::uint64_t, std::uint64_t)>& progress);

 private:
  void check_event(Position position, std::string_view stored);
  void check_order(Position position, const Envelope& envelope);
  void check_indexes(Position position, const pb::Event& event);
  void check_tree(Position position, std::string_view stored);
  void check_subtree(const Subtree& subtree);

  const LogTables& tables_;
  Position last_;
  const MerkleFrontier& anchor_;
  Findings& findings_;
  Moment moment_ = Moment::min();  // of the event before
  std::uint32_t index_ = 0;        // due in the atomic append
  std::uint32_t count_ = 1;        // events in it
  MerkleFrontier frontier_;
  std::vector<Hash> leaves_;
  std::vector<Subtree> completed_;
};

Status EventCheck::run(const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  Position next{1};
  while (next <= last_) {
    const Status scanned =
        tables_.scan(next, last_, [&](Position position, std::string_view stored) -> Status {
          check_event(position, stored);
          next = position.next();
          if (progress && position.value % 1024 == 0) progress(position.value, last_.value);
          return {};
        });
    if (scanned) break;
    // A hole is named and passed over, so that one does not hide what comes after it.
    findings_.add(scanned.error().message);
    check_tree(next, {});
    next = next.next();
  }
  if (index_ != 0) findings_.add(at(last_) + "its atomic append is not whole");
  if (progress) progress(last_.value, last_.value);
  return {};
}

void EventCheck::check_event(Position position, std::string_view stored) {
  check_tree(position, stored);
  const auto envelope = decode_envelope(stored);
  const auto event = decode_any(stored);
  if (!envelope || !event) {
    findings_.add(at(position) + (envelope ? event.error() : envelope.error()).message);
    return;
  }
  if (envelope->positie != position) {
    findings_.add(at(position) + "it says that its positie is " +
                  std::to_string(envelope->positie.value));
  }
  check_order(position, *envelope);
  check_indexes(position, *event);
}

void EventCheck::check_order(Position position, const Envelope& envelope) {
  if (envelope.vastgelegd_op <= moment_) {
    findings_.add(at(position) + "vastgelegd_op " + format_moment(envelope.vastgelegd_op) +
                  " is not after that of the event before it");
  }
  moment_ = envelope.vastgelegd_op;
  if (envelope.atomair_index != index_ || (index_ != 0 && envelope.atomair_aantal != count_)) {
    findings_.add(at(position) + "it does not continue the atomic append before it");
  }
  count_ = envelope.atomair_aantal;
  index_ = envelope.atomair_index + 1 == count_ ? 0 : envelope.atomair_index + 1;
}

void EventCheck::check_indexes(Position position, const pb::Event& event) {
  const auto by_id = tables_.find_id(id_of(event), last_);
  if (!by_id) {
    findings_.add(by_id.error().message);
  } else if (*by_id != position) {
    findings_.add(at(position) + "the index of ids does not lead to it");
  }
  const auto by_version =
      tables_.find_version(stream_of(event), StreamVersion{event.versie()}, last_);
  if (!by_version) {
    findings_.add(by_version.error().message);
  } else if (*by_version != position) {
    findings_.add(at(position) + "the index of streams does not lead to it");
  }
}

void EventCheck::check_tree(Position position, std::string_view stored) {
  const Hash leaf = leaf_hash(stored);
  leaves_.push_back(leaf);
  completed_.clear();
  frontier_.push(leaf, 0, &completed_);
  for (const Subtree& subtree : completed_) check_subtree(subtree);
  if (position.value == anchor_.size() && frontier_ != anchor_) {
    findings_.add("log: the events up to positie " + std::to_string(position.value) +
                  " are not those that were acknowledged: the hash differs from the anchor's");
  }
}

void EventCheck::check_subtree(const Subtree& subtree) {
  const std::uint64_t first = (subtree.index << subtree.height) + 1;
  const std::string name = "log: tree over events " + std::to_string(first) + ".." +
                           std::to_string(first + (std::uint64_t{1} << subtree.height) - 1) + ": ";
  const auto check = [&](unsigned level, std::string_view expected) {
    std::string value;
    const auto status =
        tables_.db()->Get({}, tables_.tree(), slice(TreeKey(level, subtree.index).view()), &value);
    if (!status.ok()) {
      findings_.add(name + status.ToString());
    } else if (value != expected) {
      findings_.add(name + "the stored hashes are not those of the events");
    }
  };
  check(subtree.height / kTreeStep, hash_view(subtree.root));
  if (subtree.height > kTreeStep) return;
  check(0, {reinterpret_cast<const char*>(leaves_.data()), leaves_.size() * sizeof(Hash)});
  leaves_.clear();
}

// The other way round: what the indexes name is all there is. That each event is found in them was
// checked, so it is enough that they hold no more entries than there are events.
Status check_ids(const LogTables& tables, Position last, Findings& findings) {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> it(tables.db()->NewIterator(options, tables.ids()));
  std::uint64_t entries = 0;
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    const auto id = decode_uuid(view(it->key()));
    const auto position = decode_position(view(it->value()));
    if (!id || !position || position->value == 0) {
      findings.add("log: an entry of the index of ids is not well formed");
    } else if (*position <= last) {
      ++entries;
    }
  }
  if (!it->status().ok()) return rocks_error(it->status(), "log: ids");
  if (entries != last.value) {
    findings.add("log: the index of ids holds " + std::to_string(entries) + " entries for " +
                 std::to_string(last.value) + " events");
  }
  return {};
}

Status check_streams(const LogTables& tables, Position last, Findings& findings) {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> it(tables.db()->NewIterator(options, tables.streams()));
  std::uint64_t entries = 0;
  std::string stream;
  std::uint64_t version = 0;
  Position before;
  for (it->SeekToFirst(); it->Valid(); it->Next()) {
    const auto position = decode_position(view(it->value()));
    if (it->key().size() != StreamKey::kPrefix + 8 || !position || !decode_kind(it->key()[0])) {
      findings.add("log: an entry of the index of streams is not well formed");
      continue;
    }
    if (*position > last) continue;
    ++entries;
    const std::string_view key = view(it->key());
    if (key.substr(0, StreamKey::kPrefix) != stream) {
      stream = key.substr(0, StreamKey::kPrefix);
      version = 0;
      before = Position{0};
    }
    if (read_number(key.substr(StreamKey::kPrefix)) != version + 1 || *position <= before) {
      const auto uuid = decode_uuid(stream.substr(1));
      const StreamId id{static_cast<StreamKind>(stream[0]), uuid ? *uuid : Uuid{}};
      findings.add("log: " + id.text() + ": after version " + std::to_string(version) +
                   " the next is not in its place");
    }
    version = read_number(key.substr(StreamKey::kPrefix));
    before = *position;
  }
  if (!it->status().ok()) return rocks_error(it->status(), "log: streams");
  if (entries != last.value) {
    findings.add("log: the index of streams holds " + std::to_string(entries) + " entries for " +
                 std::to_string(last.value) + " events");
  }
  return {};
}

// Looks at the files of the tables as they are now, and hands those tables back. A file that is
// gone only because the writer replaced it meanwhile is no damage: then it looks again.
Result<std::shared_ptr<const LogTables>> check_files(TableLog& log,
                                                     const std::filesystem::path& database,
                                                     std::vector<std::string>& findings) {
  for (int attempt = 1;; ++attempt) {
    const std::string stamp = stamp_of(database);
    const Status refreshed = log.wait_beyond(log.last_position(), {}, {});
    if (!refreshed) return refreshed.error();
    auto tables = log.tables();
    findings = tables->db().verify_files();
    if (findings.empty() || attempt == kLooks || stamp_of(database) == stamp) return tables;
  }
}

}  // namespace

Result<std::vector<std::string>> verify_log(
    DataFolder& folder, const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  auto* const rocks = dynamic_cast<RocksFolder*>(&folder);
  TREDE_CHECK(rocks != nullptr, "a data folder of another kind");
  Findings findings;
  // The anchor first, then the tables as they are after it: a writer may be going on meanwhile.
  const auto anchor = load_anchor(folder.path() / "anchor");
  if (!anchor) return anchor.error();
  if (!anchor->damage.empty()) findings.add(anchor->damage);
  std::vector<std::string> in_files;
  const auto held = check_files(rocks->log(), folder.path() / "log", in_files);
  if (!held) return held.error();
  const LogTables& tables = **held;
  const Position last = rocks->log().last_position();
  if (anchor->state.tree.size() > last.value) {
    return Error{ErrorCode::kCorrupt,
                 "log: it ends at positie " + std::to_string(last.value) + ", before the anchor"};
  }
  for (const std::string& line : in_files) findings.add(line);

  EventCheck events(tables, last, anchor->state.tree, findings);
  TREDE_RETURN_IF_ERROR(events.run(progress));
  TREDE_RETURN_IF_ERROR(check_ids(tables, last, findings));
  TREDE_RETURN_IF_ERROR(check_streams(tables, last, findings));
  const auto keys = rocks->keys().verify();
  if (!keys) return keys.error();
  for (const std::string& line : *keys) findings.add(line);
  return findings.take();
}

}  // namespace trede
