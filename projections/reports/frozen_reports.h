// The reports that the organisation has frozen, as known at a position: which there are, and what
// they said.
#pragma once

#include <string_view>

#include "engine/dossier/verantwoording.h"
#include "engine/log/event_store.h"
#include "projections/reports/frozen.h"

namespace trede {

// `store` must outlive it, and what it hands out it owns. Threads: any.
class FrozenReports {
 public:
  // `known`: what was frozen as known at the position that is asked about.
  FrozenReports(const EventStore& store, Verantwoording known)
      : store_(store), known_(std::move(known)) {}

  // Null when there is none. Of several the one that was frozen last.
  const VastgesteldRapport* find(const RapportKey& key) const { return known_.find_rapport(key); }
  // Of the same name and conditions as `next`, and ending on the day before it begins: what a next
  // report starts from.
  const VastgesteldRapport* find_before(const RapportKey& next) const;
  // Of the same name and conditions, ending on `tm`: of those the longest.
  const VastgesteldRapport* find_ending(std::string_view rapport, std::string_view waar,
                                        Day tm) const;
  // Of the same name, conditions and first day as `later`, and ending before it: of those the one
  // that ends last. What the figures of this year were the last time.
  const VastgesteldRapport* find_earlier(const RapportKey& later) const;

  // What it said, with when and where it was laid down. Requires: one of those above.
  // Errors: kNewer    its figures are in a form of a newer version;
  //         kCorrupt  they are damaged, or of another report than the event says;
  //         and those of the store.
  Result<FrozenReport> load(const VastgesteldRapport& frozen) const;

 private:
  const EventStore& store_;
  Verantwoording known_;
};

}  // namespace trede
