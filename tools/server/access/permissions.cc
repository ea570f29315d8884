#include "tools/server/access/permissions.h"

#include <algorithm>
#include <utility>

namespace trede::server {

namespace {

struct Row {
  Permission permission;
  std::string_view code;
  // A letter per role, in the order of kRoles: werkcoach, intaker, klantmanager, gemeente,
  // verzuimadviseur, controller, auditor, beheerder. `-` none, `c` caseload, `g` gemeente, `A` all.
  std::string_view reach;
};

constexpr std::array<Row, kPermissions.size()> kTable = {{
    {Permission::kDossierLezen, "dossier_lezen", "cg----A-"},
    {Permission::kDossierVastleggen, "dossier_vastleggen", "cg------"},
    {Permission::kVerzuimLezen, "verzuim_lezen", "----A-A-"},
    {Permission::kVerzuimVastleggen, "verzuim_vastleggen", "----A---"},
    {Permission::kCaseloadLezen, "caseload_lezen", "c-----A-"},
    {Permission::kOrganisatieVastleggen, "organisatie_vastleggen", "-----A-A"},
    {Permission::kWerkgeverVastleggen, "werkgever_vastleggen", "A-------"},
    {Permission::kCijfersLezen, "cijfers_lezen", "ggggAAA-"},
    {Permission::kCijfersVerklaren, "cijfers_verklaren", "-----AA-"},
    {Permission::kBewonersLezen, "bewoners_lezen", "--g---A-"},
    {Permission::kRapportenLezen, "rapporten_lezen", "--gg-AA-"},
    {Permission::kRapportVaststellen, "rapport_vaststellen", "-----A--"},
    {Permission::kLogVolgen, "log_volgen", "------A-"},
    {Permission::kAuditspoorLezen, "auditspoor_lezen", "------A-"},
    {Permission::kGebruikersBeheren, "gebruikers_beheren", "-------A"},
    {Permission::kImporteren, "importeren", "-------A"},
    {Permission::kKluisLezen, "kluis_lezen", "cg------"},
    {Permission::kKluisVastleggen, "kluis_vastleggen", "cg------"},
    {Permission::kBewijsLezen, "bewijs_lezen", "-----AA-"},
    {Permission::kBeheerLezen, "beheer_lezen", "------AA"},
}};

constexpr Reach reach_of_letter(char letter) {
  switch (letter) {
    case 'c': return Reach::kCaseload;
    case 'g': return Reach::kGemeente;
    case 'A': return Reach::kAll;
    default: return Reach::kNone;
  }
}

// A row stands at the place of its permission, and has a letter for each role.
constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    const Row& row = kTable[i];
    if (row.permission != static_cast<Permission>(i) || kPermissions[i] != row.permission) {
      return false;
    }
    if (row.reach.size() != kRoles.size()) return false;
    if (row.reach.find_first_not_of("-cgA") != row.reach.npos) return false;
  }
  for (std::size_t i = 0; i < kRoles.size(); ++i) {
    if (kRoles[i] != static_cast<Role>(i)) return false;
  }
  return true;
}
static_assert(is_in_order());

const Row& row_of(Permission permission) { return kTable[static_cast<std::size_t>(permission)]; }

bool is_money(Soort soort) {
  return soort == Soort::kBegrotingVastgesteld || soort == Soort::kBoeking ||
         soort == Soort::kPrognoseVastgesteld;
}

// What happens until somebody is taken on, or is not.
bool is_of_the_intake(Soort soort) {
  constexpr std::array kKinds = {
      Soort::kAanmelding,          Soort::kIntakeGestart,     Soort::kIntake,
      Soort::kNietGestart,         Soort::kGemeenteGewijzigd, Soort::kDoelgroepGewijzigd,
      Soort::kWerkcoachToegewezen, Soort::kContactmoment,     Soort::kAbcMeting,
      Soort::kTaalniveautoets,     Soort::kIndicatie,         Soort::kDiagnoseStart,
      Soort::kDiagnoseEinde,
  };
  return std::ranges::find(kKinds, soort) != kKinds.end();
}

bool is_verzuim(Soort soort) {
  return soort == Soort::kZiekmelding || soort == Soort::kVerzuimGewijzigd ||
         soort == Soort::kHerstelmelding;
}

bool is_of_a_report(Soort soort) {
  return soort == Soort::kRapportVastgesteld || soort == Soort::kPeriodeAfgesloten ||
         soort == Soort::kToelichtingVastgelegd;
}

}  // namespace

Reach reach_of(Role role, Permission permission) {
  return reach_of_letter(row_of(permission).reach[static_cast<std::size_t>(role)]);
}

Permission permission_to_record(Soort soort) {
  if (is_verzuim(soort)) return Permission::kVerzuimVastleggen;
  if (is_of_a_report(soort)) return Permission::kRapportVaststellen;
  switch (*kind_of(soort).stream) {
    case StreamKind::kDossier: return Permission::kDossierVastleggen;
    case StreamKind::kWerkgever: return Permission::kWerkgeverVastleggen;
    case StreamKind::kOrganisatie: return Permission::kOrganisatieVastleggen;
  }
  std::unreachable();
}

bool records(Role role, Soort soort) {
  if (reach_of(role, permission_to_record(soort)) == Reach::kNone) return false;
  if (role == Role::kIntaker) return is_of_the_intake(soort);
  if (role == Role::kBeheerder) return !is_money(soort);
  const bool is_organisation = permission_to_record(soort) == Permission::kOrganisatieVastleggen;
  return role != Role::kController || !is_organisation || is_money(soort);
}

std::string_view role_code(Role role) {
  switch (role) {
    case Role::kWerkcoach: return "werkcoach";
    case Role::kIntaker: return "intaker";
    case Role::kKlantmanager: return "klantmanager";
    case Role::kGemeente: return "gemeente";
    case Role::kVerzuimadviseur: return "verzuimadviseur";
    case Role::kController: return "controller";
    case Role::kAuditor: return "auditor";
    case Role::kBeheerder: return "beheerder";
  }
  std::unreachable();
}

std::optional<Role> find_role(std::string_view code) {
  const auto found = std::ranges::find(kRoles, code, role_code);
  return found == kRoles.end() ? std::nullopt : std::optional(*found);
}

std::string_view permission_code(Permission permission) { return row_of(permission).code; }

std::optional<Permission> find_permission(std::string_view code) {
  const auto found = std::ranges::find(kTable, code, &Row::code);
  return found == kTable.end() ? std::nullopt : std::optional(found->permission);
}

std::string_view reach_code(Reach reach) {
  switch (reach) {
    case Reach::kNone: return "geen";
    case Reach::kCaseload: return "caseload";
    case Reach::kGemeente: return "gemeente";
    case Reach::kAll: return "alles";
  }
  std::unreachable();
}

std::string permission_table() {
  std::string out = "| |";
  for (const Role role : kRoles) out.append(" ").append(role_code(role)).append(" |");
  out += "\n|---|";
  for (std::size_t i = 0; i < kRoles.size(); ++i) out += "---|";
  out += "\n";
  for (const Row& row : kTable) {
    out.append("| `").append(row.code).append("` |");
    for (const char letter : row.reach) {
      const Reach reach = reach_of_letter(letter);
      if (reach != Reach::kNone) out.append(" ").append(reach_code(reach));
      out += " |";
    }
    out += "\n";
  }
  return out;
}

}  // namespace trede::server
