// The people of a history: who comes, what each does next, and whose place is free again.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/simulate/agenda.h"
#include "tools/simulate/dienstverband.h"
#include "tools/simulate/plan.h"

namespace trede::simulate {

// Draws lives part by part onto the agenda; a person whose life goes on leaves a wake there.
// `world` and `agenda` must outlive it. Threads: one.
class People {
 public:
  People(const World& world, Agenda& agenda, std::uint64_t seed)
      : world_(world), agenda_(agenda), seed_(seed), plan_(world) {}

  // Somebody is aangemeld on `day`. Of a day before the first of recording: is recorded when it
  // begins, unless the route is over by then.
  void come_for_route(int day);
  // Somebody begins to work. Requires: a kind that may begin on that day.
  void come_for_work(const WorkBegin& begin);
  // Somebody begins in a begeleid_werken or garantiebaan without any dossier.
  void come_placed(pb::PlaatsingSoort soort, int day);

  // Takes note of an act that is taken from the agenda: draws on when it is a wake.
  void taken(const Act& act);
  // Requires: an act of that person is on the agenda.
  std::uint64_t number_of(std::uint32_t subject) const { return people_[subject].number; }
  // How many are under way.
  std::size_t under_way() const { return people_.size() - free_.size(); }

 private:
  std::uint32_t make_person(int day);
  void draw_route_of(std::uint32_t subject, int day);
  void draw_begin_of(std::uint32_t subject, const WorkBegin& begin);
  void draw_spell_of(std::uint32_t subject, int day);
  void choose_after_route(Person& person, const struct RouteEnd& end);
  void come_twice(int day);
  // Puts the plan on the agenda, and a wake when the life goes on.
  void settle(std::uint32_t subject, int wake_day);
  std::int64_t floor_for(int day) const;

  const World& world_;
  Agenda& agenda_;
  std::uint64_t seed_;
  std::uint64_t come_ = 0;  // how many came
  Plan plan_;
  std::vector<Person> people_;
  std::vector<std::uint32_t> free_;  // places in people_
};

}  // namespace trede::simulate
