// What a server goes through that is no row of the table. README.md tells of it.
#include <charconv>
#include <cstdio>
#include <string_view>

#include "tests/bench/load/kill.h"
#include "tests/bench/load/server_process.h"
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

void kill_by(const std::vector<std::string_view>& words) {
  const test::TempDir folder;
  KillOptions options;
  options.folder = folder.path();
  for (std::size_t i = 1; i + 1 < words.size(); i += 2) {
    if (words[i] == "--trede") {
      options.trede = words[i + 1];
    } else if (words[i] == "--rounds") {
      options.rounds = number_of(words[i + 1]);
    } else if (words[i] == "--seed") {
      options.seed = static_cast<std::uint64_t>(number_of(words[i + 1]));
    } else if (words[i] == "--most-ms") {
      options.most_ms = number_of(words[i + 1]);
    } else {
      throw std::runtime_error("no option " + std::string(words[i]));
    }
  }
  run_kills(options);
}

}  // namespace

}  // namespace trede::bench

int main(int argc, char** argv) {
  try {
    const std::vector<std::string_view> words(argv + 1, argv + argc);
    trede::bench::raise_descriptors();
    if (words.empty() || words[0] != "kill") {
      throw std::runtime_error(
          "usage: trede_load kill --trede PROGRAM [--rounds N] [--seed N] [--most-ms N]");
    }
    trede::bench::kill_by(words);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "trede_load: %s\n", error.what());
    return 1;
  }
}
