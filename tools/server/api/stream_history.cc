#include "tools/server/api/stream_history.h"

#include "engine/event/event.h"

namespace trede::server {

namespace {

constexpr std::size_t kChunk = 1000;  // events read at a time

}  // namespace

Result<History> read_history(const StreamId& stream, Position known, const EventStore& store) {
  History history;
  for (;;) {
    const StreamVersion next{history.version().value + 1};
    const auto chunk = store.read_stream(stream, next, kChunk);
    if (!chunk) return chunk.error();
    for (const StoredEvent& stored : *chunk) {
      if (stored.position > known) return history;
      auto event = decode_event(stored.bytes);
      if (!event) return event.error();
      history.add(std::make_shared<const pb::Event>(*std::move(event)));
    }
    if (chunk->size() < kChunk) return history;
  }
}

}  // namespace trede::server
