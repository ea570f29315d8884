// `trede_bench --trede PROGRAM [--folder DIR] [--rounds N] [--events N] [--smoke]`: measures Trede
// and raw RocksDB in turn and prints a Markdown table.
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include "tests/bench/machine.h"
#include "tests/bench/rows.h"
#include "tests/support/temp_dir.h"

namespace {

using trede::bench::Settings;

// What no benchmark would be, but small enough to see that everything runs.
void make_small(Settings& settings) {
  settings.rounds = 1;
  settings.appends = 200;
  settings.events = 300;
  settings.queries = 3;
}

Settings settings_of(int argc, char** argv) {
  Settings settings;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--smoke") {
      make_small(settings);
      continue;
    }
    if (i + 1 == argc) throw std::runtime_error(std::string(option) + " needs a value");
    const std::string value = argv[++i];
    if (option == "--trede") {
      settings.trede = value;
    } else if (option == "--folder") {
      settings.folder = value;
    } else if (option == "--rounds") {
      settings.rounds = std::stoi(value);
    } else if (option == "--events") {
      settings.events = std::stoul(value);
    } else {
      throw std::runtime_error("no option " + std::string(option));
    }
  }
  if (settings.trede.empty()) throw std::runtime_error("--trede PROGRAM is missing");
  return settings;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Settings settings = settings_of(argc, argv);
    const trede::test::TempDir scratch;
    if (settings.folder.empty()) settings.folder = scratch.path();
    std::printf("%s- %d rounds, Trede and peer in turn; a log of %zu events, %d gemeenten\n\n",
                trede::bench::machine(settings.folder).c_str(), settings.rounds, settings.events,
                settings.gemeenten);
    std::vector<trede::bench::Row> rows;
    for (const int callers : {1, 16, 64}) {
      rows.push_back(trede::bench::append_row(settings, callers));
    }
    for (auto& row : trede::bench::log_rows(settings)) rows.push_back(std::move(row));
    std::printf("%s", trede::bench::markdown(rows).c_str());
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "trede_bench: %s\n", error.what());
    return 1;
  }
}
