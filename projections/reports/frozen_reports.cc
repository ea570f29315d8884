#include "projections/reports/frozen_reports.h"

#include <chrono>

#include "engine/dossier/waar.h"
#include "engine/event/bytes_text.h"

namespace trede {

namespace {

bool is_of(const VastgesteldRapport& frozen, std::string_view rapport, std::string_view waar) {
  return frozen.rapport == rapport && frozen.waar == waar;
}

// Whether `report` is the one that the event froze.
bool says_the_same(const Report& report, const VastgesteldRapport& frozen,
                   const pb::RapportVastgesteld& event) {
  return report.name == frozen.rapport && report.period == frozen.periode &&
         canonical_waar(report.waar) == frozen.waar && report.version == event.definitie() &&
         report.catalogus == event.catalogus() && report.known.value == event.bekend_positie() &&
         report.boomkop == hex_text(event.boomkop());
}

Error at(const VastgesteldRapport& frozen, ErrorCode code, const std::string& what) {
  return {code, "event at positie " + std::to_string(frozen.source.value) + ", rapport " +
                    frozen.rapport + ": " + what};
}

}  // namespace

const VastgesteldRapport* FrozenReports::find_before(const RapportKey& next) const {
  return find_ending(next.rapport, next.waar, next.periode.van - std::chrono::days{1});
}

const VastgesteldRapport* FrozenReports::find_ending(std::string_view rapport,
                                                     std::string_view waar, Day tm) const {
  const std::string canonical = canonical_waar(waar);
  const VastgesteldRapport* last = nullptr;
  for (const VastgesteldRapport& one : known_.rapporten()) {
    if (!is_of(one, rapport, canonical) || one.periode.tm != tm) continue;
    if (last == nullptr || one.periode.van <= last->periode.van) last = &one;
  }
  return last;
}

const VastgesteldRapport* FrozenReports::find_earlier(const RapportKey& later) const {
  const std::string canonical = canonical_waar(later.waar);
  const VastgesteldRapport* latest = nullptr;
  for (const VastgesteldRapport& one : known_.rapporten()) {
    if (!is_of(one, later.rapport, canonical) || one.periode.van != later.periode.van ||
        one.periode.tm >= later.periode.tm) {
      continue;
    }
    if (latest == nullptr || one.periode.tm >= latest->periode.tm) latest = &one;
  }
  return latest;
}

Result<FrozenReport> FrozenReports::load(const VastgesteldRapport& frozen) const {
  const auto stored = store_.load(frozen.source);
  if (!stored) return std::unexpected(stored.error());
  const auto event = decode_event(stored->bytes);
  if (!event) return std::unexpected(event.error());
  const pb::Body* placed = find_placed(event->body());
  if (placed == nullptr || !placed->has_rapport_vastgesteld()) {
    return at(frozen, ErrorCode::kCorrupt, "it freezes nothing");
  }
  auto out = decode_frozen(placed->rapport_vastgesteld().cijfers());
  if (!out) return at(frozen, out.error().code, out.error().message);
  if (!says_the_same(out->report, frozen, placed->rapport_vastgesteld())) {
    return at(frozen, ErrorCode::kCorrupt, "its figures are of another report");
  }
  out->report.vastgesteld = Vaststelling{frozen.source, moment_of(*event)};
  return out;
}

}  // namespace trede
