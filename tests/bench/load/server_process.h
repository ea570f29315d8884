// `trede serve` as a process of its own, and what it takes of the machine.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tests/bench/machine/process.h"

namespace trede::bench {

// Processor time in seconds. Resident memory in bytes. `descriptors`: how many are open.
struct Usage {
  double cpu = 0;
  std::size_t memory = 0;
  std::size_t descriptors = 0;
};
Usage usage_of(pid_t process);
// Of this process.
double own_cpu();

// As many descriptors as this process, and what it starts, may have.
void raise_descriptors();

// Runs until the object goes, which kills it. With what a server has that nobody configured, but
// for the rates: one identity asks for everybody here. Its log is the file `log` in `place`.
// Threads: one.
class ServerProcess {
 public:
  // Starts it on `data` and waits until it is ready. `place`: for its configuration and its log.
  ServerProcess(const std::filesystem::path& trede, const std::filesystem::path& data,
                const std::filesystem::path& place);

  std::uint16_t port() const { return port_; }
  Usage usage() const { return usage_of(process_->id()); }
  // How often its log has a line of this level.
  std::size_t count_in_log(const std::string& level) const;

  void kill() { process_->kill(); }  // -9
  void stop();                       // as an operator does; throws when it did not end well

 private:
  std::filesystem::path log_;
  std::unique_ptr<Running> process_;
  std::uint16_t port_ = 0;
};

// A token for `trede serve` on `data`, which nobody serves yet. `what`: the options that say what
// it may.
std::string make_token(const std::filesystem::path& trede, const std::filesystem::path& data,
                       const std::string& name, const std::vector<std::string>& what);

}  // namespace trede::bench
