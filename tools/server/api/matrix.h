// Who may call what: the table of endpoints against the table of permissions, for the manual and
// for tests.
#pragma once

#include <string>

#include "tools/server/access/permissions.h"
#include "tools/server/api/endpoint.h"

namespace trede::server {

// How far a role reaches with an endpoint: the widest of its permissions. Whoever is known reaches
// all of one that asks none.
Reach reach_of(Role role, const Endpoint& endpoint);
// A Markdown table: a row per endpoint, a column per role; `geen`, `caseload`, `gemeente` or
// `alles`.
std::string authorisation_matrix();

}  // namespace trede::server
