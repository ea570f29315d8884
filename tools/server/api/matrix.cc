#include "tools/server/api/matrix.h"

#include <algorithm>

namespace trede::server {

Reach reach_of(Role role, const Endpoint& endpoint) {
  if (endpoint.is_open || endpoint.permissions.empty()) return Reach::kAll;
  Reach widest = Reach::kNone;
  for (const Permission one : endpoint.permissions) {
    widest = std::max(widest, reach_of(role, one));
  }
  return widest;
}

std::string authorisation_matrix() {
  std::string out = "| |";
  std::string line = "|---|";
  for (const Role role : kRoles) {
    out += " " + std::string(role_code(role)) + " |";
    line += "---|";
  }
  out += "\n" + line + "\n";
  for (const Endpoint& endpoint : endpoints()) {
    out += "| `" + endpoint.method + " " + endpoint.path + "` |";
    for (const Role role : kRoles) {
      out += " " + std::string(reach_code(reach_of(role, endpoint))) + " |";
    }
    out += "\n";
  }
  return out;
}

}  // namespace trede::server
