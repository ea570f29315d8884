// What the organisation's own stream says: which gemeenten take part in which dienst, which
// afdelingen there are, the targets and budgets that count, and what was closed, frozen and
// explained.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dossier/timeline.h"
#include "engine/dossier/verantwoording.h"
#include "engine/dossier/waar.h"
#include "engine/event/forms.h"

namespace trede {

// A target of a measure: an afspraak, a benchmark or a taakstelling.
struct Doel {
  Soort soort;  // kAfspraakVastgesteld, kBenchmarkVastgesteld, kTaakstellingVastgesteld
  std::string maat;
  std::string periode;      // as written: `2021`, `2021-Q1`, `2021-03`
  std::string waar;         // conditions in order of dimension; empty = everything
  std::int64_t waarde = 0;  // millionths
  std::optional<pb::Richting> richting;
  Position source;  // of the event that gives the value
};

// A budget line. `versie` is absent for a prognose and for a begroting without one.
struct Begroting {
  Soort soort;  // kBegrotingVastgesteld or kPrognoseVastgesteld
  std::string programma;
  std::string kostenregel;  // empty = none
  std::optional<pb::BegrotingVersie> versie;
  pb::SoortBedrag soort_bedrag;
  std::string periode;  // as written
  std::optional<pb::JaNee> incidenteel;
  std::int64_t bedrag_eurocent = 0;
  std::optional<Seizoen> seizoen;  // of a year; absent = spread evenly
  Position source;
};

// The organisation as its events tell it, for every day at once. Pure. Threads: any, once folded.
class Organisatie {
 public:
  // Folds `events`, the acting events of the organisation's stream in any order. Total: entering
  // twice, and leaving what was not entered, is passed over.
  static Organisatie fold(std::span<const ActingEvent> events);
  // The first of `events`, in the order of the contract, that enters twice or leaves what was not
  // entered. Every dienst that an event names (none = all three) must be enterable or leavable.
  static std::optional<Violation> find_violation(std::span<const ActingEvent> events);

  // Whether `gemeente` takes part in `dienst` (absent: in any) on `day`.
  bool takes_part(std::string_view gemeente, std::optional<pb::Dienst> dienst, Day day) const;
  bool has_afdeling(std::string_view afdeling, Day day) const;
  // The gemeenten that ever took part, in order of bytes.
  std::vector<std::string> gemeenten() const;
  // The afdelingen that are there on `day`, in order of bytes.
  std::vector<std::string> afdelingen(Day day) const;

  // For one key (soort, maat, periode, waar) the last one recorded; in order of key.
  const std::vector<Doel>& doelen() const { return doelen_; }
  // `waar` in any order of conditions.
  const Doel* find_doel(Soort soort, std::string_view maat, std::string_view periode,
                        std::string_view waar) const;
  // For one key (all but bedrag, seizoen and source) the last one recorded; in order of key.
  const std::vector<Begroting>& begrotingen() const { return begrotingen_; }

  // Which periods are closed and which reports are frozen.
  const Verantwoording& verantwoording() const { return verantwoording_; }
  // The words beside rows of reports. Null when there are none beside that row (`table/row`).
  const std::vector<RijToelichting>& toelichtingen() const { return toelichtingen_; }
  const RijToelichting* find_toelichting(const RapportKey& key, std::string_view rij) const {
    return trede::find_toelichting(toelichtingen_, key, rij);
  }

 private:
  struct Deelname {
    Day van;
    std::optional<Day> tot;    // the first day on which it no longer takes part
    const ActingEvent* begin;  // valid during the fold only
  };
  using Diensten = std::array<std::vector<Deelname>, 3>;

  std::optional<Violation> act(const ActingEvent& event);
  std::optional<Violation> fold_deelname(std::span<const ActingEvent> events);
  void fold_doelen(std::span<const ActingEvent> events);
  void fold_begrotingen(std::span<const ActingEvent> events);

  std::map<std::string, Diensten, std::less<>> deelname_;
  std::map<std::string, Day, std::less<>> afdelingen_;  // from which day
  std::vector<Doel> doelen_;
  std::vector<Begroting> begrotingen_;
  Verantwoording verantwoording_;
  std::vector<RijToelichting> toelichtingen_;
};

// Whether events of `soort` decide what a dossier may name: gemeente_toegetreden,
// gemeente_uitgetreden, afdeling_ingesteld.
bool is_inrichting(Soort soort);
// Whether events of `soort` decide what may be recorded elsewhere: those, and what closes or
// freezes.
bool is_decisive(Soort soort);

}  // namespace trede
