#include "engine/backup/verify_backup.h"

#include "engine/ledger/checkpoint.h"
#include "engine/log/files.h"
#include "engine/log/verify.h"

namespace trede {

namespace {

namespace fs = std::filesystem;

Status check_head(const EventLog& log, const TreeHead& known, const std::string& name,
                  std::vector<std::string>& findings) {
  if (known.size > log.last_position().value) {
    findings.push_back(name + " is over " + std::to_string(known.size) +
                       " events, but the log ends at positie " +
                       std::to_string(log.last_position().value));
    return {};
  }
  const auto root = log.root_at(Position{known.size});
  if (!root) return root.error();
  if (*root != known.root) {
    findings.push_back(name + ": other events up to positie " + std::to_string(known.size) +
                       ", the tree head differs");
  }
  return {};
}

Status check_checkpoint(const EventLog& log, const BackupSet& set,
                        std::vector<std::string>& findings) {
  if (set.state.public_key.empty()) return {};
  const auto key = VerifierKey::parse(set.state.public_key);
  const auto note = read_file(set.path / "checkpoint");
  if (!key || !note) {
    findings.push_back((set.path / "checkpoint").string() + " or its key cannot be read");
    return {};
  }
  const auto checkpoint = open_checkpoint(*note, *key);
  if (!checkpoint) {
    findings.push_back((set.path / "checkpoint").string() + ": " + checkpoint.error().message);
    return {};
  }
  return check_head(log, checkpoint->head, (set.path / "checkpoint").string(), findings);
}

Status check_trail(const fs::path& dir, const BackupState& state, const Clock& clock,
                   std::vector<std::string>& findings) {
  const auto trail = Trail::open(dir, state.log, TrailAccess::kRead, clock);
  if (!trail && trail.error().code == ErrorCode::kNotFound) {
    if (state.trail.count > 0) findings.push_back(dir.string() + ": the audit trail is missing");
    return {};
  }
  if (!trail) {
    findings.push_back(trail.error().message);
    return {};
  }
  const auto found = (*trail)->verify(state.trail);
  if (!found) {
    findings.push_back(found.error().message);
  } else if (!found->empty()) {
    findings.push_back(trail_file(dir).string() + ": " + *found);
  }
  return {};
}

}  // namespace

Result<BackupCheck> verify_backup(
    const fs::path& dir, const Clock& clock,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  const auto folder = DataFolder::open_copy(dir, FolderKind::kBackup, OpenMode::kRead, clock);
  if (!folder) return folder.error();
  const EventLog& log = (*folder)->log();
  BackupCheck check;
  auto findings = verify_log(**folder, progress);
  if (!findings) return findings.error();
  check.findings = std::move(*findings);
  const auto head = log.head();
  if (!head) return head.error();
  check.head = {head->position.value, head->root};
  auto epochs = log.epochs();
  if (!epochs) return epochs.error();
  check.epochs = std::move(*epochs);

  const auto set = find_set(dir);
  if (!set) {
    check.findings.push_back(set.error().message);
    return check;
  }
  if (!*set) return check;
  check.state = (*set)->state;
  if (check.state->log != log.identity() || check.state->epoch != current_epoch(check.epochs)) {
    check.findings.push_back((*set)->path.string() + " is of another log or epoch");
  }
  const auto files = verify_set(**set);
  if (!files) return files.error();
  check.findings.insert(check.findings.end(), files->begin(), files->end());
  TREDE_RETURN_IF_ERROR(
      check_head(log, check.state->head, (*set)->path.string() + "/STATE", check.findings));
  TREDE_RETURN_IF_ERROR(check_checkpoint(log, **set, check.findings));
  TREDE_RETURN_IF_ERROR(check_trail(dir, *check.state, clock, check.findings));
  return check;
}

}  // namespace trede
