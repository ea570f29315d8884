#include "tests/bench/data/prepared_log.h"

#include <algorithm>

#include "tests/bench/data/history.h"
#include "tests/bench/machine/measuring.h"
#include "tests/bench/machine/process.h"

namespace trede::bench {

double import_file(const Settings& settings, const std::filesystem::path& csv,
                   const std::filesystem::path& data) {
  run({settings.trede, "init", "--data", data});
  return seconds([&] { run({settings.trede, "import", csv, "--data", data, "--as-recorded"}); });
}

Query query_of(const Question& question) {
  return {.measure = "trajecten",
          .time = question.day,
          .per = {"gemeente", "trede"},
          .waar = {},
          .known = question.known};
}

PreparedLog::PreparedLog(const Settings& settings)
    : csv_(settings.folder / "history.csv"), data_(settings.folder / "history") {
  write_history(settings, csv_);
  import_file(settings, csv_, data_);
  const auto folder = must(DataFolder::open(data_, OpenMode::kRead, clock_, random_), "open");
  stored_ = std::make_unique<StoredEvents>(folder->log(), settings.folder / "stored");
  columns_ = columns_of(folder->log());
  std::int32_t first = INT32_MAX;
  std::int32_t last = INT32_MIN;
  for (const EventColumns& event : columns_.events) {
    if (event.soort != pb::Body::kTrajectStart) continue;
    first = std::min(first, event.day);
    last = std::max(last, event.day);
  }
  if (first > last) throw std::runtime_error("a history without a traject");
  first_day_ = day_from_number(first);
  last_day_ = day_from_number(last);
}

PreparedLog::~PreparedLog() = default;

void PreparedLog::open() {
  folder_ = must(DataFolder::open(data_, OpenMode::kWrite, clock_, random_), "open");
  projections_ = must(Projections::open(*folder_), "open projections");
  must(projections_->catch_up(), "catch up");
}

DataFolder& PreparedLog::folder() {
  if (!folder_) open();
  return *folder_;
}

Projections& PreparedLog::projections() {
  if (!projections_) open();
  return *projections_;
}

void PreparedLog::close() {
  projections_.reset();
  if (folder_) must(folder_->close(), "close");
  folder_.reset();
}

std::vector<Question> PreparedLog::questions(std::size_t count, bool known_now,
                                             std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::uniform_int_distribution<int> days(0, static_cast<int>((last_day_ - first_day_).count()));
  std::uniform_int_distribution<std::uint64_t> positions(1, last().value);
  std::vector<Question> out;
  for (std::size_t i = 0; i < count; ++i) {
    const Day day = first_day_ + std::chrono::days{days(engine)};
    out.push_back({day, known_now ? last() : settled(positions(engine))});
  }
  return out;
}

std::vector<Question> PreparedLog::edges(std::size_t count, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::uniform_int_distribution<std::size_t> places(0, columns_.events.size() - 1);
  std::vector<Question> out;
  while (out.size() < count) {
    const EventColumns& event = columns_.events[places(engine)];
    if (!moves_trajecten(event) || event.soort == kIntrekking) continue;
    const Day day = day_from_number(event.day);
    out.push_back({day, last()});
    out.push_back({day - std::chrono::days{1}, last()});
    out.push_back({day, settled(event.position - 1)});
    out.push_back({day, settled(event.position)});
  }
  return out;
}

Position PreparedLog::settled(std::uint64_t position) {
  return must(folder().log().settle(Position{position}), "settle");
}

}  // namespace trede::bench
