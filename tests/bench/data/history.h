// What is recorded, imported and asked about, the same for the same settings.
#pragma once

#include <filesystem>
#include <vector>

#include "engine/event/event.h"
#include "tests/bench/settings.h"

namespace trede::bench {

using Events = std::vector<pb::Event>;

// Events to be recorded one by one: first those of the organisation, then each caller its own, in
// order. No two callers share a dossier.
struct AppendLoad {
  Events organisatie;
  std::vector<Events> callers;
  std::size_t events() const;  // of all callers together
};
// About `events` in all, of the organisation included. Of another `seed` than the history the
// callers' events can be recorded behind it: it has laid down the same for the organisation.
AppendLoad make_append_load(const Settings& settings, int callers, std::size_t events,
                            std::uint64_t seed);

// A file for `trede import --as-recorded`.
void write_history(const Settings& settings, const std::filesystem::path& csv);

}  // namespace trede::bench
