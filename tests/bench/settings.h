// What a run measures, of how much, and where: the options of the program.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace trede::bench {

enum class Peer { kRocksdb, kFdatasync, kArrays, kPostgresql, kDuckdb };
// `rocksdb`, `fdatasync`, ...: as `--peers` has them.
std::string name_of(Peer peer);

struct Settings {
  std::filesystem::path trede;     // the program
  std::filesystem::path folder;    // scratch space on the disk to be measured; empty = temporary
  std::filesystem::path json;      // where the figures go; empty = nowhere
  std::filesystem::path markdown;  // the same
  std::filesystem::path duckdb;    // the folder with its node_modules
  std::vector<std::string> only;   // rows; empty = all
  std::vector<Peer> peers;
  int rounds = 5;
  int gemeenten = 4;
  int corrections = 5;  // percent of the events
  std::uint64_t seed = 1;
  std::size_t events = 1'000'000;  // of the log that is imported, rebuilt and asked
  std::size_t appends = 100'000;   // per round, over 64 callers; a tenth of it for one caller
  std::size_t questions = 1'000;   // per round, of each query row
  // Appends go behind the history instead of into an empty log (always so in a curve).
  bool behind_history = false;
  // What differs from one point of a curve to the next: `events`, `gemeenten` or `corrections`;
  // empty = one run without a curve.
  std::string curve;
  std::vector<std::size_t> points;
};

// The settings of one point of the curve.
Settings at_point(Settings settings, std::size_t point);

// `--name value` pairs, and `--smoke` for a handful of everything. Throws std::runtime_error that
// says what is wrong.
Settings settings_of(int argc, char** argv);

}  // namespace trede::bench
