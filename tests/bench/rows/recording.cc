#include "tests/bench/rows/recording.h"

#include "tests/bench/machine/measuring.h"

namespace trede::bench {

Position record(Recorder& recorder, const pb::Event& event) {
  const auto outcome = must(recorder.record({&event, 1}), "record");
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
    throw std::runtime_error("refused: " + refusal->zin);
  }
  return std::get<Recorded>(outcome).last;
}

}  // namespace trede::bench
