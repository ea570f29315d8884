// Sealing: XChaCha20-Poly1305 (libsodium) with a random nonce, bound to the place where the sealed
// bytes stand, and of a length that says little about what is inside.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/vault/secret.h"

namespace trede {

// What a seal is over. Stored numbers.
enum class Sealed : std::uint8_t {
  kIndexKey = 1,     // the key of the blind index, under the master key
  kPersonKey = 2,    // the key of a person, under the master key
  kDossierKey = 3,   // that of the notes of a dossier
  kVerzuimKey = 4,   // that of its notes about verzuim
  kPerson = 5,       // personal data, under the key of the person
  kDossierNote = 6,  // a note, under the key of its dossier's notes
  kVerzuimNote = 7,
};

// Where sealed bytes stand. What was sealed for one place opens in no other.
struct SealedPlace {
  Sealed what;
  Uuid log;         // the identity of the data folder
  Uuid owner = {};  // the person, or the dossier
  Uuid row = {};    // the note
};

// The key with which keys are wrapped, from the master key.
SecretKey wrapping_key(const SecretKey& master);

// Nonce, then `plain` padded to a multiple of `block` and encrypted, then the tag.
std::string seal(std::string_view plain, std::size_t block, const SecretKey& key,
                 const SealedPlace& place, RandomSource& random);
// Errors: kCorrupt  another key, another place, or bytes that were altered or cut; names no
// content.
Result<SecretText> unseal(std::string_view sealed, std::size_t block, const SecretKey& key,
                          const SealedPlace& place);

// A key under another one. Errors: as unseal.
std::string wrap(const SecretKey& key, const SecretKey& under, const SealedPlace& place,
                 RandomSource& random);
Result<SecretKey> unwrap(std::string_view wrapped, const SecretKey& under,
                         const SealedPlace& place);

// 32 bytes that stand for `text` in an index: a keyed hash (BLAKE2b) of it and the log's identity.
std::string blind_tag(std::string_view text, const SecretKey& index_key, const Uuid& log);

}  // namespace trede
