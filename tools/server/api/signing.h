// The key that this server signs with.
#pragma once

#include "engine/ledger/signed_note.h"
#include "tools/server/api/call.h"

namespace trede::server {

// Errors: 404 when it has none.
OrProblem<SigningKey> signing_key(const Call& call);

}  // namespace trede::server
