#include <thread>

#include "engine/log/anchor.h"
#include "engine/log/anchor_check_internal.h"

namespace trede {

namespace {

using namespace std::chrono_literals;

constexpr int kLooks = 3;
constexpr auto kPause = 2ms;  // a slot is written in much less

Result<AnchorFound> load_whole_anchor(const std::filesystem::path& file) {
  for (int look = 1;; ++look) {
    auto found = load_anchor(file);
    if ((found && found->damage.empty()) || look == kLooks) return found;
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace

Status check_anchor(TableLog& log, const std::filesystem::path& anchor, FindingList& findings) {
  // The anchor first, then the log as it is after it: a writer may be going on meanwhile.
  const auto found = load_whole_anchor(anchor);
  if (!found) {
    findings.add(found.error().message);
    return {};
  }
  if (!found->damage.empty()) findings.add(found->damage);
  TREDE_RETURN_IF_ERROR(log.wait_beyond(log.last_position(), {}, {}));
  const MerkleFrontier& anchored = found->state.tree;
  if (anchored.size() > log.last_position().value) {
    findings.add("log: it ends at positie " + std::to_string(log.last_position().value) +
                 ", before the anchor");
    return {};
  }
  const auto tree = log.tables()->load_frontier(anchored.size());
  if (!tree) {
    findings.add(tree.error().message);
  } else if (*tree != anchored) {
    findings.add("log: the events up to positie " + std::to_string(anchored.size()) +
                 " are not those that were acknowledged: the hash differs from the anchor's");
  }
  return {};
}

}  // namespace trede
