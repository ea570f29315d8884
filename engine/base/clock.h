// Time and randomness enter the program here. `main` creates one of each and hands it down;
// nothing else reads the wall clock or a random device.
#pragma once

#include <span>

#include "engine/base/ids.h"
#include "engine/base/time.h"

namespace trede {

// The wall clock. Threads: any.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Moment now() const = 0;
};

// The machine's clock.
class SystemClock final : public Clock {
 public:
  Moment now() const override;
};

// A source of random ids and keys. Threads: any.
class RandomSource {
 public:
  virtual ~RandomSource() = default;
  // A random UUID (version 4), from the operating system's generator.
  virtual Uuid uuid4() = 0;
  // Overwrites all of `bytes`, with what nobody can guess when the source is the system's.
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
  // A UUID (version 7): milliseconds of `now` first, so that ids of one time lie together.
  Uuid uuid7(Moment now);
};

class SystemRandom final : public RandomSource {
 public:
  Uuid uuid4() override;
  void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace trede
