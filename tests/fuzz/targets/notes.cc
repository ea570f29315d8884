// What an auditor hands back to us: keys, signed notes, checkpoints, proofs.
#include "engine/ledger/checkpoint.h"
#include "engine/ledger/signed_note.h"
#include "tests/fuzz/target.h"

using namespace trede;
using namespace trede::test;

namespace {

// Of the key that signed what is in the corpus, so that a changed signature is told from a good
// one.
const VerifierKey& some_key() {
  static const auto key = VerifierKey::parse(
      "trede/eb2d306c-04de-4ad9-b841-92c2c120cf5b"
      "+456f254d+ARmWqE564U44kizHpOFtBDH2Ld3SSA+uIXXLe7c7J2i7");
  return *key;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  if (const auto key = VerifierKey::parse(text); good(key)) {
    const auto again = VerifierKey::parse(key->text());
    must(good(again) && *again == *key, "a key comes back");
  }
  if (const auto key = SigningKey::parse(text); good(key)) {
    const auto again = SigningKey::parse(key->text());
    must(good(again) && again->verifier() == key->verifier(), "a secret key comes back");
  }
  if (const auto said = unverified_text(text); good(said)) good(parse_checkpoint(*said));
  good(open_note(text, some_key()));
  good(open_checkpoint(text, some_key()));
  if (const auto checkpoint = parse_checkpoint(text); good(checkpoint)) {
    must(checkpoint_text(*checkpoint) == text, "a checkpoint is written in one way");
  }
  if (const auto proof = parse_event_proof(text); good(proof)) {
    must(event_proof_text(*proof) == text, "a proof is written in one way");
    good(check_event_proof(*proof, some_key()));
  }
  return 0;
}
