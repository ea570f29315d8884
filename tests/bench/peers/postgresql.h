// PostgreSQL as somebody would build it by hand: a plain table of events, and from it, by SQL, a
// bitemporal projection that is counted. A cluster of its own in a scratch folder, on a socket.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tests/bench/data/history.h"
#include "tests/bench/peers/counts.h"

namespace trede::bench {

// Threads: one, but for what `insert` does itself. The cluster ends with the object, and with the
// process whatever becomes of it.
class Postgresql : public CountingPeer {
 public:
  // Makes a cluster in `folder` and starts it; as root in the name of the user `postgres`.
  // Throws when PostgreSQL, or its library when this was built, is not installed.
  static std::unique_ptr<Postgresql> start(const std::filesystem::path& folder);

  virtual std::string version() = 0;

  // One connection per caller, a prepared insert of each of its events into an empty table, each on
  // disk before the next. Returns the seconds it took.
  virtual double insert(const AppendLoad& load) = 0;

  // COPY of all events into an empty table, in one transaction. Returns the seconds it took.
  virtual double copy(const StoredEvents& events, const Columns& columns) = 0;
  // Builds the rectangles of trajecten from the table, with their index; before it, fills the table
  // if `copy` did not. Returns the seconds that the building took.
  virtual double rebuild(const StoredEvents& events, const Columns& columns) = 0;
  // Rebuilds unless that was done since the table was filled.
  virtual void prepare(const StoredEvents& events, const Columns& columns) = 0;
  // What both tables take with their indexes. Requires: prepare.
  virtual std::uintmax_t bytes() = 0;
};

}  // namespace trede::bench
