// The measures as their definitions read, computed from the events of the log each time: states day
// by day, things that belong to a row or do not. Slow, and shares nothing with projections/ but the
// catalogue of names: what it says is what every answer must be.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/dossier/history.h"
#include "projections/measures/query.h"

namespace trede::test {

// Codes of a row to its numbers as text: `12`, or `3 / 4` for a ratio.
using NaiveRows = std::map<std::vector<std::string>, std::string>;

// Everything known at one position, folded.
class NaiveLog {
 public:
  // Of `events` (all of the log, in order) those up to `known`.
  NaiveLog(const std::vector<EventPtr>& events, Position known);
  ~NaiveLog();

  // Requires: a query that check_query accepts. `query.known` is not looked at.
  NaiveRows answer(const Query& query) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// An answer in the same form.
NaiveRows rows_of(const Answer& answer);

}  // namespace trede::test
