// Fills periods with cases of verzuim until a group of people was ill for a given part of them.
#pragma once

#include <string>
#include <vector>

#include "tests/reports/personeel.h"

namespace trede::reports {

// People whose percentage is printed, or chosen, apart.
struct Group {
  std::string dienstverband;  // `ambtelijk` stands for payroll too
  std::string afdeling;       // empty: all

  bool has(const Medewerker& medewerker, Day day) const;
};

// FTE-days in millionths: days x deeltijdfactor (ten-thousandths) x percentage.
using Units = std::int64_t;
Units employed(const Personeel& personeel, const Group& group, Period period);
Units sick(const Personeel& personeel, const Group& group, Period period);

// Makes cases of people who are in the group on `day` and stay in their afdeling, at least some
// days apart. `personeel` and `dice` must outlive it.
class Filler {
 public:
  Filler(Personeel& personeel, Group group, Day day, Dice& dice);

  void put(const Verzuim& verzuim);
  // Cases that are open at the end of `on`: those of more than six weeks, and shorter ones.
  void put_open(int long_open, int short_open, Day on);
  // `number` cases of some months that begin shortly before `day` and end.
  void put_long(int number, Day day);
  // Adds cases within the period until the group was ill for `part` of it.
  // Throws std::runtime_error when it already was for more.
  void fill(Period period, double part);

 private:
  Medewerker* free_person(Day van, std::optional<Day> tot);

  Personeel& personeel_;
  Group group_;
  Dice& dice_;
  std::vector<Medewerker*> people_;
};

// Writes the beginnings, changes and ends of cases that lie in `window`.
void write_verzuim(const Personeel& personeel, Period window);

}  // namespace trede::reports
