#include "engine/vault/secret.h"

#include <sodium.h>

#include <algorithm>

#include "engine/base/check.h"

namespace trede {

void wipe(std::string& text) {
  text.resize(text.capacity());  // a short text that was moved away is still there
  sodium_memzero(text.data(), text.size());
  text.clear();
}

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(other.bytes_) {
  sodium_memzero(other.bytes_.data(), other.bytes_.size());
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  if (this == &other) return *this;
  bytes_ = other.bytes_;
  sodium_memzero(other.bytes_.data(), other.bytes_.size());
  return *this;
}

SecretKey SecretKey::random(RandomSource& source) {
  SecretKey key;
  source.fill(key.bytes_);
  return key;
}

SecretKey SecretKey::from(std::string_view bytes) {
  TREDE_CHECK(bytes.size() == kBytes, "a key has 32 bytes");
  SecretKey key;
  std::ranges::copy(bytes, key.bytes_.begin());
  return key;
}

}  // namespace trede
