// The timeline of a dossier: the events that act, put in their fixed order and folded, one by one,
// into what holds. Pure and total: the same events give the same timeline whatever the clock, and
// an event that cannot act where it stands is reported and passed over.
#pragma once

#include <bitset>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/dossier/history.h"
#include "engine/dossier/rule.h"

namespace trede {

// Bit n stands for pb::Doelgroep n.
using DoelgroepSet = std::bitset<16>;
DoelgroepSet doelgroepen_of(const google::protobuf::RepeatedField<int>& codes);

// The kenmerk of a voorziening, plaatsing, maatregel, or of what ends or revises one; `1` when it
// was left out. Requires: a kind with a kenmerk.
std::string_view kenmerk_of(const pb::Body& body);

// What holds at one moment in a timeline. A pointer names the event that opened the thing (its
// `geldig_op` is the first day); null = does not hold. Views and pointers live as long as the
// events that were folded.
struct State {
  bool begun = false;                       // the dossier has a first event
  const ActingEvent* aanmelding = nullptr;  // the latest one, open or closed: gives the regeling
  std::string_view gemeente;                // empty = onbekend
  std::string_view werkcoach;               // empty = onbekend
  DoelgroepSet doelgroepen;

  const ActingEvent* aangemeld = nullptr;
  const ActingEvent* wacht_op_start = nullptr;
  const ActingEvent* traject = nullptr;
  pb::Trede trede = pb::TREDE_UNSPECIFIED;  // of the traject
  const ActingEvent* diagnose = nullptr;
  const ActingEvent* oponthoud = nullptr;
  std::vector<const ActingEvent*> voorzieningen;  // in order of opening, one per kenmerk
  std::vector<const ActingEvent*> plaatsingen;    // the same
  std::vector<const ActingEvent*> maatregelen;    // the latest of each kenmerk

  const ActingEvent* dienstverband = nullptr;
  std::string_view afdeling;         // of the dienstverband
  std::uint32_t deeltijdfactor = 0;  // of the dienstverband, ten-thousandths
  const ActingEvent* verzuim = nullptr;
  std::uint32_t verzuimpercentage = 0;  // of the open case, 1..100
  const ActingEvent* verlof = nullptr;

  bool in_re_integratie() const { return aangemeld || wacht_op_start || traject; }
};

struct Violation {
  Rule rule;
  const ActingEvent* event;     // that cannot act where it stands
  const ActingEvent* collides;  // what stands in its way; null when something is missing
};

// One event acting: what held just before it and just after; the same object when the event is of a
// kind that changes nothing of it (step.h). All views are valid during the call.
struct Step {
  const ActingEvent& event;
  const State& before;
  const State& after;
};
using StepVisitor = std::function<void(const Step&)>;

// Folds `events` (acting events of one dossier, in any order) in the order of the contract: by day;
// within a day ends of what was open the day before, then everything else in order of kinds, then
// ends of what began that day; ties by position. Calls `visit` (may be empty) for every event that
// acts. Returns the first violation, if any; the event it names was passed over.
// `events` must outlive what `visit` keeps.
std::optional<Violation> fold_dossier(std::span<const ActingEvent> events,
                                      const StepVisitor& visit);

// What holds at the end of `day`. Total, as the fold is: what cannot act is passed over.
State state_at(std::span<const ActingEvent> events, Day day);

}  // namespace trede
