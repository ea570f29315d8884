// One call of Recorder::record, in steps: what comes between them, waiting for a turn and for the
// store, a thread and a coroutine do each in its own way.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/dossier/proposal.h"
#include "engine/dossier/recorder.h"
#include "engine/dossier/rules.h"
#include "engine/dossier/stream_cache.h"

namespace trede {

struct Recorder::Impl {
  Impl(EventStore& the_store, const Clock& the_clock, const RecorderOptions& options)
      : store(the_store), clock(the_clock), cache(options.max_cached_bytes) {}

  // What the organisation's events say of gemeenten, afdelingen and closed periods, up to date with
  // the store.
  Result<std::shared_ptr<const Organisatie>> current_organisatie();

  EventStore& store;
  const Clock& clock;
  StreamCache cache;

  // Kept apart from the stream in the cache, whose turn is taken for as long as an append to it is
  // on its way: dossiers do not wait for that.
  std::mutex organisatie_mutex;
  Stream organisatie_stream{kOrganisatie};
  StreamVersion decisive_version;  // of its events, up to which `organisatie` is folded
  std::shared_ptr<const Organisatie> organisatie = std::make_shared<const Organisatie>();
};

// Owner: who records. Threads: one at a time.
//
//   while (begin_attempt()) {
//     take each next_turn()
//     judge(); if that is no outcome: append appends(), and finish() with what the store answers
//     if (end_attempt(outcome)) return outcome
//   }
//   return too_many_attempts()
class Recording {
 public:
  // Errors: kInvalid for what is not valid whatever the store holds.
  static Result<Recording> of(Recorder& recorder, std::span<const pb::Event> events,
                              const RecordOptions& options);
  Recording(Recording&&) = default;
  ~Recording() { pass_turns(); }

  EventStore& store() { return impl_->store; }

  bool begin_attempt();
  // The turn of the next of its streams, to be taken before anything else is asked; null after the
  // last. Always in the same order, so that nobody waits in a ring.
  Turn* next_turn();
  // Returns: the outcome, or nothing when it is to be appended. Requires: all turns are taken.
  std::optional<Result<RecordOutcome>> judge();
  std::span<const StreamAppend> appends();
  AppendOptions append_options() const { return {options_.vastgelegd_op, options_.each}; }
  Result<RecordOutcome> finish(const Result<Appended>& appended);
  // Passes the turns on. Returns whether `outcome` is the answer.
  bool end_attempt(const Result<RecordOutcome>& outcome);

  static Error too_many_attempts();

 private:
  // A part on its way in: its stream, and what would come of it.
  struct Work {
    ProposedPart part;
    std::shared_ptr<CachedStream> cached;
    std::vector<RecordedEvent> proposed;
    Judgement judgement;

    Stream& stream() const { return cached->stream; }
  };

  Recording(Recorder::Impl& impl, std::vector<ProposedPart> parts, const RecordOptions& options)
      : impl_(&impl), parts_(std::move(parts)), options_(options) {}

  static void propose(Work& work);
  Status load();
  Result<std::optional<RecordOutcome>> find_outdated();
  Result<std::optional<Refusal>> find_refusal();
  Result<std::optional<Refusal>> judge_all(std::span<const Day> vandaag);
  Result<std::optional<Refusal>> judge_by_organisatie();
  const Work* find_own_organisatie() const;
  Result<bool> is_redelivery() const;
  Result<RecordOutcome> refused(Refusal refusal);
  Result<RecordOutcome> judged_only() const;
  Status check_still_current();
  void pass_turns();

  Recorder::Impl* impl_;
  std::vector<ProposedPart> parts_;
  RecordOptions options_;
  int attempts_ = 0;
  std::vector<Work> works_;
  std::vector<Turn*> turns_;
  std::size_t taken_ = 0;  // of them, the first so many
  std::vector<StreamAppend> appends_;
};

}  // namespace trede
