// A stream as the recorder keeps it in memory: what acts in it and, of a dossier, its fold, kept up
// event by event. There are many of them, so only what the rules read is kept, and close together.
#pragma once

#include <google/protobuf/arena.h>

#include <memory>
#include <span>
#include <vector>

#include "engine/dossier/fold.h"
#include "engine/dossier/history.h"
#include "engine/dossier/verantwoording.h"

namespace trede {

// What would come of a dossier with events that are proposed. It leads into the stream that made
// it, and is of use until that one takes an event.
struct Trial {
  std::vector<ActingEvent> acting;  // those proposed; when `is_whole` all that would act
  bool is_whole = false;
  FoldEnd end;  // when `is_whole`
  std::optional<Violation> violation;
};

// Threads: one at a time.
//
// Invariants
//  1. When `is_folded_`, `end_` is the fold of all of `acting_` and leads into it.
//  2. An event that comes last in the order of the timeline costs one day of folding, whatever the
//     length of the history; every other change costs one fold of the whole.
//  3. Bodies lie on `bodies_`: they never move, and are given back with the stream. The figures of
//     a frozen report are left out: no rule reads them.
class Stream {
 public:
  explicit Stream(const StreamId& id);
  Stream(const Stream&) = delete;  // invariant 1
  Stream& operator=(const Stream&) = delete;

  const StreamId& id() const { return id_; }
  StreamVersion version() const { return StreamVersion{version_}; }
  // What acts, in order of `order`. Valid until the next event is taken.
  const std::vector<ActingEvent>& acting() const { return acting_; }
  // About the memory that it takes.
  std::size_t bytes() const;

  // Takes the next event as it is stored. Errors: those of decode_event.
  Status take(std::string_view stored);

  // `proposed` as the next events of this stream would be: with bodies of its own, and positions
  // that go on from its last one. What the store gives them lies there or beyond.
  std::vector<RecordedEvent> adopt(std::span<const RecordedEvent> proposed);
  // Folds the dossier as it would be with `adopted` added, and hands the steps of the days that had
  // to be folded, at least those on which they act, to `visit` (may be empty). When they are not
  // taken after all, the next trial costs a fold of the whole.
  // Requires: a dossier.
  Trial try_fold(std::span<const RecordedEvent> adopted, const StepVisitor& visit);
  // The events that would act if `adopted` were added.
  std::vector<ActingEvent> acting_with(std::span<const RecordedEvent> adopted) const;
  // Takes `adopted` as the next events, recorded from `first` on. Requires: of a dossier their
  // trial.
  void take(std::span<const RecordedEvent> adopted, Trial trial, Position first);

  // Whether so much was adopted and not taken that it pays to `forget` and read the stream again.
  bool is_worn() const { return unused_ > kUnusedMax + version_; }
  // Becomes as it was made. What it handed out is of no use any more.
  void forget();

  // Has what the next event touches brought near.
  void prefetch() const;

  // What acts for the event first recorded as `id`; null when it was withdrawn or is not here.
  const ActingEvent* find_acting(const EventId& id) const;
  bool is_withdrawn(const EventId& id) const;
  // Whether `id` is itself a correctie or intrekking.
  bool is_vervanging(const EventId& id) const;
  // The version of the last event that may change what may be recorded of dossiers: what they may
  // name, and which days are closed.
  StreamVersion decisive_version() const { return decisive_version_; }
  // What is closed and frozen. Requires: the organisation's stream.
  const Verantwoording& verantwoording() const { return *verantwoording_; }

 private:
  static constexpr std::uint64_t kUnusedMax = 1000;

  void note(const RecordedEvent& event);
  bool come_last(std::span<const RecordedEvent> events) const;
  void append(Trial trial);
  void fold_all();

  StreamId id_;
  google::protobuf::Arena bodies_;
  std::uint64_t version_ = 0;
  std::uint64_t unused_ = 0;  // bodies that were adopted and not taken
  Position last_position_;
  std::vector<ActingEvent> acting_;
  std::vector<EventId> withdrawn_;
  std::vector<EventId> vervangingen_;
  StreamVersion decisive_version_;
  std::unique_ptr<Verantwoording> verantwoording_;  // of the organisation's stream only
  FoldEnd end_;
  bool is_folded_ = true;
};

}  // namespace trede
