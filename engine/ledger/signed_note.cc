#include "engine/ledger/signed_note.h"

#include <sodium.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/event/bytes_text.h"
#include "engine/ledger/sha256.h"

namespace trede {

namespace {

constexpr std::string_view kPrivate = "PRIVATE+KEY+";
constexpr std::string_view kSignatureStart = "\u2014 ";  // an em dash
constexpr char kEd25519 = 1;                             // the algorithm, before the bytes of a key
constexpr std::size_t kHashBytes = 4;
constexpr std::size_t kSignaturesMax = 16;

static_assert(crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_SEEDBYTES == 32 &&
              crypto_sign_PUBLICKEYBYTES == 32 && crypto_sign_BYTES == 64);

void begin_sodium() {
  static const bool kReady = sodium_init() >= 0;
  TREDE_CHECK(kReady, "libsodium cannot be used");
}

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= 255 && std::all_of(name.begin(), name.end(), [](char c) {
    return c > ' ' && c <= '~' && c != '+';
  });
}

// What others may sign as; a name of ours is narrower.
bool is_foreign_name(std::string_view name) {
  return !name.empty() && name.find_first_of(" +") == name.npos;
}

std::string key_hash(std::string_view name, std::string_view bytes) {
  const Hash hash = sha256({name, "\n", std::string_view(&kEd25519, 1), bytes});
  return std::string(hash_view(hash).substr(0, kHashBytes));
}

// The parts of `<name>+<hash>+<bytes>`, as both kinds of key are written.
struct KeyText {
  std::string name;
  std::string hash;
  std::string bytes;  // 32, without the algorithm
};

std::optional<KeyText> parse_key_text(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  const auto first = text.find('+');
  if (first == text.npos) return std::nullopt;
  const auto second = text.find('+', first + 1);
  if (second == text.npos) return std::nullopt;
  auto hash = parse_hex(text.substr(first + 1, second - first - 1));
  auto bytes = parse_base64(text.substr(second + 1));
  if (!hash || hash->size() != kHashBytes || !bytes || bytes->size() != 33) return std::nullopt;
  if (bytes->front() != kEd25519 || !is_name(text.substr(0, first))) return std::nullopt;
  KeyText key{std::string(text.substr(0, first)), std::move(*hash), bytes->substr(1)};
  sodium_memzero(bytes->data(), bytes->size());
  return key;
}

std::string key_text(std::string_view name, std::string_view hash, std::string_view bytes) {
  std::string tagged(1, kEd25519);
  tagged += bytes;
  std::string text = std::string(name) + "+" + hex_text(hash) + "+" + base64_text(tagged);
  sodium_memzero(tagged.data(), tagged.size());
  return text;
}

struct SignatureLine {
  std::string_view name;
  std::string hash;
  std::string signature;
};

struct Note {
  std::string_view text;
  std::vector<SignatureLine> signatures;
};

Error no_note(std::string_view why) {
  return {ErrorCode::kInvalid, "this is no signed note: " + std::string(why)};
}

Result<SignatureLine> parse_signature(std::string_view line) {
  if (!line.starts_with(kSignatureStart)) return no_note("a line below the text is no signature");
  line.remove_prefix(kSignatureStart.size());
  const auto space = line.find(' ');
  if (space == line.npos || !is_foreign_name(line.substr(0, space))) {
    return no_note("a signature has no name");
  }
  auto bytes = parse_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= kHashBytes) return no_note("a signature is not in base64");
  return SignatureLine{line.substr(0, space), bytes->substr(0, kHashBytes),
                       bytes->substr(kHashBytes)};
}

Result<Note> parse_note(std::string_view note) {
  if (!utf8_length(note)) return no_note("it is not UTF-8");
  if (std::any_of(note.begin(), note.end(),
                  [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\n'; })) {
    return no_note("it has control characters");
  }
  const auto split = note.rfind("\n\n");
  if (split == note.npos) return no_note("no empty line between text and signatures");
  Note parts{note.substr(0, split + 1), {}};
  std::string_view rest = note.substr(split + 2);
  if (rest.empty() || !rest.ends_with('\n')) return no_note("it was cut off");
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    if (parts.signatures.size() == kSignaturesMax) return no_note("too many signatures");
    auto signature = parse_signature(rest.substr(0, end));
    if (!signature) return std::move(signature).error();
    parts.signatures.push_back(std::move(*signature));
    rest.remove_prefix(end + 1);
  }
  return parts;
}

}  // namespace

VerifierKey::VerifierKey(std::string name, std::string bytes)
    : name_(std::move(name)), bytes_(std::move(bytes)), hash_(key_hash(name_, bytes_)) {}

Result<VerifierKey> VerifierKey::parse(std::string_view text) {
  auto parts = parse_key_text(text);
  if (!parts) {
    return Error{ErrorCode::kInvalid,
                 "this is no public key of checkpoints: expected NAME+HASH+KEY on one line"};
  }
  VerifierKey key(std::move(parts->name), std::move(parts->bytes));
  if (key.hash_ != parts->hash) {
    return Error{ErrorCode::kInvalid, "the public key of " + key.name_ +
                                          " is damaged: its digits are not those of the key"};
  }
  return key;
}

std::string VerifierKey::text() const { return key_text(name_, hash_, bytes_); }

bool VerifierKey::verifies(std::string_view message, std::string_view signature) const {
  begin_sodium();
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(raw(signature), raw(message), message.size(), raw(bytes_)) ==
             0;
}

SigningKey::SigningKey(std::string name, const Seed& seed) : verifier_("", "") {
  begin_sodium();
  std::string bytes(crypto_sign_PUBLICKEYBYTES, '\0');
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(bytes.data()), secret_.data(),
                           seed.data());
  verifier_ = VerifierKey(std::move(name), std::move(bytes));
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

SigningKey SigningKey::make(std::string_view name, RandomSource& random) {
  TREDE_CHECK(is_name(name), "a key without a name that can be written");
  Seed seed;
  random.fill(seed);
  SigningKey key(std::string(name), seed);
  sodium_memzero(seed.data(), seed.size());
  return key;
}

Result<SigningKey> SigningKey::parse(std::string_view text) {
  const Error wrong{ErrorCode::kInvalid,
                    "this is no key that signs checkpoints: expected PRIVATE+KEY+NAME+HASH+KEY"};
  if (!text.starts_with(kPrivate)) return wrong;
  auto parts = parse_key_text(text.substr(kPrivate.size()));
  if (!parts) return wrong;
  Seed seed;
  std::copy(parts->bytes.begin(), parts->bytes.end(), seed.begin());
  sodium_memzero(parts->bytes.data(), parts->bytes.size());
  SigningKey key(std::move(parts->name), seed);
  sodium_memzero(seed.data(), seed.size());
  if (key.verifier_.hash() != parts->hash) {
    return Error{ErrorCode::kInvalid, "the key that signs checkpoints is damaged"};
  }
  return key;
}

std::string SigningKey::text() const {
  const std::string_view seed(reinterpret_cast<const char*>(secret_.data()),
                              std::tuple_size_v<Seed>);
  return std::string(kPrivate) + key_text(verifier_.name(), verifier_.hash(), seed);
}

std::string SigningKey::sign(std::string_view message) const {
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, raw(message),
                       message.size(), secret_.data());
  return signature;
}

std::string sign_note(std::string_view text, const SigningKey& key) {
  TREDE_CHECK(text.ends_with('\n'), "the text of a note ends with a line feed");
  const VerifierKey& verifier = key.verifier();
  return std::string(text) + "\n" + std::string(kSignatureStart) + verifier.name() + " " +
         base64_text(verifier.hash() + key.sign(text)) + "\n";
}

Result<std::string> open_note(std::string_view note, const VerifierKey& key) {
  const auto parts = parse_note(note);
  if (!parts) return parts.error();
  bool is_signed = false;
  for (const SignatureLine& line : parts->signatures) {
    if (line.name != key.name() || line.hash != key.hash()) continue;
    if (!key.verifies(parts->text, line.signature)) {
      return Error{ErrorCode::kInvalid,
                   "the signature of " + key.name() + " does not fit: the note was altered"};
    }
    is_signed = true;
  }
  if (is_signed) return std::string(parts->text);
  std::string by;
  for (const SignatureLine& line : parts->signatures) {
    by += (by.empty() ? "" : ", ") + std::string(line.name) + "+" + hex_text(line.hash);
  }
  return Error{ErrorCode::kInvalid, "not signed with the key " + key.name() + "+" +
                                        hex_text(key.hash()) + ", but by " + by};
}

Result<std::string> unverified_text(std::string_view note) {
  const auto parts = parse_note(note);
  if (!parts) return parts.error();
  return std::string(parts->text);
}

}  // namespace trede
