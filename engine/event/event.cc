#include "engine/event/event.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include "engine/base/check.h"
#include "engine/event/attributes.h"

namespace trede {

namespace {

namespace gp = google::protobuf;

constexpr int kFirstContentField = 8;

Error corrupt(const std::string& what) { return {ErrorCode::kCorrupt, "stored event: " + what}; }

Status check_envelope(const pb::Event& event) {
  if (event.positie() == 0) return corrupt("no positie");
  if (event.versie() == 0) return corrupt("no versie");
  if (event.event_id().size() != 16) return corrupt("event_id is not 16 bytes");
  const bool organisatie = event.stream_soort() == pb::STREAM_SOORT_ORGANISATIE;
  if (!pb::StreamSoort_IsValid(event.stream_soort()) ||
      event.stream_soort() == pb::STREAM_SOORT_UNSPECIFIED) {
    return Error{ErrorCode::kNewer, "event at positie " + std::to_string(event.positie()) +
                                        " has an unknown kind of stream; upgrade trede"};
  }
  if (event.stream_id().size() != (organisatie ? 0U : 16U)) {
    return corrupt("stream_id has the wrong length");
  }
  if (event.atomair_index() >= std::max(1U, event.atomair_aantal())) {
    return corrupt("place outside its atomic append");
  }
  return {};
}

// Only codes can be unknown to this version; other attributes were checked when they came in.
Status check_codes(const gp::Message& message, const Kind& kind, std::uint64_t position) {
  const auto& reflection = *message.GetReflection();
  for (const Attribute& attribute : kind.attributes) {
    if (attribute.codes.empty()) continue;
    const auto& field = *attribute.field;
    const int count = attribute.list ? reflection.FieldSize(message, &field)
                                     : (reflection.HasField(message, &field) ? 1 : 0);
    for (int i = 0; i < count; ++i) {
      const int number = attribute.list ? reflection.GetRepeatedEnumValue(message, &field, i)
                                        : reflection.GetEnumValue(message, &field);
      if (number != 0 && field.enum_type()->FindValueByNumber(number) != nullptr) continue;
      return Error{number == 0 ? ErrorCode::kCorrupt : ErrorCode::kNewer,
                   "event at positie " + std::to_string(position) + ", " + kind.code + ": code " +
                       std::to_string(number) + " of " + attribute.name +
                       (number == 0 ? " is never valid" : " is unknown; upgrade trede")};
    }
    if (count == 0 && attribute.required) {
      return corrupt(kind.code + " at positie " + std::to_string(position) + " has no " +
                     attribute.name);
    }
  }
  return {};
}

Status check_body(const pb::Body& body, std::uint64_t position) {
  if (body.soort_case() == Soort::SOORT_NOT_SET) {
    if (body.GetReflection()->GetUnknownFields(body).empty()) return corrupt("no body");
    return Error{ErrorCode::kNewer, "event at positie " + std::to_string(position) +
                                        " is of an unknown kind; upgrade trede"};
  }
  return check_codes(kind_message(body), kind_of(body.soort_case()), position);
}

}  // namespace

std::string encode_content(const pb::Event& event) {
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
  pb::Event event;
  if (!event.ParseFromArray(stored.data(), static_cast<int>(stored.size()))) {
    return corrupt("not an event");
  }
  TREDE_RETURN_IF_ERROR(check_envelope(event));
  return event;
}

Status check_known(const pb::Event& event) {
  const pb::Body& body = event.body();
  TREDE_RETURN_IF_ERROR(check_body(body, event.positie()));
  switch (body.soort_case()) {
    case Soort::kCorrectie:
      if (body.correctie().vervangt().size() != 16) return corrupt("vervangt is not 16 bytes");
      TREDE_RETURN_IF_ERROR(check_body(body.correctie().door(), event.positie()));
      break;
    case Soort::kIntrekking:
      if (body.intrekking().vervangt().size() != 16) return corrupt("vervangt is not 16 bytes");
      return {};
    default: break;  // every other kind has nothing but its attributes
  }
  if (!event.has_geldig_op()) return corrupt("no geldig_op");
  return {};
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
