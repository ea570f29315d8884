#include "tools/trede/rows/derived_id.h"

#include <openssl/sha.h>

#include <array>
#include <cstring>

namespace trede::tool {

namespace {

constexpr std::size_t kFirstSlots = 1024;  // a power of two

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest sha256(std::string_view text) {
  Digest digest;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return digest;
}

}  // namespace

bool NumberSet::place(std::uint64_t number) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = number & mask;; at = (at + 1) & mask) {
    if (slots_[at] == number) return false;
    if (slots_[at] != 0) continue;
    slots_[at] = number;
    return true;
  }
}

bool NumberSet::insert(std::uint64_t number) {
  if (number == 0) return !std::exchange(has_zero_, true);
  if (slots_.empty()) slots_.resize(kFirstSlots);
  if (used_ * 4 >= slots_.size() * 3) {
    std::vector<std::uint64_t> old(slots_.size() * 2);
    old.swap(slots_);
    for (const std::uint64_t kept : old) {
      if (kept != 0) place(kept);
    }
  }
  const bool is_new = place(number);
  used_ += is_new ? 1 : 0;
  return is_new;
}

EventId DerivedIds::next(std::string_view content) {
  const Digest of_content = sha256(content);
  std::uint64_t fingerprint = 0;
  std::memcpy(&fingerprint, of_content.data(), sizeof fingerprint);
  std::uint64_t occurrence = 1;
  if (!seen_.insert(fingerprint)) occurrence = 1 + ++repeats_[fingerprint];
  const Digest digest = sha256(std::string(content) + "\n" + std::to_string(occurrence));
  EventId id;
  std::memcpy(id.uuid.bytes.data(), digest.data(), id.uuid.bytes.size());
  id.uuid.bytes[6] = static_cast<std::uint8_t>((id.uuid.bytes[6] & 0x0F) | 0x80);
  id.uuid.bytes[8] = static_cast<std::uint8_t>((id.uuid.bytes[8] & 0x3F) | 0x80);
  return id;
}

}  // namespace trede::tool
