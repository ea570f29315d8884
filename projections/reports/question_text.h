// A question of a report in words, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "projections/measures/query.h"

namespace trede {

// In the words of the command line: `trajecten --op 2021-03-31 --waar trede=3`, or `intakes --van
// 2021-01-01 --tm 2021-03-31 --waar "gemeente=Den Haag"`; conditions in order of dimension. It does
// not say what is known, nor `per`.
std::string question_text(const Query& query);

// The query that question_text writes so; absent when it writes none so. What it asks need not
// exist (check_query).
std::optional<Query> parse_question_text(std::string_view text);

}  // namespace trede
