// A data folder with some events and KEYs, and a backup of it.
#pragma once

#include <fstream>
#include <map>

#include "engine/backup/backup.h"
#include "engine/backup/copies.h"
#include "engine/backup/restore.h"
#include "engine/backup/verify_backup.h"
#include "engine/log/signing_key_file.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {

namespace fs = std::filesystem;

inline std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::map<std::string, std::string> files_of(const fs::path& folder) {
  std::map<std::string, std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      out[entry.path().lexically_relative(folder).string()] = bytes_of(entry.path());
    }
  }
  return out;
}

inline std::string joined_findings(const BackupCheck& check) {
  std::string out;
  for (const auto& finding : check.findings) out += finding + "\n";
  return out;
}

class BackupTest : public LogTest {
 protected:
  BackupTest() { grow(5); }

  StreamId stream(std::uint64_t number) const { return dossier(number); }
  // More events of one dossier.
  void grow(std::uint64_t count) {
    append_each(log(), dossier(1), next_, count);
    next_ += count;
  }
  Result<BackupRun> back_up_to(const fs::path& dir, const fs::path& key_dir = {}) {
    const auto live = open(OpenMode::kRead);  // beside the writer that the fixture is
    if (!live) return live.error();
    return back_up(**live, {dir, key_dir, {}}, clock_);
  }
  Result<Restored> restore_to(const fs::path& data, RestoreOptions options = {}) {
    options.dir = kept();
    options.data = data;
    return restore(options, clock_, random_);
  }
  fs::path kept() const { return dir_ / "kept"; }
  BackupCheck check() { return value_of(verify_backup(kept(), clock_)); }
  std::string checkpoint_of(DataFolder& folder) {
    const auto key = value_of(find_signing_key(path(), log().identity()));
    return sign_checkpoint(value_of(checkpoint_at(folder.log(), folder.log().last_position())),
                           *key);
  }

  std::uint64_t next_ = 1;
};

}  // namespace trede::test
