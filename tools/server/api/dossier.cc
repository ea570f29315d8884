// One dossier: what holds in it, and all that was recorded.
#include <algorithm>

#include "engine/dossier/history.h"
#include "engine/dossier/timeline.h"
#include "engine/event/event.h"
#include "tools/server/api/asking.h"
#include "tools/server/api/dossier_reach.h"
#include "tools/server/api/event_message.h"
#include "tools/server/api/moments.h"
#include "tools/server/api/wire.h"
#include "tools/trede/stand_listing.h"

namespace trede::server {

namespace {

// A dossier as it was known at a moment to who asks.
struct OpenDossier {
  StreamId stream;
  tool::Known known;
  StreamVersion version;  // it has now, for If-Match
  History history;        // up to `known`
  bool shows_verzuim = false;
  bool shows_others = false;  // all that is no verzuim; else only what verzuim stands on

  // The kind of an event; of a correctie or intrekking that of what it is about.
  Soort soort_of(const pb::Event& event) const {
    const auto about = vervangt_of(event);
    const pb::Event* original = about ? history.find(*about) : nullptr;
    return (original != nullptr ? *original : event).body().soort_case();
  }
  bool shows(Soort soort) const {
    if (is_verzuim(soort)) return shows_verzuim;
    return shows_others || is_of_employment(soort);
  }
  bool shows(const pb::Event& event) const { return shows(soort_of(event)); }
};

TrailEntry entry_about(const StreamId& stream, TrailOutcome outcome) {
  return {.action = TrailAction::kTonen, .object = object_of(stream), .outcome = outcome};
}

// What is reached is decided by what holds today, as known now: who gave a dossier away no longer
// reads it. Errors: 404, 403.
OrProblem<OpenDossier> open_dossier(const Call& call) {
  const auto uuid = parse_uuid(call.path_value("id"));
  if (!uuid) return not_found("There is no such dossier: not a UUID.");
  const StreamId stream{StreamKind::kDossier, *uuid};
  const auto loaded = call.services.histories.load(stream);
  if (!loaded) return problem_of(loaded.error());
  const std::shared_ptr<const History>& now = *loaded;
  if (now->events().empty()) {
    Problem missing = not_found("There is no such dossier.");
    missing.trail = {{.action = TrailAction::kTonen,
                      .object = object_of_unknown(StreamKind::kDossier),
                      .outcome = TrailOutcome::kNietGevonden}};
    return missing;
  }
  const State today = state_at(now->acting(), civil_day(call.services.clock.now()));
  const auto reaches = [&](Permission permission) {
    return is_within(call.identity, call.identity.reach(permission), today);
  };
  const bool shows_others = reaches(Permission::kDossierLezen);
  const bool shows_verzuim = reaches(Permission::kVerzuimLezen);
  if (!shows_others && !shows_verzuim) {
    Problem refused = forbidden("Dit dossier hoort niet bij uw caseload of gemeente.");
    refused.trail = {entry_about(stream, TrailOutcome::kGeweigerd)};
    return refused;
  }
  auto known = known_of(call);
  if (!known) return std::move(known).error();
  OpenDossier out{stream, *known, now->version(), {}, shows_verzuim, shows_others};
  for (const EventPtr& event : now->events()) {
    if (position_of(*event) <= known->position) out.history.add(event);
  }
  return out;
}

// The events that act and may be shown.
std::vector<ActingEvent> shown_acting(const OpenDossier& dossier) {
  std::vector<ActingEvent> out;
  std::ranges::copy_if(dossier.history.acting(), std::back_inserter(out),
                       [&](const ActingEvent& event) { return dossier.shows(event.soort()); });
  return out;
}

Reply finish(const Call& call, const OpenDossier& dossier, std::size_t shown,
             std::shared_ptr<google::protobuf::Message> message) {
  TrailEntry entry = entry_about(dossier.stream, TrailOutcome::kGelukt);
  entry.last = dossier.known.position;
  entry.count = shown;
  Reply reply{.body = std::move(message), .position = dossier.known.position};
  reply.trail = {std::move(entry)};
  // Recording takes this tag as `If-Match`; the version goes before whatever else decides.
  Query asked;
  const auto op = call.query.find("op");
  asked.time = op ? *parse_day(*op) : civil_day(call.services.clock.now());
  asked.waar.push_back({"verzuim", {dossier.shows_verzuim ? "ja" : "nee"}});
  asked.waar.push_back({"overig", {dossier.shows_others ? "ja" : "nee"}});
  const std::string tag = etag_of(call, asked);
  reply.etag = "\"" + std::to_string(dossier.version.value) + "." + tag.substr(tag.find('-') + 1);
  if (is_kept(call, reply.etag)) {
    reply.status = 304;
    reply.body = {};
  }
  return reply;
}

OrProblem<Reply> read_dossier(Call& call) {
  const auto dossier = open_dossier(call);
  if (!dossier) return dossier.error();
  const auto op = call.query.find("op");
  const Day day = op ? *parse_day(*op) : civil_day(call.services.clock.now());
  const auto acting = shown_acting(*dossier);
  const State state = state_at(acting, day);
  auto out = std::make_shared<api::Dossier>();
  out->set_stream(dossier->stream.text());
  out->set_versie(static_cast<std::uint32_t>(dossier->version.value));
  out->set_geldig_op(format_day(day));
  if (dossier->known.moment) set_moment(*out->mutable_bekend_op(), *dossier->known.moment);
  out->set_positie(dossier->known.position.value);
  if (!state.gemeente.empty()) out->set_gemeente(std::string(state.gemeente));
  if (!state.werkcoach.empty()) out->set_werkcoach(std::string(state.werkcoach));
  if (state.aanmelding != nullptr) {
    out->set_regeling(code_of(state.aanmelding->body->aanmelding().regeling()));
  }
  if (state.traject != nullptr) out->set_trede(code_of(state.trede));
  for (const auto& code : codes_of(*pb::Doelgroep_descriptor())) {
    const int number = number_of_code(*pb::Doelgroep_descriptor(), code);
    if (state.doelgroepen.test(static_cast<std::size_t>(number))) out->add_doelgroepen(code);
  }
  for (const auto& row : tool::stand_listing(acting, day).rows) {
    auto& one = *out->add_toestand();
    one.set_wat(row[0]);
    if (!row[1].empty()) one.set_sinds(row[1]);
    one.set_bijzonderheden(row[2]);
  }
  return finish(call, *dossier, acting.size(), std::move(out));
}

// The day at which an event stands: of an intrekking that of what it takes away.
Day listed_day(const pb::Event& event, const History& history) {
  if (const auto day = day_of(event)) return *day;
  const auto about = vervangt_of(event);
  const pb::Event* original = about ? history.find(*about) : nullptr;
  return original != nullptr ? day_of(*original).value_or(kFirstDay) : kFirstDay;
}

void set_fate(api::Gebeurtenis& out, const pb::Event& event, const History& history) {
  if (is_vervanging(event)) return;
  const ActingEvent* acting = history.find_acting(id_of(event));
  out.set_ingetrokken(acting == nullptr);
  if (acting != nullptr && acting->source != position_of(event)) {
    out.set_gecorrigeerd_door(acting->source.value);
  }
}

OrProblem<Reply> read_timeline(Call& call) {
  const auto dossier = open_dossier(call);
  if (!dossier) return dossier.error();
  const auto op = call.query.find("op");
  std::vector<const pb::Event*> events;
  for (const EventPtr& event : dossier->history.events()) {
    const bool is_later = op && listed_day(*event, dossier->history) > *parse_day(*op);
    if (!is_later && dossier->shows(*event)) events.push_back(event.get());
  }
  std::ranges::stable_sort(
      events, {}, [&](const pb::Event* event) { return listed_day(*event, dossier->history); });
  auto out = std::make_shared<api::Tijdlijn>();
  out->set_stream(dossier->stream.text());
  out->set_versie(static_cast<std::uint32_t>(dossier->version.value));
  if (dossier->known.moment) set_moment(*out->mutable_bekend_op(), *dossier->known.moment);
  out->set_positie(dossier->known.position.value);
  for (const pb::Event* event : events) {
    auto& one = *out->add_gebeurtenissen();
    one = event_message(*event);
    set_fate(one, *event, dossier->history);
  }
  return finish(call, *dossier, events.size(), std::move(out));
}

Endpoint reading_endpoint(std::string path, std::string operation, std::string summary) {
  return {.method = "GET",
          .path = std::move(path),
          .operation = std::move(operation),
          .tag = "dossiers",
          .summary = std::move(summary),
          .permissions = {Permission::kDossierLezen, Permission::kVerzuimLezen},
          .produces = {std::string(kJson), std::string(kProtobuf)},
          .parameters = joined_parameters(
              {{{.name = "id",
                 .kind = ValueKind::kUuid,
                 .summary = "Het dossier",
                 .example = "11111111-1111-4111-8111-111111111111",
                 .place = Place::kPath},
                {"op", ValueKind::kDay, "Aan het eind van die dag; zonder: vandaag"}},
               known_parameters(),
               {wait_parameter(), if_none_match_parameter()}}),
          .problems = {ProblemCode::kNietGevonden},
          .may_be_partial = true,
          .pace = Pace::kLearned};
}

}  // namespace

std::vector<Endpoint> dossier_endpoints() {
  Endpoint dossier = reading_endpoint("/v1/dossiers/{id}", "leesDossier",
                                      "Wat er in een dossier geldt op een dag");
  dossier.response = api::Dossier::descriptor();
  dossier.answer = read_dossier;
  Endpoint timeline = reading_endpoint("/v1/dossiers/{id}/tijdlijn", "leesTijdlijn",
                                       "Alles wat in een dossier is vastgelegd");
  timeline.response = api::Tijdlijn::descriptor();
  timeline.answer = read_timeline;
  return {std::move(dossier), std::move(timeline)};
}

}  // namespace trede::server
