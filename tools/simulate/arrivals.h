// Who comes on which day: people, employers, and those who are there when the recording begins.
#pragma once

#include "tools/simulate/people.h"

namespace trede::simulate {

// `world` and `agenda` must outlive it. Threads: one.
class Arrivals {
 public:
  // Puts those on the agenda who are there already.
  Arrivals(const World& world, Agenda& agenda, std::uint64_t seed);

  // Takes note of a wake or a dawn that is taken from the agenda. The next dawn is on it then.
  void taken(const Act& act);

  People& people() { return people_; }

 private:
  void draw_start();
  void draw_day(int day);
  void add_dawn(int day);
  // How many come on a working day, when `per_year` come to the organisation of the reports.
  int draw_count(int per_year);
  int count_at_start(int number) const;
  void draw_work(pb::DienstverbandSoort soort, int day);
  void draw_relatie(int day);
  void draw_vacature(int day);

  const World& world_;
  Agenda& agenda_;
  Dice dice_;
  People people_;
  std::uint32_t werkgevers_ = 0;
  std::uint32_t werkgever_events_ = 0;
};

}  // namespace trede::simulate
