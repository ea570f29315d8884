// The way to the vault of the data folder, for those calls that need it.
#pragma once

#include <memory>
#include <string>

#include "engine/vault/vault.h"

namespace trede::server {

// Owner: the Api. Threads: any. Each call opens the vault and lets it go: the master key is in
// memory for that long only, and another one is taken up without a new start of the server.
class VaultDoor {
 public:
  // `key_file`: of the master key; empty = the server has no part in the vault.
  VaultDoor(VaultPlace place, std::string key_file, RandomSource& random);

  bool is_there() const { return !key_file_.empty(); }
  // Errors: kNotFound  there is none here;  else those of load_master_key and Vault::open.
  Result<std::unique_ptr<Vault>> open() const;

 private:
  VaultPlace place_;
  std::string key_file_;
  RandomSource& random_;
};

}  // namespace trede::server
