// Targets beside which figures are read: afspraken, benchmarks and taakstellingen.
#include <algorithm>

#include "engine/event/forms.h"
#include "tools/server/api/figures.h"
#include "tools/server/api/moments.h"
#include "tools/server/api/wire.h"
#include "tools/trede/text.h"

namespace trede::server {

namespace {

std::string_view kind_text(Soort soort) {
  if (soort == Soort::kAfspraakVastgesteld) return "afspraak";
  return soort == Soort::kBenchmarkVastgesteld ? "benchmark" : "taakstelling";
}

// Who sees figures of the own gemeenten sees what is agreed with those, and what is agreed with no
// gemeente in particular: it is in their reports.
bool is_shown(const Doel& doel, const Identity& identity) {
  if (identity.reach(Permission::kCijfersLezen) == Reach::kAll) return true;
  for (const std::string& condition : tool::split(doel.waar, ';')) {
    if (!condition.starts_with("gemeente=")) continue;
    const auto found = std::ranges::find(identity.gemeenten, condition.substr(9));
    return found != identity.gemeenten.end();
  }
  return true;
}

OrProblem<Reply> list_targets(Call& call) {
  const auto known = known_of(call);
  if (!known) return known.error();
  auto targets = targets_of(call, *known);
  if (!targets) return std::move(targets).error();
  Reply reply = reply_with(*std::move(targets));
  reply.position = known->position;
  return reply;
}

}  // namespace

OrProblem<api::Doelen> targets_of(const Call& call, const tool::Known& known) {
  const auto organisatie = call.services.organisatie.at(known.position);
  if (!organisatie) return problem_of(organisatie.error());
  api::Doelen out;
  if (known.moment) set_moment(*out.mutable_bekend_op(), *known.moment);
  out.set_positie(known.position.value);
  for (const Doel& doel : organisatie->doelen()) {
    if (!is_shown(doel, call.identity)) continue;
    auto& one = *out.add_doelen();
    one.set_soort(std::string(kind_text(doel.soort)));
    one.set_maat(doel.maat);
    one.set_periode(doel.periode);
    one.set_waar(doel.waar);
    one.set_waarde(number_text(*number_form(pb::FORM_DECIMAAL), doel.waarde));
    if (doel.richting) one.set_richting(code_of(*doel.richting));
    one.set_positie(doel.source.value);
  }
  return out;
}

std::vector<Endpoint> target_endpoints() {
  return {{.method = "GET",
           .path = "/v1/doelen",
           .operation = "leesDoelen",
           .tag = "cijfers",
           .summary = "Afspraken, benchmarks en taakstellingen",
           .permissions = {Permission::kCijfersLezen, Permission::kBeheerLezen},
           .response = api::Doelen::descriptor(),
           .produces = {std::string(kJson), std::string(kProtobuf)},
           .parameters = joined_parameters({known_parameters(), {wait_parameter()}}),
           .pace = Pace::kLearned,
           .answer = list_targets}};
}

}  // namespace trede::server
