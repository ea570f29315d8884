// A log whose deltas all fall in a few cells and months, so that every chunk, note and running
// total of the cube is in use; with late events, corrections and withdrawals as ever.
#pragma once

#include <vector>

#include "engine/dossier/recorder.h"
#include "tests/support/fakes.h"
#include "tests/support/memory_store.h"
#include "tests/support/random_event.h"

namespace trede::test {

// Threads: one.
class BusyLog {
 public:
  // Records `appends` appends of one event, after one that founds the organisation.
  BusyLog(std::uint64_t seed, int appends);

  const MemoryStore& store() const { return store_; }
  std::vector<EventPtr> events() const;

 private:
  struct Life {
    StreamId stream;
    EventId first;  // its aanmelding or dienstverband_start
    bool employed;
  };

  void found_organisatie();
  void append();
  bool record(const pb::Event& event);
  pb::Event first_event(const StreamId& stream, const EventId& id, bool employed);
  pb::Event later_event(const Life& life);
  pb::Event moved_event(const Life& life);
  EventId next_id() { return EventId{ids_.uuid4()}; }
  Day random_day();

  FakeClock clock_;
  MemoryStore store_{clock_};
  Recorder recorder_{store_, clock_};
  Dice dice_;
  SeededRandom ids_;
  std::vector<Life> lives_;
};

}  // namespace trede::test
