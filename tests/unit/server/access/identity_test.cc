#include "tools/server/access/identity.h"

#include <gtest/gtest.h>

namespace trede::server {
namespace {

struct Row {
  const char* about;
  Identity who;
  Permission permission;
  Reach reach;
};

TEST(Identity, ReachesAsFarAsTheWidestOfItsRolesWithinWhatItHas) {
  const auto coach = [](std::vector<std::string> gemeenten, std::vector<std::string> codes) {
    return Identity{.actor = "m17",
                    .roles = {Role::kWerkcoach},
                    .gemeenten = std::move(gemeenten),
                    .werkcoaches = std::move(codes)};
  };
  const Row table[] = {
      {"a coach with a caseload", coach({"Velsen"}, {"wc1"}), Permission::kDossierLezen,
       Reach::kCaseload},
      {"a coach without a code", coach({"Velsen"}, {}), Permission::kDossierLezen, Reach::kNone},
      {"a coach without gemeenten", coach({}, {"wc1"}), Permission::kDossierLezen, Reach::kNone},
      {"figures need no caseload", coach({"Velsen"}, {}), Permission::kCijfersLezen,
       Reach::kGemeente},
      {"an auditor needs nothing",
       {.actor = "a", .roles = {Role::kAuditor}},
       Permission::kDossierLezen,
       Reach::kAll},
      {"nobody", {.actor = "a"}, Permission::kCijfersLezen, Reach::kNone},
      {"a gemeente without one",
       {.actor = "a", .roles = {Role::kGemeente}},
       Permission::kCijfersLezen,
       Reach::kNone},
      {"two roles, the widest",
       {.actor = "a",
        .roles = {Role::kWerkcoach, Role::kIntaker},
        .gemeenten = {"Velsen"},
        .werkcoaches = {"wc1"}},
       Permission::kDossierLezen,
       Reach::kGemeente},
      {"two roles, the only one that may",
       {.actor = "a", .roles = {Role::kGemeente, Role::kBeheerder}, .gemeenten = {"Velsen"}},
       Permission::kGebruikersBeheren,
       Reach::kAll},
      {"a token within its scope",
       {.actor = "t",
        .roles = {Role::kAuditor},
        .is_token = true,
        .scope = {Permission::kCijfersLezen}},
       Permission::kCijfersLezen,
       Reach::kAll},
      {"a token outside its scope",
       {.actor = "t",
        .roles = {Role::kAuditor},
        .is_token = true,
        .scope = {Permission::kCijfersLezen}},
       Permission::kDossierLezen,
       Reach::kNone},
      {"a scope gives nothing that the role has not",
       {.actor = "t",
        .roles = {Role::kGemeente},
        .gemeenten = {"Velsen"},
        .is_token = true,
        .scope = {Permission::kDossierLezen}},
       Permission::kDossierLezen,
       Reach::kNone},
      {"the scope of who is no token does not count",
       {.actor = "a", .roles = {Role::kAuditor}, .scope = {Permission::kCijfersLezen}},
       Permission::kDossierLezen,
       Reach::kAll},
  };
  for (const Row& row : table) EXPECT_EQ(row.who.reach(row.permission), row.reach) << row.about;
}

TEST(Identity, RecordsAKindByARoleThatRecordsIt) {
  const Identity both{.actor = "a",
                      .roles = {Role::kWerkcoach, Role::kIntaker},
                      .gemeenten = {"Velsen"},
                      .werkcoaches = {"wc1"}};
  EXPECT_EQ(both.reach_to_record(Soort::kAanmelding), Reach::kGemeente);
  EXPECT_EQ(both.reach_to_record(Soort::kUitstroom), Reach::kCaseload);
  EXPECT_EQ(both.reach_to_record(Soort::kZiekmelding), Reach::kNone);
  Identity token = both;
  token.is_token = true;
  token.scope = {Permission::kDossierLezen};
  EXPECT_EQ(token.reach_to_record(Soort::kAanmelding), Reach::kNone);
  EXPECT_EQ(Identity{.roles = {Role::kController}}.reach_to_record(Soort::kBoeking), Reach::kAll);
  EXPECT_EQ(Identity{.roles = {Role::kController}}.reach_to_record(Soort::kAfdelingIngesteld),
            Reach::kNone);
}

}  // namespace
}  // namespace trede::server
