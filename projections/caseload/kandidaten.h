// Which dossiers may be somebody's: those that were ever given to a werkcoach, or ever belonged to
// a gemeente, by any event on any day. Too wide on purpose: whether a dossier is theirs on a day,
// as known at a moment, its own timeline tells. So what is kept here only grows, and holds for
// every day and every moment.
#pragma once

#include <map>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event/recorded.h"
#include "engine/log/event_store.h"

namespace trede {

// In memory, some 100 bytes a dossier and name. Owner: the caseloads (caseload.h). Threads: any.
class Kandidaten {
 public:
  // Reads on to the end of `log`, or up to `until` when that comes first.
  // Errors: kNewer  an event of a newer version; what comes before it is taken in;  kIo, kCorrupt.
  Status catch_up(const EventStore& log, Position until);

  // Up to where the log was read.
  Position position() const;
  // Sorted by id. Of a name that nobody had: empty. With `gemeenten` only the dossiers that ever
  // belonged to one of these.
  std::vector<StreamId> of_werkcoach(std::string_view werkcoach,
                                     const std::vector<std::string>& gemeenten) const;
  std::vector<StreamId> of_gemeente(std::string_view gemeente) const;
  // Who was ever given a dossier; sorted.
  std::vector<std::string> werkcoaches() const;

 private:
  using Index = std::map<std::string, std::set<StreamId>, std::less<>>;
  struct Named;

  static Result<Named> read_named(std::string_view stored, google::protobuf::Arena& arena);
  static std::vector<StreamId> of(const Index& index, std::string_view name);

  mutable std::shared_mutex mutex_;
  Position position_{};
  Index by_werkcoach_;
  Index by_gemeente_;
};

}  // namespace trede
