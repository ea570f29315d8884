#include "tools/server/api/security_headers.h"

namespace trede::server {

void add_security_headers(Response& response, bool is_encrypted) {
  const auto add_missing = [&](const char* name, const char* value) {
    if (!response.headers.find(name)) response.headers.set(name, value);
  };
  add_missing("Cache-Control", "no-store");
  add_missing("X-Content-Type-Options", "nosniff");
  add_missing("X-Frame-Options", "DENY");
  add_missing("Content-Security-Policy", "frame-ancestors 'none'");
  add_missing("Referrer-Policy", "no-referrer");
  if (is_encrypted) add_missing("Strict-Transport-Security", "max-age=31536000");
}

}  // namespace trede::server
