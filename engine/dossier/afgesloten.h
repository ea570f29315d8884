// May this be recorded although a period is closed, or a report frozen? Asked at recording only,
// never in the fold, of each event as it comes in.
#pragma once

#include <optional>
#include <span>

#include "engine/dossier/refusal.h"
#include "engine/dossier/stream.h"
#include "engine/dossier/verantwoording.h"

namespace trede {

// Judges the parts of one append, in order. What one of them closes, freezes, opens again or
// withdraws holds for what stands behind it.
class Afgesloten {
 public:
  // As it is before the append; must outlive this.
  explicit Afgesloten(const Verantwoording& before) : before_(&before) {}

  // Judges the next events, those of `stream`. Requires: as for judge() (rules.h), which found them
  // good.
  std::optional<Refusal> judge(const Stream& stream, std::span<const RecordedEvent> proposed);

 private:
  const Verantwoording& now() const { return after_ ? *after_ : *before_; }
  void take(const RecordedEvent& event);

  const Verantwoording* before_;
  std::optional<Verantwoording> after_;  // once the append has changed it
};

}  // namespace trede
