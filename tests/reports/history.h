// An event history in the making: streams of events in the order in which they are true, and the
// moments at which an organisation that works with the product would have recorded them.
#pragma once

#include <deque>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/time.h"
#include "tests/reports/dice.h"

namespace trede::reports {

using Attributes = std::vector<std::pair<std::string, std::string>>;

// Days as text `2021-03-31`. Throws when it is none.
Day day(std::string_view text);

inline bool holds(Period period, Day day) { return day >= period.van && day <= period.tm; }

// What was recorded first and set right later: the history holds it as it was first recorded, and
// a correctie with what it should have been.
struct SetRight {
  Day corrected_on;
  Day first_day;
  Attributes first_attributes;
};

struct Event {
  Day geldig_op;
  std::string soort;
  Attributes attributes;
  std::optional<Day> recorded_on;  // deliberately later than usual
  std::optional<SetRight> set_right;
  std::optional<Day> withdrawn_on;  // intrekking
  std::string withdrawn_because;
  std::string groep;
};

// One stream. Events may be added in any order; they are recorded in the order in which they are
// true, each some working days after the fact, so that every prefix is sound too. What is recorded
// deliberately late does not hold up the others.
class Stream {
 public:
  Stream(std::string name, std::size_t number) : name_(std::move(name)), number_(number) {}
  // The reference stays good.
  Event& add(Day geldig_op, std::string_view soort, Attributes attributes = {});
  const std::string& name() const { return name_; }
  // The werkcoach who keeps this dossier: `coach-01` to `coach-24`.
  std::string coach() const;
  std::deque<Event>& events() { return events_; }
  // Nothing of it was recorded deliberately late, put right or withdrawn.
  bool is_plain() const;

 private:
  friend class History;
  std::string name_;
  std::size_t number_;
  std::deque<Event> events_;
};

// The history of one organisation. Owner of its streams. When the events of one stream are recorded
// does not depend on the others, nor on what happens in it later: a longer history begins like a
// shorter one.
class History {
 public:
  // Everything true before `live_from` is recorded on that day, as a conversion; after it events
  // are recorded as they come in.
  History(std::uint64_t seed, Day live_from) : seed_(seed), dice_(seed), live_from_(live_from) {}

  Stream& organisatie();
  Stream& new_dossier();
  Stream& new_werkgever();
  Dice& dice() { return dice_; }
  std::deque<Stream>& streams() { return streams_; }

  // Writes the import file: a header, then all events in order of recording.
  void write(std::ostream& out);

 private:
  struct Row;
  void schedule(const Stream& stream, std::vector<Row>& rows) const;

  std::uint64_t seed_;
  Dice dice_;
  Day live_from_;
  std::deque<Stream> streams_;
  std::size_t dossiers_ = 0;
  std::size_t werkgevers_ = 0;
};

}  // namespace trede::reports
