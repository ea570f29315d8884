// A stream as the recorder keeps it in memory: its history and, of a dossier, its fold, kept up
// event by event.
#pragma once

#include <span>
#include <vector>

#include "engine/dossier/fold.h"
#include "engine/dossier/history.h"

namespace trede {

// Threads: one at a time.
//
// Invariants
//  1. When `is_folded_`, `end_` is the fold of all that acts in `history_` and points into it.
//  2. An event that comes last in the order of the timeline costs one day of folding, whatever the
//     length of the history; every other change costs one fold of the whole, when next asked.
class Stream {
 public:
  explicit Stream(const StreamId& id) : id_(id) {}
  Stream(const Stream&) = delete;  // invariant 1: the fold points into the history
  Stream& operator=(const Stream&) = delete;

  const StreamId& id() const { return id_; }
  const History& history() const { return history_; }
  StreamVersion version() const { return history_.version(); }

  // Takes the next event of the stream, as recorded.
  void add(EventPtr event);

  // Folds the dossier as it would be with `proposed` added, and hands the steps of the days that
  // had to be folded, at least those on which `proposed` acts, to `visit` (may be empty).
  // `scratch` is filled with what the answer points to.
  // Requires: a dossier; positions in `proposed` beyond those of the history.
  std::optional<Violation> try_fold(std::span<const EventPtr> proposed, const StepVisitor& visit,
                                    std::vector<ActingEvent>& scratch);

 private:
  bool comes_last(const pb::Event& event) const;
  void fold_all();

  StreamId id_;
  History history_;
  FoldEnd end_;
  bool is_folded_ = true;
};

}  // namespace trede
