#include "tools/trede/rows/kind_finder.h"

namespace trede::tool {

Result<std::optional<Soort>> look_up_kind(const EventId& id, std::span<const pb::Event> pending,
                                          const EventStore& store) {
  for (const auto& event : pending) {
    if (id_of(event) == id) return std::optional(event.body().soort_case());
  }
  const auto position = store.find_event(id);
  if (!position) return std::unexpected(position.error());
  if (!*position) return std::optional<Soort>();
  const auto stored = store.load(**position);
  if (!stored) return std::unexpected(stored.error());
  const auto event = decode_event(stored->bytes);
  if (!event) return std::unexpected(event.error());
  return std::optional(event->body().soort_case());
}

}  // namespace trede::tool
