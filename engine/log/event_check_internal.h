// Stored events against everything they must agree with, all of them or a share at a time.
#pragma once

#include <functional>

#include "engine/log/finding_list.h"
#include "engine/log/rocks_tables_internal.h"

namespace trede {

struct Envelope;

// So many events have their leaf hashes in one row; a share begins and ends where a row does.
inline constexpr std::uint64_t kEventsOfARow = std::uint64_t{1} << kTreeStep;

// Goes over events once, in order. Lifetime: one share. Threads: one.
class EventCheck {
 public:
  struct Log {
    const LogTables& tables;
    Position last;  // what lies beyond does not exist
    // Whether index blocks that it reads stay in the cache: all of them pass when all is checked.
    bool fills_cache = true;
  };
  // `tree` is the tree over the events that were checked before, and grows.
  // Requires: a multiple of kEventsOfARow of them.
  EventCheck(const Log& log, MerkleFrontier& tree, FindingList& findings);

  // Checks the events up to `to`: that each is there and decodes, its positie, versie and moment
  // (strictly rising), that its atomic append is whole, that both indexes lead to it, and the
  // stored hashes over it. Calls `progress` (may be empty) with events done and in all.
  // Requires: `to` is the last or a multiple of kEventsOfARow.
  void run(Position to, const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

 private:
  void continue_after(Position position);
  void check_event(Position position, std::string_view stored);
  void check_order(Position position, const Envelope& envelope);
  void expect_after(const Envelope& envelope);
  void check_indexes(Position position, const pb::Event& event);
  void check_tree(std::string_view stored);
  void check_subtree(const Subtree& subtree);

  const Log log_;
  MerkleFrontier& tree_;
  FindingList& findings_;
  rocksdb::ReadOptions lookup_;
  Moment moment_ = Moment::min();  // of the event before
  std::uint32_t index_ = 0;        // due in the atomic append
  std::uint32_t count_ = 1;        // events in it
  std::vector<Hash> leaves_;
  std::vector<Subtree> completed_;
};

}  // namespace trede
