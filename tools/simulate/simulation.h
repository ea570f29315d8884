// Realistic histories of an organisation, drawn from a seed: what people go through, and when and
// how late and how wrongly it was recorded. README.md says which rates, and what is left out.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/event/event.h"

namespace trede::simulate {

inline constexpr std::uint64_t kEventsMax = 1'000'000'000;
inline constexpr int kGemeentenMax = 342;          // as many as the country has
inline constexpr int kCorrectionsPercentMax = 50;  // beyond it nothing would be right at first

struct SimulationOptions {
  std::uint64_t seed = 1;
  // How many are handed out. The number of people follows from it, the gemeenten and the years. Of
  // a large number there may be some fewer when the period is an odd one, of decades or days.
  std::uint64_t events = 100'000;
  int gemeenten = 4;
  // Of a hundred events of dossiers, how many are corrected or withdrawn later.
  int corrections_percent = 5;
  // The first and the last civil day of recording. Ten years, after the last wsw dienstverband
  // could begin and with room for the longest traject.
  Day from{std::chrono::year{2015} / 1 / 1};
  Day until{std::chrono::year{2024} / 12 / 31};
};

// Errors: kInvalid, naming the member as an option of the command line (`--until: ...`).
Status check_options(const SimulationOptions& options);

// Events that are recorded together, at one moment, in one stream.
struct SimulatedAppend {
  Moment vastgelegd_op;
  std::string stream;             // `dossier/KEY`, `werkgever/KEY` or `organisatie`
  std::vector<pb::Event> events;  // 1 or more; with stream, id, geldig_op, actor and body
};

// Draws one history, append by append, in the order of recording: moments rise strictly and stay
// within [from, until]. Every append is one that the rules accept after those before it.
// Invariants:
//  1. The same options give the same history, byte for byte, on every machine.
//  2. Memory grows with the people who are under way at one time, not with the events.
// Threads: one.
class Simulation {
 public:
  // Requires: check_options(options) is good.
  explicit Simulation(const SimulationOptions& options);
  ~Simulation();
  Simulation(Simulation&&) noexcept;
  Simulation& operator=(Simulation&&) noexcept;

  // Absent once there is no more.
  std::optional<SimulatedAppend> next();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace trede::simulate
