// What was asked, worked out as a message: alone, month by month, and what it is read beside.
#pragma once

#include <cstdint>

#include "tools/server/api/asking.h"

namespace trede::server {

// Errors: those of Projections::answer.
OrProblem<api::Cijfers> figures_of(const Call& call, const AskedQuestion& asked);

// On each of `months` months, the last of them the day or period of the question.
// Errors: 400 for another number than 1 to 60, or a period that does not begin a month; those of
// Projections::answer.
OrProblem<api::Reeks> series_of(const Call& call, AskedQuestion asked, std::uint64_t months);

// What was agreed, as far as who asks may see it.
OrProblem<api::Doelen> targets_of(const Call& call, const tool::Known& known);

}  // namespace trede::server
