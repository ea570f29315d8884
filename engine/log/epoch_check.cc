#include <algorithm>

#include "engine/log/epoch_check_internal.h"

namespace trede {

Status check_epochs(const EventLog& log, FindingList& findings) {
  const auto epochs = log.epochs();
  if (!epochs) return epochs.error();
  std::uint64_t kept = log.last_position().value;  // of the epochs up to this one
  for (auto epoch = epochs->rbegin(); epoch != epochs->rend(); ++epoch) {
    const std::string name = "epoch " + std::to_string(epoch->number);
    if (epoch == epochs->rbegin() && epoch->begins.size > kept) {
      findings.add(name + " begins after positie " + std::to_string(epoch->begins.size) +
                   ", but the log ends at " + std::to_string(kept));
    }
    if (epoch->begins.size <= kept) {
      const auto root = log.root_at(Position{epoch->begins.size});
      if (!root) return root.error();
      if (*root != epoch->begins.root) {
        findings.add(name + " began with other events up to positie " +
                     std::to_string(epoch->begins.size) + ": the tree head differs");
      }
    }
    kept = std::min(kept, epoch->begins.size);
  }
  return {};
}

}  // namespace trede
