// Figures, what is behind them, and what moved them.
#include "tools/server/api/figures.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <span>

#include "engine/event/recorded.h"
#include "tools/server/api/asking.h"
#include "tools/server/api/contribution_pieces.h"
#include "tools/server/api/wire.h"
#include "tools/trede/accountable.h"
#include "tools/trede/contributions.h"

namespace trede::server {

namespace {

OrProblem<Reply> not_changed(const std::string& etag, Position position) {
  return Reply{.status = 304, .position = position, .etag = etag};
}

OrProblem<Reply> read_figures(Call& call) {
  const auto asked = question_of(call, Permission::kCijfersLezen);
  if (!asked) return asked.error();
  const std::string etag = etag_of(call, asked->query);
  if (is_kept(call, etag)) return not_changed(etag, asked->known.position);
  auto figures = figures_of(call, *asked);
  if (!figures) return std::move(figures).error();
  Reply reply = reply_with(*std::move(figures));
  reply.position = asked->known.position;
  reply.etag = etag;
  return reply;
}

OrProblem<> check_verzuim(const Call& call) {
  const bool may = call.identity.reach(Permission::kVerzuimLezen) == Reach::kAll;
  if (may || !is_about_verzuim(call.path_value("maat"))) return {};
  return forbidden("Wie er verzuimt is alleen voor de verzuimadviseur.");
}

// The entries of the trail for the events behind an answer.
OrProblem<std::vector<TrailEntry>> entries_for(const Call& call,
                                               const std::vector<Contribution>& parts,
                                               TrailAction action, Position known) {
  const auto shown = tool::streams_behind(parts, call.services.folder.log());
  if (!shown) return problem_of(shown.error());
  return shown->entries(action, known);
}

OrProblem<Reply> explain_figure(Call& call) {
  TREDE_RETURN_IF_PROBLEM(check_verzuim(call));
  TREDE_RETURN_IF_PROBLEM(check_keys(call));
  const auto asked = question_of(call, Permission::kCijfersVerklaren);
  if (!asked) return asked.error();
  const auto answer = call.services.projections.answer(asked->query);
  if (!answer) return problem_of(answer.error());
  auto parts = call.services.projections.explain(asked->query);
  if (!parts) return problem_of(parts.error());
  const auto adds_up = tool::check_recount(*parts, answer->rows);
  if (!adds_up) return problem_of(adds_up.error());
  auto entries = entries_for(call, *parts, TrailAction::kVerklaren, asked->known.position);
  if (!entries) return std::move(entries).error();
  api::Verklaring head;
  *head.mutable_cijfers() = figures_message(asked->query.measure, *answer, asked->known);
  return Reply{.body = contribution_body(call, head, *std::move(parts), *answer),
               .position = asked->known.position,
               .trail = *std::move(entries)};
}

OrProblem<Reply> diff_figure(Call& call) {
  TREDE_RETURN_IF_PROBLEM(check_verzuim(call));
  TREDE_RETURN_IF_PROBLEM(check_keys(call));
  const auto asked = question_of(call, Permission::kCijfersVerklaren);
  if (!asked) return asked.error();
  const auto then = known_of(call, "en");
  if (!then) return then.error();
  if (then->position < asked->known.position) {
    return invalid("enBekendOp", "before bekendOp, expected the later moment last");
  }
  Query later = asked->query;
  later.known = then->position;
  const auto before = call.services.projections.answer(asked->query);
  if (!before) return problem_of(before.error());
  const auto after = call.services.projections.answer(later);
  if (!after) return problem_of(after.error());
  auto parts = call.services.projections.diff(asked->query, then->position);
  if (!parts) return problem_of(parts.error());
  const auto adds_up = tool::check_recount(*parts, tool::subtract(*after, *before));
  if (!adds_up) return problem_of(adds_up.error());
  auto entries = entries_for(call, *parts, TrailAction::kVergelijken, then->position);
  if (!entries) return std::move(entries).error();
  api::Verschillen head;
  *head.mutable_eerst() = figures_message(asked->query.measure, *before, asked->known);
  *head.mutable_daarna() = figures_message(asked->query.measure, *after, *then);
  return Reply{.body = contribution_body(call, head, *std::move(parts), *after),
               .position = then->position,
               .trail = *std::move(entries)};
}

// What the parts of one dossier in one row come to.
using ByDossier = std::map<std::pair<std::string, std::vector<std::string>>, AnswerRow>;

OrProblem<ByDossier> parts_by_dossier(const std::vector<Contribution>& parts, const EventLog& log) {
  ByDossier out;
  for (const Contribution& part : parts) {
    const auto stored = log.load(part.position);
    if (!stored) return problem_of(stored.error());
    const auto stream = decode_stream(stored->bytes);
    if (!stream) return problem_of(stream.error());
    if (stream->kind != StreamKind::kDossier) continue;
    AnswerRow& row = out[{stream->text(), part.codes}];
    row.waarde = tool::sum(row.waarde, part.waarde);
    row.teller = tool::sum(row.teller, part.teller);
    row.noemer = tool::sum(row.noemer, part.noemer);
  }
  return out;
}

OrProblem<Reply> list_residents(Call& call) {
  TREDE_RETURN_IF_PROBLEM(check_verzuim(call));
  const auto asked = question_of(call, Permission::kBewonersLezen);
  if (!asked) return asked.error();
  const auto answer = call.services.projections.answer(asked->query);
  if (!answer) return problem_of(answer.error());
  const auto parts = call.services.projections.explain(asked->query);
  if (!parts) return problem_of(parts.error());
  const auto dossiers = parts_by_dossier(*parts, call.services.folder.log());
  if (!dossiers) return dossiers.error();
  auto entries = entries_for(call, *parts, TrailAction::kVerklaren, asked->known.position);
  if (!entries) return std::move(entries).error();
  api::Bewoners out;
  *out.mutable_cijfers() = figures_message(asked->query.measure, *answer, asked->known);
  for (const auto& [key, row] : *dossiers) {
    if (row.waarde.is_zero() && row.teller.is_zero() && row.noemer.is_zero()) continue;
    auto& bewoner = *out.add_bewoners();
    bewoner.set_stream(key.first);
    for (const auto& code : key.second) bewoner.add_codes(code);
    set_numbers(bewoner, row, *answer);
  }
  Reply reply = reply_with(std::move(out));
  reply.position = asked->known.position;
  reply.trail = *std::move(entries);
  return reply;
}

Parameter measure_parameter(const char* example) {
  return {.name = "maat",
          .kind = ValueKind::kText,
          .summary = "Naam van de maat (zie /v1/maten)",
          .example = example,
          .place = Place::kPath};
}

// The same parameters, with an example where one is asked for.
std::vector<Parameter> with_examples(
    std::vector<Parameter> parameters,
    std::initializer_list<std::pair<std::string_view, std::string>> examples) {
  for (const auto& [name, example] : examples) {
    std::ranges::find(parameters, name, &Parameter::name)->example = example;
  }
  return parameters;
}

std::vector<Parameter> second_moment() {
  return {{"enBekendOp", ValueKind::kMoment, "Het latere moment; zonder: nu"},
          {"enPositie", ValueKind::kPosition, "Het latere moment, als positie"}};
}

}  // namespace

OrProblem<api::Cijfers> figures_of(const Call& call, const AskedQuestion& asked) {
  const auto begun = std::chrono::steady_clock::now();
  const auto answer = call.services.projections.answer(asked.query);
  if (!answer) return problem_of(answer.error());
  const auto& on_figure = call.services.on_figure;
  if (on_figure) on_figure(asked.query.measure, std::chrono::steady_clock::now() - begun);
  return figures_message(asked.query.measure, *answer, asked.known);
}

std::vector<Endpoint> figure_endpoints() {
  const std::vector<std::string> both = {std::string(kJson), std::string(kProtobuf)};
  const auto question = joined_parameters(
      {question_parameters(), known_parameters(), {wait_parameter(), if_none_match_parameter()}});
  const auto listing =
      joined_parameters({question_parameters(), known_parameters(), {wait_parameter()}});
  const auto at_maat = [](const char* maat, std::vector<Parameter> others) {
    return joined_parameters({{measure_parameter(maat)}, std::move(others)});
  };
  return {
      {.method = "GET",
       .path = "/v1/cijfers/{maat}",
       .operation = "leesCijfers",
       .tag = "cijfers",
       .summary = "Een cijfer op een dag of over een periode, zoals bekend op een moment",
       .permissions = {Permission::kCijfersLezen},
       .response = api::Cijfers::descriptor(),
       .produces = both,
       .parameters = at_maat("trajecten", with_examples(question, {{"op", "2021-03-31"},
                                                                   {"per", "gemeente,trede"},
                                                                   {"waar", "trede=3,4"}})),
       .problems = {ProblemCode::kNietGevonden},
       .may_be_partial = true,
       .pace = Pace::kLearned,
       .answer = read_figures},
      {.method = "GET",
       .path = "/v1/cijfers/{maat}/verklaring",
       .operation = "verklaarCijfers",
       .tag = "cijfers",
       .summary = "De gebeurtenissen achter een cijfer",
       .permissions = {Permission::kCijfersVerklaren},
       .response = api::Verklaring::descriptor(),
       .produces = both,
       .parameters =
           at_maat("uitstroom", joined_parameters({with_examples(listing, {{"van", "2021-01-01"},
                                                                           {"tm", "2021-03-31"},
                                                                           {"per", "reden"}}),
                                                   keys_parameter()})),
       .problems = {ProblemCode::kNietGevonden},
       .answer = explain_figure},
      {.method = "GET",
       .path = "/v1/cijfers/{maat}/verschillen",
       .operation = "vergelijkCijfers",
       .tag = "cijfers",
       .summary = "Wat een cijfer deed veranderen tussen twee momenten van weten",
       .permissions = {Permission::kCijfersVerklaren},
       .response = api::Verschillen::descriptor(),
       .produces = both,
       .parameters = at_maat(
           "trajecten",
           joined_parameters({with_examples(listing, {{"op", "2021-03-31"}, {"positie", "3"}}),
                              second_moment(), keys_parameter()})),
       .problems = {ProblemCode::kNietGevonden},
       .answer = diff_figure},
      {.method = "GET",
       .path = "/v1/cijfers/{maat}/bewoners",
       .operation = "leesBewoners",
       .tag = "cijfers",
       .summary = "De dossiers achter een cijfer",
       .permissions = {Permission::kBewonersLezen},
       .response = api::Bewoners::descriptor(),
       .produces = both,
       .parameters = at_maat("trajecten", with_examples(listing, {{"op", "2021-03-31"}})),
       .problems = {ProblemCode::kNietGevonden},
       .answer = list_residents},
  };
}

}  // namespace trede::server
