// A whole round of the scrubber in the smallest shares there are.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "engine/log/scrubber.h"

namespace trede::test {

inline std::unique_ptr<Scrubber> open_scrubber(DataFolder& folder, const Clock& clock) {
  auto scrubber = Scrubber::open(folder, clock);
  if (!scrubber) throw std::runtime_error(scrubber.error().message);
  return std::move(*scrubber);
}

// Steps to the end of the round that goes on. Returns: what was found on the way.
inline std::vector<std::string> finish_round(Scrubber& scrubber) {
  std::vector<std::string> found;
  const std::uint64_t round = scrubber.standing().round;
  while (scrubber.standing().round == round) {
    for (std::string& line : scrubber.step(1)) found.push_back(std::move(line));
  }
  return found;
}

// What one round finds in `folder`; keeps no place.
inline std::vector<std::string> scrub_round(DataFolder& folder, const Clock& clock) {
  return finish_round(*open_scrubber(folder, clock));
}

}  // namespace trede::test
