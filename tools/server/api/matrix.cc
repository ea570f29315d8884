#include "tools/server/api/matrix.h"

#include <algorithm>
#include <array>
#include <utility>

namespace trede::server {

namespace {

constexpr std::array<std::pair<Role, const char*>, 8> kRoles = {
    {{Role::kWerkcoach, "werkcoach"},
     {Role::kIntaker, "intaker"},
     {Role::kKlantmanager, "klantmanager"},
     {Role::kGemeente, "gemeente"},
     {Role::kVerzuimadviseur, "verzuimadviseur"},
     {Role::kController, "controller"},
     {Role::kAuditor, "auditor"},
     {Role::kBeheerder, "beheerder"}}};

const char* reach_text(Reach reach) {
  switch (reach) {
    case Reach::kNone: return "-";
    case Reach::kCaseload: return "caseload";
    case Reach::kGemeente: return "gemeente";
    case Reach::kAll: return "alles";
  }
  std::unreachable();
}

}  // namespace

const std::vector<Role>& all_roles() {
  static const std::vector<Role> kAll = [] {
    std::vector<Role> out;
    for (const auto& [role, name] : kRoles) out.push_back(role);
    return out;
  }();
  return kAll;
}

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
  for (const auto& [role, name] : kRoles) {
    out += " " + std::string(name) + " |";
    line += "---|";
  }
  out += "\n" + line + "\n";
  for (const Endpoint& endpoint : endpoints()) {
    out += "| `" + endpoint.method + " " + endpoint.path + "` |";
    for (const auto& [role, name] : kRoles) {
      out += " " + std::string(reach_text(reach_of(role, endpoint))) + " |";
    }
    out += "\n";
  }
  return out;
}

}  // namespace trede::server
