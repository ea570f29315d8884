// The stream of the organisation: who takes part in what, what was agreed for each year, and the
// money.
#pragma once

#include <deque>
#include <string>

#include "tools/simulate/act_event.h"
#include "tools/simulate/simulation.h"
#include "tools/simulate/world.h"

namespace trede::simulate {

// Hands out the appends of the stream in the order of their moments, a month at a time. `world` and
// `maker` must outlive it. Threads: one.
class OrganisatieStream {
 public:
  // `events_per_year`: of the whole history; a small organisation keeps fewer books.
  OrganisatieStream(const World& world, const EventMaker& maker, std::uint64_t events_per_year);

  // The next append; null when there is none left. Valid until `take`.
  const SimulatedAppend* find_next();
  // Requires: find_next() is not null.
  SimulatedAppend take();

 private:
  void found();
  void draw_month();
  void draw_deelname(int first, int last);
  void draw_year(int year, int day);
  void draw_afspraken(int year, int day);
  void draw_taakstellingen(int year, int day);
  void draw_begroting(int year, int day);
  void draw_boekingen(int year, unsigned month, int first, int last);
  void draw_prognoses(int year, int day);

  // A new event, true on `day`; its body is still to be filled.
  pb::Event make(int day, std::int64_t moment);
  void add(std::int64_t moment, std::vector<pb::Event> events);
  void add(std::int64_t moment, pb::Event event);

  const World& world_;
  const EventMaker& maker_;
  Dice dice_;
  std::size_t afspraken_;  // how many targets a year has
  std::size_t regels_;     // how many lines the books have
  int boekingen_;          // on a line, in a month
  std::uint32_t ordinal_ = 0;
  std::chrono::year_month month_;  // the next one to draw
  std::deque<SimulatedAppend> ready_;
};

}  // namespace trede::simulate
