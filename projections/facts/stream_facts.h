// What one stream adds to the tables, append by append: facts after minus facts before.
#pragma once

#include <span>
#include <vector>

#include "engine/dossier/fold.h"
#include "engine/event/recorded.h"
#include "projections/facts/deltas.h"
#include "projections/facts/facts.h"
#include "projections/facts/fold_marks.h"

namespace trede {

// Threads: one at a time.
//
// Invariants
//  1. When `is_folded_`, `end_` is the fold of all that acts and points into `acting_`.
//  2. Events that come last cost the folding of their own days, whatever the length of the stream;
//     every other change costs two folds, as it was and as it is, of the days that differ, and of
//     those that follow when they leave something else behind.
//  3. A state in `marks_` is the fold of all that acts before its day; it points into `acting_`.
class StreamFacts {
 public:
  explicit StreamFacts(StreamKind kind = StreamKind::kDossier) : kind_(kind) {}
  StreamFacts(const StreamFacts&) = delete;  // invariant 1: the fold points into what acts
  StreamFacts& operator=(const StreamFacts&) = delete;

  // Forgets all and begins another stream, in the room of the one before. `events` is how many will
  // come: what is folded then never moves.
  void begin(StreamKind kind, std::size_t events);

  // Takes all events up to now, whose facts are known. Requires: no event before.
  void restore(std::span<const RecordedEvent> events);

  // Takes the next append, as far as it is in this stream, and hands what it changes to `sink`. The
  // deltas carry the position of its last event: no question can be asked in the middle of an
  // append, so that is as exact as the last position of the append, and tells which stream moved.
  // Requires: 1 or more events, after all before; their bodies outlive this.
  void add(std::span<const RecordedEvent> append, Interner& interner, const DeltaSink& sink);

  // Events taken.
  StreamVersion version() const { return StreamVersion{events_}; }

 private:
  // What a call of `add` works with.
  struct Target {
    Interner& interner;
    DeltaSum& sum;
  };

  void add_to_dossier(std::span<const RecordedEvent> append, const Target& target);
  void add_last(std::span<const RecordedEvent> append, const Target& target);
  void add_late(std::span<const RecordedEvent> append, const Target& target);
  void fold_before(Day day, FoldEnd& reached);
  void add_to_points(const RecordedEvent& event, const Target& target);
  bool come_last(std::span<const RecordedEvent> append) const;
  void fold_all();

  StreamKind kind_;
  std::uint64_t events_ = 0;
  std::vector<ActingEvent> acting_;  // in order of `order`
  FoldEnd end_;                      // of a dossier
  bool is_folded_ = true;
  FoldMarks marks_;
  std::size_t unmarked_ = 0;  // appends folded since the last mark
  DeltaSum sum_;

  // Room that one call leaves to the next.
  using Events = std::vector<const ActingEvent*>;
  std::vector<ActingEvent> before_;
  Events early_;
  Events was_;
  Events is_;
  FoldEnd as_it_was_;
  FoldEnd as_it_is_;
};

}  // namespace trede
