#include "tests/bench/data/history.h"

#include "tests/bench/data/workload.h"

namespace trede::bench {

std::size_t AppendLoad::events() const {
  std::size_t count = 0;
  for (const Events& events_of_one : callers) count += events_of_one.size();
  return count;
}

AppendLoad make_append_load(const Settings& settings, int callers, std::size_t events,
                            std::uint64_t seed) {
  const Workload workload = make_workload(events, settings.gemeenten, seed);
  AppendLoad load{workload.organisatie, std::vector<Events>(static_cast<std::size_t>(callers))};
  for (std::size_t i = 0; i < workload.dossiers.size(); ++i) {
    Events& own = load.callers[i % load.callers.size()];
    own.insert(own.end(), workload.dossiers[i].begin(), workload.dossiers[i].end());
  }
  return load;
}

void write_history(const Settings& settings, const std::filesystem::path& csv) {
  write_csv(make_workload(settings.events, settings.gemeenten, settings.seed), csv);
}

}  // namespace trede::bench
