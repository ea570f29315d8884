#include <thread>

#include "engine/dossier/recorder.h"
#include "engine/log/data_folder.h"
#include "tests/bench/measuring.h"
#include "tests/bench/rows.h"

namespace trede::bench {

namespace {

namespace fs = std::filesystem;

void record(Recorder& recorder, const pb::Event& event) {
  const auto outcome = must(recorder.record({&event, 1}), "record");
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
    throw std::runtime_error("refused: " + refusal->zin);
  }
}

double append_all(const fs::path& folder, const Workload& workload,
                  const std::vector<Events>& callers) {
  const Scratch scratch(folder);
  const SystemClock clock;
  SystemRandom random;
  must(DataFolder::create(folder, clock, random), "create");
  const auto data = must(DataFolder::open(folder, OpenMode::kWrite, clock, random), "open");
  Recorder recorder(data->log(), clock);
  for (const pb::Event& event : workload.organisatie) record(recorder, event);
  const double taken = seconds([&] {
    std::vector<std::jthread> threads;
    for (const Events& events : callers) {
      threads.emplace_back([&recorder, &events] {
        for (const pb::Event& event : events) record(recorder, event);
      });
    }
  });
  must(data->close(), "close");
  return taken;
}

double raw_append_all(const fs::path& folder, const std::vector<Values>& callers) {
  const Scratch scratch(folder);
  RawRocks raw(folder);
  return seconds([&] { raw.put_synced(callers); });
}

}  // namespace

Row append_row(const Settings& settings, int callers) {
  const std::size_t events = callers == 1 ? settings.appends / 5 : settings.appends;
  const Workload workload = make_workload(events, settings.gemeenten, 1);
  const auto dealt = deal(workload, callers);
  std::vector<Values> raw;
  for (const Events& events_of_one : dealt) raw.push_back(bytes_of(events_of_one));
  const auto count = static_cast<double>(workload.events());
  Row row{.name = "append, " + std::to_string(callers) + (callers == 1 ? " caller" : " callers"),
          .unit = "events/s",
          .ours = {},
          .peer = {},
          .peer_name = "raw RocksDB, a synced put each"};
  for (int round = 0; round < settings.rounds; ++round) {
    row.peer.push_back(count / raw_append_all(settings.folder / "raw", raw));
    row.ours.push_back(count / append_all(settings.folder / "data", workload, dealt));
  }
  return row;
}

}  // namespace trede::bench
