#include "tools/server/access/permissions.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace trede::server {
namespace {

std::string roles_where(const auto& holds) {
  std::string out;
  for (const Role role : kRoles) {
    if (holds(role)) out += (out.empty() ? "" : " ") + std::string(role_code(role));
  }
  return out;
}

// The roles that have the permission at all.
std::string who_has(Permission permission) {
  return roles_where([&](Role role) { return reach_of(role, permission) != Reach::kNone; });
}

TEST(PermissionTable, IsInTheManualAsItIsInTheCode) {
  std::ifstream in(TREDE_MANUAL);
  const std::string manual{std::istreambuf_iterator<char>(in), {}};
  EXPECT_NE(manual.find("\n\n" + permission_table() + "\n"), std::string::npos)
      << permission_table();
}

TEST(PermissionTable, OnlyTheVerzuimadviseurAndTheAuditorSeeVerzuimOfAPerson) {
  EXPECT_EQ(who_has(Permission::kVerzuimLezen), "verzuimadviseur auditor");
  EXPECT_EQ(who_has(Permission::kVerzuimVastleggen), "verzuimadviseur");
}

TEST(PermissionTable, TheAuditorReadsEverythingButTheVaultAndWritesNothing) {
  const std::set<Permission> writing = {Permission::kDossierVastleggen,
                                        Permission::kVerzuimVastleggen,
                                        Permission::kOrganisatieVastleggen,
                                        Permission::kWerkgeverVastleggen,
                                        Permission::kRapportVaststellen,
                                        Permission::kGebruikersBeheren,
                                        Permission::kImporteren,
                                        Permission::kKluisVastleggen};
  for (const Permission permission : kPermissions) {
    const bool refused = writing.contains(permission) || permission == Permission::kKluisLezen;
    EXPECT_EQ(reach_of(Role::kAuditor, permission), refused ? Reach::kNone : Reach::kAll)
        << permission_code(permission);
  }
}

TEST(PermissionTable, TheGemeenteSeesFiguresAndReportsOfItsOwnOnly) {
  for (const Permission permission : kPermissions) {
    const bool may =
        permission == Permission::kCijfersLezen || permission == Permission::kRapportenLezen;
    EXPECT_EQ(reach_of(Role::kGemeente, permission), may ? Reach::kGemeente : Reach::kNone)
        << permission_code(permission);
  }
}

TEST(PermissionTable, TheBeheerderSeesNoDossierAndNoPerson) {
  for (const Permission permission :
       {Permission::kDossierLezen, Permission::kDossierVastleggen, Permission::kVerzuimLezen,
        Permission::kCaseloadLezen, Permission::kBewonersLezen, Permission::kCijfersVerklaren,
        Permission::kLogVolgen, Permission::kKluisLezen, Permission::kKluisVastleggen}) {
    EXPECT_EQ(reach_of(Role::kBeheerder, permission), Reach::kNone) << permission_code(permission);
  }
  EXPECT_EQ(who_has(Permission::kGebruikersBeheren), "beheerder");
  EXPECT_EQ(who_has(Permission::kImporteren), "beheerder");
}

TEST(PermissionTable, AWerkcoachReachesDossiersOfTheCaseloadOnly) {
  for (const Permission permission :
       {Permission::kDossierLezen, Permission::kDossierVastleggen, Permission::kCaseloadLezen,
        Permission::kKluisLezen, Permission::kKluisVastleggen}) {
    EXPECT_EQ(reach_of(Role::kWerkcoach, permission), Reach::kCaseload)
        << permission_code(permission);
  }
}

TEST(PermissionCodes, AreReadBackAndEachIsAnother) {
  std::set<std::string_view> codes;
  for (const Permission permission : kPermissions) {
    EXPECT_EQ(find_permission(permission_code(permission)), permission);
    codes.insert(permission_code(permission));
  }
  EXPECT_EQ(codes.size(), kPermissions.size());
  for (const Role role : kRoles) EXPECT_EQ(find_role(role_code(role)), role);
  EXPECT_EQ(find_permission("alles"), std::nullopt);
  EXPECT_EQ(find_role("Werkcoach"), std::nullopt);
}

struct Recording {
  const char* soort;
  Permission permission;
  const char* who;
};

TEST(Recording, OfEachKindTakesItsPermissionAndARoleThatRecordsIt) {
  const Recording table[] = {
      {"aanmelding", Permission::kDossierVastleggen, "werkcoach intaker"},
      {"intake", Permission::kDossierVastleggen, "werkcoach intaker"},
      {"niet_gestart", Permission::kDossierVastleggen, "werkcoach intaker"},
      {"traject_start", Permission::kDossierVastleggen, "werkcoach"},
      {"maatregel", Permission::kDossierVastleggen, "werkcoach"},
      {"dienstverband_start", Permission::kDossierVastleggen, "werkcoach"},
      {"uitstroom", Permission::kDossierVastleggen, "werkcoach"},
      {"ziekmelding", Permission::kVerzuimVastleggen, "verzuimadviseur"},
      {"verzuim_gewijzigd", Permission::kVerzuimVastleggen, "verzuimadviseur"},
      {"herstelmelding", Permission::kVerzuimVastleggen, "verzuimadviseur"},
      {"vacature_vervuld", Permission::kWerkgeverVastleggen, "werkcoach"},
      {"gemeente_toegetreden", Permission::kOrganisatieVastleggen, "beheerder"},
      {"afspraak_vastgesteld", Permission::kOrganisatieVastleggen, "beheerder"},
      {"begroting_vastgesteld", Permission::kOrganisatieVastleggen, "controller"},
      {"boeking", Permission::kOrganisatieVastleggen, "controller"},
      {"prognose_vastgesteld", Permission::kOrganisatieVastleggen, "controller"},
      {"rapport_vastgesteld", Permission::kRapportVaststellen, "controller"},
      {"periode_afgesloten", Permission::kRapportVaststellen, "controller"},
  };
  for (const Recording& row : table) {
    const Soort soort = find_kind(row.soort)->soort;
    EXPECT_EQ(permission_to_record(soort), row.permission) << row.soort;
    EXPECT_EQ(roles_where([&](Role role) { return records(role, soort); }), row.who) << row.soort;
  }
}

TEST(Recording, EveryKindHasARoleThatRecordsIt) {
  for (const Kind& kind : kinds()) {
    if (!kind.stream) continue;  // a correctie or intrekking is one of the kind it replaces
    EXPECT_NE(roles_where([&](Role role) { return records(role, kind.soort); }), "") << kind.code;
  }
}

}  // namespace
}  // namespace trede::server
