// What figures are read beside: what was agreed, for whom.
#include "tests/unit/server/api/api_fixture.h"

namespace trede::test {
namespace {

namespace json = boost::json;

class TargetsTest : public ApiFixture {
 protected:
  TargetsTest() {
    record({event(kOrganisatie, event_id(60), "2021-01-01", "afspraak_vastgesteld",
                  {{"maat", "uitstroom"},
                   {"periode", "2021"},
                   {"waarde", "200"},
                   {"waar", "reden=werkaanvaarding"},
                   {"richting", "hoger"}}),
            event(kOrganisatie, event_id(61), "2021-01-01", "taakstelling_vastgesteld",
                  {{"maat", "dienstverbanden"},
                   {"periode", "2021"},
                   {"waarde", "28.5"},
                   {"waar", "dienstverband=beschut_werk;gemeente=Velsen"}}),
            event(kOrganisatie, event_id(62), "2021-01-01", "taakstelling_vastgesteld",
                  {{"maat", "dienstverbanden"},
                   {"periode", "2021"},
                   {"waarde", "23"},
                   {"waar", "dienstverband=beschut_werk;gemeente=Beverwijk"}})});
  }
  // `soort maat periode waar waarde richting` of each.
  std::vector<std::string> targets(const std::string& as, const std::string& more = "") {
    const json::object says = get("/v1/doelen" + more, as).json();
    std::vector<std::string> out;
    const auto* all = says.if_contains("doelen");
    if (all == nullptr) return out;
    for (const auto& one : all->as_array()) {
      std::string line;
      for (const char* name : {"soort", "maat", "periode", "waar", "waarde", "richting"}) {
        const auto* value = one.as_object().if_contains(name);
        line += std::string(value == nullptr ? "-" : std::string(value->as_string())) + " ";
      }
      out.push_back(line);
    }
    return out;
  }
};

const std::string kAgreed = "afspraak uitstroom 2021 reden=werkaanvaarding 200 hoger ";
const std::string kVelsen =
    "taakstelling dienstverbanden 2021 dienstverband=beschut_werk;gemeente=Velsen 28.5 - ";
const std::string kBeverwijk =
    "taakstelling dienstverbanden 2021 dienstverband=beschut_werk;gemeente=Beverwijk 23 - ";

TEST_F(TargetsTest, AreTold) {
  EXPECT_EQ(targets("controller"), (std::vector{kAgreed, kBeverwijk, kVelsen}));
}

TEST_F(TargetsTest, OfAnotherGemeenteAreNot) {
  EXPECT_EQ(targets("gemeente"), (std::vector{kAgreed, kVelsen}));
  EXPECT_EQ(targets("werkcoach"), (std::vector{kAgreed, kVelsen}));
}

TEST_F(TargetsTest, AreThoseThatWereKnown) {
  EXPECT_EQ(targets("controller", "?positie=3"), std::vector<std::string>{});
  EXPECT_EQ(get("/v1/doelen?positie=99999", "controller").status(), 400U);
}

}  // namespace
}  // namespace trede::test
