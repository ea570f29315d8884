#include "tools/server/api/signing.h"

#include "engine/log/signing_key_file.h"

namespace trede::server {

OrProblem<SigningKey> signing_key(const Call& call) {
  DataFolder& folder = call.services.folder;
  auto key = find_signing_key(folder.path(), folder.log().identity());
  if (!key) return Problem(ProblemCode::kStoring, "the signing key of this server cannot be used");
  if (*key) return **std::move(key);
  return not_found(
      "Deze server heeft geen sleutel om mee te ondertekenen; de beheerder zet hem "
      "terug, of maakt er een met `trede checkpoint --new-key`.");
}

}  // namespace trede::server
