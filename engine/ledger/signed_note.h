// Signed notes: text that its signer answers for, as `c2sp.org/signed-note` lays it down, with
// Ed25519 keys (libsodium). Other programs that know the format read and check them.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "engine/base/result.h"

namespace trede {

// What a key signs as: 1..255 characters of ASCII without spaces and `+`.
// The public half of a key; what an auditor is given. A value. Threads: any.
class VerifierKey {
 public:
  // `<name>+<8 hex digits>+<base64>`, with or without a line feed at its end.
  // Errors: kInvalid when it is not such a key, or its digits are not those of its name and bytes.
  static Result<VerifierKey> parse(std::string_view text);

  const std::string& name() const { return name_; }
  std::string text() const;
  // Whether `signature` (64 bytes) is this key's over `message`.
  bool verifies(std::string_view message, std::string_view signature) const;
  // First bytes of the hash over name and key: what a signature names its key by.
  const std::string& hash() const { return hash_; }

  bool operator==(const VerifierKey&) const = default;

 private:
  friend class SigningKey;
  VerifierKey(std::string name, std::string bytes);

  std::string name_;
  std::string bytes_;  // 32
  std::string hash_;   // 4
};

// A key that signs. Wiped from memory when it goes. Threads: any.
class SigningKey {
 public:
  // Requires: a name as above.
  static SigningKey make(std::string_view name, RandomSource& random);
  // `PRIVATE+KEY+<name>+<8 hex digits>+<base64>`, with or without a line feed at its end.
  // Errors: kInvalid; the message holds nothing of the key.
  static Result<SigningKey> parse(std::string_view text);
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();

  std::string text() const;  // secret
  const VerifierKey& verifier() const { return verifier_; }
  std::string sign(std::string_view message) const;  // 64 bytes

 private:
  using Seed = std::array<unsigned char, 32>;
  SigningKey(std::string name, const Seed& seed);

  std::array<unsigned char, 64> secret_{};
  VerifierKey verifier_;
};

// The note: `text`, an empty line, and one line with the signature of `key`.
// Requires: text of UTF-8 without control characters but line feeds, ending in one.
std::string sign_note(std::string_view text, const SigningKey& key);

// The text of a note that `key` signed.
// Errors: kInvalid when it is no note, no signature is of `key`, or one of it does not fit.
Result<std::string> open_note(std::string_view note, const VerifierKey& key);

// The text of a note, whoever signed it. For what is said about a note before its key is known.
// Errors: kInvalid when it is no note.
Result<std::string> unverified_text(std::string_view note);

}  // namespace trede
