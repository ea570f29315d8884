#include "tools/trede/simulated.h"

#include <set>

#include "engine/dossier/recorder.h"
#include "tools/trede/rows/event_csv.h"
#include "tools/trede/rows/stream_names.h"

namespace trede::tool {

namespace {

using simulate::SimulatedAppend;
using simulate::Simulation;

constexpr std::uint64_t kExampleEvents = 15'000;  // at most; a second of work
constexpr std::chrono::years kExampleLength{3};
// A history that is cut off by its number of events thins out before its last day.
constexpr std::chrono::months kThinEnd{6};

void count(const SimulatedRun& run, const SimulatedAppend& append, Position first) {
  for (const pb::Event& event : append.events) run.totals.add(event.body().soort_case());
  const Position last{first.value + append.events.size() - 1};
  run.totals.add_positions(first, last);
  run.on_progress(last);
}

// Errors: the system failed, or (a defect of the simulation) a rule says no.
Outcome<> record(const SimulatedAppend& append, Recorder& recorder, const SimulatedRun& run) {
  const auto outcome = recorder.record(append.events, {.vastgelegd_op = append.vastgelegd_op});
  if (!outcome) return system_failed(outcome.error().message);
  if (const auto* refusal = std::get_if<Refusal>(&*outcome)) {
    return system_failed("the simulation broke a rule, nothing was recorded: " + append.stream +
                         ": " + refusal->code + ": " + refusal->zin);
  }
  count(run, append, std::get<Recorded>(*outcome).first);
  return {};
}

}  // namespace

Outcome<> record_simulation(const SimulatedRun& run, DataFolder& folder, const ImportId& import,
                            const Clock& clock, RandomSource& random) {
  auto staged = folder.log().begin_import({.id = import, .as_recorded = true});
  if (!staged) {
    if (staged.error().code != ErrorCode::kInvalid) return Failure(staged.error());
    return wrong_input("--data: " + staged.error().message);
  }
  StreamNames names(folder.keys(), random);
  Recorder recorder(**staged, clock);
  while (const auto append = run.simulation.next()) {
    if (run.before && append->vastgelegd_op >= *run.before) break;
    const auto name = parse_stream_name(append->stream);
    if (!name) return system_failed(name.error().message);
    const StreamId stream = stream_of(append->events.front());
    if (name->kind != StreamKind::kOrganisatie) {
      TREDE_RETURN_IF_ERROR(names.adopt(*name, stream));
    }
    TREDE_RETURN_IF_ERROR(record(*append, recorder, run));
  }
  // The KEYs first, as an import does: one of a stream without events is harmless.
  TREDE_RETURN_IF_ERROR(names.assign_new());
  TREDE_RETURN_IF_ERROR((*staged)->commit());
  return {};
}

Outcome<> record_example(DataFolder& folder, const ImportId& import, ImportTotals& totals,
                         const Clock& clock, RandomSource& random) {
  const Day today = civil_day(clock.now());
  const std::chrono::year_month_day date{today};
  const auto last = (date.year() / date.month() + kThinEnd) / std::chrono::last;
  Simulation simulation({.events = kExampleEvents,
                         .from = Day{(date.year() - kExampleLength) / 1 / 1},
                         .until = Day{last}});
  const SimulatedRun run{
      .simulation = simulation,
      .totals = totals,
      .on_progress = [](Position) {},
      .before = Moment{today},
  };
  return record_simulation(run, folder, import, clock, random);
}

Status write_simulation(const SimulatedRun& run, Output& out) {
  std::set<Soort> soorten;
  for (const Kind& kind : kinds()) soorten.insert(kind.soort);
  const EventCsv csv(soorten);
  out.write(csv.header());
  Position last;
  while (auto append = run.simulation.next()) {
    const auto name = parse_stream_name(append->stream);
    if (!name) return std::unexpected(name.error());
    const Position first = last.next();
    const bool together = append->events.size() > 1;
    const std::string groep = together ? "g" + std::to_string(first.value) : std::string();
    Moment moment = append->vastgelegd_op;
    for (pb::Event& event : append->events) {
      // As the log will have it: a microsecond between events that are appended together.
      event.set_vastgelegd_op(moment.time_since_epoch().count());
      moment += std::chrono::microseconds{1};
      const auto line = csv.line(event, name->key, groep);
      if (!line) return std::unexpected(line.error());
      out.write(*line);
    }
    count(run, *append, first);
    last.value += append->events.size();
    if (out.failed()) return out.flush();
  }
  return {};
}

}  // namespace trede::tool
