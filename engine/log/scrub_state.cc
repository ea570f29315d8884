#include "engine/log/scrub_state.h"

#include <cstring>

#include "engine/log/files.h"
#include "proto/storage.pb.h"

namespace trede {

namespace {

// Then SHA-256 of the message ScrubState, and the message.
constexpr std::string_view kMagic = "trede scrub 1\n";

std::optional<Hash> hash_from(const std::string& bytes) {
  Hash hash;
  if (bytes.size() != hash.size()) return std::nullopt;
  std::memcpy(hash.data(), bytes.data(), hash.size());
  return hash;
}

pb::ScrubState message_of(const ScrubState& state) {
  pb::ScrubState message;
  message.set_log(std::string(state.log.view()));
  message.set_round(state.round);
  message.set_part(static_cast<std::uint32_t>(state.part));
  message.set_until(state.until.value);
  if (state.event) message.set_event(std::string(hash_view(*state.event)));
  message.set_bound(state.bound);
  // The place in this part is a KEY, and KEYs stand in their directory only: it begins anew.
  if (state.part != ScrubPart::kKeysByKey) {
    message.set_reached(state.reached);
    message.set_after(state.after);
  }
  for (const Hash& subtree : state.tree.subtrees()) {
    message.add_subtrees(std::string(hash_view(subtree)));
  }
  if (state.round_ended) message.set_round_ended(state.round_ended->time_since_epoch().count());
  message.mutable_found()->Assign(state.found.begin(), state.found.end());
  message.mutable_found_before()->Assign(state.found_before.begin(), state.found_before.end());
  return message;
}

std::optional<ScrubState> state_of(const pb::ScrubState& message) {
  const auto log = decode_uuid(message.log());
  if (!log) return std::nullopt;
  ScrubState state;
  state.log = *log;
  state.round = message.round();
  state.part = static_cast<ScrubPart>(message.part());
  if (state.part < ScrubPart::kBegin || state.part > ScrubPart::kEnd) return std::nullopt;
  state.until = Position{message.until()};
  state.event = hash_from(message.event());
  state.reached = message.reached();
  state.bound = message.bound();
  state.after = message.after();
  if (state.part == ScrubPart::kEvents) {
    std::vector<Hash> subtrees;
    for (const std::string& bytes : message.subtrees()) {
      const auto subtree = hash_from(bytes);
      if (!subtree) return std::nullopt;
      subtrees.push_back(*subtree);
    }
    auto tree = MerkleFrontier::restore(state.reached, std::move(subtrees));
    if (!tree || state.reached % (1U << kTreeStep) != 0) return std::nullopt;
    state.tree = std::move(*tree);
  }
  if (message.round_ended() != 0) {
    state.round_ended = Moment{std::chrono::microseconds{message.round_ended()}};
  }
  state.found.assign(message.found().begin(), message.found().end());
  state.found_before.assign(message.found_before().begin(), message.found_before().end());
  return state;
}

}  // namespace

std::optional<ScrubState> find_scrub_state(const std::filesystem::path& file) {
  const auto bytes = read_file(file);
  if (!bytes || !bytes->starts_with(kMagic)) return std::nullopt;
  const std::string_view rest = std::string_view(*bytes).substr(kMagic.size());
  if (rest.size() < sizeof(Hash)) return std::nullopt;
  const std::string_view body = rest.substr(sizeof(Hash));
  if (hash_view(sha256({body})) != rest.substr(0, sizeof(Hash))) return std::nullopt;
  pb::ScrubState message;
  if (!message.ParseFromString(std::string(body))) return std::nullopt;
  return state_of(message);
}

Status save_scrub_state(const std::filesystem::path& file, const ScrubState& state) {
  const std::string body = message_of(state).SerializeAsString();
  const Hash hash = sha256({body});
  std::string bytes(kMagic);
  bytes.append(hash_view(hash)).append(body);
  const std::filesystem::path fresh = file.string() + ".new";
  std::error_code error;
  std::filesystem::remove(fresh, error);  // what a crash left
  TREDE_RETURN_IF_ERROR(write_new_file(fresh, bytes));
  std::filesystem::rename(fresh, file, error);
  if (!error) return {};
  std::error_code ignored;
  std::filesystem::remove(fresh, ignored);
  return io_error(file, error.value());
}

}  // namespace trede
