// A part of a life as it is drawn, before any of it is recorded: a traject from aanmelding to
// uitstroom, or a stretch of a dienstverband up to the next recovery.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/simulate/act.h"
#include "tools/simulate/person.h"
#include "tools/simulate/world.h"

namespace trede::simulate {

// A moment at the office on `day` or the first working day after it.
std::int64_t office_moment(Dice& dice, int day);

// Events of one person, with the moments at which they are recorded.
//
// Why the rules accept them in whatever order the moments bring: an event that needs another one
// is recorded after it (`after` of add), and its day lies where what it needs holds. An event that
// nothing needs may come late. So with every set of events that is complete in this sense the
// timeline is sound, and the log only ever holds such a set.
// Owner: the one who draws; used again for the next part. Threads: one.
class Plan {
 public:
  explicit Plan(const World& world) : world_(world) {}

  // Empties it for `person` at place `subject`. Nothing is recorded before `floor`.
  void begin(Person& person, std::uint32_t subject, std::int64_t floor);

  // Draws when an event that is true on `day` is recorded: some time after its day and after the
  // moment `after`, both as late as people are; what is agreed beforehand, perhaps before its day.
  // Returns: its place in acts().
  std::size_t add(Soort soort, int day, std::int64_t after, const Values& values = {});
  // The same, recorded in one append with the act at `leader`.
  std::size_t join(Soort soort, int day, std::size_t leader, const Values& values = {});
  // A correctie of the act at `replaced`, recorded at `moment`; what it puts in place is the same
  // until the caller changes it. Returns: its place.
  std::size_t correct(std::size_t replaced, std::int64_t moment);
  // An intrekking of the act at `replaced`, recorded at `moment`.
  void withdraw(std::size_t replaced, std::int64_t moment, pb::IntrekkingReden reden);

  std::int64_t office_moment(int day) { return simulate::office_moment(dice(), day); }

  std::vector<Act>& acts() { return acts_; }
  const std::vector<Act>& acts() const { return acts_; }
  std::int64_t floor() const { return floor_; }
  std::int64_t moment_of(std::size_t place) const { return acts_[place].moment; }
  Person& person() { return *person_; }
  Dice& dice() { return person_->dice; }
  const World& world() const { return world_; }
  int last_day() const;  // of what it holds

  // Leaves out the points before the first day of recording: who takes people over records what
  // still matters, not every conversation.
  void forget_points_before(int day);

 private:
  std::int64_t moment_for(Soort soort, int day, std::int64_t after);
  std::uint16_t actor_for(Soort soort) const;
  Act& replace(Deed deed, std::size_t replaced, std::int64_t moment);

  const World& world_;
  Person* person_ = nullptr;
  std::uint32_t subject_ = 0;
  std::int64_t floor_ = 0;
  std::vector<Act> acts_;
};

}  // namespace trede::simulate
