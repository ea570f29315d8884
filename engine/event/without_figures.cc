#include "engine/event/without_figures.h"

#include <string>

namespace trede {

const pb::Body* copy_without_figures(const pb::Body& body, google::protobuf::Arena& arena) {
  auto* kept = google::protobuf::Arena::CreateMessage<pb::Body>(&arena);
  kept->MergeFrom(body);  // it is empty
  pb::Body& placed = kept->has_correctie() ? *kept->mutable_correctie()->mutable_door() : *kept;
  if (placed.has_rapport_vastgesteld()) {
    std::string().swap(*placed.mutable_rapport_vastgesteld()->mutable_cijfers());
  }
  return kept;
}

Result<RecordedEvent> decode_without_figures(std::string_view stored,
                                             google::protobuf::Arena& arena) {
  constexpr std::size_t kLargeBytes = 16 * 1024;  // nearly all others are far below
  if (stored.size() <= kLargeBytes) return decode_recorded(stored, arena);
  google::protobuf::Arena passing;
  auto event = decode_recorded(stored, passing);
  if (event) event->body = copy_without_figures(*event->body, arena);
  return event;
}

}  // namespace trede
