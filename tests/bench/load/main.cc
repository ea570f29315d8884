// What a server goes through that is no row of the table. README.md tells of it.
#include <charconv>
#include <cstdio>
#include <string_view>

#include "tests/bench/load/crowd.h"
#include "tests/bench/load/kill.h"
#include "tests/bench/load/server_process.h"
#include "tests/bench/load/soak.h"
#include "tests/support/temp_dir.h"

namespace trede::bench {

namespace {

int number_of(std::string_view text) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || at != end || number < 1) {
    throw std::runtime_error("expected a whole number, not " + std::string(text));
  }
  return number;
}

// `--name value` pairs, each of them handed to `take`, which says whether it knows the name.
template <typename Take>
void read_options(const std::vector<std::string_view>& words, Take take) {
  for (std::size_t i = 1; i < words.size(); i += 2) {
    if (i + 1 == words.size() || !take(words[i], words[i + 1])) {
      throw std::runtime_error("no option with a value: " + std::string(words[i]));
    }
  }
}

// A number that stands in `place` when it is named so.
struct Named {
  std::string_view name;
  int* place;
};

bool take_number(std::initializer_list<Named> known, std::string_view name,
                 std::string_view value) {
  for (const Named& one : known) {
    if (one.name != name) continue;
    *one.place = number_of(value);
    return true;
  }
  return false;
}

template <typename Options, typename Numbers>
void run_with(const std::vector<std::string_view>& words, void (*work)(const Options&),
              Numbers numbers_of) {
  const test::TempDir folder;
  Options options;
  options.folder = folder.path();
  read_options(words, [&](std::string_view name, std::string_view value) {
    if (name != "--trede") return numbers_of(options, name, value);
    options.trede = value;
    return true;
  });
  work(options);
}

bool take_kill(KillOptions& options, std::string_view name, std::string_view value) {
  return take_number(
      {{"--rounds", &options.rounds}, {"--seed", &options.seed}, {"--most-ms", &options.most_ms}},
      name, value);
}

bool take_soak(SoakOptions& options, std::string_view name, std::string_view value) {
  return take_number({{"--seconds", &options.seconds},
                      {"--appends", &options.appends_per_second},
                      {"--reads", &options.reads_per_second},
                      {"--contacts", &options.contacts}},
                     name, value);
}

bool take_crowd(CrowdOptions& options, std::string_view name, std::string_view value) {
  return take_number({{"--connections", &options.connections}, {"--turns", &options.turns}}, name,
                     value);
}

void run_by(const std::vector<std::string_view>& words) {
  const std::string_view what = words.empty() ? "" : words[0];
  if (what == "kill") return run_with<KillOptions>(words, run_kills, take_kill);
  if (what == "soak") return run_with<SoakOptions>(words, run_soak, take_soak);
  if (what == "crowd") return run_with<CrowdOptions>(words, run_crowd, take_crowd);
  throw std::runtime_error(
      "usage: trede_load kill  --trede PROGRAM [--rounds N] [--seed N] [--most-ms N]\n"
      "       trede_load soak  --trede PROGRAM [--seconds N] [--appends N] [--reads N]\n"
      "                  [--contacts N]\n"
      "       trede_load crowd --trede PROGRAM [--connections N] [--turns N]");
}

}  // namespace

}  // namespace trede::bench

int main(int argc, char** argv) {
  try {
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    trede::bench::raise_descriptors();
    trede::bench::run_by(words);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "trede_load: %s\n", error.what());
    return 1;
  }
}
