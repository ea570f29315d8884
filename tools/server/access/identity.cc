#include "tools/server/access/identity.h"

#include <algorithm>

namespace trede::server {

namespace {

// What is left of `reach` for who has these gemeenten and this caseload.
Reach within(Reach reach, const Identity& identity) {
  if (reach == Reach::kAll || reach == Reach::kNone) return reach;
  if (identity.gemeenten.empty()) return Reach::kNone;
  const bool has_caseload = !identity.werkcoaches.empty();
  return reach == Reach::kCaseload && !has_caseload ? Reach::kNone : reach;
}

bool is_in_scope(const Identity& identity, Permission permission) {
  return !identity.is_token ||
         std::ranges::find(identity.scope, permission) != identity.scope.end();
}

}  // namespace

Reach Identity::reach(Permission permission) const {
  if (!is_in_scope(*this, permission)) return Reach::kNone;
  Reach widest = Reach::kNone;
  for (const Role role : roles) widest = std::max(widest, reach_of(role, permission));
  return within(widest, *this);
}

Reach Identity::reach_to_record(Soort soort) const {
  const Permission permission = permission_to_record(soort);
  if (!is_in_scope(*this, permission)) return Reach::kNone;
  Reach widest = Reach::kNone;
  for (const Role role : roles) {
    if (records(role, soort)) widest = std::max(widest, reach_of(role, permission));
  }
  return within(widest, *this);
}

}  // namespace trede::server
