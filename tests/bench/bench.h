// One run: its settings, what its rows share, and the rounds in which contenders take turns.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/data/prepared_log.h"
#include "tests/bench/figures/row.h"
#include "tests/bench/machine/measuring.h"
#include "tests/bench/peers/duckdb.h"
#include "tests/bench/peers/postgresql.h"
#include "tests/bench/settings.h"

namespace trede::bench {

// Somebody who does the work of a row once per round.
struct Contender {
  std::string name;
  std::optional<Peer> peer;  // absent = Trede itself
  std::function<Sample(int round)> run;
};

// Threads: one.
class Bench {
 public:
  explicit Bench(Settings settings) : settings_(std::move(settings)) {}

  const Settings& settings() const { return settings_; }
  bool has(Peer peer) const;
  std::filesystem::path scratch(const std::string& name) const { return settings_.folder / name; }
  // Made when it is asked for the first time.
  PreparedLog& log();
  Postgresql& postgresql();
  Duckdb& duckdb();

  // Lets the contenders take turns, as many rounds as the settings say: forward in one round,
  // backward in the next, so that nobody always follows the same. Fills in `row`.
  // Requires: exactly one contender is Trede itself.
  void measure(Row& row, std::span<const Contender> contenders) {
    measure(row, contenders, settings_.rounds);
  }
  void measure(Row& row, std::span<const Contender> contenders, int rounds);

 private:
  Settings settings_;
  std::unique_ptr<PreparedLog> log_;
  std::exception_ptr log_trouble_;  // why there is none: every row that needs it says so
  std::unique_ptr<Postgresql> postgresql_;
  std::unique_ptr<Duckdb> duckdb_;
};

// A line on stderr: where a long run stands.
void say(const std::string& line);

}  // namespace trede::bench
