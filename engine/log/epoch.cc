#include "engine/log/epoch.h"

#include <cstring>

#include "proto/storage.pb.h"

namespace trede {

namespace {

std::string bytes_of(const Hash& hash) { return std::string(hash_view(hash)); }

bool take_hash(const std::string& stored, Hash& into) {
  if (stored.size() != into.size()) return false;
  std::memcpy(into.data(), stored.data(), into.size());
  return true;
}

}  // namespace

std::string encode_epochs(const std::vector<Epoch>& epochs) {
  pb::Epochs stored;
  for (const Epoch& epoch : epochs) {
    pb::Epoch& one = *stored.add_epoch();
    one.set_number(epoch.number);
    one.set_id(std::string(epoch.id.view()));
    one.set_positie(epoch.begins.size);
    one.set_root(bytes_of(epoch.begins.root));
    one.set_begun_op(epoch.begun.time_since_epoch().count());
    if (!epoch.lost) continue;
    one.set_lost_until(epoch.lost->size);
    one.set_lost_root(bytes_of(epoch.lost->root));
  }
  return stored.SerializeAsString();
}

Result<std::vector<Epoch>> decode_epochs(std::string_view stored) {
  const Error damaged{ErrorCode::kCorrupt, "log: the epochs are not well formed"};
  pb::Epochs list;
  if (!list.ParseFromArray(stored.data(), static_cast<int>(stored.size()))) return damaged;
  std::vector<Epoch> epochs;
  for (const pb::Epoch& one : list.epoch()) {
    Epoch epoch;
    epoch.number = one.number();
    const auto id = decode_uuid(one.id());
    if (!id || epoch.number != epochs.size() + 2) return damaged;
    epoch.id = *id;
    epoch.begins.size = one.positie();
    if (!take_hash(one.root(), epoch.begins.root)) return damaged;
    epoch.begun = Moment{std::chrono::microseconds{one.begun_op()}};
    if (one.lost_until() != 0) {
      epoch.lost = TreeHead{one.lost_until(), {}};
      if (!take_hash(one.lost_root(), epoch.lost->root)) return damaged;
    }
    epochs.push_back(epoch);
  }
  return epochs;
}

std::uint64_t current_epoch(const std::vector<Epoch>& epochs) {
  return epochs.empty() ? 1 : epochs.back().number;
}

std::string epoch_text(const Epoch& epoch) {
  const std::string next = std::to_string(epoch.begins.size + 1);
  std::string out = "epoch " + std::to_string(epoch.number) + " since " +
                    format_moment(epoch.begun) + ", from positie " + next + " on";
  if (!epoch.lost) return out;
  return out + "; what stood at positie " + next + " to " + std::to_string(epoch.lost->size) +
         " before is lost (its tree head: " + hash_text(epoch.lost->root) + ")";
}

}  // namespace trede
