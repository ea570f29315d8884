#include "tools/server/api/proposal.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "engine/dossier/history_cache.h"
#include "engine/ledger/sha256.h"
#include "tools/server/api/dossier_reach.h"
#include "tools/server/api/event_message.h"
#include "tools/server/api/wire.h"
#include "tools/trede/rows/named_row.h"
#include "tools/trede/text.h"

namespace trede::server {

namespace {

constexpr std::size_t kKeyMost = 128;

// The events for one stream, as they were sent.
struct SentPart {
  StreamId stream;
  std::optional<StreamVersion> version = {};
  std::string place = {};  // before `gebeurtenissen[0]`
  const google::protobuf::RepeatedPtrField<api::NieuweGebeurtenis>* events = nullptr;
};

// What is wrong with a row, at its column; what a rule says as of any event.
Problem flaw_in_row(const tool::ColumnFlaw& flaw, std::size_t row) {
  if (!flaw.is_rule) {
    return invalid("rijen[" + std::to_string(row) + "]." + tool::printable(flaw.column, 60),
                   flaw.message);
  }
  const auto colon = flaw.message.find(": ");
  Problem out(ProblemCode::kRegel, flaw.message.substr(colon + 2));
  out.says.set_regel(flaw.message.substr(0, colon));
  out.says.set_gebeurtenis(static_cast<std::uint32_t>(row + 1));
  return out;
}

// `"7"`, and `"7.abc"` as reading a dossier gives it. Errors: 400.
OrProblem<std::optional<StreamVersion>> asked_version(const Call& call) {
  const std::string none = call.header("If-None-Match");
  std::string match = call.header("If-Match");
  if (!none.empty()) {
    if (none == "*" && match.empty()) return std::optional(StreamVersion{0});
    return invalid("If-None-Match", "expected * alone, for a stream that is new");
  }
  if (match.empty()) return std::optional<StreamVersion>();
  std::uint64_t version = 0;
  if (match.size() > 2 && match.front() == '"' && match.back() == '"') {
    const std::string_view tag(match.data() + 1, match.size() - 2);
    const auto [end, error] = std::from_chars(tag.data(), tag.data() + tag.size(), version);
    if (error == std::errc{} && (end == tag.data() + tag.size() || *end == '.')) {
      return std::optional(StreamVersion{version});
    }
  }
  return invalid("If-Match", "expected a version as \"7\"");
}

OrProblem<StreamId> stream_of_path(const Call& call) {
  if (call.endpoint.path.starts_with("/v1/organisatie")) return kOrganisatie;
  const bool is_dossier = call.endpoint.path.starts_with("/v1/dossiers");
  const auto uuid = parse_uuid(call.path_value("id"));
  if (!uuid || uuid->is_nil()) return not_found("There is no such stream: not a UUID.");
  return StreamId{is_dossier ? StreamKind::kDossier : StreamKind::kWerkgever, *uuid};
}

// Of what replaces nothing that is known: the rules refuse it.
Permission permission_for(StreamKind stream) {
  switch (stream) {
    case StreamKind::kWerkgever: return Permission::kWerkgeverVastleggen;
    case StreamKind::kOrganisatie: return Permission::kOrganisatieVastleggen;
    case StreamKind::kDossier: return Permission::kDossierVastleggen;
  }
  std::unreachable();
}

bool replaces(Soort soort) { return soort == Soort::kCorrectie || soort == Soort::kIntrekking; }

class IntentReader {
 public:
  IntentReader(Call& call, Attempt attempt)
      : call_(call), attempt_(attempt), log_(call.services.folder.log()) {}

  OrProblem<Intent> read() {
    out_.only_judge = call_.query.is_set("proef");
    TREDE_RETURN_IF_PROBLEM(read_key());
    if (call_.endpoint.request == api::Groep::descriptor()) {
      TREDE_RETURN_IF_PROBLEM(read_group());
    } else if (call_.endpoint.request == api::Invoerrijen::descriptor()) {
      TREDE_RETURN_IF_PROBLEM(read_rows());
    } else {
      TREDE_RETURN_IF_PROBLEM(read_one());
    }
    if (out_.events.size() > kAppendMax) {
      return invalid("gebeurtenissen", "more than " + std::to_string(kAppendMax) + " events");
    }
    if (!key_.empty()) out_.beyond = next_id();
    if (!out_.only_judge && !call_.services.trail.is_well()) {
      return unnoted(entries_about(out_, TrailOutcome::kMislukt));
    }
    return std::move(out_);
  }

 private:
  OrProblem<> read_key() {
    key_ = call_.header("Idempotency-Key");
    const bool good = key_.size() <= kKeyMost &&
                      std::ranges::all_of(key_, [](char c) { return c > ' ' && c <= '~'; });
    if (good) return {};
    return invalid("Idempotency-Key", "expected 1 to 128 printable characters without spaces");
  }

  std::string content_type() const { return *media_type_of(call_.header("Content-Type")); }

  OrProblem<> read_one() {
    api::Vastlegging sent;
    TREDE_RETURN_IF_PROBLEM(read_message(content_type(), call_.request.body, sent));
    const auto stream = stream_of_path(call_);
    if (!stream) return stream.error();
    const auto version = asked_version(call_);
    if (!version) return version.error();
    return add({*stream, *version, "", &sent.gebeurtenissen()});
  }

  OrProblem<> read_group() {
    api::Groep sent;
    TREDE_RETURN_IF_PROBLEM(read_message(content_type(), call_.request.body, sent));
    for (int i = 0; i < sent.delen_size(); ++i) {
      const api::Deel& deel = sent.delen(i);
      const std::string place = "delen[" + std::to_string(i) + "].";
      const auto stream = parse_stream_id(deel.stream());
      if (!stream) return invalid(place + "stream", stream.error().message);
      if (std::ranges::find(out_.streams, *stream) != out_.streams.end()) {
        return invalid(place + "stream", "stands twice, expected its events together");
      }
      std::optional<StreamVersion> version;
      if (deel.has_versie()) version = StreamVersion{deel.versie()};
      TREDE_RETURN_IF_PROBLEM(add({*stream, version, place, &deel.gebeurtenissen()}));
    }
    return {};
  }

  // As `trede record` reads them, so that both say the same of what is wrong.
  OrProblem<> read_rows() {
    api::Invoerrijen sent;
    TREDE_RETURN_IF_PROBLEM(read_message(content_type(), call_.request.body, sent));
    if (static_cast<std::size_t>(sent.rijen_size()) > kAppendMax) {
      return invalid("rijen", "more than " + std::to_string(kAppendMax) + " events");
    }
    out_.names =
        std::make_shared<tool::StreamNames>(call_.services.folder.keys(), call_.services.random);
    for (const api::Invoerrij& row : sent.rijen()) TREDE_RETURN_IF_PROBLEM(add_row(row));
    out_.rows = tool::stream_by_stream(out_.events);
    std::vector<pb::Event> together;
    for (const std::size_t row : out_.rows) together.push_back(std::move(out_.events[row]));
    out_.events = std::move(together);
    return check_rows();
  }

  OrProblem<> add_row(const api::Invoerrij& sent) {
    const std::size_t row = out_.events.size();
    tool::NamedTexts texts;
    bool has_id = false;
    for (const api::Cel& cel : sent.cellen()) {
      texts.emplace_back(cel.naam(), cel.tekst());
      has_id |= cel.naam() == "event_id" && !cel.tekst().empty();
    }
    const tool::KindFinder find = [this](const EventId& id) {
      return tool::look_up_kind(id, out_.events, log_);
    };
    auto read = tool::read_named_row(
        texts, *out_.names, find,
        {.now = call_.services.clock.now(), .random_ids = &call_.services.random});
    if (!read) return problem_of(read.error());
    if (const auto* flaw = std::get_if<tool::ColumnFlaw>(&*read)) return flaw_in_row(*flaw, row);
    pb::Event event = std::move(std::get<tool::RowEvent>(*read).event);
    if (!event.actor().empty()) {
      return flaw_in_row({"actor", "not here, expected an empty cell: it is who asks"}, row);
    }
    event.set_actor(call_.identity.actor);
    if (!has_id) set_id(event, next_id());
    out_.events.push_back(std::move(event));
    return {};
  }

  // Requires: those of one stream stand together.
  OrProblem<> check_rows() {
    for (std::size_t first = 0; first < out_.events.size();) {
      const StreamId stream = stream_of(out_.events[first]);
      std::size_t end = first;
      while (end < out_.events.size() && stream_of(out_.events[end]) == stream) ++end;
      out_.streams.push_back(stream);
      const auto part = std::span(out_.events).subspan(first, end - first);
      TREDE_RETURN_IF_PROBLEM(check_part({.stream = stream}, part));
      first = end;
    }
    return {};
  }

  OrProblem<> add(const SentPart& part) {
    out_.streams.push_back(part.stream);
    if (part.version) {
      out_.asked.push_back({part.stream, *part.version});
      out_.expected.push_back({part.stream, *part.version});
    }
    const std::size_t first = out_.events.size();
    for (int i = 0; i < part.events->size(); ++i) {
      const EventFrame frame{part.stream, call_.identity.actor, next_id(),
                             part.place + "gebeurtenissen[" + std::to_string(i) + "]"};
      auto event = read_event((*part.events)[i], frame, [this](const EventId& id) {
        return tool::look_up_kind(id, out_.events, log_);
      });
      if (!event) return std::move(event).error();
      out_.events.push_back(*std::move(event));
    }
    return check_part(part, std::span(out_.events).subspan(first));
  }

  EventId next_id() {
    const std::size_t index = out_.events.size();
    if (!key_.empty()) return idempotent_id(call_.identity.actor, key_, index);
    return EventId{call_.services.random.uuid7(call_.services.clock.now())};
  }

  OrProblem<> check_part(const SentPart& part, std::span<const pb::Event> events) {
    Reach narrowest = Reach::kAll;
    for (const pb::Event& event : events) {
      const auto soort = decisive_kind(event);
      if (!soort) return soort.error();
      if (*soort == Soort::kRapportVastgesteld) {
        return forbidden("Een rapport wordt vastgesteld als rapport, niet als gebeurtenis.");
      }
      const Reach reach = replaces(*soort) ? call_.identity.reach(permission_for(part.stream.kind))
                                           : call_.identity.reach_to_record(*soort);
      if (reach == Reach::kNone) return denied(part.stream, "Uw rol legt dit niet vast.");
      narrowest = std::min(narrowest, reach);
    }
    if (narrowest == Reach::kAll || are_there(events)) return {};
    if (part.stream.kind != StreamKind::kDossier) {
      return denied(part.stream, "Uw rol legt dit niet vast.");
    }
    return check_dossier(part, events, narrowest);
  }

  // Whether its sender recorded all of it before, with the same Idempotency-Key: it was judged
  // then. Who gave a dossier away and did not hear so would else be told that it is not theirs.
  bool are_there(std::span<const pb::Event> events) const {
    if (key_.empty()) return false;
    auto index = static_cast<std::size_t>(events.data() - out_.events.data());
    return std::ranges::all_of(events, [&](const pb::Event& event) {
      const EventId id = idempotent_id(call_.identity.actor, key_, index++);
      const auto found = log_.find_event(id);
      return id_of(event) == id && found && found->has_value();
    });
  }

  // The kind by which permission is given: of a correctie or intrekking that of what it is about.
  OrProblem<Soort> decisive_kind(const pb::Event& event) const {
    const pb::Body& body = event.body();
    if (body.soort_case() == Soort::kCorrectie) return body.correctie().door().soort_case();
    if (body.soort_case() != Soort::kIntrekking) return body.soort_case();
    const auto soort = tool::look_up_kind(*vervangt_of(body), out_.events, log_);
    if (!soort) return problem_of(soort.error());
    return soort->value_or(Soort::kIntrekking);
  }

  // What the check stands on is what must hold when it is recorded, also beside a version that was
  // asked for: that may have come in between.
  OrProblem<> check_dossier(const SentPart& part, std::span<const pb::Event> events, Reach reach) {
    std::vector<EventPtr> proposed;
    std::uint64_t position = log_.last_position().value;
    for (pb::Event event : events) {
      event.set_positie(++position);
      proposed.push_back(std::make_shared<const pb::Event>(std::move(event)));
    }
    HistoryCache& histories = call_.services.histories;
    if (attempt_ == Attempt::kFirst) {
      const auto kept = histories.recall(part.stream);
      if (!kept) return problem_of(kept.error());
      if (check_reach(call_.identity, reach, **kept, proposed)) return stand_on(part, **kept);
    }
    const auto history = histories.load(part.stream);
    if (!history) return problem_of(history.error());
    auto checked = check_reach(call_.identity, reach, **history, proposed);
    if (!checked) return denied(part.stream, checked.error().says.detail());
    return stand_on(part, **history);
  }

  OrProblem<> stand_on(const SentPart& part, const History& history) {
    out_.expected.push_back({part.stream, history.version()});
    return {};
  }

  static Problem denied(const StreamId& stream, std::string says) {
    Problem problem = forbidden(std::move(says));
    problem.trail = {{.action = TrailAction::kVastleggen,
                      .object = object_of(stream),
                      .outcome = TrailOutcome::kGeweigerd}};
    return problem;
  }

  Call& call_;
  const Attempt attempt_;
  const EventLog& log_;
  std::string key_;
  Intent out_;
};

}  // namespace

OrProblem<Intent> read_intent(Call& call, Attempt attempt) {
  return IntentReader(call, attempt).read();
}

std::vector<TrailEntry> entries_about(const Intent& intent, TrailOutcome outcome) {
  std::map<StreamId, std::uint64_t> counts;
  for (const pb::Event& event : intent.events) ++counts[stream_of(event)];
  std::vector<TrailEntry> out;
  for (const StreamId& stream : intent.streams) {
    out.push_back({.action = TrailAction::kVastleggen,
                   .object = object_of(stream),
                   .outcome = outcome,
                   .count = counts[stream]});
  }
  return out;
}

EventId idempotent_id(std::string_view actor, std::string_view key, std::size_t index) {
  const std::string number = std::to_string(index);
  const Hash hash = sha256({"trede-idempotency\n", actor, "\n", key, "\n", number});
  Uuid uuid;
  std::copy_n(hash.begin(), uuid.bytes.size(), uuid.bytes.begin());
  uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0F) | 0x80);  // version 8
  uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3F) | 0x80);
  return EventId{uuid};
}

}  // namespace trede::server
