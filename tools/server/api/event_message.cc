#include "tools/server/api/event_message.h"

#include "engine/dossier/rules.h"
#include "engine/event/attributes.h"
#include "tools/server/api/moments.h"
#include "tools/trede/event_cells.h"
#include "tools/trede/text.h"

namespace trede::server {

namespace {

void set_attributes(api::Gebeurtenis& out, const pb::Body& body) {
  const auto& message = kind_message(body);
  for (const Attribute& attribute : trede::kind_of(body.soort_case()).attributes) {
    std::string text = attribute_text(message, attribute);
    if (!text.empty()) (*out.mutable_attributen())[attribute.name] = std::move(text);
  }
}

void set_body(api::Gebeurtenis& out, const pb::Body& body) {
  out.set_soort(trede::kind_of(body.soort_case()).code);
  if (const auto about = tool::replaced_by(body)) out.set_vervangt(about->uuid.text());
  if (body.soort_case() != Soort::kCorrectie) return set_attributes(out, body);
  out.set_door(trede::kind_of(body.correctie().door().soort_case()).code);
  set_attributes(out, body.correctie().door());
}

// Reads one message, part by part. Threads: one.
class EventReader {
 public:
  EventReader(const api::NieuweGebeurtenis& message, const EventFrame& frame)
      : message_(message), frame_(frame) {}

  OrProblem<pb::Event> read(const tool::KindFinder& find_kind) {
    kind_ = find_kind_of();
    if (kind_ == nullptr) return flaw("soort", "unknown kind, expected one of /v1/codelijsten");
    set_kind(*event_.mutable_body(), kind_->soort);
    set_stream(event_, frame_.stream);
    event_.set_actor(frame_.actor);
    TREDE_RETURN_IF_PROBLEM(read_stream_kind());
    TREDE_RETURN_IF_PROBLEM(read_ids());
    TREDE_RETURN_IF_PROBLEM(read_day());
    TREDE_RETURN_IF_PROBLEM(read_na_afsluiting());
    TREDE_RETURN_IF_PROBLEM(read_vervangt(find_kind));
    TREDE_RETURN_IF_PROBLEM(read_attributes());
    return std::move(event_);
  }

 private:
  const Kind* find_kind_of() const { return trede::find_kind(message_.soort()); }

  Problem flaw(const std::string& field, std::string says) const {
    return invalid(frame_.place + "." + field, std::move(says));
  }

  bool replaces() const {
    return kind_->soort == Soort::kCorrectie || kind_->soort == Soort::kIntrekking;
  }

  OrProblem<> read_stream_kind() const {
    if (!kind_->stream || *kind_->stream == frame_.stream.kind) return {};
    return flaw("soort", kind_->code + " belongs to a stream of kind " +
                             std::string(stream_kind_text(*kind_->stream)));
  }

  OrProblem<> read_ids() {
    EventId id = frame_.id;
    if (message_.has_event_id()) {
      const auto uuid = parse_uuid(message_.event_id());
      if (!uuid || uuid->is_nil()) return flaw("eventId", "not a UUID of your own");
      id = EventId{*uuid};
    }
    set_id(event_, id);
    if (!message_.has_oorzaak()) return {};
    const auto cause = parse_uuid(message_.oorzaak());
    if (!cause || cause->is_nil()) return flaw("oorzaak", "not the UUID of an event");
    event_.set_oorzaak(std::string(cause->view()));
    return {};
  }

  OrProblem<> read_day() {
    if (kind_->soort == Soort::kIntrekking) {
      if (!message_.has_geldig_op()) return {};
      return flaw("geldigOp", "an intrekking has none, expected no such member");
    }
    if (!message_.has_geldig_op()) return flaw("geldigOp", "missing, expected a day as YYYY-MM-DD");
    const auto day = parse_day(message_.geldig_op());
    if (!day) return flaw("geldigOp", day.error().message);
    event_.set_geldig_op(day_number(*day));
    return {};
  }

  OrProblem<> read_na_afsluiting() {
    if (!message_.has_na_afsluiting()) return {};
    const auto& type = *google::protobuf::GetEnumDescriptor<pb::NaAfsluiting>();
    const int number = number_of_code(type, message_.na_afsluiting());
    if (number == 0) {
      return flaw("naAfsluiting",
                  "unknown code, expected one of " + tool::joined(codes_of(type), ", "));
    }
    event_.set_na_afsluiting(static_cast<pb::NaAfsluiting>(number));
    return {};
  }

  OrProblem<> read_vervangt(const tool::KindFinder& find_kind) {
    attributes_of_ = kind_;
    if (!replaces()) {
      if (!message_.has_vervangt()) return {};
      return flaw("vervangt", kind_->code + " replaces nothing, expected no such member");
    }
    const auto id = parse_uuid(message_.vervangt());
    if (!id) return flaw("vervangt", "expected the eventId of the event as first recorded");
    pb::Body& body = *event_.mutable_body();
    if (kind_->soort == Soort::kIntrekking) {
      body.mutable_intrekking()->set_vervangt(std::string(id->view()));
      return {};
    }
    const auto soort = find_kind(EventId{*id});
    if (!soort) return problem_of(soort.error());
    if (!*soort) return refused(Rule::kVervangtOnbekend);
    attributes_of_ = &trede::kind_of(**soort);
    if (*soort == Soort::kCorrectie || *soort == Soort::kIntrekking) {
      return refused(Rule::kVervangtVervanging);
    }
    body.mutable_correctie()->set_vervangt(std::string(id->view()));
    set_kind(*body.mutable_correctie()->mutable_door(), **soort);
    return {};
  }

  Problem refused(Rule rule) const {
    RecordedEvent proposed;
    proposed.geldig_op = day_of(event_);
    proposed.body = &event_.body();
    return problem_of(refusal_of_vervangt(rule, proposed, 0), 0);
  }

  OrProblem<> read_attributes() {
    pb::Body& own = *event_.mutable_body();
    pb::Body& body =
        kind_->soort == Soort::kCorrectie ? *own.mutable_correctie()->mutable_door() : own;
    for (const auto& [name, text] : message_.attributen()) {
      const Attribute* attribute = attributes_of_->find_attribute(name);
      const std::string field = "attributen." + tool::printable(name, 60);
      if (attribute == nullptr) return flaw(field, attributes_of_->code + " has no such attribute");
      if (text.empty()) return flaw(field, "empty, expected a value or no such member");
      const Status set = set_attribute(kind_message(body), *attribute, text, TextStyle::kPlain);
      if (!set) return flaw(field, set.error().message);
    }
    const auto wrong = find_flaw(own);
    if (wrong) return flaw("attributen." + wrong->attribute, wrong->message);
    return {};
  }

  const api::NieuweGebeurtenis& message_;
  const EventFrame& frame_;
  pb::Event event_;
  const Kind* kind_ = nullptr;
  const Kind* attributes_of_ = nullptr;  // whose attributes the message has
};

}  // namespace

api::Gebeurtenis event_message(const pb::Event& event) {
  api::Gebeurtenis out;
  out.set_positie(event.positie());
  set_moment(*out.mutable_vastgelegd_op(), trede::moment_of(event));
  out.set_stream(stream_of(event).text());
  out.set_versie(static_cast<std::uint32_t>(event.versie()));
  out.set_event_id(id_of(event).uuid.text());
  if (const auto day = day_of(event)) out.set_geldig_op(format_day(*day));
  out.set_actor(event.actor());
  if (const auto cause = decode_uuid(event.oorzaak())) out.set_oorzaak(cause->text());
  if (const auto import = decode_uuid(event.import_id())) out.set_import_id(import->text());
  if (event.overgenomen_op() != 0) {
    set_moment(*out.mutable_overgenomen_op(),
               Moment{std::chrono::microseconds{event.overgenomen_op()}});
  }
  if (!check_known(event)) return out;
  if (event.has_na_afsluiting()) out.set_na_afsluiting(code_of(event.na_afsluiting()));
  set_body(out, event.body());
  return out;
}

Result<StreamId> parse_stream_id(std::string_view text) {
  if (text == "organisatie") return kOrganisatie;
  for (const StreamKind kind : {StreamKind::kDossier, StreamKind::kWerkgever}) {
    const std::string prefix = std::string(stream_kind_text(kind)) + "/";
    if (!text.starts_with(prefix)) continue;
    const auto uuid = parse_uuid(text.substr(prefix.size()));
    if (!uuid || uuid->is_nil()) break;
    return StreamId{kind, *uuid};
  }
  return Error{ErrorCode::kInvalid, "expected organisatie, dossier/UUID or werkgever/UUID"};
}

OrProblem<pb::Event> read_event(const api::NieuweGebeurtenis& message, const EventFrame& frame,
                                const tool::KindFinder& find_kind) {
  return EventReader(message, frame).read(find_kind);
}

bool is_of_employment(Soort soort) {
  return soort == Soort::kDienstverbandStart || soort == Soort::kDienstverbandGewijzigd ||
         soort == Soort::kDienstverbandEinde || soort == Soort::kVerlofStart ||
         soort == Soort::kVerlofEinde;
}

bool is_verzuim(Soort soort) {
  return soort == Soort::kZiekmelding || soort == Soort::kVerzuimGewijzigd ||
         soort == Soort::kHerstelmelding;
}

}  // namespace trede::server
