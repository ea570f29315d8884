// What a log is by its promises alone: a list of events, and nothing kept beside it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/event/event.h"
#include "engine/log/event_log.h"

namespace trede::test {

class LogModel {
 public:
  struct Entry {
    Envelope envelope;
    StreamId stream;
    NewEvent event;
  };
  // How an append came in.
  struct Way {
    Moment now{};                        // of the clock
    std::optional<Moment> adopted = {};  // instead of `now`
    std::optional<ImportId> import = {};
  };

  // What the log answers, and has become.
  Result<Appended> append(const std::vector<StreamAppend>& streams, const Way& way);

  const std::vector<Entry>& entries() const { return entries_; }
  std::vector<std::string> stored() const;
  StreamVersion version_of(const StreamId& stream) const;
  std::vector<Position> positions_of(const StreamId& stream) const;
  Position settle(Position position) const;
  Position position_at(Moment moment) const;
  Moment last_moment() const;

 private:
  const Entry* find(const EventId& id) const;
  std::optional<Result<Appended>> find_redelivered(const std::vector<StreamAppend>& streams) const;

  std::vector<Entry> entries_;
};

}  // namespace trede::test
