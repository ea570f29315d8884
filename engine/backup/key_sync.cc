#include "engine/backup/key_sync.h"

#include <unordered_map>

namespace trede {

Result<KeyDifference> compare_keys(const KeyDirectory& live, const KeyDirectory& kept) {
  std::unordered_map<StreamId, std::string> only_kept;
  TREDE_RETURN_IF_ERROR(kept.scan([&](const KeyEntry& entry) -> Status {
    only_kept.emplace(entry.stream, entry.key);
    return {};
  }));
  KeyDifference out;
  TREDE_RETURN_IF_ERROR(live.scan([&](const KeyEntry& entry) -> Status {
    const auto found = only_kept.find(entry.stream);
    if (found != only_kept.end() && found->second == entry.key) {
      only_kept.erase(found);
    } else {
      out.added.push_back(entry);
    }
    return {};
  }));
  for (const auto& [stream, key] : only_kept) out.gone.push_back(stream);
  return out;
}

}  // namespace trede
