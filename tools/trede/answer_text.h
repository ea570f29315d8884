// An answer as a table, as CSV, as JSON, and the lines that say what it is an answer to.
#pragma once

#include <string>
#include <vector>

#include "projections/measures/query.h"
#include "tools/trede/listing.h"
#include "tools/trede/question.h"

namespace trede::tool {

// Breakdown columns in the order asked, then `waarde`, or `teller`, `noemer`, `waarde`.
Listing answer_listing(const Answer& answer);
std::string answer_json(const Answer& answer, const std::string& measure, const Known& known);

// `geldig_op` or `periode`, `bekend_op`, `positie`: one line each, without line feeds.
std::vector<std::string> meta_lines(const std::variant<Day, Period>& time, const Known& known);
// The same as members of a JSON object, without braces.
std::string meta_json(const std::variant<Day, Period>& time, const Known& known);

}  // namespace trede::tool
