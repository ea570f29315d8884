#include "engine/base/check.h"
#include "engine/log/envelope.h"
#include "engine/log/event_check_internal.h"
#include "engine/log/layout.h"

namespace trede {

namespace {

std::string at(Position position) {
  return "log: event at positie " + std::to_string(position.value) + ": ";
}

}  // namespace

EventCheck::EventCheck(const Log& log, MerkleFrontier& tree, FindingList& findings)
    : log_(log), tree_(tree), findings_(findings) {
  TREDE_CHECK(tree.size() % kEventsOfARow == 0, "a share of events begins with a row of hashes");
  lookup_.fill_cache = log.fills_cache;
  if (tree.size() > 0) continue_after(Position{tree.size()});
}

// One that cannot be read was named in the share that it ended.
void EventCheck::continue_after(Position position) {
  const auto stored = log_.tables.load_event(position);
  if (!stored) return;
  const auto envelope = decode_envelope(*stored);
  if (envelope) expect_after(*envelope);
}

void EventCheck::run(Position to,
                     const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  Position next{tree_.size() + 1};
  while (next <= to) {
    const Status scanned =
        log_.tables.scan(next, to, [&](Position position, std::string_view stored) -> Status {
          check_event(position, stored);
          next = position.next();
          if (progress && position.value % 1024 == 0) progress(position.value, log_.last.value);
          return {};
        });
    if (scanned) break;
    // A hole is named and passed over, so that one does not hide what comes after it.
    findings_.add(scanned.error().message);
    check_tree({});
    next = next.next();
  }
  if (to == log_.last && index_ != 0) findings_.add(at(to) + "its atomic append is not whole");
  if (progress) progress(to.value, log_.last.value);
}

void EventCheck::check_event(Position position, std::string_view stored) {
  check_tree(stored);
  const auto envelope = decode_envelope(stored);
  const auto event = decode_any(stored);
  if (!envelope || !event) {
    findings_.add(at(position) + (envelope ? event.error() : envelope.error()).message);
    return;
  }
  if (envelope->positie != position) {
    findings_.add(at(position) + "it says that its positie is " +
                  std::to_string(envelope->positie.value));
  }
  check_order(position, *envelope);
  check_indexes(position, *event);
}

void EventCheck::check_order(Position position, const Envelope& envelope) {
  if (envelope.vastgelegd_op <= moment_) {
    findings_.add(at(position) + "vastgelegd_op " + format_moment(envelope.vastgelegd_op) +
                  " is not after that of the event before it");
  }
  if (envelope.atomair_index != index_ || (index_ != 0 && envelope.atomair_aantal != count_)) {
    findings_.add(at(position) + "it does not continue the atomic append before it");
  }
  expect_after(envelope);
}

void EventCheck::expect_after(const Envelope& envelope) {
  moment_ = envelope.vastgelegd_op;
  count_ = envelope.atomair_aantal;
  index_ = envelope.atomair_index + 1 == count_ ? 0 : envelope.atomair_index + 1;
}

void EventCheck::check_indexes(Position position, const pb::Event& event) {
  const auto by_id = log_.tables.find_id(id_of(event), log_.last, lookup_);
  if (!by_id) {
    findings_.add(by_id.error().message);
  } else if (*by_id != position) {
    findings_.add(at(position) + "the index of ids does not lead to it");
  }
  const auto by_version =
      log_.tables.find_version(stream_of(event), StreamVersion{event.versie()}, log_.last, lookup_);
  if (!by_version) {
    findings_.add(by_version.error().message);
  } else if (*by_version != position) {
    findings_.add(at(position) + "the index of streams does not lead to it");
  }
}

void EventCheck::check_tree(std::string_view stored) {
  const Hash leaf = leaf_hash(stored);
  leaves_.push_back(leaf);
  completed_.clear();
  tree_.push(leaf, 0, &completed_);
  for (const Subtree& subtree : completed_) check_subtree(subtree);
}

void EventCheck::check_subtree(const Subtree& subtree) {
  const std::uint64_t first = (subtree.index << subtree.height) + 1;
  const std::string name = "log: tree over events " + std::to_string(first) + ".." +
                           std::to_string(first + (std::uint64_t{1} << subtree.height) - 1) + ": ";
  const LogTables& tables = log_.tables;
  const auto check = [&](unsigned level, std::string_view expected) {
    std::string value;
    const auto status = tables.db()->Get(lookup_, tables.tree(),
                                         slice(TreeKey(level, subtree.index).view()), &value);
    if (!status.ok()) {
      findings_.add(name + status.ToString());
    } else if (value != expected) {
      findings_.add(name + "the stored hashes are not those of the events");
    }
  };
  check(subtree.height / kTreeStep, hash_view(subtree.root));
  if (subtree.height > kTreeStep) return;
  check(0, {reinterpret_cast<const char*>(leaves_.data()), leaves_.size() * sizeof(Hash)});
  leaves_.clear();
}

}  // namespace trede
