#include "engine/base/ids.h"

#include <utility>

#include "engine/base/check.h"

namespace trede {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Error not_a_uuid() {
  return {ErrorCode::kInvalid,
          "not a UUID, expected xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx (hexadecimal)"};
}

bool is_dash_place(std::size_t i) { return i == 8 || i == 13 || i == 18 || i == 23; }

}  // namespace

std::string Uuid::text() const {
  std::string out;
  out.reserve(36);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (is_dash_place(out.size())) out.push_back('-');
    out.push_back(kHex[bytes[i] >> 4]);
    out.push_back(kHex[bytes[i] & 0x0F]);
  }
  return out;
}

Result<Uuid> parse_uuid(std::string_view text) {
  if (text.size() != 36) return not_a_uuid();
  Uuid id;
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_dash_place(i)) {
      if (text[i] != '-') return not_a_uuid();
      continue;
    }
    const int digit = hex_digit(text[i]);
    if (digit < 0) return not_a_uuid();
    auto& byte = id.bytes[nibble / 2];
    byte = static_cast<std::uint8_t>((byte << 4) | digit);
    ++nibble;
  }
  return id;
}

Result<Uuid> decode_uuid(std::string_view stored) {
  Uuid id;
  if (stored.size() != id.bytes.size()) {
    return Error{ErrorCode::kCorrupt,
                 "stored id has " + std::to_string(stored.size()) + " bytes, expected 16"};
  }
  std::memcpy(id.bytes.data(), stored.data(), stored.size());
  return id;
}

std::string_view stream_kind_text(StreamKind kind) {
  switch (kind) {
    case StreamKind::kDossier: return "dossier";
    case StreamKind::kWerkgever: return "werkgever";
    case StreamKind::kOrganisatie: return "organisatie";
  }
  std::unreachable();  // decode_event rejects other numbers
}

std::string StreamId::text() const {
  std::string out{stream_kind_text(kind)};
  if (kind != StreamKind::kOrganisatie) out += "/" + uuid.text();
  return out;
}

}  // namespace trede
