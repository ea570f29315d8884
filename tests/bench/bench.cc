#include "tests/bench/bench.h"

#include <algorithm>
#include <cstdio>
#include <ranges>

namespace trede::bench {

namespace {

void add(Series& series, const Sample& sample) {
  series.values.push_back(sample.value);
  if (sample.p99 > 0) series.p99.push_back(sample.p99);
}

}  // namespace

void say(const std::string& line) { std::fprintf(stderr, "bench: %s\n", line.c_str()); }

bool Bench::has(Peer peer) const {
  return std::ranges::find(settings_.peers, peer) != settings_.peers.end();
}

PreparedLog& Bench::log() {
  if (log_trouble_) std::rethrow_exception(log_trouble_);
  if (!log_) {
    say("a history of " + std::to_string(settings_.events) + " events");
    try {
      log_ = std::make_unique<PreparedLog>(settings_);
    } catch (...) {
      log_trouble_ = std::current_exception();
      throw;
    }
  }
  return *log_;
}

Postgresql& Bench::postgresql() {
  if (!postgresql_) {
    say("a PostgreSQL cluster");
    postgresql_ = Postgresql::start(scratch("postgresql"));
  }
  return *postgresql_;
}

Duckdb& Bench::duckdb() {
  if (!duckdb_) {
    say("DuckDB");
    duckdb_ = std::make_unique<Duckdb>(settings_.duckdb);
  }
  return *duckdb_;
}

void Bench::measure(Row& row, std::span<const Contender> contenders, int rounds) {
  std::vector<const Contender*> order;
  std::vector<Series> series;
  for (const Contender& contender : contenders) {
    if (contender.peer && !has(*contender.peer)) {
      row.left_out.push_back(contender.name);
      continue;
    }
    order.push_back(&contender);
    series.push_back({contender.name, {}, {}});
  }
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t turn = 0; turn < order.size(); ++turn) {
      const std::size_t index = round % 2 == 0 ? turn : order.size() - 1 - turn;
      say(row.name + ", round " + std::to_string(round + 1) + " of " + std::to_string(rounds) +
          ": " + order[index]->name);
      add(series[index], order[index]->run(round));
    }
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i]->peer) {
      row.peers.push_back(std::move(series[i]));
    } else {
      row.ours = std::move(series[i]);
    }
  }
}

}  // namespace trede::bench
