#include "tools/server/api/report_question.h"

#include <algorithm>

namespace trede::server {

std::vector<Parameter> report_parameters() {
  return {{.name = "naam",
           .summary = "Naam van het rapport (zie /v1/rapporten)",
           .example = "kwartaal",
           .place = Place::kPath},
          {"van", ValueKind::kDay, "Eerste dag van de periode", "2021-01-01", Place::kQuery, true},
          {"tm", ValueKind::kDay, "Laatste dag, die meetelt", "2021-03-31", Place::kQuery, true},
          {.name = "waar",
           .kind = ValueKind::kFilter,
           .summary = "Waarover, van een rapport dat dat vraagt: `gemeente=Velsen`",
           .repeated = true},
          {"onderdruk", ValueKind::kYesNo, "Zonder aantallen van 1 tot 4, voor publicatie"}};
}

OrProblem<std::vector<Filter>> parse_chosen(const std::vector<std::string>& texts) {
  std::vector<Filter> out;
  for (const std::string& text : texts) {
    auto filter = parse_waar(text);
    if (!filter) return invalid("waar", filter.error().message);
    if (std::ranges::find(out, filter->dimension, &Filter::dimension) != out.end()) {
      return invalid("waar", filter->dimension + " stands twice, expected each dimension once");
    }
    out.push_back(*std::move(filter));
  }
  return out;
}

OrProblem<std::vector<Filter>> chosen_by(const Call& call) {
  auto parsed = parse_chosen(call.query.all("waar"));
  if (!parsed) return parsed;
  std::vector<Filter> out = *std::move(parsed);
  const Reach reach = call.identity.reach(Permission::kRapportenLezen);
  if (reach == Reach::kAll) return out;
  const auto& own = call.identity.gemeenten;
  const auto gemeente = std::ranges::find(out, "gemeente", &Filter::dimension);
  if (reach == Reach::kGemeente && gemeente == out.end() && own.size() == 1) {
    out.push_back({"gemeente", own});
    return out;
  }
  const bool is_own = reach == Reach::kGemeente && gemeente != out.end() &&
                      std::ranges::all_of(gemeente->codes, [&](const std::string& code) {
                        return std::ranges::find(own, code) != own.end();
                      });
  if (is_own) return out;
  return forbidden("U leest alleen rapporten over uw eigen gemeente.");
}

OrProblem<pb::ReportDefinition> find_definition(const Call& call) {
  const std::string& name = call.path_value("naam");
  const auto listed = call.services.definitions.list();
  if (std::ranges::find(listed, name, &ListedDefinition::name) == listed.end()) {
    return not_found("There is no such report; see /v1/rapporten.")
        .at("naam", "expected a report of /v1/rapporten");
  }
  auto definition = call.services.definitions.load(name);
  if (!definition) return Problem(ProblemCode::kStoring, "the definition cannot be used");
  return *std::move(definition);
}

OrProblem<Period> asked_period(const Call& call) {
  const Period period{*parse_day(*call.query.find("van")), *parse_day(*call.query.find("tm"))};
  if (period.tm < period.van) return invalid("tm", "before van, expected the last day");
  return period;
}

}  // namespace trede::server
