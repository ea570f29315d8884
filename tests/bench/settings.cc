#include "tests/bench/settings.h"

#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <stdexcept>
#include <string_view>

namespace trede::bench {

namespace {

constexpr std::array kAllPeers = {Peer::kRocksdb, Peer::kFdatasync, Peer::kArrays,
                                  Peer::kPostgresql, Peer::kDuckdb};

template <typename Number>
Number number_of(const std::string& option, const std::string& text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || at != end || number < Number{}) {
    throw std::runtime_error(option + ": `" + text + "` is not a whole number");
  }
  return number;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    if (end > begin) words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

std::vector<Peer> peers_of(const std::string& text) {
  std::vector<Peer> peers;
  for (const std::string& word : split(text)) {
    bool found = false;
    for (const Peer peer : kAllPeers) {
      if (name_of(peer) != word) continue;
      peers.push_back(peer);
      found = true;
    }
    if (!found) throw std::runtime_error("--peers: no peer `" + word + "`");
  }
  return peers;
}

// What no benchmark would be, but small enough to see that everything runs.
void make_small(Settings& settings) {
  settings.rounds = 1;
  settings.events = 600;
  settings.appends = 300;
  settings.questions = 5;
}

using Setter = std::function<void(Settings&, const std::string&)>;

const std::map<std::string, Setter, std::less<>>& setters() {
  static const std::map<std::string, Setter, std::less<>> all = {
      {"--trede", [](Settings& s, const std::string& v) { s.trede = v; }},
      {"--folder", [](Settings& s, const std::string& v) { s.folder = v; }},
      {"--json", [](Settings& s, const std::string& v) { s.json = v; }},
      {"--markdown", [](Settings& s, const std::string& v) { s.markdown = v; }},
      {"--duckdb", [](Settings& s, const std::string& v) { s.duckdb = v; }},
      {"--only", [](Settings& s, const std::string& v) { s.only = split(v); }},
      {"--peers", [](Settings& s, const std::string& v) { s.peers = peers_of(v); }},
      {"--rounds",
       [](Settings& s, const std::string& v) { s.rounds = number_of<int>("--rounds", v); }},
      {"--gemeenten",
       [](Settings& s, const std::string& v) { s.gemeenten = number_of<int>("--gemeenten", v); }},
      {"--corrections",
       [](Settings& s, const std::string& v) {
         s.corrections = number_of<int>("--corrections", v);
       }},
      {"--seed",
       [](Settings& s, const std::string& v) { s.seed = number_of<std::uint64_t>("--seed", v); }},
      {"--events",
       [](Settings& s, const std::string& v) { s.events = number_of<std::size_t>("--events", v); }},
      {"--appends",
       [](Settings& s, const std::string& v) {
         s.appends = number_of<std::size_t>("--appends", v);
       }},
      {"--curve", [](Settings& s, const std::string& v) { s.curve = v; }},
      {"--points",
       [](Settings& s, const std::string& v) {
         for (const std::string& word : split(v)) {
           s.points.push_back(number_of<std::size_t>("--points", word));
         }
       }},
      {"--questions",
       [](Settings& s, const std::string& v) {
         s.questions = number_of<std::size_t>("--questions", v);
       }},
  };
  return all;
}

// The points of a curve that the options do not name.
void complete_curve(Settings& settings) {
  static const std::map<std::string, std::vector<std::size_t>> kUsual = {
      {"events", {100'000, 1'000'000, 10'000'000}},
      {"gemeenten", {4, 20, 100, 342}},
      {"corrections", {0, 5, 30}}};
  if (settings.curve.empty()) {
    if (!settings.points.empty()) throw std::runtime_error("--points: only with --curve");
    return;
  }
  const auto usual = kUsual.find(settings.curve);
  if (usual == kUsual.end()) {
    throw std::runtime_error("--curve: expected events, gemeenten or corrections");
  }
  if (settings.points.empty()) settings.points = usual->second;
  settings.behind_history = true;
}

void check(const Settings& settings) {
  if (settings.trede.empty()) throw std::runtime_error("--trede PROGRAM is missing");
  if (settings.rounds < 1) throw std::runtime_error("--rounds: at least 1");
  if (settings.gemeenten < 1) throw std::runtime_error("--gemeenten: at least 1");
  if (settings.events < 100 || settings.appends < 100) {
    throw std::runtime_error("--events and --appends: at least 100");
  }
  if (settings.questions < 1) throw std::runtime_error("--questions: at least 1");
}

}  // namespace

std::string name_of(Peer peer) {
  switch (peer) {
    case Peer::kRocksdb: return "rocksdb";
    case Peer::kFdatasync: return "fdatasync";
    case Peer::kArrays: return "arrays";
    case Peer::kPostgresql: return "postgresql";
    case Peer::kDuckdb: return "duckdb";
  }
  return {};
}

Settings settings_of(int argc, char** argv) {
  Settings settings;
  settings.peers.assign(kAllPeers.begin(), kAllPeers.end());
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--smoke") {
      make_small(settings);
      continue;
    }
    const auto found = setters().find(option);
    if (found == setters().end()) throw std::runtime_error("no option " + std::string(option));
    if (i + 1 == argc) throw std::runtime_error(std::string(option) + " needs a value");
    found->second(settings, argv[++i]);
  }
  complete_curve(settings);
  check(settings);
  return settings;
}

Settings at_point(Settings settings, std::size_t point) {
  if (settings.curve == "events") settings.events = point;
  if (settings.curve == "gemeenten") settings.gemeenten = static_cast<int>(point);
  if (settings.curve == "corrections") settings.corrections = static_cast<int>(point);
  return settings;
}

}  // namespace trede::bench
