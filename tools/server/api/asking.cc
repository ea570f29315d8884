#include "tools/server/api/asking.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "engine/ledger/sha256.h"
#include "projections/measures/measures.h"
#include "tools/server/api/moments.h"
#include "tools/trede/rows/stream_names.h"
#include "tools/trede/text.h"

namespace trede::server {

namespace {

constexpr std::string_view kGemeente = "gemeente";
constexpr std::string_view kWerkcoach = "werkcoach";

bool has_dimension(const Measure& measure, std::string_view name) {
  return std::ranges::find(measure.dimensions, name, &Dimension::name) != measure.dimensions.end();
}

bool names(const Query& query, std::string_view dimension) {
  return std::ranges::find(query.per, dimension) != query.per.end() ||
         std::ranges::find(query.waar, dimension, &Filter::dimension) != query.waar.end();
}

// Only `own` codes of `dimension`: what was asked, or all of them.
OrProblem<> narrow_to(Query& query, std::string_view dimension,
                      const std::vector<std::string>& own) {
  if (own.empty()) return forbidden("Uw account heeft geen " + std::string(dimension) + ".");
  const auto asked = std::ranges::find(query.waar, dimension, &Filter::dimension);
  if (asked == query.waar.end()) {
    query.waar.push_back({std::string(dimension), own});
    return {};
  }
  const bool all_own = std::ranges::all_of(asked->codes, [&](const std::string& code) {
    return std::ranges::find(own, code) != own.end();
  });
  if (all_own) return {};
  return forbidden("U ziet alleen cijfers van uw eigen " + std::string(dimension) + ": " +
                   tool::joined(own, ", ") + ".");
}

OrProblem<> check_totals(const Query& query, const Identity& identity, Reach reach) {
  if (reach != Reach::kGemeente || !identity.sees_totals) {
    return forbidden("Totalen over alle gemeenten zijn niet voor uw rol.");
  }
  if (names(query, kGemeente) || names(query, kWerkcoach)) {
    return invalid("totaal", "not with gemeente or werkcoach in per or waar");
  }
  return {};
}

}  // namespace

std::vector<Parameter> question_parameters() {
  return {
      {"op", ValueKind::kDay, "De stand aan het eind van die dag; zonder: vandaag"},
      {"van", ValueKind::kDay, "Eerste dag van de periode"},
      {"tm", ValueKind::kDay, "Laatste dag van de periode, die meetelt"},
      {"per", ValueKind::kText, "Uitsplitsing: `dim,dim`"},
      {.name = "waar",
       .kind = ValueKind::kFilter,
       .summary = "Alleen deze codes: `dim=code[,code]`; voor meer dimensies vaker",
       .repeated = true},
      {"totaal", ValueKind::kYesNo, "Over alle gemeenten, voor wie alleen totalen mag zien"},
  };
}

std::vector<Parameter> known_parameters() {
  return {
      {"bekendOp", ValueKind::kMoment, "Zoals toen bekend: een moment met tijdzone (RFC 3339)"},
      {"positie", ValueKind::kPosition, "Zoals bekend na die positie; 0 = het lege log"},
  };
}

std::vector<Parameter> keys_parameter() {
  return {{"sleutels", ValueKind::kYesNo,
           "Ook hoe de organisatie de streams noemt; voor wie alle dossiers mag lezen"}};
}

OrProblem<> check_keys(const Call& call) {
  if (!call.query.is_set("sleutels")) return {};
  if (call.identity.reach(Permission::kDossierLezen) == Reach::kAll) return {};
  return forbidden("De sleutels van dossiers zijn voor wie alle dossiers mag lezen.");
}

Result<std::string> stream_name(const Call& call, const StreamId& stream) {
  if (!call.query.is_set("sleutels")) return stream.text();
  return tool::stream_text(call.services.folder.keys(), stream);
}

Parameter wait_parameter() {
  return {"wachtOp", ValueKind::kPosition,
          "Wacht tot deze positie er is (hooguit 5 seconden): wat u vastlegde, telt dan mee"};
}

Parameter if_none_match_parameter() {
  return {.name = "If-None-Match",
          .kind = ValueKind::kText,
          .summary = "De ETag die u hebt: is er niets veranderd, dan 304",
          .place = Place::kHeader};
}

std::vector<Parameter> joined_parameters(std::initializer_list<std::vector<Parameter>> parts) {
  std::vector<Parameter> out;
  for (const auto& part : parts) std::ranges::copy(part, std::back_inserter(out));
  return out;
}

OrProblem<tool::Known> known_of(const Call& call, const std::string& prefix) {
  const auto key = [&](std::string_view name, std::string_view with_prefix) {
    return call.query.find(prefix.empty() ? name : with_prefix);
  };
  const tool::KnownOptions options{key("bekendOp", "enBekendOp"), key("positie", "enPositie")};
  if (!options.bekend_op && !options.positie) {
    auto known = call.services.known_now.find();
    if (!known) return problem_of(known.error());
    return *std::move(known);
  }
  auto known = tool::resolve_known(options, prefix.empty() ? "" : prefix + "-",
                                   call.services.folder.log(), call.services.clock);
  if (!known) return problem_of(known.error());
  return *std::move(known);
}

OrProblem<Query> narrowed_query(const Call& call, const tool::QuestionOptions& options, bool totaal,
                                Permission permission) {
  if (find_measure(options.measure.value_or("")) == nullptr) {
    return not_found("There is no such measure; see /v1/maten.");
  }
  auto query = tool::parse_question(options, call.services.clock);
  if (!query) return problem_of(query.error());
  TREDE_RETURN_IF_PROBLEM(narrow(*query, call.identity, permission, totaal));
  return *std::move(query);
}

OrProblem<AskedQuestion> question_of(const Call& call, Permission permission) {
  tool::QuestionOptions options;
  options.measure = call.path_value("maat");
  options.op = call.query.find("op");
  options.van = call.query.find("van");
  options.tm = call.query.find("tm");
  options.per = call.query.find("per");
  options.waar = call.query.all("waar");
  auto query = narrowed_query(call, options, call.query.is_set("totaal"), permission);
  if (!query) return std::move(query).error();
  auto known = known_of(call);
  if (!known) return std::move(known).error();
  query->known = known->position;
  return AskedQuestion{*std::move(query), *std::move(known)};
}

OrProblem<> narrow(Query& query, const Identity& identity, Permission permission, bool totaal) {
  const Reach reach = identity.reach(permission);
  const Measure& measure = *find_measure(query.measure);
  switch (reach) {
    case Reach::kNone: return forbidden("Uw rol heeft hiertoe geen toegang.");
    case Reach::kAll: return {};
    case Reach::kGemeente:
    case Reach::kCaseload: break;
  }
  if (totaal) return check_totals(query, identity, reach);
  const bool by_coach = reach == Reach::kCaseload;
  if (!has_dimension(measure, kGemeente) || (by_coach && !has_dimension(measure, kWerkcoach))) {
    return forbidden("Dit cijfer is niet naar uw " +
                     std::string(by_coach ? "caseload" : "gemeente") + " uit te splitsen.");
  }
  TREDE_RETURN_IF_PROBLEM(narrow_to(query, kGemeente, identity.gemeenten));
  if (by_coach) return narrow_to(query, kWerkcoach, identity.werkcoaches);
  return {};
}

bool is_about_verzuim(std::string_view measure) {
  static constexpr std::array<std::string_view, 2> kOthers = {"meldingsfrequentie",
                                                              "gemiddelde_verzuimduur"};
  return measure.starts_with("verzuim") || std::ranges::find(kOthers, measure) != kOthers.end();
}

api::Cijfers figures_message(const std::string& measure, const Answer& answer,
                             const tool::Known& known) {
  api::Cijfers out;
  out.set_maat(measure);
  if (const auto* day = std::get_if<Day>(&answer.time)) {
    out.set_geldig_op(format_day(*day));
  } else {
    const auto& period = std::get<Period>(answer.time);
    out.set_van(format_day(period.van));
    out.set_tm(format_day(period.tm));
  }
  if (known.moment) set_moment(*out.mutable_bekend_op(), *known.moment);
  out.set_positie(known.position.value);
  out.set_generatie(answer.generation);
  for (const auto& name : answer.per) out.add_per(name);
  for (const AnswerRow& row : answer.rows) {
    auto& rij = *out.add_rijen();
    for (const auto& code : row.codes) rij.add_codes(code);
    set_numbers(rij, row, answer);
  }
  return out;
}

std::string etag_of(const Call& call, const Query& query) {
  std::string text = call.endpoint.operation + "\n" + call.media_type + "\n" + query.measure + "\n";
  for (const auto& [name, value] : call.path_values) text += name + "=" + value + "\n";
  if (const auto* day = std::get_if<Day>(&query.time)) {
    text += format_day(*day) + "\n";
  } else {
    const auto& period = std::get<Period>(query.time);
    text += format_day(period.van) + "/" + format_day(period.tm) + "\n";
  }
  for (const auto& filter : query.waar) {  // also what it was narrowed to
    text += filter.dimension + "=" + tool::joined(filter.codes, ",") + "\n";
  }
  text += call.query.canonical();
  const Hash hash = sha256({text});
  return "\"" + std::to_string(query.known.value) + "-" + hash_text(hash).substr(0, 16) + "\"";
}

bool is_kept(const Call& call, const std::string& etag) {
  for (std::string one : tool::split(call.header("If-None-Match"), ',')) {
    std::erase(one, ' ');
    if (one.starts_with("W/")) one.erase(0, 2);
    if (one == etag) return true;
  }
  return false;
}

}  // namespace trede::server
