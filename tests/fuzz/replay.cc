// Runs a target without a fuzzer: every input of its corpus, then inputs that were changed at
// random. `replay FOLDER`; in a campaign for as long as it is told. An input that breaks the target
// is left in the file that is named.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "tests/fuzz/target.h"
#include "tests/support/campaign.h"

extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

namespace fs = std::filesystem;
using namespace std::literals;

constexpr std::uint64_t kFew = 1500;
constexpr std::size_t kLongest = 64 << 10;

std::string running;
std::string left_behind;

void leave_behind() {
  std::ofstream(left_behind, std::ios::binary) << running;
  std::fprintf(stderr, "the input is in %s\n", left_behind.c_str());
}

void on_abort(int) {
  leave_behind();
  std::signal(SIGABRT, SIG_DFL);
}

void run(std::string input) {
  running = std::move(input);
  // A copy of exactly its size: reading beyond it is seen.
  const std::vector<std::uint8_t> bytes(running.begin(), running.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

class Mutator {
 public:
  Mutator(std::uint64_t seed, const std::vector<std::string>& corpus)
      : random_(seed), corpus_(corpus) {}

  std::string next() {
    std::string input = corpus_[upto(corpus_.size())];
    for (std::size_t i = upto(6) + 1; i > 0; --i) change(input);
    if (input.size() > kLongest) input.resize(kLongest);
    return input;
  }

 private:
  std::size_t upto(std::size_t end) { return random_() % end; }

  void change(std::string& input) {
    const std::size_t at = upto(input.size() + 1);
    const std::size_t count = std::min(upto(16) + 1, input.size() - at);
    switch (upto(7)) {
      case 0: input.insert(at, 1, static_cast<char>(random_())); break;
      case 1: input.erase(at, count); break;
      case 2: input.insert(at, input.substr(at, count)); break;
      case 3: splice(input, at); break;
      case 4: input.resize(at); break;
      case 5:
        if (at < input.size()) input[at] = kTelling[upto(kTelling.size())];
        break;
      default:
        if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << upto(8)));
    }
  }
  void splice(std::string& input, std::size_t at) {
    const std::string& other = corpus_[upto(corpus_.size())];
    const std::size_t from = upto(other.size() + 1);
    input.insert(at, other.substr(from, upto(64) + 1));
  }

  static constexpr std::string_view kTelling = "0919-:+.,;|\"'\n\r \t{}[]=@/\0\x7F\x80\xC3\xFF"sv;
  std::mt19937_64 random_;
  const std::vector<std::string>& corpus_;
};

std::vector<std::string> read_corpus(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<std::string> corpus;
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: replay FOLDER\n");
    return 2;
  }
  const fs::path folder(words[1]);
  left_behind = (fs::temp_directory_path() / ("trede-fuzz-" + folder.filename().string())).string();
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(leave_behind);
  std::signal(SIGABRT, on_abort);
  const std::vector<std::string> corpus = read_corpus(folder);
  if (corpus.empty()) {
    std::fprintf(stderr, "%s: no inputs\n", words[1]);
    return 2;
  }
  trede::test::Campaign campaign;
  run("");
  for (const std::string& input : corpus) run(input);
  Mutator mutator(campaign.seed(), corpus);
  std::uint64_t done = 0;
  for (; campaign.goes_on(done, kFew); ++done) run(mutator.next());
  campaign.count("inputs", done + corpus.size() + 1);
  campaign.count("crashes", 0);
  return 0;
}
