// Figures that stand beside each other: one question where a page would ask dozens, and all of them
// of the same moment, so that they do not contradict each other.
#include <string>
#include <vector>

#include "proto/api/figures.pb.h"
#include "tools/server/api/figures.h"
#include "tools/server/api/moments.h"
#include "tools/server/api/sent_message.h"
#include "tools/trede/text.h"

namespace trede::server {

namespace {

constexpr int kMostTogether = 50;

tool::QuestionOptions options_of(const api::Cijfervraag& asked) {
  tool::QuestionOptions out;
  out.measure = asked.maat();
  if (asked.has_op()) out.op = asked.op();
  if (asked.has_van()) out.van = asked.van();
  if (asked.has_tm()) out.tm = asked.tm();
  if (!asked.per().empty()) out.per = tool::joined({asked.per().begin(), asked.per().end()}, ",");
  out.waar.assign(asked.waar().begin(), asked.waar().end());
  return out;
}

// What is not there or not for who asks is said in its place; what cannot be understood or worked
// out is not answered at all.
bool is_said_in_place(const Problem& problem) {
  return problem.status() == 403 || problem.status() == 404;
}

// Of which question it is: the place of one of its own fields goes behind that of the question.
Problem at_question(Problem problem, int index) {
  const std::string place = "vragen[" + std::to_string(index) + "]";
  for (auto& fout : *problem.says.mutable_fouten()) {
    fout.set_plaats(place + (fout.plaats().empty() ? "" : "." + fout.plaats()));
  }
  problem.says.set_detail(place + ": " + problem.says.detail());
  return problem;
}

// What one of the questions asks, or why that is not answered.
using OneAsked = OrProblem<Query>;

// Each of them, narrowed. Errors: those of a question that cannot be understood.
OrProblem<std::vector<OneAsked>> queries_of(const Call& call, const api::Cijfervragen& asked,
                                            Position known) {
  std::vector<OneAsked> out;
  for (int i = 0; i < asked.vragen_size(); ++i) {
    const api::Cijfervraag& vraag = asked.vragen(i);
    auto query = narrowed_query(call, options_of(vraag), vraag.totaal(), Permission::kCijfersLezen);
    if (!query && !is_said_in_place(query.error())) return at_question(query.error(), i);
    if (query) query->known = known;
    out.push_back(std::move(query));
  }
  return out;
}

OrProblem<api::Cijferantwoord> answer_one(const Call& call, const api::Cijfervraag& vraag,
                                          AskedQuestion asked) {
  api::Cijferantwoord out;
  if (vraag.has_maanden()) {
    auto series = series_of(call, std::move(asked), vraag.maanden());
    if (!series) return std::move(series).error();
    *out.mutable_reeks() = *std::move(series);
  } else {
    auto figures = figures_of(call, asked);
    if (!figures) return std::move(figures).error();
    *out.mutable_cijfers() = *std::move(figures);
  }
  return out;
}

// What all of them need is read at once: each table once, however many ask for it.
OrProblem<> prepare(const Call& call, const std::vector<OneAsked>& queries) {
  std::vector<Query> all;
  for (const OneAsked& query : queries) {
    if (query) all.push_back(*query);
  }
  const Status prepared = call.services.projections.prepare(all);
  if (!prepared) return problem_of(prepared.error());
  return {};
}

OrProblem<api::Cijferantwoorden> answers_to(const Call& call, const api::Cijfervragen& asked,
                                            const tool::Known& known) {
  auto queries = queries_of(call, asked, known.position);
  if (!queries) return std::move(queries).error();
  TREDE_RETURN_IF_PROBLEM(prepare(call, *queries));
  api::Cijferantwoorden out;
  for (int i = 0; i < asked.vragen_size(); ++i) {
    OneAsked& query = (*queries)[static_cast<std::size_t>(i)];
    if (!query) {
      *out.add_antwoorden()->mutable_probleem() = query.error().says;
      continue;
    }
    auto one = answer_one(call, asked.vragen(i), {*std::move(query), known});
    if (!one) return at_question(std::move(one).error(), i);
    *out.add_antwoorden() = *std::move(one);
  }
  return out;
}

OrProblem<Reply> read_together(Call& call) {
  const auto asked = sent_message<api::Cijfervragen>(call);
  if (!asked) return asked.error();
  if (asked->vragen_size() > kMostTogether) {
    return invalid("vragen", "expected at most " + std::to_string(kMostTogether));
  }
  const auto known = known_of(call);
  if (!known) return known.error();
  auto answers = answers_to(call, *asked, *known);
  if (!answers) return std::move(answers).error();
  if (known->moment) set_moment(*answers->mutable_bekend_op(), *known->moment);
  answers->set_positie(known->position.value);
  if (asked->doelen()) {
    auto targets = targets_of(call, *known);
    if (!targets) return std::move(targets).error();
    *answers->mutable_doelen() = *std::move(targets);
  }
  Reply reply = reply_with(*std::move(answers));
  reply.position = known->position;
  return reply;
}

}  // namespace

std::vector<Endpoint> figures_together_endpoints() {
  return {{.method = "POST",
           .path = "/v1/cijfervragen",
           .operation = "leesCijfersSamen",
           .tag = "cijfers",
           .summary = "Cijfers die naast elkaar staan, alle zoals op hetzelfde moment bekend",
           .permissions = {Permission::kCijfersLezen},
           .request = api::Cijfervragen::descriptor(),
           .response = api::Cijferantwoorden::descriptor(),
           .produces = {std::string(kJson), std::string(kProtobuf)},
           .parameters = joined_parameters({known_parameters(), {wait_parameter()}}),
           .example = R"({"vragen":[{"maat":"trajecten","op":"2021-03-31","per":["trede"]},)"
                      R"({"maat":"uitstroom","van":"2021-03-01","tm":"2021-03-31","maanden":3}],)"
                      R"("doelen":true})",
           .only_reads = true,
           .answer = read_together}};
}

}  // namespace trede::server
