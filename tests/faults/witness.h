// What the log and the KEYs were asked to keep, what they answered, and whether a folder that was
// opened afterwards holds it: kept outside of the folder, so that no fault reaches it.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/log/data_folder.h"

namespace trede::test {

enum class Fate {
  kAcknowledged,  // must be there
  kRefused,       // must not be there
  kUnknown,       // an error after which either may be: there as a whole or not at all
};

// Threads: any.
class Witness {
 public:
  // One append, or all of an import.
  void saw_events(std::vector<EventId> events, Fate fate, std::optional<Position> first = {});
  void saw_keys(const std::vector<KeyEntry>& entries, Fate fate);
  void saw_erased(const StreamId& stream, Fate fate);

  // What `folder` lacks, has half, or has and must not, a line each. What was unknown is known
  // then.
  std::vector<std::string> look(DataFolder& folder);

  std::uint64_t acknowledged() const;  // events

 private:
  struct Act {
    std::vector<EventId> events;
    Fate fate;
    std::optional<Position> first;
  };
  using Key = std::optional<std::string>;
  struct KeyAct {
    std::map<StreamId, Key> before;
    std::map<StreamId, Key> after;
  };

  void look_at_events(EventLog& log, std::vector<std::string>& findings);
  void look_at_keys(KeyDirectory& keys, std::vector<std::string>& findings);
  Key known(const StreamId& stream) const;

  mutable std::mutex mutex_;
  std::vector<Act> acts_;
  std::map<StreamId, Key> keys_;   // as acknowledged
  std::vector<KeyAct> uncertain_;  // at most one change of each stream
};

}  // namespace trede::test
