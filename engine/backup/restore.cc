#include "engine/backup/restore.h"

#include "engine/backup/backup.h"
#include "engine/backup/copies.h"
#include "engine/log/files.h"
#include "engine/log/held_to.h"

namespace trede {

namespace {

namespace fs = std::filesystem;

std::string text_of(std::uint64_t number) { return std::to_string(number); }

Error refused(const fs::path& path, const std::string& why) {
  return {ErrorCode::kInvalid, path.string() + " " + why};
}

// Removes all that is in a folder that is not finished.
void clear(const fs::path& data) {
  std::error_code ignored;
  // Its last step may have been done, but for the sync.
  if (fs::remove(data / format_file(FolderKind::kLive), ignored)) {
    static_cast<void>(sync_path(data));
  }
  // The name last, also on disk: until then another call knows what it is.
  const fs::path name = data / format_file(FolderKind::kRestoring);
  for (const auto& entry : fs::directory_iterator(data, ignored)) {
    if (entry.path() != name) fs::remove_all(entry.path(), ignored);
  }
  if (sync_path(data)) fs::remove(name, ignored);
}

// Makes sure that a new folder can be made in `data`; what a restore that was cut off left there
// is removed.
Status make_way(const fs::path& data, const fs::path& dir, const Clock& clock) {
  if (is_within(data, dir) || is_within(dir, data)) {
    return refused(data, "lies in the backup or around it, expected a place of its own");
  }
  std::error_code unknown;
  const bool is_unfinished = fs::exists(data / format_file(FolderKind::kRestoring), unknown) &&
                             !fs::exists(data / format_file(FolderKind::kLive), unknown);
  if (!is_unfinished) return {};
  {
    const auto other = DataFolder::open_copy(data, FolderKind::kRestoring, OpenMode::kWrite, clock);
    if (!other && other.error().code == ErrorCode::kLocked) return other.error();
  }
  clear(data);
  return {};
}

struct Source {
  std::unique_ptr<DataFolder> folder;
  BackupSet set;
  std::vector<Epoch> epochs;
};

Result<Source> open_source(const RestoreOptions& options, const Clock& clock) {
  Source source;
  auto folder = DataFolder::open_copy(options.dir, FolderKind::kBackup, OpenMode::kRead, clock);
  if (!folder) return std::move(folder).error();
  source.folder = std::move(*folder);
  auto set = find_set(options.dir);
  if (!set) return set.error();
  if (!*set) return refused(options.dir, "has no run that ended: nothing to put back");
  source.set = std::move(**set);
  const auto findings = verify_set(source.set);
  if (!findings) return findings.error();
  if (!findings->empty()) return Error{ErrorCode::kCorrupt, findings->front()};
  auto epochs = source.folder->log().epochs();
  if (!epochs) return epochs.error();
  source.epochs = std::move(*epochs);
  return source;
}

// Where to stop.
Result<Position> end_of(const RestoreOptions& options, const EventLog& log) {
  const Position last = log.last_position();
  if (!options.until) return last;
  if (*options.until > last) {
    return refused(options.dir, "ends at positie " + text_of(last.value) + ", before " +
                                    text_of(options.until->value));
  }
  const auto settled = log.settle(*options.until);
  if (!settled) return settled.error();
  if (*settled == *options.until) return *settled;
  return refused(options.dir, ": positie " + text_of(options.until->value) +
                                  " lies within an append, expected " + text_of(settled->value) +
                                  " or one after it");
}

// Opens a note of the set, or the one that was handed over.
Result<Checkpoint> open_kept(const std::string& note, const std::optional<VerifierKey>& given,
                             const BackupSet& set) {
  if (given) return open_checkpoint(note, *given);
  if (set.state.public_key.empty()) {
    return Error{ErrorCode::kInvalid, "a checkpoint needs the key to believe it by: --key"};
  }
  const auto own = VerifierKey::parse(set.state.public_key);
  if (!own) return own.error();
  return open_checkpoint(note, *own);
}

Error altered(const fs::path& dir, const TreeHead& known) {
  return {ErrorCode::kCorrupt, dir.string() + " has other events up to positie " +
                                   text_of(known.size) +
                                   " than the checkpoint was over: their tree heads differ"};
}

// Everything that is known of the log must be in it. Returns the furthest head that is known.
Result<TreeHead> furthest_known(const RestoreOptions& options, const Source& source) {
  const EventLog& log = source.folder->log();
  std::vector<TreeHead> known = {source.set.state.head};
  const auto own = read_file(source.set.path / "checkpoint");
  if (own) {
    const auto checkpoint = open_kept(*own, {}, source.set);
    if (!checkpoint) return checkpoint.error();
    known.push_back(checkpoint->head);
  }
  if (options.checkpoint) {
    const auto checkpoint = open_kept(*options.checkpoint, options.key, source.set);
    if (!checkpoint) return checkpoint.error();
    if (checkpoint->origin != origin_of(log.identity())) {
      return Error{ErrorCode::kInvalid, "the checkpoint is of " + checkpoint->origin +
                                            ", the backup of " + origin_of(log.identity())};
    }
    known.push_back(checkpoint->head);
  }
  TreeHead furthest;
  furthest.root = MerkleFrontier().root();
  for (const TreeHead& head : known) {
    if (head.size > furthest.size) furthest = head;
    if (head.size > log.last_position().value) continue;
    const auto root = log.root_at(Position{head.size});
    if (!root) return root.error();
    if (*root != head.root) return altered(options.dir, head);
  }
  const auto last = log.head();
  if (!last) return last.error();
  if (last->position.value > furthest.size) furthest = {last->position.value, last->root};
  return furthest;
}

Result<Epoch> next_epoch(const Source& source, const TreeHead& begins, const Clock& clock,
                         RandomSource& random) {
  Epoch epoch;
  epoch.number = current_epoch(source.epochs) + 1;
  epoch.id = random.uuid4();
  epoch.begins = begins;
  epoch.begun = clock.now();
  return epoch;
}

// The trail of the backup, and that it was put back.
Status put_back_trail(const RestoreOptions& options, const Uuid& log, Position until,
                      const Clock& clock) {
  const auto kept = Trail::open(options.dir, log, TrailAccess::kRead, clock);
  if (!kept && kept.error().code != ErrorCode::kNotFound) return kept.error();
  if (!kept && !options.noted) return {};
  const auto own = Trail::open(options.data, log, TrailAccess::kWrite, clock);
  if (!own) return own.error();
  if (kept) TREDE_RETURN_IF_ERROR((*own)->take_over(**kept));
  if (!options.noted) return {};
  TrailEntry entry = *options.noted;
  entry.action = TrailAction::kTerugzetten;
  entry.object = kWholeLog;
  entry.first = Position{1};
  entry.last = until;
  entry.count = until.value;
  return (*own)->append({&entry, 1});
}

Status put_back(const RestoreOptions& options, Source& source, const FolderMaking& making,
                const Clock& clock) {
  TREDE_RETURN_IF_ERROR(DataFolder::create_copy(options.data, making));
  auto made = DataFolder::open_copy(options.data, FolderKind::kRestoring, OpenMode::kWrite, clock);
  if (!made) return std::move(made).error();
  std::vector<KeyEntry> keys;
  const auto take = [&](const KeyEntry& entry) -> Status {
    keys.push_back(entry);
    return {};
  };
  TREDE_RETURN_IF_ERROR(source.folder->keys().scan(take));
  const Position until{making.epochs.back().begins.size};
  TREDE_RETURN_IF_ERROR(copy_events({source.folder->log(), (*made)->log(), until, options.progress},
                                    [&] { return (*made)->keys().assign(keys); }));
  TREDE_RETURN_IF_ERROR((*made)->close());
  TREDE_RETURN_IF_ERROR(put_back_trail(options, making.identity, until, clock));
  TREDE_RETURN_IF_ERROR(copy_files(source.set.path / "reports", options.data / "reports"));
  TREDE_RETURN_IF_ERROR(copy_files(source.set.path / "copies", options.data / "copies"));
  TREDE_RETURN_IF_ERROR(
      restore_vault(source.set.path, options.key_dir, options.data, making.identity));
  TREDE_RETURN_IF_ERROR(note_place(options.data, {CopyKind::kBackup, options.dir}, 0));
  TREDE_RETURN_IF_ERROR(sync_path(options.data));
  return DataFolder::make_live(options.data);
}

}  // namespace

Result<Restored> restore(const RestoreOptions& options, const Clock& clock, RandomSource& random) {
  auto source = open_source(options, clock);
  if (!source) return std::move(source).error();
  const EventLog& log = source->folder->log();
  const auto until = end_of(options, log);
  if (!until) return until.error();
  const auto known = furthest_known(options, *source);
  if (!known) return known.error();
  const auto root = log.root_at(*until);
  if (!root) return root.error();
  auto epoch = next_epoch(*source, {until->value, *root}, clock, random);
  if (!epoch) return epoch.error();
  if (known->size > until->value) {
    if (!options.accepts_loss) {
      return Error{ErrorCode::kRefused,
                   "events at positie " + text_of(until->value + 1) + " to " +
                       text_of(known->size) +
                       " were acknowledged and would be missing; --accepteer-verlies goes on "
                       "without them, and the folder keeps for ever that they are lost"};
    }
    epoch->lost = *known;
  }
  TREDE_RETURN_IF_ERROR(make_way(options.data, options.dir, clock));
  FolderMaking making{FolderKind::kRestoring, log.identity(), source->epochs};
  making.epochs.push_back(*epoch);
  std::error_code unknown;
  const bool was_there = fs::exists(options.data, unknown);
  const Status done = put_back(options, *source, making, clock);
  if (!done) {
    if (fs::exists(options.data / format_file(FolderKind::kRestoring), unknown)) {
      clear(options.data);
      if (!was_there) fs::remove(options.data, unknown);
    }
    return done.error();
  }
  return Restored{epoch->begins, making.epochs, *known};
}

}  // namespace trede
