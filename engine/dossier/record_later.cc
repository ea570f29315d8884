#include <utility>

#include "engine/dossier/recording_internal.h"

namespace trede {

namespace {

// One call, from one thing that it waits for to the next; deletes itself when it has answered.
// Threads: one at a time: who hands it a turn or an answer does nothing with it but have it go on.
class LaterRecording : Turn::Waiter {
 public:
  LaterRecording(Recording recording, const Recorder::RunLater& run_later,
                 Recorder::Receiver receiver)
      : recording_(std::move(recording)), run_later_(run_later), receiver_(std::move(receiver)) {
    resume = [](Waiter& waiter) {
      auto& self = static_cast<LaterRecording&>(waiter);
      self.go_on([&self] { self.take_turns(); });
    };
  }

  void begin() {
    if (!recording_.begin_attempt()) return answer(Recording::too_many_attempts());
    take_turns();
  }

 private:
  void take_turns() {
    while (Turn* const turn = recording_.next_turn()) {
      if (!turn->take_or_wait(*this)) return;
    }
    if (auto outcome = recording_.judge()) return end(*std::move(outcome));
    recording_.store().append_later(recording_.appends(), recording_.append_options(),
                                    [this](Result<Appended> appended) {
                                      appended_ = std::move(appended);
                                      go_on([this] { end(recording_.finish(appended_)); });
                                    });
  }

  // With a copy: once the step is handed over it may run, and this be gone, before that returns.
  void go_on(std::move_only_function<void()> step) const {
    const Recorder::RunLater run_later = run_later_;
    run_later(std::move(step));
  }

  void end(Result<RecordOutcome> outcome) {
    if (!recording_.end_attempt(outcome)) return begin();
    answer(std::move(outcome));
  }

  void answer(Result<RecordOutcome> outcome) {
    Recorder::Receiver receiver = std::move(receiver_);
    delete this;
    receiver(std::move(outcome));
  }

  Recording recording_;
  Recorder::RunLater run_later_;
  Recorder::Receiver receiver_;
  Result<Appended> appended_{Appended{}};
};

}  // namespace

void Recorder::record_later(std::span<const pb::Event> events, const RecordOptions& options,
                            const RunLater& run_later, Receiver receiver) {
  auto recording = Recording::of(*this, events, options);
  if (!recording) return receiver(std::move(recording).error());
  (new LaterRecording(*std::move(recording), run_later, std::move(receiver)))->begin();
}

}  // namespace trede
