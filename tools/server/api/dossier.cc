// One dossier: what holds in it, and all that was recorded; also as one who knows its KEY asks.
#include <algorithm>

#include "engine/event/bytes_text.h"
#include "engine/event/event.h"
#include "tools/server/api/asking.h"
#include "tools/server/api/event_message.h"
#include "tools/server/api/found_dossier.h"
#include "tools/server/api/moments.h"
#include "tools/server/api/timeline_message.h"
#include "tools/server/api/wire.h"
#include "tools/trede/rows/stream_names.h"
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

// Errors: 404, 403.
OrProblem<OpenDossier> open_dossier(const Call& call, const StreamId& stream) {
  const auto found = find_dossier(call, stream, TrailAction::kTonen);
  if (!found) return found.error();
  const std::shared_ptr<const History>& now = found->history;
  const bool shows_others = found->is_reached(call.identity, Permission::kDossierLezen);
  const bool shows_verzuim = found->is_reached(call.identity, Permission::kVerzuimLezen);
  if (!shows_others && !shows_verzuim) return not_reached(stream, TrailAction::kTonen);
  auto known = known_of(call);
  if (!known) return std::move(known).error();
  OpenDossier out{stream, *known, now->version(), {}, shows_verzuim, shows_others};
  for (const EventPtr& event : now->events()) {
    if (position_of(*event) <= known->position) out.history.add(event);
  }
  return out;
}

OrProblem<OpenDossier> open_dossier(const Call& call) {
  const auto uuid = parse_uuid(call.path_value("id"));
  if (!uuid) return not_found("There is no such dossier: not a UUID.");
  return open_dossier(call, {StreamKind::kDossier, *uuid});
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

OrProblem<Reply> read_timeline(Call& call) {
  const auto dossier = open_dossier(call);
  if (!dossier) return dossier.error();
  const auto op = call.query.find("op");
  std::vector<const pb::Event*> events;
  for (const EventPtr& event : dossier->history.events()) {
    const bool is_later = op && listed_day(*event, dossier->history) > *parse_day(*op);
    if (!is_later && dossier->shows(*event)) events.push_back(event.get());
  }
  auto out = std::make_shared<api::Tijdlijn>(timeline_message(events, dossier->history));
  out->set_stream(dossier->stream.text());
  out->set_versie(static_cast<std::uint32_t>(dossier->version.value));
  if (dossier->known.moment) set_moment(*out->mutable_bekend_op(), *dossier->known.moment);
  out->set_positie(dossier->known.position.value);
  return finish(call, *dossier, events.size(), std::move(out));
}

// The same words whether it is not there or not theirs: a KEY is a name that may be guessed.
Problem no_such_stream(std::vector<TrailEntry> trail) {
  Problem out = not_found("Er is geen stream met die naam die u mag lezen.");
  out.at("naam", "expected the name of a stream that is there");
  out.trail = std::move(trail);
  return out;
}

// What is put into the answer: the stored bytes of these events.
OrProblem<> add_stored(const Call& call, const std::vector<Position>& positions,
                       api::Geraadpleegd& out) {
  for (const Position position : positions) {
    const auto stored = call.services.folder.log().load(position);
    if (!stored) return problem_of(stored.error());
    out.add_opgeslagen(base64_text(stored->bytes));
  }
  return {};
}

OrProblem<Reply> consulted(const Call& call, const StreamId& stream, const tool::Known& known,
                           const std::vector<Position>& positions) {
  api::Geraadpleegd out;
  out.set_stream(stream.text());
  const auto version = call.services.folder.log().version_of(stream);
  if (!version) return problem_of(version.error());
  out.set_versie(static_cast<std::uint32_t>(version->value));
  if (known.moment) set_moment(*out.mutable_bekend_op(), *known.moment);
  out.set_positie(known.position.value);
  TREDE_RETURN_IF_PROBLEM(add_stored(call, positions, out));
  TrailEntry entry = entry_about(stream, TrailOutcome::kGelukt);
  entry.last = known.position;
  entry.count = positions.size();
  Reply reply = reply_with(std::move(out));
  reply.position = known.position;
  reply.trail = {std::move(entry)};
  return reply;
}

OrProblem<Reply> consult_dossier(const Call& call, const StreamId& stream) {
  const auto dossier = open_dossier(call, stream);
  if (!dossier) {
    const bool is_hidden = dossier.error().status() == 404 || dossier.error().status() == 403;
    return is_hidden ? no_such_stream(dossier.error().trail) : dossier.error();
  }
  std::vector<Position> positions;
  for (const EventPtr& event : dossier->history.events()) {
    if (dossier->shows(*event)) positions.push_back(position_of(*event));
  }
  return consulted(call, stream, dossier->known, positions);
}

// All that is no dossier is for who may read the whole log.
OrProblem<Reply> consult_other(const Call& call, const StreamId& stream, const tool::Known& known) {
  const auto history = load_history(call.services.folder.log(), stream, known.position);
  if (!history) return problem_of(history.error());
  std::vector<Position> positions;
  for (const EventPtr& event : history->events()) positions.push_back(position_of(*event));
  return consulted(call, stream, known, positions);
}

OrProblem<Reply> consult_stream(Call& call) {
  api::Raadpleging asked;
  TREDE_RETURN_IF_PROBLEM(
      read_message(*media_type_of(call.header("Content-Type")), call.request.body, asked));
  const auto name = tool::parse_stream_name(asked.naam());
  if (!name) return invalid("naam", name.error().message);
  const auto known = known_of(call);
  if (!known) return known.error();
  const bool is_dossier = name->kind == StreamKind::kDossier;
  if (!is_dossier && call.identity.reach(Permission::kLogVolgen) != Reach::kAll) {
    return forbidden("Wat van geen dossier is, is voor wie het hele log mag lezen.");
  }
  if (name->kind == StreamKind::kOrganisatie) return consult_other(call, kOrganisatie, *known);
  const auto stream = call.services.folder.keys().find_stream(name->kind, name->key);
  if (!stream) return problem_of(stream.error());
  if (!*stream) {
    return no_such_stream({{.action = TrailAction::kTonen,
                            .object = object_of_unknown(name->kind),
                            .outcome = TrailOutcome::kNietGevonden}});
  }
  return is_dossier ? consult_dossier(call, **stream) : consult_other(call, **stream, *known);
}

Endpoint consulting_endpoint() {
  return {
      .method = "POST",
      .path = "/v1/raadplegingen",
      .operation = "raadpleegStream",
      .tag = "dossiers",
      .summary = "Een stream zoals de organisatie hem noemt, met wat erin is vastgelegd",
      .permissions = {Permission::kDossierLezen, Permission::kVerzuimLezen, Permission::kLogVolgen},
      .request = api::Raadpleging::descriptor(),
      .response = api::Geraadpleegd::descriptor(),
      .produces = {std::string(kJson), std::string(kProtobuf)},
      .parameters = joined_parameters({known_parameters(), {wait_parameter()}}),
      .example = R"({"naam":"organisatie"})",
      .problems = {ProblemCode::kNietGevonden},
      .only_reads = true,
      .answer = consult_stream};
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
  return {std::move(dossier), std::move(timeline), consulting_endpoint()};
}

}  // namespace trede::server
