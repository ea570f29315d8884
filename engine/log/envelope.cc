#include "engine/log/envelope.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

namespace trede {

namespace {

namespace gp = google::protobuf;

constexpr std::uint32_t tag_of(int field, int wire_type) {
  return static_cast<std::uint32_t>(field << 3 | wire_type);
}

constexpr int kVarint = 0;
constexpr int kBytes = 2;

void append_varint(std::string& out, std::uint64_t number) {
  while (number >= 0x80) {
    out.push_back(static_cast<char>(number | 0x80));
    number >>= 7;
  }
  out.push_back(static_cast<char>(number));
}

void append_number(std::string& out, int field, std::uint64_t number) {
  if (number == 0) return;  // proto3: zero is not written
  append_varint(out, tag_of(field, kVarint));
  append_varint(out, number);
}

void append_uuid(std::string& out, int field, const Uuid& uuid) {
  append_varint(out, tag_of(field, kBytes));
  append_varint(out, uuid.bytes.size());
  out.append(uuid.view());
}

std::uint64_t micros(Moment moment) {
  return static_cast<std::uint64_t>(moment.time_since_epoch().count());
}

Moment moment_from(std::uint64_t number) {
  return Moment{std::chrono::microseconds{static_cast<std::int64_t>(number)}};
}

Error corrupt() { return {ErrorCode::kCorrupt, "stored event: the envelope is cut short"}; }

Status take_number(Envelope& envelope, int field, std::uint64_t number) {
  switch (field) {
    case 1: envelope.positie = Position{number}; return {};
    case 2: envelope.vastgelegd_op = moment_from(number); return {};
    case 3: envelope.versie = StreamVersion{number}; return {};
    case 4: envelope.atomair_index = static_cast<std::uint32_t>(number); return {};
    case 5: envelope.atomair_aantal = static_cast<std::uint32_t>(number); return {};
    case 7: envelope.overgenomen_op = moment_from(number); return {};
    default: return corrupt();
  }
}

}  // namespace

void append_envelope(std::string& out, const Envelope& envelope) {
  append_number(out, 1, envelope.positie.value);
  append_number(out, 2, micros(envelope.vastgelegd_op));
  append_number(out, 3, envelope.versie.value);
  if (envelope.atomair_aantal > 1) {
    append_number(out, 4, envelope.atomair_index);
    append_number(out, 5, envelope.atomair_aantal);
  }
  if (envelope.import) append_uuid(out, 6, envelope.import->uuid);
  if (envelope.overgenomen_op) append_number(out, 7, micros(*envelope.overgenomen_op));
}

Result<Envelope> decode_envelope(std::string_view stored) {
  gp::io::CodedInputStream input(reinterpret_cast<const std::uint8_t*>(stored.data()),
                                 static_cast<int>(stored.size()));
  Envelope envelope;
  for (;;) {
    const std::uint32_t tag = input.ReadTag();
    const int field = gp::internal::WireFormatLite::GetTagFieldNumber(tag);
    if (tag == 0) return corrupt();
    if (field > 7) break;
    if (field == 6) {
      std::uint32_t size = 0;
      ImportId import;
      if (!input.ReadVarint32(&size) || size != import.uuid.bytes.size() ||
          !input.ReadRaw(import.uuid.bytes.data(), static_cast<int>(size))) {
        return corrupt();
      }
      envelope.import = import;
      continue;
    }
    std::uint64_t number = 0;
    if (tag != tag_of(field, kVarint) || !input.ReadVarint64(&number)) return corrupt();
    TREDE_RETURN_IF_ERROR(take_number(envelope, field, number));
  }
  if (envelope.positie.value == 0 || envelope.versie.value == 0) return corrupt();
  if (!is_moment(envelope.vastgelegd_op)) return corrupt();
  if (envelope.atomair_index >= envelope.atomair_aantal) return corrupt();
  if (envelope.atomair_index >= envelope.positie.value) return corrupt();
  return envelope;
}

std::string content_prefix(const StreamId& stream, const EventId& id) {
  std::string prefix;
  prefix.reserve(38);
  append_number(prefix, 8, static_cast<std::uint64_t>(stream.kind));
  if (stream.kind != StreamKind::kOrganisatie) append_uuid(prefix, 9, stream.uuid);
  append_uuid(prefix, 10, id.uuid);
  return prefix;
}

}  // namespace trede
