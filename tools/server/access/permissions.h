// Who may do what: roles, permissions, and the one table that says how far each reaches. What is
// not in the table may not be done. README.md prints it, and a test holds the two together.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "engine/event/catalogue.h"

namespace trede::server {

// Stored by its code; a code is never given another meaning.
enum class Role {
  kWerkcoach,
  kIntaker,
  kKlantmanager,
  kGemeente,
  kVerzuimadviseur,
  kController,
  kAuditor,
  kBeheerder,
};

// What an endpoint or a command asks for. Stored by its code.
enum class Permission {
  kDossierLezen,
  kDossierVastleggen,
  kVerzuimLezen,  // ziekmelding, verzuim_gewijzigd and herstelmelding of a person
  kVerzuimVastleggen,
  kCaseloadLezen,
  kOrganisatieVastleggen,
  kWerkgeverVastleggen,
  kCijfersLezen,
  kCijfersVerklaren,
  kBewonersLezen,  // the list of residents behind a figure
  kRapportenLezen,
  kRapportVaststellen,
  kLogVolgen,
  kAuditspoorLezen,
  kGebruikersBeheren,
  kImporteren,
  kKluisLezen,
  kKluisVastleggen,
  kBewijsLezen,
  kBeheerLezen,
};

// How far a permission reaches. Each includes those before it.
enum class Reach {
  kNone,
  kCaseload,  // the own caseload and that of who one stands in for, within the own gemeenten
  kGemeente,  // the own gemeenten
  kAll,
};

inline constexpr std::array kRoles = {
    Role::kWerkcoach,       Role::kIntaker,    Role::kKlantmanager, Role::kGemeente,
    Role::kVerzuimadviseur, Role::kController, Role::kAuditor,      Role::kBeheerder,
};
inline constexpr std::array kPermissions = {
    Permission::kDossierLezen,        Permission::kDossierVastleggen,
    Permission::kVerzuimLezen,        Permission::kVerzuimVastleggen,
    Permission::kCaseloadLezen,       Permission::kOrganisatieVastleggen,
    Permission::kWerkgeverVastleggen, Permission::kCijfersLezen,
    Permission::kCijfersVerklaren,    Permission::kBewonersLezen,
    Permission::kRapportenLezen,      Permission::kRapportVaststellen,
    Permission::kLogVolgen,           Permission::kAuditspoorLezen,
    Permission::kGebruikersBeheren,   Permission::kImporteren,
    Permission::kKluisLezen,          Permission::kKluisVastleggen,
    Permission::kBewijsLezen,         Permission::kBeheerLezen,
};

// The one table.
Reach reach_of(Role role, Permission permission);

// Which permission recording an event of `soort` takes. Of a correctie or intrekking: ask with the
// kind of the event that it replaces. Requires: another kind than those two.
Permission permission_to_record(Soort soort);
// Whether the role records events of that kind at all, where it has the permission for it: the
// intaker brings people in and no further, money is the controller's and targets the beheerder's.
bool records(Role role, Soort soort);

std::string_view role_code(Role role);  // `werkcoach`
std::optional<Role> find_role(std::string_view code);
std::string_view permission_code(Permission permission);  // `dossier_lezen`
std::optional<Permission> find_permission(std::string_view code);
std::string_view reach_code(Reach reach);  // `geen`, `caseload`, `gemeente`, `alles`

// The table in Markdown, as README.md has it: a row per permission, a column per role.
std::string permission_table();

}  // namespace trede::server
