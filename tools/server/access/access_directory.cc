#include "tools/server/access/access_directory.h"

#include <algorithm>

namespace trede::server {

namespace {

Identity identity_of(const std::string& actor, const Grants& grants) {
  Identity identity{.actor = actor, .roles = grants.roles, .gemeenten = grants.gemeenten};
  std::ranges::sort(identity.gemeenten);
  if (grants.werkcoach) identity.werkcoaches.push_back(*grants.werkcoach);
  return identity;
}

void add_once(std::vector<std::string>& into, const std::string& text) {
  if (std::ranges::find(into, text) == into.end()) into.push_back(text);
}

const auto* find(const auto& map, const std::string& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

AccessDirectory::AccessDirectory(const Accounts& accounts, Day today) : day_(today) {
  for (const User& user : accounts.users) users_.emplace(user.actor, user);
  for (const User& user : accounts.users) {
    if (user.is_blocked) continue;
    Identity identity = identity_of(user.actor, user.grants);
    identity.sees_totals = user.sees_totals;
    for (const StandIn& stand_in : accounts.stand_ins) {
      if (stand_in.actor != user.actor || stand_in.tm < today) continue;
      const User* const absent = find_user(stand_in.voor);
      if (absent == nullptr || !absent->grants.werkcoach) continue;
      add_once(identity.werkcoaches, *absent->grants.werkcoach);
    }
    identities_.emplace(user.actor, std::move(identity));
  }
  for (const Token& token : accounts.tokens) {
    if (token.is_revoked) continue;
    KnownToken known{token.expires, identity_of(token.name, token.grants)};
    known.identity.is_token = true;
    known.identity.scope = token.scope;
    tokens_.emplace(token.hash, std::move(known));
  }
}

const User* AccessDirectory::find_user(const std::string& actor) const {
  return find(users_, actor);
}

const Identity* AccessDirectory::find_identity(const std::string& actor) const {
  return find(identities_, actor);
}

const AccessDirectory::KnownToken* AccessDirectory::find_token(const std::string& hash) const {
  return find(tokens_, hash);
}

}  // namespace trede::server
