// What every answer of the server tells browsers and what stands between, whoever answers it.
#pragma once

#include "tools/server/http/message.h"

namespace trede::server {

// Adds those that `response` does not have: not to be kept, shown in a frame, or taken for
// something else; over TLS also that this host is spoken to in no other way.
void add_security_headers(Response& response, bool is_encrypted);

}  // namespace trede::server
