// From events to facts: what each step of a timeline adds to the tables. Pure.
//
// Facts of a dossier follow from one step at a time (what held before, the event, what holds
// after), so an event changes no facts of steps before its day, and one that comes last only adds.
// Thresholds that lie ahead (a term that runs out, a class of verzuim that is reached) are facts on
// those days, taken back when the thing ends or changes before them.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "engine/dossier/fold.h"
#include "projections/cube/interner.h"
#include "projections/cube/tables.h"

namespace trede {

// One row of a table: on `day` the weights change by these.
struct Fact {
  Table table;
  int day;  // day_number
  Cell cell;
  Weights weights;
  Position source;  // of the event whose content made it
  Position thing;   // order of the event that opened what it is about; for points: of the event
};

// Receives facts; the reference is valid during the call.
using FactSink = std::function<void(const Fact&)>;

// The days since an aanmelding up to which an intake is in time.
inline constexpr int kIntakeTermijn = 28;

// Facts of a dossier's steps on or after `from`, in the order of the steps.
// Requires: `events` are all acting events of one dossier.
void dossier_facts(std::span<const ActingEvent> events, Day from, Interner& interner,
                   const FactSink& sink);

// Folds `events` on from `reached` (fold_on_from) and hands out the facts of every day that is
// folded.
void fold_facts(FoldEnd& reached, std::vector<const ActingEvent*>& events, Interner& interner,
                const FactSink& sink);

// Facts of one event that acts in a werkgever's or the organisation's stream; there each event
// stands for itself.
void point_facts(const ActingEvent& event, Interner& interner, const FactSink& sink);

// Amounts are kept in two parts, so that sums of any amounts stay within 64 bits.
struct AmountParts {
  std::int64_t low;   // [0, 2^32)
  std::int64_t high;  // times 2^32
};
AmountParts split_amount(std::int64_t eurocent);

}  // namespace trede
