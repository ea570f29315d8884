#include "tools/server/api/noted_change.h"

#include "tools/server/api/run_on.h"

namespace trede::server {

namespace asio = boost::asio;

namespace {

TrailOutcome outcome_of(const OrProblem<Changed>& changed) {
  if (changed) return changed->outcome;
  return changed.error().status() < 500 ? TrailOutcome::kGeweigerd : TrailOutcome::kMislukt;
}

}  // namespace

asio::awaitable<OrProblem<Reply>> change_planned(std::shared_ptr<Call> call, Planning plan) {
  auto planning = [call, plan] { return plan(*call); };
  auto planned = co_await run_on(call->services.pool, std::move(planning));
  if (!planned) co_return std::move(planned).error();
  TrailEntry entry = planned->entry;
  entry.origin = kOrigin;
  entry.actor = call->identity.actor;
  std::vector<TrailEntry> attempted{entry};
  const auto attempt = co_await call->services.trail.begin(std::move(attempted));
  if (!attempt) co_return unnoted({});
  auto making = [call, make = std::move(planned->make)] { return make(); };
  auto changed = co_await run_on(call->services.pool, std::move(making));
  entry.attempt = *attempt;
  entry.outcome = outcome_of(changed);
  if (!changed) {
    Problem problem = std::move(changed).error();
    problem.trail = {std::move(entry)};
    co_return problem;
  }
  entry.count = changed->count;
  entry.first = changed->first;
  entry.last = changed->last;
  if (!changed->about.empty()) entry.about = changed->about;
  Reply reply = std::move(changed->reply);
  reply.trail = {std::move(entry)};
  co_return reply;
}

}  // namespace trede::server
