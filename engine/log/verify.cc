#include "engine/log/verify.h"

#include "engine/base/check.h"
#include "engine/log/anchor_check_internal.h"
#include "engine/log/beside_writer.h"
#include "engine/log/epoch_check_internal.h"
#include "engine/log/event_check_internal.h"
#include "engine/log/folder_internal.h"
#include "engine/log/index_check_internal.h"
#include "engine/log/signing_key_file.h"

namespace trede {

namespace {

constexpr int kLooks = 20;  // at files that change meanwhile

// What `look` says of the files of `database`. A file that is gone only because the writer replaced
// it meanwhile is no damage: then it looks again, after `refresh`.
Result<std::vector<std::string>> check_files(
    const std::filesystem::path& database, const std::function<Status()>& refresh,
    const std::function<std::vector<std::string>()>& look) {
  for (int attempt = 1;; ++attempt) {
    const std::string stamp = stamp_of(database);
    TREDE_RETURN_IF_ERROR(refresh());
    auto findings = look();
    if (findings.empty() || attempt == kLooks || stamp_of(database) == stamp) return findings;
  }
}

Result<std::vector<std::string>> check_log_files(RocksFolder& folder) {
  TableLog& log = folder.log();
  return check_files(
      folder.path() / "log", [&] { return log.wait_beyond(log.last_position(), {}, {}); },
      [&] { return log.tables()->db().verify_files(); });
}

Result<std::vector<std::string>> check_key_files(RocksFolder& folder) {
  RocksKeys& keys = folder.keys();
  return check_files(
      folder.path() / "keys",
      [&] { return folder.mode() == OpenMode::kRead ? keys.reload(0) : Status(); },
      [&] { return keys.verify_files(); });
}

}  // namespace

Result<std::vector<std::string>> verify_log(
    DataFolder& folder, const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  auto* const rocks = dynamic_cast<RocksFolder*>(&folder);
  TREDE_CHECK(rocks != nullptr, "a data folder of another kind");
  FindingList findings;
  TREDE_RETURN_IF_ERROR(check_anchor(rocks->log(), folder.path() / "anchor", findings));
  check_signing_key(folder.path(), rocks->log().identity(), findings);
  auto files = check_log_files(*rocks);
  if (!files) return files;
  findings.add(std::move(*files));
  TREDE_RETURN_IF_ERROR(check_epochs(rocks->log(), findings));
  const Position last = rocks->log().last_position();
  const auto held = rocks->log().tables();  // a writer may replace files meanwhile, but these stay
  const LogTables& tables = *held;

  MerkleFrontier tree;
  EventCheck({tables, last}, tree, findings).run(last, progress);
  IndexCheck indexes(tables, last, findings);
  RowCursor ids;
  TREDE_RETURN_IF_ERROR(indexes.ids(ids));
  RowCursor streams;
  TREDE_RETURN_IF_ERROR(indexes.streams(streams));
  auto keys = rocks->keys().verify();
  if (!keys) return keys;
  findings.add(std::move(*keys));
  auto key_files = check_key_files(*rocks);
  if (!key_files) return key_files;
  findings.add(std::move(*key_files));
  return findings.take();
}

}  // namespace trede
