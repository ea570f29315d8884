// A data folder: one organisation on disk. `FORMAT` says whose and which format it is, `log/` holds
// the truth, `anchor` what was acknowledged, `keys/` which KEY a stream has, `projections/` a cache
// that may be deleted at any time. README.md describes every byte.
#pragma once

#include <filesystem>
#include <memory>

#include "engine/base/clock.h"
#include "engine/log/event_log.h"
#include "engine/log/format_file.h"
#include "engine/log/key_directory.h"

namespace trede {

enum class OpenMode {
  kRead,   // beside a writer if there is one; changes nothing, also not on a read-only disk
  kWrite,  // the one writer of the folder; waits for nobody
};

// What a folder is made as.
struct FolderMaking {
  FolderKind kind = FolderKind::kLive;
  Uuid identity;              // of the log
  std::vector<Epoch> epochs;  // of the log: those after the first
};

// An opened data folder. Owner: main. Threads: any; destroyed when nothing uses it any more.
class DataFolder {
 public:
  // Makes an empty log in `path`, which must not exist or be an empty folder. Records no event.
  // Errors: kInvalid  something is there already;  kIo.
  static Status create(const std::filesystem::path& path, const Clock& clock, RandomSource& random);

  // `clock` and `random` must outlive the folder.
  // Errors (each one line that names the folder; the folder is left as it was):
  //   kNotFound  there is no such folder;
  //   kInvalid   it is not a data folder of ours;
  //   kNewer     its format is newer than this program;
  //   kLocked    another process writes in it (kWrite only);
  //   kCorrupt   it is damaged, or behind its anchor: acknowledged events are missing;
  //   kIo        it cannot be read, or not be written (kWrite).
  static Result<std::unique_ptr<DataFolder>> open(const std::filesystem::path& path, OpenMode mode,
                                                  const Clock& clock, RandomSource& random);

  // The same for a copy of a log: a folder without a key to sign with, of a kind that `open` does
  // not take for a data folder. Errors: as create and open.
  static Status create_copy(const std::filesystem::path& path, const FolderMaking& making);
  static Result<std::unique_ptr<DataFolder>> open_copy(const std::filesystem::path& path,
                                                       FolderKind kind, OpenMode mode,
                                                       const Clock& clock);
  // Makes a data folder of one that was being restored, in one step. Requires: it is closed.
  // Durable: on return. Errors: kIo; it is what it was.
  static Status make_live(const std::filesystem::path& path);

  virtual ~DataFolder() = default;

  virtual EventLog& log() = 0;
  virtual KeyDirectory& keys() = 0;
  virtual OpenMode mode() const = 0;
  virtual const std::filesystem::path& path() const = 0;
  // Where the projections keep their cache; may not exist.
  std::filesystem::path projections_path() const { return path() / "projections"; }

  // Writes what is buffered and the anchor, and checks that the disk took it. The folder refuses
  // writes afterwards. Also done, without a report, on destruction.
  virtual Status close() = 0;
};

}  // namespace trede
