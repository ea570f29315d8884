// Reads through everything that a data folder stores, a small share at a time, over and over, so
// that a disk that loses bits is noticed long before somebody asks for what it lost.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/log/data_folder.h"

namespace trede {

// Where the scrubbing of a folder stands.
struct ScrubStanding {
  std::uint64_t round = 1;            // the one that goes on, or is to begin
  std::string part;                   // what of it is being read, in words
  std::uint64_t done = 0;             // events or rows of that part; 0 for other parts
  std::uint64_t of = 0;               // 0 when it is not known
  std::optional<Moment> round_ended;  // the last whole round
  // Of this round and of the one before: what was found stays until a whole round passed without
  // it. A hundred of either at most.
  std::vector<std::string> findings;
};

// A round covers what verify_log covers, up to the last position as it begins, with the same code:
// table files of log and KEYs against their checksums, read past the page cache where the file
// system lets it; every event with its hashes and its place in both indexes; the indexes and the
// key directory row by row; at the end the anchor. What it leaves to `trede verify`, or to whoever
// opens the folder next:
//  - the write-ahead logs and the list of table files (RocksDB reads them when it opens): what
//    stands in a write-ahead log only is read from memory by the process that wrote it;
//  - how many KEYs there are, when some were given or erased during the few seconds of that part;
//  - dossiers and projections, which are none of the log's.
// Beside whoever writes or reads, here or in another process; changes nothing but its own file.
//
// Lifetime: within that of the folder. Threads: one at a time.
class Scrubber {
 public:
  // Goes on where the last one stopped; where that is not known, or is of another log or of a log
  // that was put back as it was before, a first round begins.
  // Errors: kLocked  the folder is being scrubbed already, here or elsewhere;  kIo.
  static Result<std::unique_ptr<Scrubber>> open(DataFolder& folder, const Clock& clock);
  virtual ~Scrubber() = default;

  // Reads the next share of the round; when it ended the next call begins another. A unit is one
  // event, one KEY, 16 rows of an index or 4 KiB of a file, which cost about as much; a share is
  // 256 units at least, and no more than `units` otherwise.
  // Returns: what is wrong there and was not known from the round before. What cannot be read is a
  //          finding too.
  virtual std::vector<std::string> step(std::uint64_t units) = 0;

  virtual ScrubStanding standing() const = 0;

  // Keeps the place, in the file `scrub` of the folder, for the next one that is opened. For who
  // may write there: nothing else calls it. Errors: kIo; then the place before this is kept.
  virtual Status save() const = 0;
};

}  // namespace trede
