// Measures Trede and its peers in turn and prints a Markdown table. `tools/dev bench` starts it;
// settings.cc has its options, README.md what comes out.
#include <rocksdb/version.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <string>

#include "tests/bench/bench.h"
#include "tests/bench/figures/report.h"
#include "tests/bench/machine/machine.h"
#include "tests/bench/machine/process.h"
#include "tests/bench/roles.h"
#include "tests/bench/rows/rows.h"
#include "tests/support/temp_dir.h"

namespace trede::bench {

namespace {

Facts settings_facts(const Settings& settings) {
  const std::string now = format_moment(SystemClock().now());
  return {{"events", std::to_string(settings.events)},
          {"gemeenten", std::to_string(settings.gemeenten)},
          {"corrections", std::to_string(settings.corrections)},
          {"seed", std::to_string(settings.seed)},
          {"appends", std::to_string(settings.appends)},
          {"questions", std::to_string(settings.questions)},
          {"rounds", std::to_string(settings.rounds)},
          {"date", now.substr(0, now.find('T'))}};
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

Facts versions(Bench& bench) {
  const Settings& settings = bench.settings();
  Facts facts = {{"trede", first_line(run({settings.trede, "--version"}))},
                 {"gcc", __VERSION__},
                 {"rocksdb", rocksdb::GetRocksVersionAsString()}};
  if (bench.has(Peer::kPostgresql)) {
    facts.emplace_back("postgresql", bench.postgresql().version());
  }
  if (bench.has(Peer::kDuckdb)) facts.emplace_back("duckdb", bench.duckdb().version());
  return facts;
}

std::vector<RowKind> rows_asked(const Settings& settings) {
  std::vector<RowKind> asked;
  for (const RowKind& kind : row_kinds()) {
    if (settings.only.empty() || std::ranges::count(settings.only, kind.name) > 0) {
      asked.push_back(kind);
    }
  }
  for (const std::string& name : settings.only) {
    if (std::ranges::count(row_kinds(), name, &RowKind::name) == 0) {
      throw std::runtime_error("--only: no row `" + name + "`");
    }
  }
  return asked;
}

// A row that fails says why in its place; the others are measured all the same.
Row measured(Bench& bench, const RowKind& kind) {
  try {
    return kind.measure(bench);
  } catch (const std::exception& error) {
    say(std::string(kind.name) + " failed: " + error.what());
    Row row;
    row.name = kind.name;
    row.error = error.what();
    return row;
  }
}

void write(const std::filesystem::path& file, const std::string& text) {
  if (file.empty()) return;
  std::ofstream out(file);
  out << text;
  out.close();
  if (!out) throw std::runtime_error("cannot write " + file.string());
}

int run_all(int argc, char** argv) {
  Settings settings = settings_of(argc, argv);
  const std::vector<RowKind> asked = rows_asked(settings);
  std::optional<test::TempDir> own;
  if (settings.folder.empty()) {
    settings.folder = own.emplace().path();
    // PostgreSQL runs as another user, who must get through.
    std::filesystem::permissions(settings.folder, std::filesystem::perms::others_exec,
                                 std::filesystem::perm_options::add);
  }
  const Scratch scratch(settings.folder / "trede_bench");
  std::filesystem::create_directories(scratch.path);
  settings.folder = scratch.path;

  Bench bench(settings);
  Report report{machine(settings.folder), versions(bench), settings_facts(settings), {}};
  for (const RowKind& kind : asked) {
    report.rows.push_back(measured(bench, kind));
    write(settings.json, json(report));  // what is there, if a later row takes the machine down
    write(settings.markdown, markdown(report));
  }
  std::printf("%s", markdown(report).c_str());
  const bool failed =
      std::ranges::any_of(report.rows, [](const Row& row) { return !row.error.empty(); });
  return failed ? 1 : 0;
}

}  // namespace

}  // namespace trede::bench

int main(int argc, char** argv) {
  try {
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    if (!words.empty() && words[0] == "--role") {
      return trede::bench::play({words.begin() + 1, words.end()});
    }
    return trede::bench::run_all(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "trede_bench: %s\n", error.what());
    return 1;
  }
}
