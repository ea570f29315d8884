// Events as rows of an import file.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/event/attributes.h"
#include "engine/event/event.h"

namespace trede::tool {

// The kind whose attributes the row of an event has: for a correctie that of what stands in.
// Requires: a body of a kind that this program knows.
Soort soort_of_row(const pb::Event& event);

// Rows of events of some kinds: the columns of the envelope, then every attribute of those kinds.
class EventCsv {
 public:
  // `with_na_afsluiting`: has that column too, which it leaves out where no event needs it.
  explicit EventCsv(const std::set<Soort>& soorten, bool with_na_afsluiting = false);

  std::string header() const;
  // The row, with its line feed. A stream without KEY is written with its id as KEY.
  // Requires: an event of one of the kinds, if the program knows it; without na_afsluiting when
  // there is no column for it.
  // Errors: kNewer for a kind or code that this program does not know.
  Result<std::string> line(const pb::Event& event, std::string_view key,
                           std::string_view groep) const;

 private:
  std::size_t field_count_;         // how many columns of the envelope
  std::vector<std::string> names_;  // of the columns of attributes
  // Per kind, for each of those columns, the attribute or null.
  std::unordered_map<Soort, std::vector<const Attribute*>> columns_;
};

// What a file needs for the rows of some events, as far as this program knows them.
class CsvNeeds {
 public:
  void note(const pb::Event& event);
  EventCsv csv() const { return EventCsv(soorten_, with_na_afsluiting_); }

 private:
  std::set<Soort> soorten_;
  bool with_na_afsluiting_ = false;
};

// The rows of events in the order of the log. Events that were appended together have a groep,
// named after the position of the first: `g7`, and `@g7` when they are of several streams.
class AppendCsv {
 public:
  // `csv` must outlive it.
  explicit AppendCsv(const EventCsv& csv) : csv_(csv) {}

  // Takes the next event. Returns: the rows of its append when it is the last one of it, else
  // nothing. Errors: those of EventCsv::line.
  Result<std::string> add(const pb::Event& event, std::string_view key);

 private:
  struct Held {
    pb::Event event;
    std::string key;
  };

  const EventCsv& csv_;
  std::vector<Held> held_;  // of one append
};

}  // namespace trede::tool
