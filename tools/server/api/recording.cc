// Recording: events of one stream, or of several together; and whether they would be accepted.
#include <algorithm>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "engine/dossier/history_cache.h"
#include "tools/server/api/asking.h"
#include "tools/server/api/event_message.h"
#include "tools/server/api/proposal.h"
#include "tools/server/api/refusal.h"
#include "tools/server/api/run_on.h"
#include "tools/server/api/wire.h"

namespace trede::server {

namespace asio = boost::asio;

namespace {

using CallPtr = std::shared_ptr<Call>;
using IntentPtr = std::shared_ptr<Intent>;
using Outcome = Result<RecordOutcome>;

// Each lost to a writer who changed what the permission stood on; one of them wins each time, so
// only more writers of one dossier at once than this are told to try again.
constexpr int kAttempts = 100;
// Of some dozens of events; what is larger is read and answered in the pool.
constexpr std::size_t kSmallBody = std::size_t{16} * 1024;

asio::awaitable<Outcome> record_later(Services& services, IntentPtr intent) {
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Outcome)>(
      [&services, intent = std::move(intent)](auto handler) {
        const asio::any_io_executor executor = asio::get_associated_executor(handler);
        const auto run_later = [executor](auto step) { asio::post(executor, std::move(step)); };
        // It keeps what the recorder leads to until the outcome is there. Posted: it may be there
        // at once, while the coroutine that waits for it has not come to its wait.
        auto receiver = [executor, intent, handler = std::move(handler)](Outcome outcome) mutable {
          asio::post(executor,
                     [handler = std::move(handler), outcome = std::move(outcome)]() mutable {
                       std::move(handler)(std::move(outcome));
                     });
        };
        const RecordOptions options{
            .flawless = true, .expected = intent->expected, .only_judge = intent->only_judge};
        services.recorder.record_later(intent->events, options, run_later, std::move(receiver));
      },
      asio::use_awaitable);
}

// Which of the events that were sent, for who sent one stream: they stand as they were sent.
Problem refused(const Refusal& found, const Intent& intent, const Call& call) {
  const Refusal refusal = shown_refusal(found, call);
  Problem problem = problem_of(refusal, intent.sent_at(refusal.index));
  problem.trail = entries_about(intent, TrailOutcome::kGeweigerd);
  return problem;
}

Problem outdated(const Outdated& found, const Intent& intent) {
  const auto version = static_cast<std::uint32_t>(found.current.value);
  Problem problem(ProblemCode::kVersieVerouderd,
                  found.stream.text() + " is at version " + std::to_string(version));
  problem.says.set_versie(version);
  problem.headers.set("ETag", "\"" + std::to_string(version) + "\"");
  problem.trail = entries_about(intent, TrailOutcome::kGeweigerd);
  return problem;
}

constexpr const char* kOtherContent =
    "an event with this id or Idempotency-Key was recorded before, with other content";

Problem other_content(const Intent& intent, std::string says) {
  Problem problem(ProblemCode::kAndereInhoud, std::move(says));
  problem.trail = entries_about(intent, TrailOutcome::kGeweigerd);
  return problem;
}

// An id that is there with other content is the sender's mistake, of another kind than the rest.
// Who wrote rows is told as of a folder.
Problem failed(const Error& error, const Intent& intent, const EventLog& log) {
  const bool is_there = std::ranges::any_of(intent.events, [&](const pb::Event& event) {
    const auto found = log.find_event(id_of(event));
    return found && *found;
  });
  if (error.code == ErrorCode::kInvalid && is_there) {
    return other_content(intent, intent.names ? error.message : kOtherContent);
  }
  Problem problem = problem_of(error);
  problem.trail = entries_about(intent, error.code == ErrorCode::kInvalid ? TrailOutcome::kGeweigerd
                                                                          : TrailOutcome::kMislukt);
  return problem;
}

// `event` as it was recorded, most probably at `position`.
Result<EventPtr> load_recorded(const EventLog& log, const pb::Event& event, Position position) {
  for (bool is_found = false;; is_found = true) {
    const auto stored = log.load(position);
    if (!stored) return std::unexpected(stored.error());
    auto decoded = decode_kept(stored->bytes);
    if (!decoded || (*decoded)->event_id() == event.event_id()) return decoded;
    const auto found = log.find_event(id_of(event));
    if (!found) return std::unexpected(found.error());
    if (!*found || is_found) {
      return Error{ErrorCode::kCorrupt, "a recorded event cannot be found"};
    }
    position = **found;
  }
}

// Who wrote rows is told of streams by the names that stood there.
Status add_recorded(api::Vastgelegd& out, const Intent& intent, Position first,
                    Services& services) {
  std::map<StreamId, std::vector<EventPtr>> recorded;
  Position position = first;
  for (const pb::Event& event : intent.events) {
    auto loaded = load_recorded(services.folder.log(), event, position);
    if (!loaded) return std::unexpected(std::move(loaded).error());
    api::Gebeurtenis& message = *out.add_gebeurtenissen();
    message = event_message(**loaded);
    if (intent.names) {
      auto name = tool::stream_text(services.folder.keys(), stream_of(**loaded));
      if (!name) return std::unexpected(std::move(name).error());
      message.set_naam(*std::move(name));
    }
    recorded[stream_of(event)].push_back(*std::move(loaded));
    position = position.next();
  }
  for (const StreamId& stream : intent.streams) {
    const std::vector<EventPtr>& events = recorded[stream];
    std::uint64_t version = 0;
    for (const EventPtr& event : events) version = std::max(version, event->versie());
    auto& one = *out.add_versies();
    one.set_stream(stream.text());
    one.set_versie(static_cast<std::uint32_t>(version));
    services.histories.add(stream, events);
  }
  return {};
}

std::vector<TrailEntry> entries_of(const Recorded& recorded, const Intent& intent) {
  std::vector<TrailEntry> out = entries_about(intent, TrailOutcome::kGelukt);
  for (TrailEntry& entry : out) {
    if (intent.only_judge) {
      entry.action = TrailAction::kTonen;
    } else {
      entry.first = recorded.first;
      entry.last = recorded.last;
    }
  }
  return out;
}

OrProblem<Reply> accepted(const Recorded& recorded, const Intent& intent, Services& services) {
  api::Vastgelegd out;
  out.set_proef(intent.only_judge);
  out.set_was_er_al(recorded.already_there);
  Reply reply;
  reply.trail = entries_of(recorded, intent);
  if (!intent.only_judge) {
    out.set_eerste_positie(recorded.first.value);
    out.set_laatste_positie(recorded.last.value);
    const Status added = add_recorded(out, intent, recorded.first, services);
    if (!added) {  // it is recorded, whatever is answered
      Problem problem = problem_of(added.error());
      problem.trail = std::move(reply.trail);
      return problem;
    }
    reply.status = recorded.already_there ? 200 : 201;
    reply.is_in_log = true;
    if (intent.streams.size() == 1) {
      reply.headers.set("ETag", "\"" + std::to_string(out.versies(0).versie()) + "\"");
    }
  }
  reply.position = recorded.last;
  reply.body = std::make_shared<api::Vastgelegd>(std::move(out));
  return reply;
}

OrProblem<Reply> finish(const Call& call, const Intent& intent, const Outcome& outcome) {
  DataFolder& folder = call.services.folder;
  if (!outcome) return failed(outcome.error(), intent, folder.log());
  if (const auto* refusal = std::get_if<Refusal>(&*outcome)) return refused(*refusal, intent, call);
  if (const auto* found = std::get_if<Outdated>(&*outcome)) return outdated(*found, intent);
  const auto& recorded = std::get<Recorded>(*outcome);
  if (recorded.already_there && intent.beyond) {  // the key was of more than was sent now
    const auto more = folder.log().find_event(*intent.beyond);
    if (!more) return failed(more.error(), intent, folder.log());
    if (*more) return other_content(intent, kOtherContent);
  }
  return accepted(recorded, intent, call.services);
}

// Whether it is only what the checks stood on that is not the latest, and not what was asked for.
bool may_try_again(const Intent& intent, const Outcome& outcome) {
  const auto* found = outcome ? std::get_if<Outdated>(&*outcome) : nullptr;
  if (found == nullptr) return false;
  return std::ranges::none_of(intent.asked, [found](const ExpectedVersion& asked) {
    return asked.stream == found->stream && asked.version != found->current;
  });
}

// What is refused gets no KEY, so it is judged first; what is only tried gets none either.
// Returns: what recording comes to, when that is clear before anything is recorded.
asio::awaitable<std::optional<Outcome>> give_keys(CallPtr call, IntentPtr intent) {
  if (!intent->names || !intent->names->has_new()) co_return std::nullopt;
  const bool only_judge = std::exchange(intent->only_judge, true);
  Outcome judged = co_await record_later(call->services, intent);
  intent->only_judge = only_judge;
  const bool is_good = judged && std::holds_alternative<Recorded>(*judged);
  if (only_judge || !is_good) co_return std::optional<Outcome>(std::move(judged));
  auto assigning = [intent] { return intent->names->assign_new(); };
  Status assigned = co_await run_on(call->services.pool, std::move(assigning));
  if (!assigned) co_return std::optional<Outcome>(assigned.error());
  co_return std::nullopt;
}

// Another gave the same KEY meanwhile: read anew, the stream is that one.
bool is_key_taken(const Intent& intent, const Outcome& outcome) {
  return !outcome && outcome.error().code == ErrorCode::kConflict && intent.names;
}

asio::awaitable<OrProblem<Reply>> record_events(CallPtr call) {
  // KEYs are looked up on disk.
  const bool has_keys = call->endpoint.request == api::Invoerrijen::descriptor();
  const bool is_small = call->request.body.size() <= kSmallBody && !has_keys;
  for (int count = 1;; ++count) {
    const Attempt attempt = count == 1 ? Attempt::kFirst : Attempt::kNext;
    OrProblem<Intent> read = Intent{};
    if (is_small) {
      read = read_intent(*call, attempt);
    } else {
      auto reading = [call, attempt] { return read_intent(*call, attempt); };
      read = co_await run_on(call->services.pool, std::move(reading));
    }
    if (!read) co_return std::move(read).error();
    const auto intent = std::make_shared<Intent>(*std::move(read));
    std::optional<Outcome> clear = co_await give_keys(call, intent);
    Outcome outcome = Error{ErrorCode::kClosed, "not recorded"};
    if (clear) {
      outcome = *std::move(clear);
    } else {
      outcome = co_await record_later(call->services, intent);
    }
    const bool lost = may_try_again(*intent, outcome) || is_key_taken(*intent, outcome);
    if (lost && count < kAttempts) continue;
    if (is_small) co_return finish(*call, *intent, outcome);
    auto finishing = [call, intent, outcome = std::move(outcome)] {
      return finish(*call, *intent, outcome);
    };
    OrProblem<Reply> reply = co_await run_on(call->services.pool, std::move(finishing));
    co_return reply;
  }
}

std::vector<Parameter> recording_parameters(const std::string& operation, bool is_one_stream) {
  std::vector<Parameter> out = {
      {"proef", ValueKind::kYesNo, "Legt niets vast: zegt alleen of het zou mogen"},
      {.name = "Idempotency-Key",
       .summary = "Van de afzender: dezelfde nog eens legt niets dubbel vast",
       .example = operation + "-1",
       .place = Place::kHeader}};
  if (!is_one_stream) return out;
  out.push_back({.name = "If-Match",
                 .summary = "De versie die de stream moet hebben: `\"7\"`",
                 .place = Place::kHeader});
  out.push_back({.name = "If-None-Match",
                 .summary = "`*`: de stream moet nieuw zijn",
                 .place = Place::kHeader});
  return out;
}

Parameter id_parameter(const char* summary, const char* example) {
  return {.name = "id",
          .kind = ValueKind::kUuid,
          .summary = summary,
          .example = example,
          .place = Place::kPath};
}

Endpoint recording_endpoint(std::string path, std::string operation, std::string summary,
                            std::vector<Permission> permissions) {
  auto parameters = recording_parameters(operation, true);
  return {.method = "POST",
          .path = std::move(path),
          .operation = std::move(operation),
          .tag = "vastleggen",
          .summary = std::move(summary),
          .permissions = std::move(permissions),
          .request = api::Vastlegging::descriptor(),
          .response = api::Vastgelegd::descriptor(),
          .produces = {std::string(kJson), std::string(kProtobuf)},
          .parameters = std::move(parameters),
          .problems = {ProblemCode::kRegel, ProblemCode::kVersieVerouderd},
          .answer_later = record_events};
}

}  // namespace

std::vector<Endpoint> recording_endpoints() {
  using enum Permission;
  Endpoint dossier = recording_endpoint("/v1/dossiers/{id}/gebeurtenissen", "legDossierVast",
                                        "Legt gebeurtenissen van een dossier vast, als geheel",
                                        {kDossierVastleggen, kVerzuimVastleggen});
  dossier.parameters.insert(dossier.parameters.begin(),
                            id_parameter("Het dossier; van een nieuw dossier een nieuwe UUID",
                                         "11111111-1111-4111-8111-111111111111"));
  dossier.problems.push_back(ProblemCode::kNietGevonden);
  dossier.example = R"({"gebeurtenissen":[{"soort":"contactmoment","geldigOp":"2021-04-01",
      "attributen":{"contact":"gesprek","volgende_actie_op":"2021-05-01"}}]})";
  Endpoint werkgever = recording_endpoint("/v1/werkgevers/{id}/gebeurtenissen", "legWerkgeverVast",
                                          "Legt gebeurtenissen van een werkgever vast, als geheel",
                                          {kWerkgeverVastleggen});
  werkgever.parameters.insert(werkgever.parameters.begin(),
                              id_parameter("De werkgever", "55555555-5555-4555-8555-555555555555"));
  werkgever.problems.push_back(ProblemCode::kNietGevonden);
  werkgever.example = R"({"gebeurtenissen":[{"soort":"relatie_start","geldigOp":"2021-04-01"}]})";
  Endpoint organisatie = recording_endpoint(
      "/v1/organisatie/gebeurtenissen", "legOrganisatieVast",
      "Legt gebeurtenissen van de organisatie vast: gemeenten, afdelingen, doelen, bedragen",
      {kOrganisatieVastleggen, kRapportVaststellen});
  organisatie.example = R"({"gebeurtenissen":[{"soort":"afdeling_ingesteld",
      "geldigOp":"2021-04-01","attributen":{"afdeling":"Post"}}]})";
  Endpoint groep =
      recording_endpoint("/v1/gebeurtenissen", "legGroepVast",
                         "Legt gebeurtenissen van meer streams vast: allemaal of geen van alle",
                         {kDossierVastleggen, kVerzuimVastleggen, kWerkgeverVastleggen,
                          kOrganisatieVastleggen, kRapportVaststellen});
  groep.request = api::Groep::descriptor();
  groep.parameters = recording_parameters(groep.operation, false);
  groep.example = R"({"delen":[{"stream":"organisatie","gebeurtenissen":[
      {"soort":"afdeling_ingesteld","geldigOp":"2021-04-01","attributen":{"afdeling":"Kas"}}]}]})";
  Endpoint rijen = recording_endpoint("/v1/invoerrijen", "legRijenVast",
                                      "Legt rijen als van een importbestand vast: allemaal of geen",
                                      groep.permissions);
  rijen.request = api::Invoerrijen::descriptor();
  rijen.parameters = recording_parameters(rijen.operation, false);
  rijen.example = R"({"rijen":[{"cellen":[{"naam":"stream","tekst":"organisatie"},
      {"naam":"soort","tekst":"afdeling_ingesteld"},{"naam":"geldig_op","tekst":"2021-04-01"},
      {"naam":"afdeling","tekst":"Hout"}]}]})";
  std::vector<Endpoint> out;
  for (Endpoint* one : {&dossier, &werkgever, &organisatie, &groep, &rijen}) {
    out.push_back(std::move(*one));
  }
  return out;
}

}  // namespace trede::server
