// Measures Trede and its peers in turn and prints a Markdown table. `tools/dev bench` starts it;
// settings.cc has its options, README.md what comes out.
#include <rocksdb/version.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <functional>
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

// Measures the rows that are asked for; hands over what there is after each of them, should a later
// one take the machine down.
Report measure_rows(Settings settings, const std::function<void(const Report&)>& keep) {
  const Scratch scratch(settings.folder / "trede_bench");
  std::filesystem::create_directories(scratch.path);
  settings.folder = scratch.path;
  Bench bench(settings);
  Report report{machine(settings.folder), versions(bench), settings_facts(settings), {}};
  for (const RowKind& kind : rows_asked(settings)) {
    report.rows.push_back(measured(bench, kind));
    keep(report);
  }
  return report;
}

template <typename Figures>
void keep_figures(const Settings& settings, const Figures& figures) {
  write(settings.json, json(figures));
  write(settings.markdown, markdown(figures));
}

bool is_good(const Report& report) {
  return std::ranges::all_of(report.rows, [](const Row& row) { return row.error.empty(); });
}

bool run_once(const Settings& settings) {
  const Report report =
      measure_rows(settings, [&](const Report& part) { keep_figures(settings, part); });
  std::printf("%s", markdown(report).c_str());
  return is_good(report);
}

bool run_curve(const Settings& settings) {
  Curve curve{settings.curve, settings.points, {}};
  for (const std::size_t point : settings.points) {
    say(settings.curve + " " + std::to_string(point));
    curve.reports.emplace_back();
    curve.reports.back() = measure_rows(at_point(settings, point), [&](const Report& part) {
      curve.reports.back() = part;
      keep_figures(settings, curve);
    });
  }
  std::printf("%s", markdown(curve).c_str());
  return std::ranges::all_of(curve.reports, is_good);
}

int run_all(int argc, char** argv) {
  Settings settings = settings_of(argc, argv);
  rows_asked(settings);  // names that do not exist are told before hours of measuring
  std::optional<test::TempDir> own;
  if (settings.folder.empty()) {
    settings.folder = own.emplace().path();
    // PostgreSQL runs as another user, who must get through.
    std::filesystem::permissions(settings.folder, std::filesystem::perms::others_exec,
                                 std::filesystem::perm_options::add);
  }
  const bool good = settings.curve.empty() ? run_once(settings) : run_curve(settings);
  return good ? 0 : 1;
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
