// The events behind a figure, or between two figures, and that they add up to it.
#pragma once

#include <string>
#include <vector>

#include "engine/log/data_folder.h"
#include "projections/measures/query.h"
#include "tools/trede/accountable.h"
#include "tools/trede/failure.h"
#include "tools/trede/listing.h"

namespace trede::tool {

// a + b and a - b, with the decimals of the finer one.
Number sum(const Number& a, const Number& b);
Number difference(const Number& a, const Number& b);
bool is_equal(const Number& a, const Number& b);

// Per row what the parts add up to, sorted by codes; rows of which all is 0 left out.
std::vector<AnswerRow> add_up(const std::vector<Contribution>& parts);
// `then` - `now`, row by row, sorted by codes; rows of which all is 0 left out.
std::vector<AnswerRow> subtract(const Answer& then, const Answer& now);
// Errors: exit status 1 when the parts do not add up to `rows`: the projections are wrong.
Outcome<> check_recount(const std::vector<Contribution>& parts, const std::vector<AnswerRow>& rows);

// Its columns: the event (event_columns), its row's codes, and the part itself.
Listing contribution_head(const Answer& answer);
// Adds the codes and numbers of the part to the cells of its event.
void add_part(std::vector<std::string>& cells, const Contribution& part, bool is_ratio);
// A row per part.
Result<Listing> contribution_listing(const std::vector<Contribution>& parts, const Answer& answer,
                                     DataFolder& folder);
// Whose events they are. Errors: those of the log.
Result<ShownStreams> streams_behind(const std::vector<Contribution>& parts, const EventLog& log);

}  // namespace trede::tool
