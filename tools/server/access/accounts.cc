#include "tools/server/access/accounts.h"

#include <algorithm>

#include "engine/base/bsn.h"
#include "engine/event/forms.h"

namespace trede::server {

namespace {

Error invalid(std::string message) { return {ErrorCode::kInvalid, std::move(message)}; }

// The widest that one of the roles has of any permission it limits.
bool has_reach(const std::vector<Role>& roles, Reach reach) {
  return std::ranges::any_of(roles, [&](Role role) {
    return std::ranges::any_of(
        kPermissions, [&](Permission permission) { return reach_of(role, permission) == reach; });
  });
}

}  // namespace

Status check_actor(std::string_view actor) {
  const bool good = check_label(actor) && !may_be_bsn(actor) && actor != kUnknownActor;
  if (good) return {};
  return invalid("not a name to log in with, expected an opaque id: 1 to 64 of A-Za-z0-9._@-, " +
                 std::string("no BSN, not `") + std::string(kUnknownActor) + "`");
}

Status check_grants(const Grants& grants) {
  if (grants.roles.empty()) return invalid("no role, expected at least one");
  for (const std::string& gemeente : grants.gemeenten) {
    const Status good = check_text(pb::FORM_NAAM, gemeente);
    if (!good) return invalid("gemeente: " + good.error().message);
  }
  if (grants.werkcoach) {
    const Status good = check_text(pb::FORM_NAAM, *grants.werkcoach);
    if (!good) return invalid("werkcoach: " + good.error().message);
    if (may_be_bsn(*grants.werkcoach)) return invalid("werkcoach: may be a BSN");
  }
  const bool within =
      has_reach(grants.roles, Reach::kCaseload) || has_reach(grants.roles, Reach::kGemeente);
  if (within && grants.gemeenten.empty()) {
    return invalid("no gemeente, and the role reaches the own gemeenten only");
  }
  if (has_reach(grants.roles, Reach::kCaseload) && !grants.werkcoach) {
    return invalid("no code of a werkcoach, and the role reaches the own caseload only");
  }
  return {};
}

Status check_scope(const Grants& grants, const std::vector<Permission>& scope) {
  if (scope.empty()) return invalid("no permission, expected at least one");
  for (const Permission permission : scope) {
    const bool given = std::ranges::any_of(
        grants.roles, [&](Role role) { return reach_of(role, permission) != Reach::kNone; });
    if (!given) {
      return invalid("the role does not have " + std::string(permission_code(permission)));
    }
  }
  return {};
}

Status check_last_day(Day last, Day today) {
  if (last >= today && last <= today + kTokenMost) return {};
  return invalid("expected today up to " + std::to_string(kTokenMost.count()) + " days from now");
}

}  // namespace trede::server
