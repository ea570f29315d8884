// What the people of a history live in: gemeenten with their services, afdelingen, and how large
// the organisation is. Fixed before the first event is drawn.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "tools/simulate/act.h"
#include "tools/simulate/dice.h"
#include "tools/simulate/simulation.h"

namespace trede::simulate {

inline constexpr std::uint64_t kWhole = 1'000'000;   // the scale of the organisation of the reports
inline constexpr int kFounded = day_in(1980, 1, 1);  // before the first wsw dienstverband
inline constexpr int kForEver = std::numeric_limits<int>::max();
inline constexpr int kLastWswDay = day_in(2014, 12, 31);

// In which services a gemeente takes part, `[van, tot)`; one that never does has van = kForEver.
struct Deelname {
  int van = kFounded;
  int tot = kForEver;
};

struct Gemeente {
  std::string naam;
  std::uint32_t weight;  // how many of the people come from it
  std::array<Deelname, 3> diensten;

  Deelname& of(pb::Dienst dienst) { return diensten[static_cast<std::size_t>(dienst) - 1]; }
  const Deelname& of(pb::Dienst dienst) const {
    return diensten[static_cast<std::size_t>(dienst) - 1];
  }
};

// Places in World::afdelingen.
enum class Afdeling : std::uint16_t {
  kGroen,
  kProductie,
  kGedetacheerden,
  kReIntegratie,
  kWsp,
  kHoofdkantoor
};

// Threads: any, once made.
class World {
 public:
  // Requires: options that check_options accepts.
  explicit World(const SimulationOptions& options);

  const std::vector<Gemeente>& gemeenten() const { return gemeenten_; }
  const std::vector<std::string>& afdelingen() const { return afdelingen_; }

  // Whether an event of `day` may name the gemeente, also when it is recorded weeks beforehand,
  // for nobody records what begins in a gemeente that has not entered.
  bool takes_part(std::size_t gemeente, pb::Dienst dienst, int day) const;
  bool takes_part_in_all(std::size_t gemeente, int day) const;
  // One that takes part in `dienst` on `day`; the first gemeente takes part in everything, always.
  std::size_t pick_gemeente(Dice& dice, pb::Dienst dienst, int day) const;

  int from() const { return from_; }
  int until() const { return until_; }  // the last day of recording
  int corrections_percent() const { return corrections_percent_; }

  // How large the organisation is, in millionths of that of the reports.
  std::uint64_t scale() const { return scale_; }
  void set_scale(std::uint64_t scale) { scale_ = scale; }
  // How many there are of what the organisation of the reports has `number` of; at least 1, and no
  // more than a number in an act can name.
  std::uint16_t headcount(std::uint64_t number) const;

 private:
  void make_gemeenten(int count);

  int from_;
  int until_;
  int corrections_percent_;
  std::uint64_t scale_ = kWhole;
  std::vector<Gemeente> gemeenten_;
  std::vector<std::uint32_t> weights_;  // running sums
  std::vector<std::string> afdelingen_;
};

}  // namespace trede::simulate
