// What was recorded of the organisation itself: gemeenten, afdelingen, targets, amounts.
#include "engine/event/event.h"
#include "tools/server/api/asking.h"
#include "tools/server/api/moments.h"
#include "tools/server/api/timeline_message.h"
#include "tools/server/api/wire.h"

namespace trede::server {

namespace {

bool is_amount(Soort soort) {
  return soort == Soort::kBegrotingVastgesteld || soort == Soort::kBoeking ||
         soort == Soort::kPrognoseVastgesteld;
}

// The kind of an event; of a correctie or intrekking that of what it is about.
Soort soort_of(const pb::Event& event, const History& history) {
  const auto about = vervangt_of(event);
  const pb::Event* original = about ? history.find(*about) : nullptr;
  return (original != nullptr ? *original : event).body().soort_case();
}

// Amounts are for who records them or reads reports on them; a report that was laid down is read
// as a report.
bool shows(const Call& call, Soort soort) {
  if (soort == Soort::kRapportVastgesteld) return false;
  if (!is_amount(soort)) return true;
  return call.identity.reach(Permission::kRapportenLezen) == Reach::kAll ||
         call.identity.reach_to_record(soort) != Reach::kNone;
}

OrProblem<Reply> read_organisation(Call& call) {
  const auto known = known_of(call);
  if (!known) return known.error();
  const EventLog& log = call.services.folder.log();
  const auto history = load_history(log, kOrganisatie, known->position);
  if (!history) return problem_of(history.error());
  std::vector<const pb::Event*> events;
  for (const EventPtr& event : history->events()) {
    if (shows(call, soort_of(*event, *history))) events.push_back(event.get());
  }
  const auto version = log.version_of(kOrganisatie);
  if (!version) return problem_of(version.error());
  api::Tijdlijn out = timeline_message(std::move(events), *history);
  out.set_stream(kOrganisatie.text());
  out.set_versie(static_cast<std::uint32_t>(version->value));
  if (known->moment) set_moment(*out.mutable_bekend_op(), *known->moment);
  out.set_positie(known->position.value);
  Reply reply = reply_with(std::move(out));
  reply.position = known->position;
  return reply;
}

}  // namespace

std::vector<Endpoint> organisation_endpoints() {
  return {{.method = "GET",
           .path = "/v1/organisatie/tijdlijn",
           .operation = "leesOrganisatie",
           .tag = "beheer",
           .summary = "Alles wat van de organisatie zelf is vastgelegd, en wat ervan geldt",
           .permissions = {Permission::kBeheerLezen, Permission::kOrganisatieVastleggen},
           .response = api::Tijdlijn::descriptor(),
           .produces = {std::string(kJson), std::string(kProtobuf)},
           .parameters = joined_parameters({known_parameters(), {wait_parameter()}}),
           .answer = read_organisation}};
}

}  // namespace trede::server
