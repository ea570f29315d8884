#include "tests/bench/machine/measuring.h"

#include <algorithm>
#include <chrono>

namespace trede::bench {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr double kLongestRoundS = 4;
constexpr std::size_t kFewestAsked = 20;

double since(SteadyClock::time_point begin) {
  return std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

}  // namespace

double seconds(const std::function<void()>& work) {
  const auto begin = SteadyClock::now();
  work();
  return since(begin);
}

Sample sample_of(std::vector<double> latencies) {
  std::ranges::sort(latencies);
  const auto at = [&](double part) {
    return latencies[static_cast<std::size_t>(part * static_cast<double>(latencies.size() - 1))];
  };
  return {at(0.5), at(0.99)};
}

Sample ask_many(std::size_t count, const std::function<void(std::size_t)>& ask) {
  std::vector<double> latencies;
  latencies.reserve(count);
  const auto begin = SteadyClock::now();
  for (std::size_t i = 0; i < count; ++i) {
    if (i >= kFewestAsked && since(begin) > kLongestRoundS) break;
    const auto asked = SteadyClock::now();
    ask(i);
    latencies.push_back(1e6 * since(asked));
  }
  return sample_of(std::move(latencies));
}

}  // namespace trede::bench
