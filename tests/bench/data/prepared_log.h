// The log that is imported, rebuilt and asked: made once per run, at first use.
#pragma once

#include <filesystem>
#include <memory>
#include <random>

#include "engine/log/data_folder.h"
#include "projections/projections.h"
#include "tests/bench/data/columns.h"
#include "tests/bench/data/stored_events.h"
#include "tests/bench/settings.h"

namespace trede::bench {

// `trede init` and `trede import` of `csv` into `data`. Returns the seconds that the import took.
double import_file(const Settings& settings, const std::filesystem::path& csv,
                   const std::filesystem::path& data);

// Trajecten per gemeente and trede at the end of `day`, as known at `known`.
struct Question {
  Day day;
  Position known;
};
Query query_of(const Question& question);

// Threads: one.
class PreparedLog {
 public:
  explicit PreparedLog(const Settings& settings);
  ~PreparedLog();

  const std::filesystem::path& csv() const { return csv_; }
  const std::filesystem::path& data() const { return data_; }
  const StoredEvents& stored() const { return *stored_; }
  const Columns& columns() const { return columns_; }
  std::size_t events() const { return stored_->count(); }
  Position last() const { return Position{events()}; }

  // The folder opened as one that serves, with its projections up to date.
  DataFolder& folder();
  Projections& projections();
  void close();  // what `projections` opened

  // At random days within the history; as known now, or at random positions (settled).
  std::vector<Question> questions(std::size_t count, bool known_now, std::uint64_t seed);
  // Where answers change: on the days of random events that move somebody, as known just before and
  // after those were recorded, and now.
  std::vector<Question> edges(std::size_t count, std::uint64_t seed);

 private:
  void open();
  Position settled(std::uint64_t position);

  std::filesystem::path csv_;
  std::filesystem::path data_;
  std::unique_ptr<StoredEvents> stored_;
  Columns columns_;
  Day first_day_{};
  Day last_day_{};
  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<DataFolder> folder_;
  std::unique_ptr<Projections> projections_;
};

}  // namespace trede::bench
