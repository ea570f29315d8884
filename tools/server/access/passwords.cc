#include "tools/server/access/passwords.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <set>

#include "engine/base/text.h"
#include "tools/server/access/secrets.h"

namespace trede::server {

namespace {

constexpr std::size_t kMostBytes = 4 * kPasswordMost;

// What passwords that are guessed first are made of, in small letters.
constexpr std::array<std::string_view, 44> kWorst = {
    "wachtwoord",
    "password",
    "passwort",
    "welkom",
    "welcome",
    "geheim",
    "qwerty",
    "qwertyuiop",
    "qwertyui",
    "asdfghjkl",
    "azerty",
    "abcdefgh",
    "abcdefghij",
    "letmein",
    "admin",
    "beheerder",
    "beheer",
    "gemeente",
    "trede",
    "werkcoach",
    "iloveyou",
    "ilovemydog",
    "dragon",
    "monkey",
    "computer",
    "nederland",
    "amsterdam",
    "lente",
    "zomer",
    "herfst",
    "winter",
    "voorjaar",
    "najaar",
    "januari",
    "februari",
    "maart",
    "april",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
    "wachtwoordwachtwoord",
    "passwordpassword",
};

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// In small letters, without what is no letter at both ends; `p@ssw0rd` as `password`.
std::string core_of(std::string_view password) {
  const auto is_letter = [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (is_alnum(c) && !is_digit(c));
  };
  while (!password.empty() && !is_letter(password.front())) password.remove_prefix(1);
  while (!password.empty() && !is_letter(password.back())) password.remove_suffix(1);
  std::string out;
  for (const char c : password) {
    switch (c) {
      case '0': out += 'o'; break;
      case '1': out += 'i'; break;
      case '3': out += 'e'; break;
      case '@': out += 'a'; break;
      case '$': out += 's'; break;
      default: out += small(c);
    }
  }
  return out;
}

Error weak(std::string why) { return {ErrorCode::kInvalid, std::move(why)}; }

}  // namespace

PasswordCost PasswordCost::interactive() {
  return {crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE};
}

PasswordCost PasswordCost::least() {
  return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
}

Status check_password(std::string_view password, std::string_view actor) {
  const auto length = utf8_length(password);
  if (!length || password.contains('\0')) {
    return weak("Het wachtwoord heeft tekens die geen tekst zijn.");
  }
  if (*length < kPasswordLeast || *length > kPasswordMost) {
    return weak("Een wachtwoord heeft 12 tot 128 tekens.");
  }
  if (std::set<char>(password.begin(), password.end()).size() < 5) {
    return weak("Een wachtwoord heeft ten minste vijf verschillende tekens.");
  }
  const std::string core = core_of(password);
  if (core.empty() || std::ranges::find(kWorst, core) != kWorst.end()) {
    return weak("Dit wachtwoord wordt als een van de eerste geraden; kies een ander.");
  }
  if (!actor.empty() && core == core_of(actor)) {
    return weak("Een wachtwoord mag niet de eigen naam zijn.");
  }
  return {};
}

Result<std::string> hash_password(std::string_view password, const PasswordCost& cost) {
  prepare_secrets();
  std::array<char, crypto_pwhash_STRBYTES> out{};
  const int failed =
      crypto_pwhash_str(out.data(), password.data(), password.size(), cost.passes, cost.bytes);
  if (failed != 0) return Error{ErrorCode::kIo, "no memory to hash a password"};
  return std::string(out.data());
}

bool is_password(const std::string& hash, std::string_view password) {
  prepare_secrets();
  const bool fits = password.size() <= kMostBytes;
  const std::string_view tried = fits && !password.empty() ? password : std::string_view("");
  return crypto_pwhash_str_verify(hash.c_str(), tried.data(), tried.size()) == 0 && fits;
}

bool is_outdated(const std::string& hash, const PasswordCost& cost) {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, cost.bytes) != 0;
}

}  // namespace trede::server
