// The stream of the organisation: who takes part in what, what was agreed for each year, and the
// money.
#pragma once

#include <deque>
#include <string>

#include "tools/simulate/act_event.h"
#include "tools/simulate/simulation.h"
#include "tools/simulate/world.h"

namespace trede::simulate {

// How much the organisation writes down of itself: a small one keeps fewer books.
struct Books {
  // For a history of so many events a year.
  Books(std::uint64_t events_per_year, std::size_t gemeenten);
  std::uint64_t events_per_year() const;

  std::size_t afspraken;       // how many targets a year has
  std::size_t taakstellingen;  // how many gemeenten have one
  std::size_t regels;          // how many lines the books have
  std::size_t boekingen;       // on a line, in a month
};

// Hands out the appends of the stream in the order of their moments, a month at a time. `world` and
// `maker` must outlive it. Threads: one.
class OrganisatieStream {
 public:
  OrganisatieStream(const World& world, const EventMaker& maker, const Books& books);

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
  Books books_;
  std::uint32_t ordinal_ = 0;
  std::chrono::year_month month_;  // the next one to draw
  std::deque<SimulatedAppend> ready_;
};

}  // namespace trede::simulate
