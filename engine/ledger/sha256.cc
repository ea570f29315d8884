#include "engine/ledger/sha256.h"

#include <openssl/evp.h>

#include <memory>

#include "engine/base/check.h"

namespace trede {

namespace {

struct FreeDigest {
  void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Fetched once: looking an algorithm up by name costs more than hashing an event.
const EVP_MD* algorithm() {
  static const std::unique_ptr<EVP_MD, FreeDigest> kSha256(
      EVP_MD_fetch(nullptr, "SHA256", nullptr));
  TREDE_CHECK(kSha256 != nullptr, "OpenSSL has no SHA-256");
  return kSha256.get();
}

}  // namespace

Hash sha256(std::initializer_list<std::string_view> parts) {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeDigest> context(EVP_MD_CTX_new());
  bool good = context != nullptr && EVP_DigestInit_ex2(context.get(), algorithm(), nullptr) == 1;
  for (const std::string_view part : parts) {
    good = good && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
  }
  Hash hash;
  good = good && EVP_DigestFinal_ex(context.get(), hash.data(), nullptr) == 1;
  TREDE_CHECK(good, "OpenSSL failed to hash");
  return hash;
}

std::string hash_text(const Hash& hash) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  text.reserve(2 * hash.size());
  for (const std::uint8_t byte : hash) {
    text.push_back(kHex[byte >> 4]);
    text.push_back(kHex[byte & 0x0F]);
  }
  return text;
}

}  // namespace trede
