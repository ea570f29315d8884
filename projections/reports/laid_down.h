// What the organisation has laid down (gemeenten that take part, targets), as known at a position.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/dossier/organisatie.h"
#include "engine/log/event_store.h"
#include "projections/measures/query.h"
#include "projections/reports/rational.h"

namespace trede {

// The organisation as its stream tells it up to `known`. Errors: kIo, kCorrupt, kNewer.
Result<Organisatie> load_organisatie(const EventStore& store, Position known);

// The gemeenten that take part in any dienst at the beginning of `period` (the end of the day
// before) or on one of its days, in order of bytes: those whose figures a total over it may hold.
std::vector<std::string> gemeenten_in(const Organisatie& organisatie, const Period& period);

// Which target is meant.
struct TargetKey {
  Soort soort;  // afspraak_vastgesteld, benchmark_vastgesteld or taakstelling_vastgesteld
  std::string maat;
  std::string periode;
  std::string waar;  // waar_text
};
// Absent when nobody laid it down.
std::optional<Rational> find_target(const Organisatie& organisatie, const TargetKey& key);

// Conditions in one way of writing: `dim=code;dim=code,code`, in order of dimension. A target has
// one code in each.
std::string waar_text(std::vector<Filter> waar);

}  // namespace trede
