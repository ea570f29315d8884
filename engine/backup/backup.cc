#include "engine/backup/backup.h"

#include <algorithm>
#include <map>

#include "engine/backup/copies.h"
#include "engine/backup/key_sync.h"
#include "engine/backup/set.h"
#include "engine/event/bytes_text.h"
#include "engine/log/files.h"
#include "engine/log/signing_key_file.h"

namespace trede {

namespace {

namespace fs = std::filesystem;

Error refused(const fs::path& dir, const std::string& why) {
  return {ErrorCode::kInvalid, dir.string() + " " + why};
}

Status check_place(const fs::path& dir, const fs::path& data) {
  if (is_within(dir, data) || is_within(data, dir)) {
    return refused(dir, "lies in the data folder or around it, expected a place of its own");
  }
  return {};
}

Result<std::unique_ptr<DataFolder>> open_or_make(DataFolder& live, const fs::path& dir,
                                                 const Clock& clock) {
  std::error_code unknown;
  if (!fs::exists(dir / format_file(FolderKind::kBackup), unknown)) {
    const bool is_data = fs::exists(dir / format_file(FolderKind::kLive), unknown);
    if (is_data) return refused(dir, "is a data folder, expected a folder for backups alone");
    auto epochs = live.log().epochs();
    if (!epochs) return epochs.error();
    TREDE_RETURN_IF_ERROR(DataFolder::create_copy(
        dir, {FolderKind::kBackup, live.log().identity(), std::move(*epochs)}));
  }
  return DataFolder::open_copy(dir, FolderKind::kBackup, OpenMode::kWrite, clock);
}

// Whether the backup is the beginning of what the live log has.
Status check_beginning(EventLog& live, EventLog& kept, const fs::path& dir) {
  if (live.identity() != kept.identity()) {
    return refused(dir, "is a backup of log " + kept.identity().text() + ", and not of " +
                            live.identity().text());
  }
  const auto epochs = live.epochs();
  if (!epochs) return epochs.error();
  const auto kept_epochs = kept.epochs();
  if (!kept_epochs) return kept_epochs.error();
  if (*epochs != *kept_epochs) {
    return refused(dir, "is a backup of epoch " + std::to_string(current_epoch(*kept_epochs)) +
                            " of this log, and the data folder is another one (epoch " +
                            std::to_string(current_epoch(*epochs)) +
                            "): one of them was put back; begin a backup in a new folder");
  }
  const auto head = kept.head();
  if (!head) return head.error();
  if (head->position > live.last_position()) {
    return refused(dir, "holds events up to positie " + std::to_string(head->position.value) +
                            ", but the data folder ends at " +
                            std::to_string(live.last_position().value) +
                            ": that was put back as it was earlier, or events are lost");
  }
  const auto root = live.root_at(head->position);
  if (!root) return root.error();
  if (*root == head->root) return {};
  return Error{ErrorCode::kCorrupt, dir.string() +
                                        " has other events than the data folder: their tree "
                                        "heads at positie " +
                                        std::to_string(head->position.value) + " differ"};
}

Result<MerkleFrontier> frontier_of(const EventLog& log, std::uint64_t size) {
  MerkleFrontier frontier;
  for (unsigned height = 64; height-- > 0;) {
    if ((size >> height & 1) == 0) continue;
    const auto root = log.subtree(height, frontier.size() >> height);
    if (!root) return root.error();
    frontier.push(*root, height);
  }
  return frontier;
}

// The trail of the copy follows that of the folder. Returns why it does not.
std::string follow_trail(DataFolder& live, const fs::path& dir, const Clock& clock) {
  const Uuid log = live.log().identity();
  const auto from = Trail::open(live.path(), log, TrailAccess::kRead, clock);
  if (!from && from.error().code != ErrorCode::kNotFound) return from.error().message;
  const auto to = Trail::open(dir, log, TrailAccess::kWrite, clock);
  if (!to) return to.error().message;
  if (!from) {
    const auto head = (*to)->head();
    if (!head) return head.error().message;
    return head->count == 0 ? "" : live.path().string() + ": the audit trail is gone";
  }
  const Status taken = (*to)->take_over(**from);
  return taken ? "" : taken.error().message;
}

// Signed with the key of the folder; empty when it has none that can be used, which is noted.
Result<std::string> signed_checkpoint(DataFolder& live, BackupRun& run) {
  BackupState& state = run.state;
  const auto key = find_signing_key(live.path(), state.log);
  if (!key)
    run.notes.push_back("the checkpoint in the backup is not signed: " + key.error().message);
  if (!key || !*key) return std::string();
  auto checkpoint = checkpoint_at(live.log(), Position{state.head.size});
  if (!checkpoint) return checkpoint.error();
  if (state.trail.count > 0) {  // as `trede checkpoint` has it, so that `trede audit` reads it
    checkpoint->extensions.push_back("trail " + std::to_string(state.trail.count) + " " +
                                     base64_text(hash_view(state.trail.hash)));
  }
  state.public_key = (*key)->verifier().text();
  return sign_checkpoint(*checkpoint, **key);
}

Status fill_set(DataFolder& live, const std::string& checkpoint, const fs::path& folder) {
  TREDE_RETURN_IF_ERROR(copy_files(live.path() / "reports", folder / "reports"));
  TREDE_RETURN_IF_ERROR(copy_vault(live.path(), folder / "vault"));
  TREDE_RETURN_IF_ERROR(copy_places(live.path(), folder));
  if (checkpoint.empty()) return {};
  return write_new_file(folder / "checkpoint", checkpoint);
}

Status finish_run(DataFolder& live, const fs::path& dir, BackupRun& run, const Clock& clock) {
  run.trail_finding = follow_trail(live, dir, clock);
  const auto trail = load_trail_head(dir, run.state.log, clock);
  if (!trail) return trail.error();
  run.state.trail = *trail;
  run.state.made = clock.now();
  const auto checkpoint = signed_checkpoint(live, run);
  if (!checkpoint) return checkpoint.error();
  run.is_signed = !checkpoint->empty();
  auto state = put_set(dir, run.state,
                       [&](const fs::path& folder) { return fill_set(live, *checkpoint, folder); });
  if (!state) return std::move(state).error();
  run.state = std::move(*state);
  return {};
}

// Where the data folder cannot be written, the copy is good all the same.
void note_places(const fs::path& data, const BackupOptions& options, std::uint64_t waiting,
                 BackupRun& run) {
  std::vector<CopyPlace> places = {{CopyKind::kBackup, options.dir}};
  if (!options.key_dir.empty()) places.push_back({CopyKind::kKeys, options.key_dir});
  for (const CopyPlace& place : places) {
    const Status noted = note_place(data, place, waiting);
    if (noted) continue;
    run.notes.push_back(place.path.string() +
                        " is not noted as a copy, so erasures do not reach it before the next "
                        "backup: " +
                        noted.error().message);
  }
}

}  // namespace

bool is_within(const fs::path& inner, const fs::path& outer) {
  std::error_code unknown;
  const fs::path in = fs::weakly_canonical(fs::absolute(inner, unknown), unknown);
  const fs::path out = fs::weakly_canonical(fs::absolute(outer, unknown), unknown);
  return std::mismatch(out.begin(), out.end(), in.begin(), in.end()).first == out.end();
}

Status copy_events(const EventCopy& copy, const std::function<Status()>& before_commit) {
  const Position first = copy.to.last_position().next();
  auto tree = frontier_of(copy.to, first.value - 1);
  if (!tree) return tree.error();
  auto staged = copy.to.begin_import({});
  if (!staged) return staged.error();
  const std::uint64_t total = copy.until.value + 1 - first.value;
  TREDE_RETURN_IF_ERROR(
      copy.from.scan(first, copy.until, [&](Position position, std::string_view stored) -> Status {
        tree->push(leaf_hash(stored));
        if (copy.progress) copy.progress(position.value - first.value, total);
        return (*staged)->adopt(stored);
      }));
  const auto root = copy.from.root_at(copy.until);
  if (!root) return root.error();
  if (tree->root() != *root) {
    return Error{ErrorCode::kCorrupt, "the events up to positie " +
                                          std::to_string(copy.until.value) +
                                          " do not have the hashes in the tree"};
  }
  if (before_commit) TREDE_RETURN_IF_ERROR(before_commit());
  return (*staged)->commit();
}

Result<BackupRun> back_up(DataFolder& live, const BackupOptions& options, const Clock& clock) {
  const fs::path& dir = options.dir;
  TREDE_RETURN_IF_ERROR(check_place(dir, live.path()));
  if (!options.key_dir.empty()) {
    TREDE_RETURN_IF_ERROR(check_place(options.key_dir, live.path()));
    TREDE_RETURN_IF_ERROR(check_place(options.key_dir, dir));
  }
  auto kept = open_or_make(live, dir, clock);
  if (!kept) return std::move(kept).error();
  EventLog& log = (*kept)->log();
  TREDE_RETURN_IF_ERROR(check_beginning(live.log(), log, dir));
  const std::uint64_t waiting = waiting_until(live.path());

  BackupRun run;
  const Position before = log.last_position();
  const Position until = live.log().last_position();
  const auto keys = compare_keys(live.keys(), (*kept)->keys());
  if (!keys) return keys.error();
  // KEYs that go first, so that one that was given to another stream is free; then the new ones,
  // before their events: an event of a stream without KEY could not be found again.
  const auto copy_keys = [&]() -> Status {
    if (!keys->gone.empty()) TREDE_RETURN_IF_ERROR((*kept)->keys().erase_all(keys->gone));
    return (*kept)->keys().assign(keys->added);
  };
  TREDE_RETURN_IF_ERROR(copy_events({live.log(), log, until, options.progress}, copy_keys));
  const auto head = log.head();
  if (!head) return head.error();
  const auto epochs = log.epochs();
  if (!epochs) return epochs.error();
  run.added = until.value - before.value;
  run.keys_added = keys->added.size();
  run.keys_erased = keys->gone.size();
  run.state.log = log.identity();
  run.state.epoch = current_epoch(*epochs);
  run.state.head = {head->position.value, head->root};
  run.state.recorded = head->vastgelegd_op;
  TREDE_RETURN_IF_ERROR(finish_run(live, dir, run, clock));
  if (!options.key_dir.empty()) {
    TREDE_RETURN_IF_ERROR(copy_vault_keys(live.path(), options.key_dir));
  }
  TREDE_RETURN_IF_ERROR((*kept)->close());
  note_places(live.path(), options, waiting, run);
  return run;
}

}  // namespace trede
