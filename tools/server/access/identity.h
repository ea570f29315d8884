// Who asks: what a session or token stands for, and how far that reaches.
#pragma once

#include <string>
#include <vector>

#include "tools/server/access/permissions.h"

namespace trede::server {

// A value: what it says is of the moment at which it was made.
struct Identity {
  std::string actor = {};  // what log and trail call them: [A-Za-z0-9._@-]{1,64}
  std::vector<Role> roles = {};
  std::vector<std::string> gemeenten = {};    // sorted; empty = none (kAll needs none)
  std::vector<std::string> werkcoaches = {};  // the own code first, then those stood in for today
  bool is_token = false;
  std::vector<Permission> scope = {};  // of a token: only these
  bool sees_totals = false;  // a gemeente user who may see figures of all gemeenten together

  // The widest of the roles, narrowed by the scope; kNone too when there is nothing within it: a
  // caseload without a code, gemeenten without one.
  Reach reach(Permission permission) const;
  // The same for recording an event of `soort`: the widest of the roles that record that kind.
  // Requires: neither correctie nor intrekking; ask with the kind of the event they replace.
  Reach reach_to_record(Soort soort) const;

  bool operator==(const Identity&) const = default;
};

}  // namespace trede::server
