// Users and tokens as requests need them: in memory, and never changed.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "tools/server/access/accounts.h"
#include "tools/server/access/identity.h"

namespace trede::server {

// Made of the accounts for one day, for whom one stands in for changes at midnight. Threads: any.
class AccessDirectory {
 public:
  AccessDirectory(const Accounts& accounts, Day today);

  Day day() const { return day_; }
  std::size_t users() const { return users_.size(); }
  // Absent: null.
  const User* find_user(const std::string& actor) const;
  // Of a user who is not blocked. Absent: null.
  const Identity* find_identity(const std::string& actor) const;

  struct KnownToken {
    Moment expires;
    Identity identity;
  };
  // By the hash of its secret; of one that was withdrawn: null.
  const KnownToken* find_token(const std::string& hash) const;

 private:
  Day day_;
  std::unordered_map<std::string, User> users_;
  std::unordered_map<std::string, Identity> identities_;
  std::unordered_map<std::string, KnownToken> tokens_;
};

}  // namespace trede::server
