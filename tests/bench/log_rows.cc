#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <random>

#include "engine/log/data_folder.h"
#include "projections/projections.h"
#include "tests/bench/measuring.h"
#include "tests/bench/rows.h"
#include "tests/support/events.h"

namespace trede::bench {

namespace {

namespace fs = std::filesystem;

// Runs the program and waits for it.
void run(const std::vector<std::string>& words) {
  const pid_t child = fork();
  if (child == 0) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0) _exit(126);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
    throw std::runtime_error("failed: " + words[0] + " " + words[1]);
  }
}

Row row_of(std::string name, std::string unit, std::string peer, bool less_is_better) {
  return {std::move(name), std::move(unit), {}, {}, std::move(peer), less_is_better};
}

double import_once(const Settings& settings, const fs::path& csv, const fs::path& data) {
  run({settings.trede, "init", "--data", data});
  return seconds([&] { run({settings.trede, "import", csv, "--data", data, "--as-recorded"}); });
}

// An imported log, opened, with what is needed to ask it.
class AskedLog {
 public:
  explicit AskedLog(const fs::path& data) {
    folder_ = must(DataFolder::open(data, OpenMode::kWrite, clock_, random_), "open");
    projections_ = must(Projections::open(*folder_), "open projections");
    must(projections_->catch_up(), "catch up");
    last_ = must(folder_->log().head(), "head").position;
  }

  double rebuild() {
    return seconds([this] { must(projections_->rebuild(), "rebuild"); });
  }

  // Microseconds of one question at random days, the median of `count`.
  double ask(int count, bool known_at) {
    std::vector<double> taken;
    for (int i = 0; i < count; ++i) {
      const Query query{.measure = "trajecten",
                        .time = test::day("2016-01-01") + std::chrono::days{random_days_(engine_)},
                        .per = {"gemeente", "trede"},
                        .waar = {},
                        .known = known_at ? random_position() : last_};
      taken.push_back(1e6 * seconds([&] { must(projections_->answer(query), "answer"); }));
    }
    return median(std::move(taken));
  }

 private:
  Position random_position() {
    std::uniform_int_distribution<std::uint64_t> any(1, last_.value);
    return must(folder_->log().settle(Position{any(engine_)}), "settle");
  }

  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<DataFolder> folder_;
  std::unique_ptr<Projections> projections_;
  Position last_;
  std::mt19937_64 engine_{7};
  std::uniform_int_distribution<int> random_days_{0, 3'000};
};

Row import_row(const Settings& settings, const fs::path& csv, const Values& raw) {
  const auto count = static_cast<double>(raw.size());
  Row row = row_of("import of a CSV file, projections included", "events/s",
                   "raw RocksDB, batches of 256, one sync", false);
  for (int round = 0; round < settings.rounds; ++round) {
    const Scratch raw_scratch(settings.folder / "raw");
    RawRocks rocks(raw_scratch.path);
    const auto put = [&] { rocks.put_batched(raw); };
    row.peer.push_back(count / seconds(put));
    const Scratch scratch(settings.folder / "data");
    row.ours.push_back(count / import_once(settings, csv, scratch.path));
  }
  return row;
}

}  // namespace

std::vector<Row> log_rows(const Settings& settings) {
  const Workload workload = make_workload(settings.events, settings.gemeenten, 2);
  const fs::path csv = settings.folder / "events.csv";
  write_csv(workload, csv);
  Values raw = bytes_of(workload.organisatie);
  std::ranges::move(bytes_of(deal(workload, 1).front()), std::back_inserter(raw));
  const auto count = static_cast<double>(raw.size());
  Row import = import_row(settings, csv, raw);

  const Scratch scratch(settings.folder / "data");
  import_once(settings, csv, scratch.path);
  const Scratch raw_scratch(settings.folder / "raw");
  RawRocks rocks(raw_scratch.path);
  rocks.put_batched(raw);
  AskedLog log(scratch.path);
  Row rebuild = row_of("rebuild of all projections", "events/s", "raw RocksDB, scan alone", false);
  Row now = row_of("trajecten per gemeente and trede at a random day, as known now", "µs",
                   "raw RocksDB, scan of the log", true);
  Row then =
      row_of("the same, as known at a random position", "µs", "raw RocksDB, scan of the log", true);
  const auto read_all = [&] { rocks.scan(); };
  for (int round = 0; round < settings.rounds; ++round) {
    const double scan = seconds(read_all);
    rebuild.peer.push_back(count / scan);
    rebuild.ours.push_back(count / log.rebuild());
    now.peer.push_back(1e6 * scan);
    now.ours.push_back(log.ask(settings.queries, false));
    then.peer.push_back(1e6 * scan);
    then.ours.push_back(log.ask(settings.queries, true));
  }
  return {import, rebuild, now, then};
}

}  // namespace trede::bench
