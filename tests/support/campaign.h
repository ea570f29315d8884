// A test that is short in every run, and goes on for as long as it is told in a campaign:
// TREDE_TORTURE_SECONDS=600 TREDE_TORTURE_SEED=7 (tests/torture).
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>

namespace trede::test {

// Prints its seed at the start and its figures at the end, for people and for tests/torture.
// Owner: one test. Threads: one.
class Campaign {
 public:
  // `seed` is used where nobody asks for another one.
  explicit Campaign(std::uint64_t seed = 1)
      : seed_(number_from("TREDE_TORTURE_SEED", seed)),
        seconds_(number_from("TREDE_TORTURE_SECONDS", 0)),
        end_(std::chrono::steady_clock::now() + std::chrono::seconds{seconds_}) {
    std::cout << "TREDE_TORTURE_SEED=" << seed_ << std::endl;
  }
  ~Campaign() {
    std::cout << "figures:";
    for (const auto& [name, value] : figures_) std::cout << ' ' << name << '=' << value;
    std::cout << std::endl;
  }
  Campaign(const Campaign&) = delete;
  Campaign& operator=(const Campaign&) = delete;

  std::uint64_t seed() const { return seed_; }
  bool is_long() const { return seconds_ > 0; }
  // Whether another round is to begin after `done` of them; `few` are enough in every run.
  bool goes_on(std::uint64_t done, std::uint64_t few) const {
    return is_long() ? std::chrono::steady_clock::now() < end_ : done < few;
  }
  void count(const std::string& name, std::uint64_t more) { figures_[name] += more; }

 private:
  static std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* const text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
  }

  std::uint64_t seed_;
  std::uint64_t seconds_;
  std::chrono::steady_clock::time_point end_;
  std::map<std::string, std::uint64_t> figures_;
};

}  // namespace trede::test
