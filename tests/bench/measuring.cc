#include "tests/bench/measuring.h"

#include <chrono>

namespace trede::bench {

double seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Values bytes_of(const Events& events) {
  const Envelope envelope{.positie = Position{100'000},
                          .vastgelegd_op = Moment{std::chrono::seconds{1'700'000'000}},
                          .versie = StreamVersion{5},
                          .import = std::nullopt,
                          .overgenomen_op = std::nullopt};
  Values values;
  for (const pb::Event& event : events) {
    values.push_back(encode_stored(envelope, encode_content(event)));
  }
  return values;
}

std::vector<Events> deal(const Workload& workload, int callers) {
  std::vector<Events> out(static_cast<std::size_t>(callers));
  for (std::size_t i = 0; i < workload.dossiers.size(); ++i) {
    Events& own = out[i % out.size()];
    own.insert(own.end(), workload.dossiers[i].begin(), workload.dossiers[i].end());
  }
  return out;
}

}  // namespace trede::bench
