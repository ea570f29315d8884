#include "tools/server/access/secrets.h"

#include <sodium.h>

#include <array>
#include <utility>

#include "engine/base/check.h"

namespace trede::server {

namespace {

constexpr std::size_t kBytes = 32;
constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t kCharacters = 43;
// 32 of them: no l, o, 0 or 1.
constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";

std::string base64(std::string_view bytes) {
  std::string out(sodium_base64_ENCODED_LEN(kBytes, kVariant), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()),
                    bytes.size(), kVariant);
  out.resize(kCharacters);
  return out;
}

std::string_view domain_of(SecretUse use) {
  switch (use) {
    case SecretUse::kSession: return "trede toegang sessie";
    case SecretUse::kCsrf: return "trede toegang csrf..";
    case SecretUse::kToken: return "trede toegang token.";
  }
  std::unreachable();
}

}  // namespace

void prepare_secrets() {
  static const bool ready = sodium_init() >= 0;
  TREDE_CHECK(ready, "libsodium has randomness");
}

std::string new_secret(SecretUse use, RandomSource& random) {
  std::array<std::uint8_t, kBytes> bytes{};
  random.fill(bytes);
  std::string out = use == SecretUse::kToken ? std::string(kTokenBegin) : "";
  out += base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  sodium_memzero(bytes.data(), bytes.size());
  return out;
}

bool is_secret(SecretUse use, std::string_view text) {
  if (use == SecretUse::kToken) {
    if (!text.starts_with(kTokenBegin)) return false;
    text.remove_prefix(kTokenBegin.size());
  }
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.size() == kCharacters && text.find_first_not_of(kAllowed) == text.npos;
}

std::string hash_secret(SecretUse use, std::string_view secret) {
  const std::string_view domain = domain_of(use);
  std::string out(kBytes, '\0');
  crypto_generichash(reinterpret_cast<std::uint8_t*>(out.data()), out.size(),
                     reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size(),
                     reinterpret_cast<const std::uint8_t*>(domain.data()), domain.size());
  return out;
}

std::string csrf_of(std::string_view session_cookie) {
  return base64(hash_secret(SecretUse::kCsrf, session_cookie));
}

bool is_same(std::string_view one, std::string_view other) {
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string new_one_time_password(RandomSource& random) {
  static_assert(kLetters.size() == 32);
  std::array<std::uint8_t, 20> bytes{};
  random.fill(bytes);
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0 && i % 5 == 0) out += '-';
    out += kLetters[bytes[i] % kLetters.size()];
  }
  sodium_memzero(bytes.data(), bytes.size());
  return out;
}

std::string new_token_id(RandomSource& random) {
  std::array<std::uint8_t, 8> bytes{};
  random.fill(bytes);
  std::string out(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
  out.pop_back();
  return out;
}

}  // namespace trede::server
