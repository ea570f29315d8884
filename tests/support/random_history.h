// Valid random histories: many dossiers of one organisation, recorded late, corrected, withdrawn
// and in groups as people do, through the recorder and its rules.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "engine/dossier/recorder.h"
#include "tests/support/fakes.h"
#include "tests/support/memory_store.h"

namespace trede::test {

struct RandomHistoryOptions {
  std::uint64_t seed = 1;
  int dossiers = 12;
  bool founds = true;  // records the gemeenten and afdelingen first; else they are there already
  std::chrono::microseconds step{60'000'000'000};  // at most, the clock moves on before an append
  // Of a hundred appends, how many are ...
  int late = 15;  // an event before others of its dossier
  int correcties = 8;
  int intrekkingen = 4;
  int groepen = 6;      // several events at once, also of two dossiers
  int organisatie = 6;  // bookings, targets, gemeenten that enter or leave
  int werkgever = 4;
  // Of a hundred events, how many say why they come into a closed period, whether it is or not; and
  // of a hundred that were refused for not saying so, how many try again with a reason.
  int confirmed = 3;
  int confirmed_when_asked = 90;
};

// Writes a random history into a store, append by append; the same seed and options give the same
// history. `store` and `clock` must outlive it; the clock is moved on. Threads: one.
class RandomWriter {
 public:
  RandomWriter(EventStore& store, FakeClock& clock, const RandomHistoryOptions& options = {});
  ~RandomWriter();

  // Records one append that the rules accept: 1 to 5 events.
  void append();
  // Appends until the store holds at least `events` events.
  void append_until(std::size_t events);

  // How many appends the rules refused on the way.
  std::size_t refused() const;
  // The streams written to so far.
  std::vector<StreamId> streams() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A random history in memory.
struct RandomHistory {
  // At least `events` events, and at most four more.
  explicit RandomHistory(std::size_t events, const RandomHistoryOptions& options = {});

  // All events, decoded, in order of position.
  std::vector<std::shared_ptr<const pb::Event>> events() const;

  FakeClock clock;
  MemoryStore store{clock};
  RandomWriter writer;
};

}  // namespace trede::test
