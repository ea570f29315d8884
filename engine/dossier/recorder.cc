#include "engine/dossier/recorder.h"

#include "engine/dossier/recording_internal.h"

namespace trede {

Recorder::Recorder(EventStore& store, const Clock& clock, const RecorderOptions& options)
    : impl_(std::make_unique<Impl>(store, clock, options)) {}

Recorder::~Recorder() = default;

void Recorder::expect(std::span<const StreamId> streams) const { impl_->cache.expect(streams); }

Result<RecordOutcome> Recorder::record(std::span<const pb::Event> events,
                                       const RecordOptions& options) {
  auto recording = Recording::of(*this, events, options);
  if (!recording) return recording.error();
  while (recording->begin_attempt()) {
    while (Turn* const turn = recording->next_turn()) turn->take();
    auto outcome = recording->judge();
    if (!outcome) {
      outcome = recording->finish(
          recording->store().append(recording->appends(), recording->append_options()));
    }
    if (recording->end_attempt(*outcome)) return *std::move(outcome);
  }
  return Recording::too_many_attempts();
}

}  // namespace trede
