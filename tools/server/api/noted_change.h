// A change that does not stand in the log: the audit trail hears of it before and after, so that
// what a crash cuts short stays an attempt without end.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>

#include "tools/server/api/call.h"

namespace trede::server {

// What a change came to: its answer, and what the trail says of it.
struct Changed {
  Reply reply;
  TrailOutcome outcome = TrailOutcome::kGelukt;
  std::uint64_t count = 0;  // of persons, notes, users: those that are other than they were
  std::string about = {};   // empty = as it was planned
  Position first = {};      // of what was written to the log too
  Position last = {};
};

// What is to become of something; judged before the trail hears of it.
struct PlannedChange {
  TrailEntry entry;  // what is done, to what
  // Called once, in the pool.
  std::function<OrProblem<Changed>()> make;
};
// Runs in the pool, changes nothing. The call outlives what it returns.
using Planning = OrProblem<PlannedChange> (*)(Call& call);

// To be an endpoint's `answer_later`. Errors: those of the planning; 503 when the trail takes
// nothing, then nothing is changed; those of the change.
template <Planning kPlan>
boost::asio::awaitable<OrProblem<Reply>> change_noted(std::shared_ptr<Call> call);

boost::asio::awaitable<OrProblem<Reply>> change_planned(std::shared_ptr<Call> call, Planning plan);

template <Planning kPlan>
boost::asio::awaitable<OrProblem<Reply>> change_noted(std::shared_ptr<Call> call) {
  return change_planned(std::move(call), kPlan);
}

}  // namespace trede::server
