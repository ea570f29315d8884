// What the organisation has accounted for: the periods that are closed, the reports that are
// frozen, and the words beside their rows.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dossier/history.h"

namespace trede {

// A period that is closed.
struct Afsluiting {
  EventId id;  // as first recorded
  Period periode;
  std::string geschreven;  // the period as it was written: `2021-Q1`
  Day geldig_op;           // on which it was closed
  Position source;         // of the event that says so
};

// Which report is meant. Views live as long as what they were made of.
struct RapportKey {
  std::string_view rapport;
  Period periode;
  std::string_view waar = {};  // conditions in any order; empty = everything
};

// A report that is frozen. Its figures stand in the event at `source` and are not kept.
struct VastgesteldRapport {
  EventId id;  // as first recorded
  std::string rapport;
  Period periode;
  std::string waar;  // conditions in order of dimension
  Day geldig_op;     // on which it was frozen
  Position source;
};

// The words beside a row of a report. What was not given is empty.
struct RijToelichting {
  std::string rapport;
  Period periode;
  std::string waar;  // conditions in order of dimension
  std::string rij;   // `table/row`
  std::string tekst;
  std::string aanleiding;
  std::string gevolg;
  std::string verwachting;
  Position source;
};

// The closed periods and frozen reports of one organisation up to some position. Pure. Threads: any
// for what is const.
class Verantwoording {
 public:
  // `events` as they act, in any order.
  static Verantwoording fold(std::span<const ActingEvent> events);
  // Takes the next event of the organisation's stream. Total: an event of another kind changes
  // nothing, nor does a correctie or intrekking of something that is not here.
  void take(const RecordedEvent& event);

  // In order of first recording.
  const std::vector<Afsluiting>& afsluitingen() const { return afsluitingen_; }
  const std::vector<VastgesteldRapport>& rapporten() const { return rapporten_; }
  // The first recorded that closes a day of `periode`; null when all of it is open.
  const Afsluiting* find_afsluiting(const Period& periode) const;
  // Of several the last recorded; the rules let in one at most.
  const VastgesteldRapport* find_rapport(const RapportKey& key) const;
  const VastgesteldRapport* find_rapport(const EventId& id) const;

 private:
  std::vector<Afsluiting> afsluitingen_;
  std::vector<VastgesteldRapport> rapporten_;
};

// Of each report and row the one recorded last; in order of report, days of the period, waar, row.
std::vector<RijToelichting> fold_toelichtingen(std::span<const ActingEvent> events);
// Requires: `sorted` from fold_toelichtingen. Null when there are no words beside that row.
const RijToelichting* find_toelichting(std::span<const RijToelichting> sorted,
                                       const RapportKey& key, std::string_view rij);

// Whether `soort` accounts for a period: rapport_vastgesteld, periode_afgesloten and
// toelichting_vastgelegd. They may be recorded whatever is closed.
bool is_verantwoording(Soort soort);
// Whether events of `soort` change a Verantwoording: the first two of them.
bool is_afsluitend(Soort soort);

}  // namespace trede
