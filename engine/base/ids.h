// Distinct types for what identifies: no conversion to or from plain numbers, no mixing.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace trede {

// Where an event stands in the log: 1, 2, ... without holes. 0 = before the first (the empty log).
struct Position {
  std::uint64_t value = 0;
  auto operator<=>(const Position&) const = default;
  Position next() const { return Position{value + 1}; }
};

// Which event of its stream: 1, 2, ... without holes. 0 = the stream has no events.
struct StreamVersion {
  std::uint64_t value = 0;
  auto operator<=>(const StreamVersion&) const = default;
};

// 128 bits, written 8-4-4-4-12 in lower case. All zero = nil.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Uuid&) const = default;
  bool is_nil() const { return *this == Uuid{}; }
  std::string text() const;
  // The 16 bytes as a view; valid as long as this object.
  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
};

// Errors: kInvalid when `text` is not the 36-character form (either case).
Result<Uuid> parse_uuid(std::string_view text);
// Errors: kCorrupt when `stored` is not 16 bytes.
Result<Uuid> decode_uuid(std::string_view stored);

struct EventId {
  Uuid uuid;
  auto operator<=>(const EventId&) const = default;
};

// Which import brought an event.
struct ImportId {
  Uuid uuid;
  auto operator<=>(const ImportId&) const = default;
};

// Stored numbers (StreamSoort in event.proto).
enum class StreamKind : std::uint8_t { kDossier = 1, kWerkgever = 2, kOrganisatie = 3 };

// A stream: its kind and a random UUID; the organisation's own stream has the nil UUID.
struct StreamId {
  StreamKind kind = StreamKind::kOrganisatie;
  Uuid uuid;
  auto operator<=>(const StreamId&) const = default;
  // `dossier/<uuid>`, `werkgever/<uuid>` or `organisatie`.
  std::string text() const;
};

inline constexpr StreamId kOrganisatie{StreamKind::kOrganisatie, {}};

// `dossier`, `werkgever` or `organisatie`.
std::string_view stream_kind_text(StreamKind kind);

}  // namespace trede

template <>
struct std::hash<trede::Uuid> {
  std::size_t operator()(const trede::Uuid& id) const noexcept {
    // The ids are random or hashes, so any eight of their bytes will do.
    std::size_t value = 0;
    std::memcpy(&value, id.bytes.data() + 8, sizeof value);
    return value;
  }
};

template <>
struct std::hash<trede::EventId> {
  std::size_t operator()(const trede::EventId& id) const noexcept {
    return std::hash<trede::Uuid>{}(id.uuid);
  }
};

template <>
struct std::hash<trede::StreamId> {
  std::size_t operator()(const trede::StreamId& id) const noexcept {
    return std::hash<trede::Uuid>{}(id.uuid) ^ static_cast<std::size_t>(id.kind);
  }
};
