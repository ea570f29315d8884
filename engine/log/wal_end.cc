#include "engine/log/wal_end.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace trede {

namespace {

// Source: RocksDB 7.8, db/log_format.h. A record is cut into fragments that never span blocks; each
// has a header of checksum, length and type.
constexpr std::size_t kBlock = 32'768;
constexpr std::size_t kHeader = 7;
constexpr unsigned char kFull = 1;
constexpr unsigned char kFirst = 2;
constexpr unsigned char kLastType = 4;

constexpr std::size_t kSector = 512;  // what a disk writes as a whole

std::uint32_t little_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < size; ++i) {
    number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  }
  return number;
}

constexpr std::array<std::uint32_t, 256> kCrcTable = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F63B78U : 0);
    table[byte] = crc;
  }
  return table;
}();

// CRC-32C, masked as RocksDB stores it.
std::uint32_t masked_crc(std::string_view bytes) {
  std::uint32_t crc = ~std::uint32_t{0};
  for (const char c : bytes) {
    crc = kCrcTable[(crc ^ static_cast<unsigned char>(c)) & 0xFF] ^ (crc >> 8);
  }
  crc = ~crc;
  return ((crc >> 15) | (crc << 17)) + 0xA282EAD8U;
}

struct Fragment {
  std::size_t at;
  std::size_t end;
  unsigned char type;
};

bool begins_record(const Fragment& fragment) {
  return fragment.type == kFull || fragment.type == kFirst;
}

// Over the small rest of a block in which no header fits.
std::size_t skip_rest(std::size_t at) {
  const std::size_t left = kBlock - at % kBlock;
  return left < kHeader ? at + left : at;
}

// What the header at `at` says, when it can be one. The checksum is not looked at.
std::optional<Fragment> fragment_at(std::string_view bytes, std::size_t at) {
  if (at + kHeader > bytes.size()) return std::nullopt;
  const Fragment fragment{at, at + kHeader + little_endian(bytes, at + 4, 2),
                          static_cast<unsigned char>(bytes[at + 6])};
  const bool fits = fragment.end <= std::min(bytes.size(), at - at % kBlock + kBlock);
  if (!fits || fragment.type < kFull || fragment.type > kLastType) return std::nullopt;
  return fragment;
}

bool is_whole(std::string_view bytes, const Fragment& fragment) {
  const auto type_and_data = bytes.substr(fragment.at + 6, fragment.end - fragment.at - 6);
  return little_endian(bytes, fragment.at, 4) == masked_crc(type_and_data);
}

bool is_zero(std::string_view bytes, std::size_t from, std::size_t to) {
  const std::string_view part = bytes.substr(from, to - from);
  return part.find_first_not_of('\0') == std::string_view::npos;
}

// Whether some sector of [from, to) was never written.
bool lacks_sector(std::string_view bytes, std::size_t from, std::size_t to) {
  for (std::size_t at = from; at < to;) {
    const std::size_t end = std::min(to, at - at % kSector + kSector);
    if (is_zero(bytes, at, end)) return true;
    at = end;
  }
  return false;
}

// Whether a record begins in a block after that of `at`. Then what stands at `at` was written and
// synced before it.
bool record_begins_after(std::string_view bytes, std::size_t at) {
  for (std::size_t block = at - at % kBlock + kBlock; block < bytes.size(); block += kBlock) {
    for (auto fragment = fragment_at(bytes, block); fragment && is_whole(bytes, *fragment);
         fragment = fragment_at(bytes, skip_rest(fragment->end))) {
      if (begins_record(*fragment)) return true;
    }
  }
  return false;
}

}  // namespace

std::size_t find_wal_end(std::string_view bytes) {
  if (bytes.empty()) return 0;
  std::vector<Fragment> record;  // the last one
  std::size_t at = 0;
  while (const auto fragment = fragment_at(bytes, at)) {
    if (begins_record(*fragment)) record.clear();
    record.push_back(*fragment);
    at = skip_rest(fragment->end);
  }
  at = std::min(at, bytes.size());
  for (const Fragment& fragment : record) {
    if (is_whole(bytes, fragment)) continue;
    const bool torn =
        lacks_sector(bytes, fragment.at, fragment.end) && !record_begins_after(bytes, fragment.at);
    if (torn) return fragment.at;
    return is_zero(bytes, at, bytes.size()) ? at : bytes.size();
  }
  if (is_zero(bytes, at, bytes.size())) return at;
  // Something stands behind a header that is none.
  const std::size_t header_end = std::min(bytes.size(), at + kHeader);
  const bool torn = lacks_sector(bytes, at, header_end) && !record_begins_after(bytes, at);
  return torn ? at : bytes.size();
}

}  // namespace trede
