#include "engine/log/envelope.h"
#include "engine/log/open_check_internal.h"

namespace trede {

namespace {

Error corrupt(std::string message) { return {ErrorCode::kCorrupt, std::move(message)}; }

// The next event's moment is made from the head's: it must be that of the last event.
Status check_head(const LogTables& tables, const Head& head) {
  if (head.position.value == 0) return {};
  const auto stored = tables.load_event(head.position);
  if (!stored) return stored.error();
  const auto envelope = decode_envelope(*stored);
  if (!envelope) return envelope.error();
  if (envelope->vastgelegd_op == head.vastgelegd_op) return {};
  return corrupt("the head does not have the moment of the event at positie " +
                 std::to_string(head.position.value));
}

}  // namespace

Result<Tail> check_and_load_tail(const LogTables& tables, const AnchorState& anchor) {
  const auto identity = tables.load_identity();
  if (!identity) return identity.error();
  if (*identity != anchor.identity) {
    return corrupt("the log is " + identity->text() + ", but the anchor is of " +
                   anchor.identity.text());
  }
  const auto epochs = tables.load_epochs();
  if (!epochs) return epochs.error();
  if (current_epoch(*epochs) != anchor.epoch) {
    return corrupt("the log is of epoch " + std::to_string(current_epoch(*epochs)) +
                   ", but the anchor is of " + std::to_string(anchor.epoch) +
                   ": parts of two folders");
  }
  TREDE_RETURN_IF_ERROR(tables.check_counts());
  const auto head = tables.load_head();
  if (!head) return head.error();
  const std::uint64_t anchored = anchor.tree.size();
  if (head->position.value < anchored) {
    return corrupt("the log ends at positie " + std::to_string(head->position.value) +
                   ", but events up to " + std::to_string(anchored) +
                   " were acknowledged: events are lost");
  }
  TREDE_RETURN_IF_ERROR(check_head(tables, *head));
  const auto frontier = tables.load_frontier(anchored);
  if (!frontier) return frontier.error();
  if (*frontier != anchor.tree) {
    return corrupt("the events up to positie " + std::to_string(anchored) +
                   " are not those that were acknowledged: the hash differs from the anchor's");
  }
  auto tail = load_tail(tables, *head);
  if (!tail) return tail;
  MerkleFrontier again = anchor.tree;
  TREDE_RETURN_IF_ERROR(tables.scan(Position{anchored + 1}, head->position,
                                    [&](Position position, std::string_view stored) -> Status {
                                      const auto envelope = decode_envelope(stored);
                                      if (!envelope || envelope->positie != position)
                                        return missing_event(position);
                                      again.push(leaf_hash(stored));
                                      return {};
                                    }));
  if (again != tail->frontier) {
    return corrupt("the events after positie " + std::to_string(anchored) +
                   " do not have the hashes in the tree");
  }
  return tail;
}

}  // namespace trede
