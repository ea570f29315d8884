// What changing who may come in has in common, of users and of tokens: the file of users, what may
// be granted, and that it counts from the answer on.
#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "tools/server/access/access_store.h"
#include "tools/server/api/noted_change.h"
#include "tools/server/api/sent_message.h"

namespace trede::server {

// Of the served folder. Errors: 404 when nobody was ever let in (kRead); 500, 503.
OrProblem<std::unique_ptr<AccessStore>> open_access(const Call& call, StoreAccess access);

// All that is in it; empty when nobody was ever let in. Errors: 500, 503.
OrProblem<Accounts> load_accounts(const Call& call);

// What an error of the file of users is to who asked: wrong at `place`, 409 for a rule, and 404
// with the sentence `missing`.
Problem access_problem(const Error& error, const std::string& place, const char* missing);

// What is planned, taken up by who lets people in before its answer is sent.
PlannedChange access_change(const Call& call, TrailEntry entry,
                            std::function<OrProblem<Changed>()> make);

// Roles, gemeenten and werkcoach of a message that has those. Errors: 400.
template <typename Sent>
OrProblem<Grants> grants_of(const Sent& sent) {
  Grants out;
  for (const std::string& code : sent.rollen()) {
    const auto role = find_role(code);
    if (!role) return invalid("rollen", "unknown role");
    if (std::ranges::find(out.roles, *role) == out.roles.end()) out.roles.push_back(*role);
  }
  out.gemeenten.assign(sent.gemeenten().begin(), sent.gemeenten().end());
  std::ranges::sort(out.gemeenten);
  const auto twice = std::ranges::unique(out.gemeenten);
  out.gemeenten.erase(twice.begin(), twice.end());
  if (sent.has_werkcoach()) out.werkcoach = sent.werkcoach();
  const Status good = check_grants(out);
  if (!good) return invalid("rollen", good.error().message);
  return out;
}

// Puts them into a message that has those.
template <typename Message>
void set_grants(Message& out, const Grants& grants) {
  for (const Role role : grants.roles) out.add_rollen(std::string(role_code(role)));
  for (const std::string& gemeente : grants.gemeenten) out.add_gemeenten(gemeente);
  if (grants.werkcoach) out.set_werkcoach(*grants.werkcoach);
}

}  // namespace trede::server
