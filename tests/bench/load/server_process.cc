#include "tests/bench/load/server_process.h"

#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "tests/bench/load/client.h"

namespace trede::bench {

namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

constexpr auto kPollEvery = std::chrono::milliseconds{20};
constexpr int kPolls = 3'000;

constexpr const char* kConfig =
    "[limits]\nrequests_per_second = 1000000\nrequests_at_once = 1000000\n";

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

asio::awaitable<void> look_whether_ready(Client& client, bool& is_ready) {
  co_await client.ask("GET /readyz HTTP/1.1\r\nHost: bench\r\n\r\n");
  is_ready = client.status() == 200;
}

void wait_until_ready(std::uint16_t port) {
  for (int poll = 0; poll < kPolls; ++poll) {
    asio::io_context context(1);
    Client client(context, port);
    bool is_ready = false;
    asio::co_spawn(context, look_whether_ready(client, is_ready), [](std::exception_ptr trouble) {
      if (trouble) std::rethrow_exception(trouble);
    });
    context.run();
    if (is_ready) return;
    std::this_thread::sleep_for(kPollEvery);
  }
  throw std::runtime_error("the server is not ready");
}

}  // namespace

Usage usage_of(pid_t process) {
  const fs::path of = "/proc/" + std::to_string(process);
  std::ifstream file(of / "stat");
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (text.rfind(')') == std::string::npos) throw std::runtime_error("no process");
  std::istringstream rest(text.substr(text.rfind(')') + 2));
  const std::vector<std::string> fields{std::istream_iterator<std::string>(rest), {}};
  constexpr std::size_t kUser = 11;  // counted from the state, the first behind the name
  constexpr std::size_t kSystem = 12;
  constexpr std::size_t kResident = 21;
  if (fields.size() <= kResident) throw std::runtime_error("no process");
  Usage usage;
  usage.cpu = static_cast<double>(std::stoull(fields[kUser]) + std::stoull(fields[kSystem])) /
              static_cast<double>(sysconf(_SC_CLK_TCK));
  usage.memory = std::stoull(fields[kResident]) * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  for ([[maybe_unused]] const auto& one : fs::directory_iterator(of / "fd")) ++usage.descriptors;
  return usage;
}

double own_cpu() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

void raise_descriptors() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

ServerProcess::ServerProcess(const fs::path& trede, const fs::path& data, const fs::path& place)
    : log_(place / "log") {
  fs::create_directories(place);
  const fs::path config = place / "trede.toml";
  std::ofstream(config) << kConfig;
  const std::vector<std::string> words = {trede,      "serve",       "--data",   data,
                                          "--listen", "127.0.0.1:0", "--config", config};
  process_ = std::make_unique<Running>(words, log_);
  const std::string line = process_->line();
  const auto colon = line.rfind(':');
  if (!line.starts_with("luistert op ") || colon == std::string::npos) {
    throw std::runtime_error("the server said: " + line);
  }
  port_ = static_cast<std::uint16_t>(std::stoul(line.substr(colon + 1)));
  wait_until_ready(port_);
}

std::size_t ServerProcess::count_in_log(const std::string& level) const {
  std::ifstream file(log_);
  std::size_t count = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.find(level) != std::string::npos) ++count;
  }
  return count;
}

void ServerProcess::stop() {
  const int status = process_->stop();
  if (status != 0) {
    throw std::runtime_error("the server ended with status " + std::to_string(status));
  }
}

std::string make_token(const fs::path& trede, const fs::path& data, const std::string& name,
                       const std::vector<std::string>& what) {
  std::vector<std::string> words = {trede, "token", "create", name, "--data", data};
  words.insert(words.end(), what.begin(), what.end());
  std::string token = run(words);
  while (token.ends_with('\n')) token.pop_back();
  return token;
}

}  // namespace trede::bench
