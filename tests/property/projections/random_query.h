// Random questions to a log: any measure, breakdown, filter, day or period, and moment of knowing.
#pragma once

#include <vector>

#include "projections/measures/measures.h"
#include "tests/support/random_event.h"

namespace trede::test {

// What random questions range over.
struct QuerySpace {
  Day first;  // days around the events
  Day last;
  std::vector<Position> known;  // settled positions, 0 included
};
// Of the events of a log, in order.
QuerySpace query_space(const std::vector<std::shared_ptr<const pb::Event>>& events);

// A question to `measure`; its own `known` is one of the space.
Query random_query(Dice& dice, const Measure& measure, const QuerySpace& space);
Query random_query(Dice& dice, const QuerySpace& space);

// A day on which much happens to change: one of the space, or the edge of a month, quarter or year.
Day random_day(Dice& dice, const QuerySpace& space);
Position random_known(Dice& dice, const QuerySpace& space);

// For messages: what a person would have typed.
std::string query_text(const Query& query);

}  // namespace trede::test
