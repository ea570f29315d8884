#include "engine/event/event.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <algorithm>

#include "engine/base/check.h"
#include "engine/event/attributes.h"

namespace trede {

namespace {

namespace gp = google::protobuf;

constexpr int kFirstContentField = 8;

Error corrupt(const std::string& what) { return {ErrorCode::kCorrupt, "stored event: " + what}; }

bool is_id_or_empty(const std::string& bytes) { return bytes.empty() || bytes.size() == 16; }

std::string at_positie(std::uint64_t positie) {
  return "event at positie " + std::to_string(positie);
}

// Of the envelope: all are numbers but one, which is bytes.
bool has_own_form(int number, std::uint32_t tag) {
  using Wire = gp::internal::WireFormatLite;
  const auto form = number == pb::Event::kImportIdFieldNumber ? Wire::WIRETYPE_LENGTH_DELIMITED
                                                              : Wire::WIRETYPE_VARINT;
  return Wire::GetTagWireType(tag) == form;
}

// Reads the tags of the outermost fields: those of the envelope rise and stand first.
Status check_layout(std::string_view stored) {
  gp::io::CodedInputStream input(reinterpret_cast<const std::uint8_t*>(stored.data()),
                                 static_cast<int>(stored.size()));
  int before = 0;
  while (const std::uint32_t tag = input.ReadTag()) {
    const int number = gp::internal::WireFormatLite::GetTagFieldNumber(tag);
    if (number < kFirstContentField && number <= before) {
      return corrupt("a field of the envelope out of its place");
    }
    // In another form it would be kept as unknown, and taken for content when it is written again.
    if (number < kFirstContentField && !has_own_form(number, tag)) {
      return corrupt("a field of the envelope in another form");
    }
    before = std::min(number, kFirstContentField);
    if (!gp::internal::WireFormatLite::SkipField(&input, tag)) return corrupt("cut short");
  }
  return {};
}

Status check_stream(const pb::Event& event) {
  if (event.stream_soort() == pb::STREAM_SOORT_UNSPECIFIED) return corrupt("no kind of stream");
  if (!pb::StreamSoort_IsValid(event.stream_soort())) {
    return Error{ErrorCode::kNewer,
                 at_positie(event.positie()) + " has an unknown kind of stream; upgrade trede"};
  }
  const bool organisatie = event.stream_soort() == pb::STREAM_SOORT_ORGANISATIE;
  if (event.stream_id().size() != (organisatie ? 0U : 16U)) {
    return corrupt("stream_id has the wrong length");
  }
  return {};
}

Status check_envelope(const pb::Event& event) {
  if (event.positie() == 0) return corrupt("no positie");
  if (event.versie() == 0) return corrupt("no versie");
  for (const std::int64_t micros : {event.vastgelegd_op(), event.overgenomen_op()}) {
    if (!is_moment(Moment{std::chrono::microseconds{micros}})) {
      return corrupt("a moment outside the years 1 to 9999");
    }
  }
  if (event.atomair_index() >= std::max(1U, event.atomair_aantal()) ||
      event.atomair_index() >= event.positie()) {
    return corrupt("place outside its atomic append");
  }
  if (!is_id_or_empty(event.import_id())) return corrupt("import_id is not 16 bytes");
  if (event.event_id().size() != 16) return corrupt("event_id is not 16 bytes");
  if (!is_id_or_empty(event.oorzaak())) return corrupt("oorzaak is not 16 bytes");
  return check_stream(event);
}

// An attribute of an event, for a message.
struct Place {
  std::uint64_t positie;
  const Kind& kind;
  const Attribute& attribute;
};

Error wrong(ErrorCode code, const Place& place, const std::string& what) {
  return {code, at_positie(place.positie) + ", " + place.kind.code + ": " + place.attribute.name +
                    " " + what};
}

Status check_code(int number, const Place& place) {
  const auto& known = place.attribute.numbers;
  if (std::ranges::find(known, number) != known.end()) return {};
  if (number == 0) return wrong(ErrorCode::kCorrupt, place, "has code 0, which is never valid");
  return wrong(ErrorCode::kNewer, place,
               "has the unknown code " + std::to_string(number) + "; upgrade trede");
}

// Only codes can be unknown to this version; the values of other attributes were checked when they
// came in.
Status check_attribute(const gp::Message& message, const Place& place) {
  const auto& reflection = *message.GetReflection();
  const Attribute& attribute = place.attribute;
  if (!has_attribute(message, attribute)) {
    if (!attribute.required) return {};
    return wrong(ErrorCode::kCorrupt, place, "is missing");
  }
  if (attribute.codes.empty()) return {};
  if (!attribute.list) return check_code(reflection.GetEnumValue(message, attribute.field), place);
  for (int i = 0; i < reflection.FieldSize(message, attribute.field); ++i) {
    const int number = reflection.GetRepeatedEnumValue(message, attribute.field, i);
    TREDE_RETURN_IF_ERROR(check_code(number, place));
  }
  return {};
}

Status check_body(const pb::Body& body, std::uint64_t positie) {
  if (body.soort_case() == Soort::SOORT_NOT_SET) {
    if (body.GetReflection()->GetUnknownFields(body).empty()) return corrupt("no body");
    return Error{ErrorCode::kNewer, at_positie(positie) + " is of an unknown kind; upgrade trede"};
  }
  const Kind& kind = kind_of(body.soort_case());
  const gp::Message& message = kind_message(body);
  for (const Attribute& attribute : kind.attributes) {
    TREDE_RETURN_IF_ERROR(check_attribute(message, {positie, kind, attribute}));
  }
  return {};
}

Status check_correctie(const pb::Correctie& correctie, std::uint64_t positie) {
  if (correctie.vervangt().size() != 16) return corrupt("vervangt is not 16 bytes");
  if (correctie.door().has_correctie() || correctie.door().has_intrekking()) {
    return corrupt("a correctie of a correctie or intrekking");
  }
  return check_body(correctie.door(), positie);
}

Status check_na_afsluiting(const pb::Event& event) {
  if (!event.has_na_afsluiting()) return {};
  const int code = event.na_afsluiting();
  if (code == 0) return corrupt("na_afsluiting has code 0, which is never valid");
  if (pb::NaAfsluiting_IsValid(code)) return {};
  return Error{ErrorCode::kNewer, at_positie(event.positie()) + ": na_afsluiting has the unknown " +
                                      "code " + std::to_string(code) + "; upgrade trede"};
}

Status check_geldig_op(const pb::Body& body, std::optional<Day> geldig_op) {
  if (body.has_intrekking()) {
    return geldig_op ? Status{corrupt("geldig_op of an intrekking")} : Status{};
  }
  if (!geldig_op) return corrupt("no geldig_op");
  if (*geldig_op < kFirstDay || *geldig_op > kMostDay) return corrupt("geldig_op out of range");
  return {};
}

}  // namespace

namespace {

bool has_envelope(const pb::Event& event) {
  return event.positie() != 0 || event.vastgelegd_op() != 0 || event.versie() != 0 ||
         event.atomair_index() != 0 || event.atomair_aantal() != 0 || !event.import_id().empty() ||
         event.overgenomen_op() != 0;
}

}  // namespace

std::string encode_content(const pb::Event& event) {
  if (!has_envelope(event)) return event.SerializeAsString();  // on its way in
  pb::Event content = event;
  content.clear_positie();
  content.clear_vastgelegd_op();
  content.clear_versie();
  content.clear_atomair_index();
  content.clear_atomair_aantal();
  content.clear_import_id();
  content.clear_overgenomen_op();
  return content.SerializeAsString();
}

std::string encode_stored(const Envelope& envelope, std::string_view content) {
  pb::Event given;
  given.set_positie(envelope.positie.value);
  given.set_vastgelegd_op(envelope.vastgelegd_op.time_since_epoch().count());
  given.set_versie(envelope.versie.value);
  if (envelope.atomair_aantal > 1) {
    given.set_atomair_index(envelope.atomair_index);
    given.set_atomair_aantal(envelope.atomair_aantal);
  }
  if (envelope.import) given.set_import_id(std::string(envelope.import->uuid.view()));
  if (envelope.overgenomen_op) {
    given.set_overgenomen_op(envelope.overgenomen_op->time_since_epoch().count());
  }
  std::string stored;
  stored.reserve(given.ByteSizeLong() + content.size());
  given.AppendToString(&stored);
  stored.append(content);
  return stored;
}

Result<std::string_view> content_of(std::string_view stored) {
  gp::io::CodedInputStream input(reinterpret_cast<const std::uint8_t*>(stored.data()),
                                 static_cast<int>(stored.size()));
  for (;;) {
    const auto at = static_cast<std::size_t>(input.CurrentPosition());
    const std::uint32_t tag = input.ReadTag();
    if (tag == 0) return corrupt("no content");
    if (gp::internal::WireFormatLite::GetTagFieldNumber(tag) >= kFirstContentField) {
      return stored.substr(at);
    }
    if (!gp::internal::WireFormatLite::SkipField(&input, tag)) return corrupt("cut short");
  }
}

Result<pb::Event> decode_any(std::string_view stored) {
  TREDE_RETURN_IF_ERROR(check_layout(stored));
  pb::Event event;
  if (!event.ParseFromArray(stored.data(), static_cast<int>(stored.size()))) {
    return corrupt("not an event");
  }
  TREDE_RETURN_IF_ERROR(check_envelope(event));
  return event;
}

Status check_known(const pb::Event& event) {
  TREDE_RETURN_IF_ERROR(check_na_afsluiting(event));
  return check_known(event.body(), position_of(event), day_of(event));
}

Status check_known(const pb::Body& body, Position position, std::optional<Day> geldig_op) {
  const std::uint64_t positie = position.value;
  TREDE_RETURN_IF_ERROR(check_body(body, positie));
  if (body.has_correctie()) TREDE_RETURN_IF_ERROR(check_correctie(body.correctie(), positie));
  if (body.has_intrekking() && body.intrekking().vervangt().size() != 16) {
    return corrupt("vervangt is not 16 bytes");
  }
  return check_geldig_op(body, geldig_op);
}

Result<pb::Event> decode_event(std::string_view stored) {
  auto event = decode_any(stored);
  if (!event) return event;
  TREDE_RETURN_IF_ERROR(check_known(*event));
  return event;
}

Position position_of(const pb::Event& event) { return Position{event.positie()}; }

Moment moment_of(const pb::Event& event) {
  return Moment{std::chrono::microseconds{event.vastgelegd_op()}};
}

StreamId stream_of(const pb::Event& event) {
  StreamId stream{static_cast<StreamKind>(event.stream_soort()), {}};
  if (stream.kind != StreamKind::kOrganisatie) {
    const auto uuid = decode_uuid(event.stream_id());
    TREDE_CHECK(uuid.has_value(), "an event that was not decoded");
    stream.uuid = *uuid;
  }
  return stream;
}

EventId id_of(const pb::Event& event) {
  const auto uuid = decode_uuid(event.event_id());
  TREDE_CHECK(uuid.has_value(), "an event that was not decoded");
  return EventId{*uuid};
}

std::optional<Day> day_of(const pb::Event& event) {
  if (!event.has_geldig_op()) return std::nullopt;
  return day_from_number(event.geldig_op());
}

Position append_first(const pb::Event& event) {
  return Position{event.positie() - event.atomair_index()};
}

Position append_last(const pb::Event& event) {
  return Position{append_first(event).value + std::max(1U, event.atomair_aantal()) - 1};
}

void set_stream(pb::Event& event, const StreamId& stream) {
  event.set_stream_soort(static_cast<pb::StreamSoort>(stream.kind));
  if (stream.kind == StreamKind::kOrganisatie) {
    event.clear_stream_id();
  } else {
    event.set_stream_id(std::string(stream.uuid.view()));
  }
}

void set_id(pb::Event& event, const EventId& id) {
  event.set_event_id(std::string(id.uuid.view()));
}

}  // namespace trede
