// Checkpoints: the head of the log, signed, for whoever wants to hold the log to it later. The text
// is that of `c2sp.org/tlog-checkpoint`, the proofs beside it that of `c2sp.org/tlog-proof`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/ledger/proof.h"
#include "engine/ledger/signed_note.h"

namespace trede {

struct Checkpoint {
  std::string origin;  // which log: origin_of
  TreeHead head;
  // Lines of our own below the head, signed with it: `<word> <value>`. Not empty, no line feeds.
  std::vector<std::string> extensions = {};

  // The value of the extension that begins with `word`; absent when there is none.
  std::optional<std::string> find(std::string_view word) const;
  bool operator==(const Checkpoint&) const = default;
};

// `trede/<uuid>`: what the log of a data folder is called in checkpoints, and what its key signs
// as.
std::string origin_of(const Uuid& identity);

// The text that is signed. Requires: an origin and extensions without line feeds, not empty.
std::string checkpoint_text(const Checkpoint& checkpoint);
// Errors: kInvalid when it is not what checkpoint_text writes.
Result<Checkpoint> parse_checkpoint(std::string_view text);

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key);
// Errors: kInvalid: those of open_note and parse_checkpoint, and a checkpoint of another origin
//         than the name of `key`.
Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key);

// That one event stands in the log of a checkpoint; a file of its own that is checked without us.
struct EventProof {
  std::uint64_t index = 0;  // positie - 1
  std::string event;        // bytes as stored: the leaf
  ProofPath path;
  std::string checkpoint;  // the signed note

  bool operator==(const EventProof&) const = default;
};

std::string event_proof_text(const EventProof& proof);
// Errors: kInvalid when it is not what event_proof_text writes.
Result<EventProof> parse_event_proof(std::string_view text);
// The checkpoint in which `proof` proves the event to be.
// Errors: kInvalid: those of open_checkpoint, and when it proves nothing.
Result<Checkpoint> check_event_proof(const EventProof& proof, const VerifierKey& key);

}  // namespace trede
