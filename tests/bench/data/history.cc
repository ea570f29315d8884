#include "tests/bench/data/history.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "tests/bench/machine/measuring.h"
#include "tools/simulate/simulation.h"
#include "tools/trede/rows/event_csv.h"

namespace trede::bench {

namespace {

using simulate::SimulatedAppend;
using simulate::Simulation;
using simulate::SimulationOptions;

SimulationOptions options_of(const Settings& settings, std::size_t events, std::uint64_t seed) {
  SimulationOptions options;
  options.seed = seed;
  options.events = events;
  options.gemeenten = settings.gemeenten;
  options.corrections_percent = settings.corrections;
  must(simulate::check_options(options), "simulation");
  return options;
}

std::set<Soort> all_kinds() {
  std::set<Soort> out;
  for (const Kind& kind : kinds()) out.insert(kind.soort);
  return out;
}

}  // namespace

std::size_t AppendLoad::events() const {
  std::size_t count = 0;
  for (const Events& events_of_one : callers) count += events_of_one.size();
  return count;
}

AppendLoad make_append_load(const Settings& settings, int callers, std::size_t events,
                            std::uint64_t seed) {
  Simulation simulation(options_of(settings, events, seed));
  AppendLoad load;
  std::vector<Events> streams;  // in the order in which they begin
  std::unordered_map<std::string, std::size_t> place;
  std::unordered_set<std::size_t> grouped;
  while (std::optional<SimulatedAppend> append = simulation.next()) {
    if (append->stream == "organisatie") {
      for (pb::Event& event : append->events) load.organisatie.push_back(std::move(event));
      continue;
    }
    const std::size_t at = place.try_emplace(append->stream, streams.size()).first->second;
    if (at == streams.size()) streams.emplace_back();
    if (append->events.size() > 1) grouped.insert(at);
    for (pb::Event& event : append->events) streams[at].push_back(std::move(event));
  }
  load.callers.resize(static_cast<std::size_t>(callers));
  for (std::size_t at = 0; at < streams.size(); ++at) {
    if (grouped.contains(at)) continue;  // perhaps not sound in between
    // Who has the fewest, so that all of them end at about the same time.
    Events& own = *std::ranges::min_element(load.callers, {}, &Events::size);
    for (pb::Event& event : streams[at]) own.push_back(std::move(event));
  }
  return load;
}

void write_history(const Settings& settings, const std::filesystem::path& csv) {
  Simulation simulation(options_of(settings, settings.events, settings.seed));
  const tool::EventCsv rows(all_kinds());
  std::ofstream out(csv);
  out << rows.header();
  std::uint64_t group = 0;
  while (std::optional<SimulatedAppend> append = simulation.next()) {
    const std::string key = append->stream.substr(append->stream.find('/') + 1);
    const std::string groep =
        append->events.size() > 1 ? "g" + std::to_string(++group) : std::string();
    for (pb::Event& event : append->events) {
      event.set_vastgelegd_op(append->vastgelegd_op.time_since_epoch().count());
      out << must(rows.line(event, key, groep), "row");
    }
  }
  out.close();
  if (!out) throw std::runtime_error("cannot write " + csv.string());
}

}  // namespace trede::bench
