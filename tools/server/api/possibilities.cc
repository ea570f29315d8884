// What could be recorded in a dossier on a day: each kind is tried, with the values it might have.
#include <algorithm>
#include <map>

#include "engine/dossier/history.h"
#include "engine/dossier/timeline.h"
#include "tools/server/api/asking.h"
#include "tools/server/api/dossier_reach.h"
#include "tools/server/api/event_message.h"
#include "tools/server/api/refusal.h"
#include "tools/server/api/wire.h"

namespace trede::server {

namespace {

using Attributes = std::map<std::string, std::string>;

// Numbers under which something new could run beside what runs.
constexpr int kNewKenmerken = 9;

// The values tried for an attribute; empty text = left out.
struct Tried {
  std::string name;
  std::vector<std::string> values;
};

std::string kenmerk_of(const ActingEvent& event) {
  const pb::Body& body = *event.body;
  if (body.has_voorziening_start()) return body.voorziening_start().kenmerk();
  if (body.has_plaatsing()) return body.plaatsing().kenmerk();
  return body.maatregel().kenmerk();
}

std::vector<std::string> kenmerken_of(const std::vector<const ActingEvent*>& events) {
  std::vector<std::string> out;
  for (const ActingEvent* event : events) {
    const std::string kenmerk = kenmerk_of(*event);
    out.push_back(kenmerk.empty() ? "1" : kenmerk);
  }
  return out;
}

class Prober {
 public:
  Prober(Call& call, const StreamId& stream, std::shared_ptr<const History> history, Day day,
         const Organisatie& organisatie)
      : call_(call),
        stream_(stream),
        history_(std::move(history)),
        day_(day),
        state_(state_at(history_->acting(), day)),
        afdelingen_(organisatie.afdelingen(day)) {
    for (const auto& gemeente : organisatie.gemeenten()) {
      if (organisatie.takes_part(gemeente, std::nullopt, day)) gemeenten_.push_back(gemeente);
    }
  }

  // Errors: the system failed, or no more is kept.
  OrProblem<api::Mogelijkheid> probe(const Kind& kind) {
    api::Mogelijkheid out;
    out.set_soort(kind.code);
    const std::vector<Tried> tried = what_to_try(kind);
    std::map<std::string, std::vector<std::string>> accepted;
    std::optional<Refusal> first;
    for (const Attributes& attributes : combinations(tried)) {
      auto refusal = judge(kind, attributes);
      if (!refusal) return std::move(refusal).error();
      if (*refusal) {
        if (!first) first = **refusal;
        continue;
      }
      out.set_mogelijk(true);
      for (const auto& [name, value] : attributes) {
        auto& values = accepted[name];
        if (std::ranges::find(values, value) == values.end()) values.push_back(value);
      }
    }
    if (!out.mogelijk() && !first) {  // nothing to try with
      first = Refusal{.code = "geen_keuze",
                      .zin = "De organisatie heeft hiervoor nog niets ingesteld.",
                      .index = 0,
                      .botst_met = {}};
    }
    if (!out.mogelijk()) {
      out.set_regel(first->code);
      out.set_melding(first->zin);
    }
    for (const Tried& one : tried) {
      if (!accepted.contains(one.name)) continue;
      auto& keuze = *out.add_keuzes();
      keuze.set_attribuut(one.name);
      for (auto& value : accepted[one.name]) keuze.add_waarden(std::move(value));
    }
    return out;
  }

 private:
  std::vector<std::string> running_kenmerken(Soort soort) const {
    if (soort == Soort::kVoorzieningEinde) return kenmerken_of(state_.voorzieningen);
    if (soort == Soort::kPlaatsingEinde) return kenmerken_of(state_.plaatsingen);
    return kenmerken_of(state_.maatregelen);
  }

  // Of what runs beside each other: the first numbers that are free.
  std::vector<std::string> free_kenmerken(Soort soort) const {
    const auto taken = kenmerken_of(soort == Soort::kPlaatsing          ? state_.plaatsingen
                                    : soort == Soort::kVoorzieningStart ? state_.voorzieningen
                                                                        : state_.maatregelen);
    for (int number = 1; number <= kNewKenmerken; ++number) {
      const std::string kenmerk = std::to_string(number);
      if (std::ranges::find(taken, kenmerk) == taken.end()) return {kenmerk};
    }
    return {"nieuw"};
  }

  std::vector<std::string> values_for(const Kind& kind, const Attribute& attribute) const {
    const bool is_first = !state_.begun;
    if (attribute.name == "kenmerk") {
      const bool starts = kind.soort == Soort::kPlaatsing || kind.soort == Soort::kMaatregel ||
                          kind.soort == Soort::kVoorzieningStart;
      return starts ? free_kenmerken(kind.soort) : running_kenmerken(kind.soort);
    }
    if (kind.soort == Soort::kPlaatsing) {
      if (attribute.name == "gemeente" && is_first) return call_.identity.gemeenten;
      if (attribute.name == "regeling") return {"", "wsw", "wajong"};
    }
    if (attribute.name == "doelgroepen" && kind.soort == Soort::kDoelgroepGewijzigd) {
      return {"", "statushouder"};
    }
    if (kind.soort == Soort::kDienstverbandGewijzigd && attribute.name == "deeltijdfactor") {
      return {"0.5", "0.6"};
    }
    const bool needs_a_gemeente =
        kind.soort == Soort::kDienstverbandStart && attribute.name == "gemeente";
    if (!attribute.required && !needs_a_gemeente) return {};
    if (!attribute.codes.empty()) return attribute.codes;
    if (attribute.name == "gemeente") return gemeenten_;
    if (attribute.name == "afdeling") return afdelingen_;
    if (attribute.name == "werkcoach") return {"-"};
    if (attribute.name == "deeltijdfactor") return {"1"};
    return {"50"};  // a percentage
  }

  std::vector<Tried> what_to_try(const Kind& kind) const {
    std::vector<Tried> out;
    for (const Attribute& attribute : kind.attributes) {
      auto values = values_for(kind, attribute);
      if (values.empty() && !attribute.required) continue;
      out.push_back({attribute.name, std::move(values)});
    }
    return out;
  }

  static std::vector<Attributes> combinations(const std::vector<Tried>& tried) {
    std::vector<Attributes> out = {{}};
    for (const Tried& one : tried) {
      std::vector<Attributes> longer;
      for (const Attributes& attributes : out) {
        for (const std::string& value : one.values) {
          longer.push_back(attributes);
          if (!value.empty()) longer.back()[one.name] = value;
        }
      }
      out = std::move(longer);
    }
    return out;
  }

  // Absent: it would be accepted.
  OrProblem<std::optional<Refusal>> judge(const Kind& kind, const Attributes& attributes) {
    api::NieuweGebeurtenis message;
    message.set_soort(kind.code);
    message.set_geldig_op(format_day(day_));
    for (const auto& [name, value] : attributes) (*message.mutable_attributen())[name] = value;
    const EventFrame frame{stream_, call_.identity.actor,
                           EventId{call_.services.random.uuid7(call_.services.clock.now())}, ""};
    auto event = read_event(message, frame, [](const EventId&) -> Result<std::optional<Soort>> {
      return std::optional<Soort>();
    });
    if (!event)
      return Refusal{
          .code = "vorm", .zin = event.error().says.detail(), .index = 0, .botst_met = {}};
    const auto outcome =
        call_.services.recorder.record({&*event, 1}, {.flawless = true, .only_judge = true});
    if (!outcome) return problem_of(outcome.error());
    if (const auto* refusal = std::get_if<Refusal>(&*outcome)) {
      return std::optional(shown_refusal(*refusal, call_));
    }
    event->set_positie(call_.services.folder.log().last_position().value + 1);
    const EventPtr proposed = std::make_shared<const pb::Event>(*std::move(event));
    const Reach reach = call_.identity.reach_to_record(kind.soort);
    const auto within = check_reach(call_.identity, reach, *history_, {&proposed, 1});
    if (within) return std::optional<Refusal>();
    return std::optional(Refusal{
        .code = "bereik", .zin = within.error().says.detail(), .index = 0, .botst_met = {}});
  }

  Call& call_;
  const StreamId stream_;
  const std::shared_ptr<const History> history_;
  const Day day_;
  const State state_;
  std::vector<std::string> gemeenten_;
  std::vector<std::string> afdelingen_;
};

// Who records nothing in this dossier learns nothing of it. One without events is anybody's.
OrProblem<> check_may_record(const Call& call, const History& history) {
  if (history.events().empty()) return {};
  const State today = state_at(history.acting(), civil_day(call.services.clock.now()));
  for (const Permission one : {Permission::kDossierVastleggen, Permission::kVerzuimVastleggen}) {
    if (is_within(call.identity, call.identity.reach(one), today)) return {};
  }
  return forbidden("Dit dossier hoort niet bij uw caseload of gemeente.");
}

OrProblem<Reply> list_possibilities(Call& call) {
  const auto uuid = parse_uuid(call.path_value("id"));
  if (!uuid || uuid->is_nil()) return not_found("There is no such dossier: not a UUID.");
  const StreamId stream{StreamKind::kDossier, *uuid};
  TrailEntry entry{.action = TrailAction::kTonen, .object = object_of(stream)};
  auto history = call.services.histories.load(stream);
  if (!history) return problem_of(history.error());
  auto may = check_may_record(call, **history);
  if (!may) {
    entry.outcome = TrailOutcome::kGeweigerd;
    may.error().trail = {std::move(entry)};
    return std::move(may).error();
  }
  const Position known = call.services.folder.log().last_position();
  const auto organisatie = call.services.organisatie.at(known);
  if (!organisatie) return problem_of(organisatie.error());
  const auto op = call.query.find("op");
  const Day day = op ? *parse_day(*op) : civil_day(call.services.clock.now());
  api::Mogelijkheden out;
  out.set_stream(stream.text());
  out.set_versie(static_cast<std::uint32_t>((*history)->version().value));
  out.set_geldig_op(format_day(day));
  Prober prober(call, stream, *history, day, *organisatie);
  for (const Kind& kind : kinds()) {
    if (kind.stream != StreamKind::kDossier) continue;
    if (call.identity.reach_to_record(kind.soort) == Reach::kNone) continue;
    auto possibility = prober.probe(kind);
    if (!possibility) return std::move(possibility).error();
    *out.add_soorten() = *std::move(possibility);
  }
  Reply reply = reply_with(std::move(out));
  reply.position = known;
  if (!(*history)->events().empty()) {
    entry.last = known;
    reply.trail = {std::move(entry)};
  }
  return reply;
}

}  // namespace

std::vector<Endpoint> possibility_endpoints() {
  return {{.method = "GET",
           .path = "/v1/dossiers/{id}/mogelijkheden",
           .operation = "leesMogelijkheden",
           .tag = "vastleggen",
           .summary = "Wat er op een dag in een dossier past van wat de vrager mag vastleggen",
           .permissions = {Permission::kDossierVastleggen, Permission::kVerzuimVastleggen},
           .response = api::Mogelijkheden::descriptor(),
           .produces = {std::string(kJson), std::string(kProtobuf)},
           .parameters = {{.name = "id",
                           .kind = ValueKind::kUuid,
                           .summary = "Het dossier; van een nieuw dossier een nieuwe UUID",
                           .example = "11111111-1111-4111-8111-111111111111",
                           .place = Place::kPath},
                          {"op", ValueKind::kDay, "De dag; zonder: vandaag"}},
           .problems = {ProblemCode::kNietGevonden},
           .answer = list_possibilities}};
}

}  // namespace trede::server
