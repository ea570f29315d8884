#include "engine/dossier/history_cache.h"

#include <atomic>
#include <cstdint>
#include <utility>

namespace trede {

namespace {

// Mixed: ids that somebody counted up differ in few of their bits.
std::size_t part_of(const StreamId& stream) {
  constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio
  constexpr int kShift = 60;                             // leaves the 16 parts
  return (std::hash<StreamId>{}(stream)*kGolden) >> kShift;
}

// Who let go of a history last is done with it before it is changed: a count tells nothing of
// order.
void see_what_others_did() {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wtsan"  // ThreadSanitizer does not know fences
  std::atomic_thread_fence(std::memory_order_acquire);
#pragma GCC diagnostic pop
}

}  // namespace

HistoryCache::HistoryCache(const EventStore& store, const HistoryCacheOptions& options)
    : store_(store), max_young_(options.max_events / (2 * kParts)) {
  static_assert(kParts == 16);
}

Result<std::shared_ptr<const History>> HistoryCache::load(const StreamId& stream) {
  Part& part = parts_[part_of(stream)];
  const std::lock_guard lock(part.mutex);
  return catch_up(part, stream, take(part, stream));
}

Result<std::shared_ptr<const History>> HistoryCache::recall(const StreamId& stream) {
  Part& part = parts_[part_of(stream)];
  const std::lock_guard lock(part.mutex);
  std::shared_ptr<History> history = take(part, stream);
  if (history->events().empty()) return catch_up(part, stream, std::move(history));
  keep(part, stream, history);
  return std::shared_ptr<const History>(std::move(history));
}

void HistoryCache::add(const StreamId& stream, std::span<const EventPtr> events) {
  Part& part = parts_[part_of(stream)];
  const std::lock_guard lock(part.mutex);
  std::shared_ptr<History> history = take(part, stream);
  if (!events.empty() && events.front()->versie() == history->version().value + 1) {
    add_to(history, events);
  }
  if (!history->events().empty()) keep(part, stream, std::move(history));
}

// Others may look at it still; the events are shared.
void HistoryCache::add_to(std::shared_ptr<History>& history, std::span<const EventPtr> events) {
  if (history.use_count() > 1) history = std::make_shared<History>(*history);
  see_what_others_did();
  for (const EventPtr& event : events) history->add(event);
}

Result<std::shared_ptr<const History>> HistoryCache::catch_up(Part& part, const StreamId& stream,
                                                              std::shared_ptr<History> history) {
  const auto events = read_after(store_, stream, history->version());
  if (!events) return events.error();
  if (!events->empty()) add_to(history, *events);
  if (!history->events().empty()) keep(part, stream, history);
  return std::shared_ptr<const History>(std::move(history));
}

std::size_t HistoryCache::events() {
  std::size_t sum = 0;
  for (Part& part : parts_) {
    const std::lock_guard lock(part.mutex);
    for (const Histories* histories : {&part.young, &part.old}) {
      for (const auto& [stream, history] : *histories) sum += history->events().size();
    }
  }
  return sum;
}

// Taken out, so that who adds to it knows whether others have it too. Empty when it was not here.
std::shared_ptr<History> HistoryCache::take(Part& part, const StreamId& stream) {
  if (const auto young = part.young.extract(stream)) {
    part.young_events -= young.mapped()->events().size();
    return young.mapped();
  }
  if (const auto old = part.old.extract(stream)) return old.mapped();
  return std::make_shared<History>();
}

void HistoryCache::keep(Part& part, const StreamId& stream,
                        std::shared_ptr<History> history) const {
  const std::size_t events = history->events().size();
  if (part.young_events + events > max_young_) {
    part.old = std::exchange(part.young, {});
    part.young_events = 0;
  }
  part.young_events += events;
  part.young.emplace(stream, std::move(history));
}

}  // namespace trede
