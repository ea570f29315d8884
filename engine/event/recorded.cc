#include "engine/event/recorded.h"

#include <algorithm>

namespace trede {

namespace {

// Wire types of protobuf.
constexpr std::uint32_t kVarint = 0;
constexpr std::uint32_t kBytes = 2;

// The outermost fields of an event in the one form in which we write them: each at most once, in
// order of number. Whatever is in another form is left to decode_event.
struct Fields {
  std::uint64_t positie = 0;
  std::uint64_t atomair_index = 0;
  std::uint64_t atomair_aantal = 0;
  std::uint64_t versie = 0;
  std::uint64_t stream_soort = 0;
  std::string_view stream_id;
  std::string_view event_id;
  std::optional<std::uint64_t> geldig_op;  // zigzag
  std::string_view oorzaak;
  std::optional<std::uint64_t> na_afsluiting;
  std::string_view import_id;
  std::optional<std::string_view> body;
};

// Reads what a varint or a length says, byte by byte; nothing beyond the end.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}

  bool at_end() const { return at_ == end_; }

  bool read(std::uint64_t& value) {
    value = 0;
    for (int shift = 0; shift < 64 && at_ != end_; shift += 7) {
      const auto byte = static_cast<std::uint8_t>(*at_++);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return true;
    }
    return false;
  }

  bool read(std::string_view& bytes) {
    std::uint64_t size = 0;
    if (!read(size) || size > static_cast<std::uint64_t>(end_ - at_)) return false;
    bytes = {at_, static_cast<std::size_t>(size)};
    at_ += size;
    return true;
  }

 private:
  const char* at_;
  const char* end_;
};

bool read_number(Cursor& in, std::uint64_t number, Fields& fields) {
  std::uint64_t value = 0;
  if (!in.read(value)) return false;
  switch (number) {
    case pb::Event::kPositieFieldNumber: fields.positie = value; break;
    case pb::Event::kVersieFieldNumber: fields.versie = value; break;
    case pb::Event::kAtomairIndexFieldNumber: fields.atomair_index = value; break;
    case pb::Event::kAtomairAantalFieldNumber: fields.atomair_aantal = value; break;
    case pb::Event::kStreamSoortFieldNumber: fields.stream_soort = value; break;
    case pb::Event::kGeldigOpFieldNumber: fields.geldig_op = value; break;
    case pb::Event::kNaAfsluitingFieldNumber: fields.na_afsluiting = value; break;
    case pb::Event::kVastgelegdOpFieldNumber:
    case pb::Event::kOvergenomenOpFieldNumber:
      return is_moment(Moment{std::chrono::microseconds{static_cast<std::int64_t>(value)}});
    default: return false;
  }
  return true;
}

bool read_bytes(Cursor& in, std::uint64_t number, Fields& fields) {
  std::string_view value;
  if (!in.read(value)) return false;
  switch (number) {
    case pb::Event::kImportIdFieldNumber: fields.import_id = value; break;
    case pb::Event::kStreamIdFieldNumber: fields.stream_id = value; break;
    case pb::Event::kEventIdFieldNumber: fields.event_id = value; break;
    case pb::Event::kOorzaakFieldNumber: fields.oorzaak = value; break;
    case pb::Event::kBodyFieldNumber: fields.body = value; break;
    case pb::Event::kActorFieldNumber:
      // protobuf refuses text that is not UTF-8; of plain ASCII it cannot be otherwise.
      return std::ranges::all_of(value, [](char c) { return static_cast<signed char>(c) >= 0; });
    default: return false;
  }
  return true;
}

// Reads fields up to and including number `last`. Returns: false for another form than ours.
bool read_fields(std::string_view stored, std::uint64_t last, Fields& fields) {
  Cursor in(stored);
  std::uint64_t before = 0;
  while (!in.at_end() && before < last) {
    std::uint64_t tag = 0;
    if (!in.read(tag)) return false;
    const std::uint64_t number = tag >> 3;
    if (number <= before) return false;
    before = number;
    const std::uint64_t type = tag & 7;
    if (type != kVarint && type != kBytes) return false;
    if (!(type == kVarint ? read_number(in, number, fields) : read_bytes(in, number, fields))) {
      return false;
    }
  }
  return true;
}

bool is_id_or_empty(std::string_view bytes) { return bytes.empty() || bytes.size() == 16; }

std::optional<StreamId> stream_in(const Fields& fields) {
  if (fields.stream_soort == 0 || !pb::StreamSoort_IsValid(static_cast<int>(fields.stream_soort))) {
    return std::nullopt;
  }
  StreamId stream{static_cast<StreamKind>(fields.stream_soort), {}};
  const bool organisatie = stream.kind == StreamKind::kOrganisatie;
  if (fields.stream_id.size() != (organisatie ? 0U : 16U)) return std::nullopt;
  std::ranges::copy(fields.stream_id, stream.uuid.bytes.begin());
  return stream;
}

bool is_good_na_afsluiting(const Fields& fields) {
  return !fields.na_afsluiting ||
         (*fields.na_afsluiting != 0 && *fields.na_afsluiting <= pb::NaAfsluiting_MAX);
}

// Whether the envelope is what check_envelope and check_known of event.cc accept.
bool is_good_envelope(const Fields& fields) {
  constexpr std::uint64_t kMax32 = 0xFFFF'FFFF;
  return fields.positie != 0 && fields.versie != 0 && fields.atomair_aantal <= kMax32 &&
         fields.atomair_index < std::max<std::uint64_t>(1, fields.atomair_aantal) &&
         fields.atomair_index < fields.positie && is_id_or_empty(fields.import_id) &&
         fields.event_id.size() == 16 && is_id_or_empty(fields.oorzaak) &&
         fields.geldig_op.value_or(0) <= kMax32 && is_good_na_afsluiting(fields);
}

RecordedEvent placed(std::uint64_t position, std::uint64_t index, std::uint64_t count) {
  RecordedEvent out;
  out.position = Position{position};
  out.append_first = Position{position - index};
  out.append_last = Position{position - index + std::max<std::uint64_t>(1, count) - 1};
  return out;
}

// Any form: through the whole message.
Result<RecordedEvent> decode_slowly(std::string_view stored, google::protobuf::Arena& arena) {
  auto event = decode_event(stored);
  if (!event) return std::unexpected(std::move(event).error());
  RecordedEvent out = recorded_of(*event);
  auto* body = google::protobuf::Arena::CreateMessage<pb::Body>(&arena);
  *body = event->body();
  out.body = body;
  return out;
}

}  // namespace

RecordedEvent recorded_of(const pb::Event& event) {
  RecordedEvent out = placed(event.positie(), event.atomair_index(), event.atomair_aantal());
  out.id = id_of(event);
  out.geldig_op = day_of(event);
  out.na_afsluiting = event.na_afsluiting();
  out.body = &event.body();
  return out;
}

std::optional<EventParts> take_apart(std::string_view stored) {
  Fields fields;
  if (!read_fields(stored, pb::Event::kBodyFieldNumber, fields) || !fields.body ||
      fields.body->data() + fields.body->size() != stored.data() + stored.size() ||
      !is_good_envelope(fields)) {
    return std::nullopt;
  }
  const auto stream = stream_in(fields);
  if (!stream) return std::nullopt;
  EventParts out{*stream, placed(fields.positie, fields.atomair_index, fields.atomair_aantal),
                 *fields.body};
  std::ranges::copy(fields.event_id, out.event.id.uuid.bytes.begin());
  out.event.na_afsluiting = static_cast<pb::NaAfsluiting>(fields.na_afsluiting.value_or(0));
  if (fields.geldig_op) {
    const auto zigzag = static_cast<std::uint32_t>(*fields.geldig_op);
    out.event.geldig_op = day_from_number(static_cast<int>((zigzag >> 1) ^ (~(zigzag & 1) + 1)));
  }
  return out;
}

Status decode_body(std::string_view body, RecordedEvent& event, google::protobuf::Arena& arena) {
  auto* decoded = google::protobuf::Arena::CreateMessage<pb::Body>(&arena);
  if (!decoded->ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return Error{ErrorCode::kCorrupt, "stored event: not an event"};
  }
  event.body = decoded;
  return check_known(*decoded, event.position, event.geldig_op);
}

Result<RecordedEvent> decode_recorded(std::string_view stored, google::protobuf::Arena& arena) {
  auto parts = take_apart(stored);
  if (!parts) return decode_slowly(stored, arena);
  TREDE_RETURN_IF_ERROR(decode_body(parts->body, parts->event, arena));
  return parts->event;
}

Result<StreamId> decode_stream(std::string_view stored) {
  Fields fields;
  if (read_fields(stored, pb::Event::kStreamIdFieldNumber, fields)) {
    // A stream without an id reads on into the field that follows; no harm is done.
    if (const auto stream = stream_in(fields)) return *stream;
  }
  const auto event = decode_any(stored);
  if (!event) return std::unexpected(event.error());
  return stream_of(*event);
}

}  // namespace trede
