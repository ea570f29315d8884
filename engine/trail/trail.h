// The audit trail of a data folder: DATA/trail/trail.sqlite, append-only and chained by hashes,
// apart from the event log. README.md has the stored form.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/clock.h"
#include "engine/sqlite/sqlite_file.h"
#include "engine/trail/entry.h"

namespace trede {

// What a whole trail comes to. Kept elsewhere (in a checkpoint) it tells when the end was cut off.
struct TrailHead {
  std::uint64_t count = 0;
  Hash hash{};  // of the last record; chain_start when there is none
  bool operator==(const TrailHead&) const = default;
};

// What a walk over the chain came to.
struct TrailCheck {
  std::string flaw;  // one line; empty = all is well
  TrailHead head;    // of the last record that fits
};

// Which records to hand out; all that is given must hold.
struct TrailFilter {
  std::vector<std::string> objects = {};  // one of these, done to or about; empty = any
  std::optional<std::string> actor = {};
  std::optional<Moment> from = {};   // at or after
  std::optional<Moment> until = {};  // before
  bool unended = false;              // only what was begun and never ended: cut short, or under way
  std::optional<std::string> action = {};  // as stored: `persoon_tonen`
};

enum class TrailAccess {
  kRead,   // changes nothing, also not on a read-only disk
  kWrite,  // makes the trail when there is none
};

// Owner: who records or reads. Threads: one at a time. Several processes may append at once.
//
// Invariants
//  1. A record is never changed or deleted: triggers in the file refuse it, the chain shows it.
//  2. Moments rise strictly, also when the clock steps back.
//  3. What one `append` adds is there whole or not at all.
class Trail {
 public:
  // The trail of the folder `data`, whose log is `log`. `clock` must outlive it.
  // Errors: kNotFound  there is none yet (kRead);
  //         kCorrupt   it is damaged, or of another log; to write also when it has another table,
  //                    index or trigger than the program made;  kNewer;  kLocked, kIo.
  static Result<std::unique_ptr<Trail>> open(const std::filesystem::path& data, const Uuid& log,
                                             TrailAccess access, const Clock& clock);

  // Adds `entries` in this order, with one sync for all of them.
  // Errors: kInvalid  an actor of another form;
  //         kLocked   others kept it busy for ten seconds;
  //         kCorrupt  it is damaged, or does not keep what is written. Nothing was added.
  //         kIo       all of it was added or nothing. The next append opens the file again.
  // Durable: on return.
  Status append(std::span<const TrailEntry> entries);

  // The same of what is about to be done, whatever outcome the entries have: kBegonnen.
  // Returns: the attempt that they are together, for the entries that will end it; 0 for none.
  Result<std::uint64_t> begin(std::span<const TrailEntry> entries);

  // Errors: kCorrupt, kIo, kLocked.
  Result<TrailHead> head();
  // The hash of the record `count`; absent when the trail is shorter. 0 gives chain_start.
  Result<std::optional<Hash>> hash_at(std::uint64_t count);

  // Hands the records that `filter` lets through to `visit`, in order, until it returns an error.
  // Nobody who appends waits for `visit`. Errors: as head, and those of `visit`.
  using Visitor = std::function<Status(const TrailRecord&)>;
  Status scan(const TrailFilter& filter, const Visitor& visit);

  // The last records that `filter` lets through and that stand before number `before` (0 = the
  // end), the newest first, at most `most`. Nobody who appends waits for it. Errors: as head.
  Result<std::vector<TrailRecord>> latest(const TrailFilter& filter, std::uint64_t before,
                                          std::size_t most);

  // Walks the whole chain. Finds the first record that does not fit, or how `known`, a head kept
  // elsewhere, does not, or what else is in the file than the program made. Nobody who appends
  // waits for it. Errors: as head.
  Result<TrailCheck> check_chain(const std::optional<TrailHead>& known = {});
  // The same, and whether the pages and the indexes of the file are whole: who appends waits.
  // Returns: what was found, one line; empty when all is well.
  // Errors: kCorrupt  pages are damaged, or an index is not that of its table;  kIo, kLocked.
  Result<std::string> verify(const std::optional<TrailHead>& known = {});

  // Adds to this trail what `other` has after its end, so that both are the same: how a copy is
  // kept. Who appends to `other` does not wait for it.
  // Errors: kCorrupt  `other` does not continue this one: one of them was changed or cut.
  // Durable: on return.
  Status take_over(Trail& other);

 private:
  Trail(SqliteFile file, const Uuid& log, const Clock& clock)
      : file_(std::move(file)), log_(log), clock_(clock) {}
  Status renew();
  Status make_tables();
  Status check_owner();
  Result<std::optional<TrailRecord>> load_last();
  Result<std::uint64_t> add(std::vector<TrailRecord> records, bool begins);
  Status insert(std::span<const TrailRecord> records);
  Status check_inserted(std::span<const TrailRecord> records);
  Result<std::vector<TrailRecord>> load_after(std::uint64_t after, std::uint64_t most);
  Result<TrailCheck> walk(const std::optional<TrailHead>& known);

  SqliteFile file_;
  Uuid log_;
  const Clock& clock_;
};

// Where the trail of `data` is kept.
std::filesystem::path trail_file(const std::filesystem::path& data);

// The head of the trail of `data`; of a folder without a trail that of the empty one.
// Errors: as Trail::open.
Result<TrailHead> load_trail_head(const std::filesystem::path& data, const Uuid& log,
                                  const Clock& clock);

}  // namespace trede
