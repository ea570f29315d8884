// What is kept of who may come in: users, who stands in for whom, tokens, sessions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/time.h"
#include "tools/server/access/permissions.h"

namespace trede::server {

// What somebody may do, and within what.
struct Grants {
  std::vector<Role> roles = {};
  std::vector<std::string> gemeenten = {};
  std::optional<std::string> werkcoach = {};  // the own code
  bool operator==(const Grants&) const = default;
};

struct User {
  std::string actor = {};
  Grants grants = {};
  std::string password_hash = {};
  bool must_change_password = true;
  bool is_blocked = false;
  bool sees_totals = false;
  Moment made{};
};

// `actor` has the caseload of the user `voor` as well, up to and including the day `tm`.
struct StandIn {
  std::string actor;
  std::string voor;
  Day tm;
};

// Up to and including which day a token holds when nothing is said, and at most.
inline constexpr std::chrono::days kTokenUsual{90};
inline constexpr std::chrono::days kTokenMost{366};

// What a program comes in with. Its name is its actor in log and trail.
struct Token {
  std::string id = {};    // what it is called where its secret is not to be seen
  std::string hash = {};  // of the secret
  std::string name = {};
  Grants grants = {};
  std::vector<Permission> scope = {};
  Moment made{};
  Moment expires{};
  bool is_revoked = false;
  std::optional<Moment> seen = {};
};

struct Session {
  std::string hash = {};  // of the value of its cookie
  std::string actor = {};
  Moment made{};
  Moment seen{};
};

struct Accounts {
  std::vector<User> users;  // sorted by actor, as are the others
  std::vector<StandIn> stand_ins;
  std::vector<Token> tokens;
  std::vector<Session> sessions;
};

// Of who tried to come in and could not show who he was: nobody may be called so.
inline constexpr std::string_view kUnknownActor = "onbekend";

// [A-Za-z0-9._@-]{1,64}, no BSN, and not kUnknownActor. Errors: kInvalid; does not repeat it.
Status check_actor(std::string_view actor);
// At least one role; names that may be those of gemeenten and a werkcoach; what the roles need to
// reach anything. Errors: kInvalid, what is wrong and what was expected.
Status check_grants(const Grants& grants);
// At least one permission, and none that the roles do not give. Errors: kInvalid.
Status check_scope(const Grants& grants, const std::vector<Permission>& scope);
// Not in the past, and not further than kTokenMost. Errors: kInvalid.
Status check_last_day(Day last, Day today);

}  // namespace trede::server
