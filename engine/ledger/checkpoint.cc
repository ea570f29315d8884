#include "engine/ledger/checkpoint.h"

#include <algorithm>
#include <charconv>

#include "engine/base/check.h"
#include "engine/event/bytes_text.h"

namespace trede {

namespace {

constexpr std::string_view kProofForm = "c2sp.org/tlog-proof@v1";
constexpr std::size_t kPathMax = 64;  // a tree of more leaves cannot be counted

Error wrong(std::string_view what) {
  return {ErrorCode::kInvalid, "this is no checkpoint: " + std::string(what)};
}

Error wrong_proof(std::string_view what) {
  return {ErrorCode::kInvalid, "this is no proof of an event: " + std::string(what)};
}

// Takes the next line off `text`; absent when no line feed is left.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == text.npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<Hash> parse_hash(std::string_view text) {
  const auto bytes = parse_base64(text);
  if (!bytes || bytes->size() != std::tuple_size_v<Hash>) return std::nullopt;
  Hash hash;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

// As std::to_string writes it: digits, no zero in front.
std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end || std::to_string(number) != text) return std::nullopt;
  return number;
}

}  // namespace

std::optional<std::string> Checkpoint::find(std::string_view word) const {
  for (const std::string& line : extensions) {
    if (line.starts_with(word) && line.size() > word.size() && line[word.size()] == ' ') {
      return line.substr(word.size() + 1);
    }
  }
  return std::nullopt;
}

std::string origin_of(const Uuid& identity) { return "trede/" + identity.text(); }

std::string checkpoint_text(const Checkpoint& checkpoint) {
  std::string text = checkpoint.origin + "\n" + std::to_string(checkpoint.head.size) + "\n" +
                     base64_text(hash_view(checkpoint.head.root)) + "\n";
  for (const std::string& line : checkpoint.extensions) {
    TREDE_CHECK(!line.empty() && line.find('\n') == line.npos, "an extension is one line");
    text += line + "\n";
  }
  return text;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  const auto origin = take_line(text);
  const auto size = take_line(text);
  const auto root = take_line(text);
  if (!origin || !size || !root) return wrong("it has fewer than three lines");
  if (origin->empty()) return wrong("it does not say of which log it is");
  const auto number = parse_size(*size);
  if (!number) return wrong("its second line is no number of events");
  const auto hash = parse_hash(*root);
  if (!hash) return wrong("its third line is no tree head");
  Checkpoint checkpoint{std::string(*origin), {*number, *hash}};
  while (!text.empty()) {
    const auto line = take_line(text);
    if (!line || line->empty()) return wrong("a line below the tree head is empty or cut off");
    checkpoint.extensions.emplace_back(*line);
  }
  return checkpoint;
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  return sign_note(checkpoint_text(checkpoint), key);
}

Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key) {
  const auto text = open_note(note, key);
  if (!text) return text.error();
  auto checkpoint = parse_checkpoint(*text);
  if (checkpoint && checkpoint->origin != key.name()) {
    return Error{ErrorCode::kInvalid,
                 "the checkpoint is of " + checkpoint->origin + ", the key of " + key.name()};
  }
  return checkpoint;
}

std::string event_proof_text(const EventProof& proof) {
  std::string text = std::string(kProofForm) + "\nextra " + base64_text(proof.event) + "\nindex " +
                     std::to_string(proof.index) + "\n";
  for (const Hash& hash : proof.path) text += base64_text(hash_view(hash)) + "\n";
  return text + "\n" + proof.checkpoint;
}

Result<EventProof> parse_event_proof(std::string_view text) {
  const auto form = take_line(text);
  if (!form || *form != kProofForm) {
    return wrong_proof("its first line is not `" + std::string(kProofForm) + "`");
  }
  const auto extra = take_line(text);
  const auto index = take_line(text);
  if (!extra || !extra->starts_with("extra ") || !index || !index->starts_with("index ")) {
    return wrong_proof("the lines `extra` and `index` are missing");
  }
  auto event = parse_base64(extra->substr(6));
  const auto number = parse_size(index->substr(6));
  if (!event || !number) return wrong_proof("the event is not in base64, or its index no number");
  EventProof proof{*number, std::move(*event), {}, {}};
  for (;;) {
    const auto line = take_line(text);
    if (!line) return wrong_proof("no empty line before the checkpoint");
    if (line->empty()) break;
    const auto hash = parse_hash(*line);
    if (!hash || proof.path.size() == kPathMax) return wrong_proof("a line of it is no hash");
    proof.path.push_back(*hash);
  }
  proof.checkpoint = std::string(text);
  return proof;
}

Result<Checkpoint> check_event_proof(const EventProof& proof, const VerifierKey& key) {
  auto checkpoint = open_checkpoint(proof.checkpoint, key);
  if (!checkpoint) return checkpoint;
  if (!proves_inclusion(proof.path, leaf_hash(proof.event), proof.index, checkpoint->head)) {
    return Error{
        ErrorCode::kInvalid,
        "the hashes do not lead from the event to the checkpoint: one of them was altered"};
  }
  return checkpoint;
}

}  // namespace trede
