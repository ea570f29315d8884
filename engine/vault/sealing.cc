#include "engine/vault/sealing.h"

#include <sodium.h>

#include <array>

#include "engine/base/check.h"

namespace trede {

namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(SecretKey::kBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(SecretKey::kBytes == crypto_kdf_KEYBYTES);

constexpr std::uint64_t kWrapping = 1;  // number of the key that is derived; stable for ever
constexpr char kContext[crypto_kdf_CONTEXTBYTES + 1] = "tredevlt";
constexpr std::string_view kForm = "trede vault 1";

const std::uint8_t* bytes(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}
std::uint8_t* bytes(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }

// Picks the fastest form for this processor; without it the portable one is used.
void prepare() {
  static const bool ready = sodium_init() >= 0;
  TREDE_CHECK(ready, "libsodium starts");
}

std::string associated(const SealedPlace& place) {
  std::string out(kForm);
  out.push_back(static_cast<char>(place.what));
  for (const Uuid* id : {&place.log, &place.owner, &place.row}) out.append(id->view());
  return out;
}

Error cannot_be_opened(const SealedPlace& place) {
  return {ErrorCode::kCorrupt,
          "sealed data of " + place.owner.text() +
              " cannot be opened: altered, cut, of another place, or sealed with another key"};
}

}  // namespace

SecretKey wrapping_key(const SecretKey& master) {
  prepare();
  SecretKey out;
  crypto_kdf_derive_from_key(out.writable().data(), SecretKey::kBytes, kWrapping, kContext,
                             master.data());
  return out;
}

std::string seal(std::string_view plain, std::size_t block, const SecretKey& key,
                 const SealedPlace& place, RandomSource& random) {
  prepare();
  const std::size_t room = (plain.size() / block + 1) * block;
  SecretText padded(room);
  std::copy(plain.begin(), plain.end(), padded.data());
  std::size_t size = 0;
  TREDE_CHECK(sodium_pad(&size, padded.data(), plain.size(), block, room) == 0 && size == room,
              "padding fits");
  std::string out(kNonce + room + kTag, '\0');
  random.fill({bytes(out), kNonce});
  const std::string bound = associated(place);
  unsigned long long length = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(out) + kNonce, &length, padded.data(), room,
                                             bytes(bound), bound.size(), nullptr, bytes(out),
                                             key.data());
  TREDE_CHECK(length == room + kTag, "sealing adds a tag");
  return out;
}

Result<SecretText> unseal(std::string_view sealed, std::size_t block, const SecretKey& key,
                          const SealedPlace& place) {
  prepare();
  if (sealed.size() < kNonce + kTag + block) return cannot_be_opened(place);
  SecretText plain(sealed.size() - kNonce - kTag);
  const std::string bound = associated(place);
  unsigned long long length = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          plain.data(), &length, nullptr, bytes(sealed) + kNonce, sealed.size() - kNonce,
          bytes(bound), bound.size(), bytes(sealed), key.data()) != 0) {
    return cannot_be_opened(place);
  }
  std::size_t size = 0;
  if (sodium_unpad(&size, plain.data(), length, block) != 0) return cannot_be_opened(place);
  plain.shorten(size);
  return plain;
}

std::string wrap(const SecretKey& key, const SecretKey& under, const SealedPlace& place,
                 RandomSource& random) {
  prepare();
  std::string out(kNonce + SecretKey::kBytes + kTag, '\0');
  random.fill({bytes(out), kNonce});
  const std::string bound = associated(place);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(out) + kNonce, nullptr, key.data(),
                                             SecretKey::kBytes, bytes(bound), bound.size(), nullptr,
                                             bytes(out), under.data());
  return out;
}

Result<SecretKey> unwrap(std::string_view wrapped, const SecretKey& under,
                         const SealedPlace& place) {
  prepare();
  if (wrapped.size() != kNonce + SecretKey::kBytes + kTag) return cannot_be_opened(place);
  SecretKey out;
  const std::string bound = associated(place);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          out.writable().data(), nullptr, nullptr, bytes(wrapped) + kNonce, wrapped.size() - kNonce,
          bytes(bound), bound.size(), bytes(wrapped), under.data()) != 0) {
    return cannot_be_opened(place);
  }
  return out;
}

std::string blind_tag(std::string_view text, const SecretKey& index_key, const Uuid& log) {
  prepare();
  std::string out(crypto_generichash_BYTES, '\0');
  crypto_generichash_state state;
  crypto_generichash_init(&state, index_key.data(), SecretKey::kBytes, out.size());
  crypto_generichash_update(&state, log.bytes.data(), log.bytes.size());
  crypto_generichash_update(&state, bytes(text), text.size());
  crypto_generichash_final(&state, bytes(out), out.size());
  sodium_memzero(&state, sizeof state);
  return out;
}

}  // namespace trede
