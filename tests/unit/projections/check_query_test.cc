#include <gtest/gtest.h>

#include <set>

#include "projections/measures/measures.h"
#include "tests/support/events.h"

namespace trede {
namespace {

Query on_day(std::string measure, std::vector<std::string> per = {},
             std::vector<Filter> waar = {}) {
  return {.measure = std::move(measure),
          .time = test::day("2021-03-31"),
          .per = std::move(per),
          .waar = std::move(waar),
          .known = {}};
}

Query over_period(std::string measure, std::vector<std::string> per = {},
                  std::vector<Filter> waar = {}) {
  Query query = on_day(std::move(measure), std::move(per), std::move(waar));
  query.time = Period{test::day("2021-01-01"), test::day("2021-03-31")};
  return query;
}

std::string refusal(const Query& query) {
  const auto status = check_query(query);
  if (status) return "good";
  EXPECT_EQ(status.error().code, ErrorCode::kInvalid);
  return status.error().message;
}

TEST(CheckQuery, AcceptsWhatTheCatalogueHas) {
  const std::vector<Query> good{
      on_day("trajecten"),
      on_day("trajecten", {"gemeente", "trede", "werkcoach", "doelgroep", "regeling"}),
      on_day("trajecten", {"trede"}, {{"trede", {"3", "nader_te_bepalen"}}}),
      on_day("trajecten", {}, {{"doelgroep", {"geen", "jongere"}}, {"gemeente", {"Nergens"}}}),
      on_day("looptijd", {"gemeente"}),
      over_period("relaties_nieuw"),
      over_period("intakes", {"uitkomst"}, {{"uitkomst", {"onbekend"}}}),
      over_period("niet_gestart", {}, {{"reden", {"negatief_advies", "teruggemeld"}}}),
      over_period("voorzieningen_af", {"reden", "resultaat"}),
      over_period("trajecten_af", {}, {{"reden", {"werkaanvaarding", "intake", "pensioen"}}}),
      over_period("plaatsingen_bij", {}, {{"regeling", {"wsw"}}}),
      // No aanmelding has it, but it is a code of that dimension.
      on_day("trajecten", {}, {{"regeling", {"wsw"}}}),
      over_period("verzuimpercentage", {"afdeling", "dienstverband"}),
  };
  for (const Query& query : good) EXPECT_EQ(refusal(query), "good") << query.measure;
}

TEST(CheckQuery, NamesWhatIsWrongAndWhatIsAllowed) {
  const std::vector<std::pair<Query, std::string>> bad{
      {on_day("trajecten", {"bron"}),
       "measure 'trajecten' has no dimension 'bron'; allowed: gemeente, regeling, doelgroep, "
       "trede, "
       "werkcoach"},
      {over_period("relaties_nieuw", {"sroi"}),
       "measure 'relaties_nieuw' has no dimension 'sroi'; allowed: none"},
      {on_day("trajecten", {}, {{"reden", {"start"}}}),
       "measure 'trajecten' has no dimension 'reden'; allowed: gemeente, regeling, doelgroep, "
       "trede, werkcoach"},
      {on_day("trajecten", {"trede", "trede"}),
       "dimension 'trede' stands twice in the breakdown (per)"},
      {on_day("trajecten", {}, {{"trede", {"3"}}, {"trede", {"4"}}}),
       "dimension 'trede' has two filters (waar); give its codes in one"},
      {on_day("trajecten", {}, {{"trede", {"7"}}}),
       "dimension 'trede' has no code '7'; allowed: nader_te_bepalen, 3, 4, 5, 6, onbekend"},
      {on_day("trajecten", {}, {{"trede", {"geen"}}}),
       "dimension 'trede' has no code 'geen'; allowed: nader_te_bepalen, 3, 4, 5, 6, onbekend"},
      {on_day("trajecten", {}, {{"doelgroep", {"senior"}}}),
       "dimension 'doelgroep' has no code 'senior'; allowed: statushouder, jongere, banenafspraak, "
       "pro_vso, parttimer, anderstalig, alleenstaande_ouder, inburgeraar, geen, onbekend"},
      {on_day("trajecten", {}, {{"trede", {}}}),
       "no code for dimension 'trede', expected at least one"},
      {over_period("trajecten"),
       "measure 'trajecten' is asked on a day (op), not over a period (van, tm)"},
      {over_period("looptijd"),
       "measure 'looptijd' is asked on a day (op), not over a period (van, tm)"},
      {on_day("trajecten_bij"),
       "measure 'trajecten_bij' is asked over a period (van, tm), not on a day (op)"},
  };
  for (const auto& [query, message] : bad) EXPECT_EQ(refusal(query), message);
}

TEST(CheckQuery, NamesEveryRedenThatItTakes) {
  const std::string message = refusal(over_period("trajecten_bij", {}, {{"reden", {"zomaar"}}}));
  const std::string before = "dimension 'reden' has no code 'zomaar'; allowed: ";
  ASSERT_TRUE(message.starts_with(before)) << message;
  std::set<std::string> allowed;
  for (std::size_t at = before.size(), end = 0; end != std::string::npos; at = end + 2) {
    end = message.find(", ", at);
    allowed.insert(message.substr(at, end - at));
  }
  for (const std::string code : {"start", "pensioen", "doorstroom", "uitstroom", "onbekend"}) {
    EXPECT_TRUE(allowed.contains(code)) << code;
  }
  for (const std::string& code : allowed) {
    EXPECT_EQ(refusal(over_period("trajecten_bij", {}, {{"reden", {code}}})), "good") << code;
  }
}

TEST(CheckQuery, NamesAllMeasuresWhenThereIsNoSuchMeasure) {
  const std::string message = refusal(on_day("trajekten"));
  EXPECT_TRUE(message.starts_with(
      "there is no measure 'trajekten'; allowed: aanmeldingen, aanmeldingen_open, "))
      << message;
  EXPECT_TRUE(message.ends_with(", onttrekking, toevoeging")) << message;
}

TEST(CheckQuery, RefusesAPeriodThatEndsBeforeItBegins) {
  Query query = over_period("intakes");
  query.time = Period{test::day("2021-03-31"), test::day("2021-03-30")};
  EXPECT_EQ(refusal(query), "the period ends on 2021-03-30, before it begins on 2021-03-31");
}

}  // namespace
}  // namespace trede
