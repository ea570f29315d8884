#include "tools/server/api/vault_door.h"

#include "engine/vault/master_key.h"

namespace trede::server {

VaultDoor::VaultDoor(VaultPlace place, std::string key_file, RandomSource& random)
    : place_(std::move(place)), key_file_(std::move(key_file)), random_(random) {}

Result<std::unique_ptr<Vault>> VaultDoor::open() const {
  if (!is_there()) return Error{ErrorCode::kNotFound, "this server has no key of the vault"};
  const auto master = load_master_key(key_file_);
  if (!master) return master.error();
  return Vault::open(place_, *master, random_);
}

}  // namespace trede::server
