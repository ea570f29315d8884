// Passwords: which are taken, and how they are kept (Argon2id).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace trede::server {

// What guessing one costs. `interactive`: two passes over 64 MiB, some tenths of a second, which is
// what libsodium advises where somebody waits for the answer. More would let a crowd at nine
// o'clock take the memory of the server; less would help who stole the file.
struct PasswordCost {
  unsigned long long passes;
  std::size_t bytes;
  static PasswordCost interactive();
  // The least there is, for tests.
  static PasswordCost least();
};

inline constexpr std::size_t kPasswordLeast = 12;  // characters
inline constexpr std::size_t kPasswordMost = 128;

// Whether `password` is good enough for `actor`: of 12 to 128 characters, at least five of them
// different, and not a word of the worst list with digits and marks around it, nor the actor's own
// name.
// Errors: kInvalid, a sentence in Dutch; it does not repeat the password.
Status check_password(std::string_view password, std::string_view actor);

// With a salt of its own. Errors: kIo  there is not enough memory.
Result<std::string> hash_password(std::string_view password, const PasswordCost& cost);
// Takes as long whether it is the one or not; never for one of more than kPasswordMost characters.
bool is_password(const std::string& hash, std::string_view password);
// Whether it was hashed at another cost.
bool is_outdated(const std::string& hash, const PasswordCost& cost);

}  // namespace trede::server
