// A clock that a test sets, and ids that repeat.
#pragma once

#include <atomic>
#include <mutex>
#include <random>
#include <span>

#include "engine/base/clock.h"

namespace trede::test {

// Stands at what the test says; does not move by itself.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Moment now = Moment{Day{std::chrono::year{2025} / 1 / 2}})
      : now_(count(now)) {}
  Moment now() const override { return Moment{std::chrono::microseconds{now_.load()}}; }
  void set(Moment now) { now_ = count(now); }
  void advance(std::chrono::microseconds by) { now_ += by.count(); }

 private:
  static std::int64_t count(Moment moment) { return moment.time_since_epoch().count(); }
  std::atomic<std::int64_t> now_;
};

// The same seed gives the same ids. Threads: any.
class SeededRandom final : public RandomSource {
 public:
  explicit SeededRandom(std::uint64_t seed = 1) : engine_(seed) {}
  Uuid uuid4() override {
    const std::lock_guard lock(mutex_);
    Uuid id;
    for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(engine_());
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | 0x40);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
    return id;
  }
  void fill(std::span<std::uint8_t> bytes) override {
    const std::lock_guard lock(mutex_);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(engine_());
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

}  // namespace trede::test
