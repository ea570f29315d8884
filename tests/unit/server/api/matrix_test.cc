// Each role against each endpoint: let in exactly where the table says so.
#include "tools/server/api/matrix.h"

#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

using server::endpoints;
using server::Reach;
using MatrixTest = ApiFixture;

TEST_F(MatrixTest, ARoleIsLetInExactlyWhereTheTableGivesItReach) {
  for (const auto& endpoint : endpoints()) {
    if (endpoint.is_open) continue;
    std::string path = endpoint.path;
    for (const auto& parameter : endpoint.parameters) {
      const auto at = path.find("{" + parameter.name + "}");
      if (at != std::string::npos) path.replace(at, parameter.name.size() + 2, parameter.example);
    }
    for (const server::Role role : server::kRoles) {
      identities_["role"] = {};
      identities_["role"].actor = "r1";
      identities_["role"].roles = {role};
      identities_["role"].gemeenten = {"Velsen"};
      identities_["role"].werkcoaches = {"w1"};
      const std::string type = endpoint.takes.empty() ? "application/json" : endpoint.takes.front();
      // An unknown key is looked at only when the caller was let in.
      const auto answered = ask({.method = endpoint.method,
                                 .target = path + "?onbekend=1",
                                 .as = "role",
                                 .headers = {{"Content-Type", type}}});
      const bool may = server::reach_of(role, endpoint) > Reach::kNone;
      EXPECT_EQ(answered.status(), may ? 400U : 403U)
          << endpoint.operation << " " << static_cast<int>(role) << answered.body;
    }
  }
}

TEST_F(MatrixTest, ATokenIsLetInForItsScopeAlone) {
  auto& auditor = identities_["auditor"];
  auditor.is_token = true;
  auditor.scope = {server::Permission::kCijfersLezen};
  EXPECT_EQ(get("/v1/cijfers/trajecten").status(), 200U);
  EXPECT_EQ(get("/v1/rapporten").status(), 403U);
  EXPECT_EQ(get("/v1/cijfers/trajecten/verklaring").status(), 403U);
}

TEST(Matrix, HasARowForEachEndpointAndAColumnForEachRole) {
  const std::string text = server::authorisation_matrix();
  EXPECT_EQ(std::ranges::count(text, '\n'), static_cast<std::ptrdiff_t>(endpoints().size()) + 2);
  EXPECT_NE(text.find("| `GET /v1/dossiers/{id}` | caseload | gemeente | geen | geen | alles | "
                      "geen | alles | geen |"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace trede::test
