// What a session or a token is known by: 32 random bytes, of which only a hash is kept.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/clock.h"

namespace trede::server {

// What a secret is for: hashes for two purposes have nothing to do with each other.
enum class SecretUse { kSession, kCsrf, kToken };

inline constexpr std::string_view kTokenBegin = "trede_";  // so that who finds one sees what it is

// 32 random bytes in base64url: 43 characters. Of a token with kTokenBegin before it.
std::string new_secret(SecretUse use, RandomSource& random);
// Whether `text` is one by its form.
bool is_secret(SecretUse use, std::string_view text);
// 32 bytes of BLAKE2b: enough for what nobody can guess, where a password needs Argon2.
std::string hash_secret(SecretUse use, std::string_view secret);

// The token against forged requests of a session. Made of the value of its cookie, which the pages
// of others cannot read, so it need not be kept.
std::string csrf_of(std::string_view session_cookie);
// In a time that does not tell how far they agree.
bool is_same(std::string_view one, std::string_view other);

// A password for one time: 100 random bits in four groups of letters and digits that are not taken
// for each other.
std::string new_one_time_password(RandomSource& random);
// 16 random digits, hexadecimal: what a token is called where its secret is not to be seen.
std::string new_token_id(RandomSource& random);

// Makes the library of all this ready; to be called before anything else here. Errors: none; the
// program ends when the system has no randomness.
void prepare_secrets();

}  // namespace trede::server
