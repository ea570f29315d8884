// From a packed act to the event that it records.
#pragma once

#include <string>

#include "tools/simulate/act.h"
#include "tools/simulate/world.h"

namespace trede::simulate {

// Threads: any. `world` must outlive it.
class EventMaker {
 public:
  EventMaker(const World& world, std::uint64_t seed) : world_(world), seed_(seed) {}

  std::uint64_t seed() const { return seed_; }

  // The event of `act`, of person or employer `number`. Requires: not a wake.
  pb::Event make(const Act& act, std::uint64_t number) const;

  StreamId stream(StreamKind kind, std::uint64_t number) const;
  // As `trede record` makes them: by the millisecond of recording first.
  EventId event_id(const StreamId& stream, std::uint32_t ordinal, std::int64_t moment) const;

  // `dossier/d-0000042`, `werkgever/w-00042`.
  static std::string name(StreamKind kind, std::uint64_t number);

 private:
  const World& world_;
  std::uint64_t seed_;
};

}  // namespace trede::simulate
