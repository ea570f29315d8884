// DuckDB on the columns of the log: bitemporal rectangles built by SQL, in memory, and counted. It
// runs in a process of its own under Node, and times itself there.
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/data/columns.h"
#include "tests/bench/machine/measuring.h"
#include "tests/bench/peers/counts.h"

namespace trede::bench {

// Threads: one. The process ends with the object.
class Duckdb final : public CountingPeer {
 public:
  // `program` is the folder with duckdb/peer.mjs and its node_modules. Throws when it is not there.
  explicit Duckdb(const std::filesystem::path& program);
  ~Duckdb() override;
  Duckdb(const Duckdb&) = delete;
  Duckdb& operator=(const Duckdb&) = delete;

  std::string version();
  // Builds the rectangles of trajecten from the columns; before it, reads those, by way of a file
  // in `folder`, if it did not yet. Returns the seconds that the building took.
  double rebuild(const Columns& columns, const std::filesystem::path& folder);
  Counts count(const Question& question) override;
  // As asked by ask_many, in microseconds.
  Sample time(const std::vector<Question>& questions) override;

 private:
  void load(const Columns& columns, const std::filesystem::path& folder);
  std::string ask(const std::string& line);

  pid_t process_ = 0;
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
  std::vector<std::string> gemeenten_;
  Position last_;
};

}  // namespace trede::bench
