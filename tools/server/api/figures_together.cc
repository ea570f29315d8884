// Figures that stand beside each other: one question where a page would ask dozens, and all of them
// of the same moment, so that they do not contradict each other.
#include <string>

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

OrProblem<api::Cijferantwoord> answer_one(const Call& call, const api::Cijfervraag& vraag,
                                          const tool::Known& known) {
  auto query = narrowed_query(call, options_of(vraag), vraag.totaal(), Permission::kCijfersLezen);
  if (!query) return std::move(query).error();
  query->known = known.position;
  AskedQuestion asked{*std::move(query), known};
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

OrProblem<Reply> read_together(Call& call) {
  const auto asked = sent_message<api::Cijfervragen>(call);
  if (!asked) return asked.error();
  if (asked->vragen_size() > kMostTogether) {
    return invalid("vragen", "expected at most " + std::to_string(kMostTogether));
  }
  const auto known = known_of(call);
  if (!known) return known.error();
  api::Cijferantwoorden out;
  if (known->moment) set_moment(*out.mutable_bekend_op(), *known->moment);
  out.set_positie(known->position.value);
  for (int i = 0; i < asked->vragen_size(); ++i) {
    auto one = answer_one(call, asked->vragen(i), *known);
    if (one) {
      *out.add_antwoorden() = *std::move(one);
    } else if (is_said_in_place(one.error())) {
      *out.add_antwoorden()->mutable_probleem() = one.error().says;
    } else {
      return at_question(std::move(one).error(), i);
    }
  }
  if (asked->doelen()) {
    auto targets = targets_of(call, *known);
    if (!targets) return std::move(targets).error();
    *out.mutable_doelen() = *std::move(targets);
  }
  Reply reply = reply_with(std::move(out));
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
