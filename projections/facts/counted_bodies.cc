#include "projections/facts/counted_bodies.h"

#include <algorithm>

#include "projections/facts/projector.h"

namespace trede {

namespace {

// What replaces another event names it, so hardly two such bodies are the same.
bool names_another(std::string_view body) {
  constexpr auto kTag = [](int field) { return static_cast<std::uint32_t>(field) << 3 | 2; };
  constexpr std::uint32_t kCorrectie = kTag(pb::Body::kCorrectieFieldNumber);
  constexpr std::uint32_t kIntrekking = kTag(pb::Body::kIntrekkingFieldNumber);
  static_assert(kCorrectie < 1U << 14 && kIntrekking < 1U << 14);  // two bytes each
  if (body.size() < 2) return false;
  const auto byte = [body](std::size_t at) { return static_cast<std::uint8_t>(body[at]); };
  const std::uint32_t tag = (byte(0) & 0x7FU) | std::uint32_t{byte(1)} << 7;
  return tag == kCorrectie || tag == kIntrekking;
}

// Whether an event that replaces nothing may have this day.
bool is_good_day(const std::optional<Day>& day) {
  return day && *day >= kFirstDay && *day <= kMostDay;
}

}  // namespace

CountedBodies::CountedBodies() : slots_(kSlots) {}

CountedBodies::Hash CountedBodies::fetch(std::string_view body) const {
  const auto hash = static_cast<Hash>(std::hash<std::string_view>{}(body));
  __builtin_prefetch(&slots_[hash % kSlots]);
  return hash;
}

CountedBodies::Slot& CountedBodies::slot_of(Hash hash, std::string_view encoded) {
  for (std::size_t at = hash % kSlots;; at = (at + 1) % kSlots) {
    Slot& slot = slots_[at];
    if (slot.body == nullptr || (slot.hash == hash && slot.text() == encoded)) return slot;
  }
}

Status CountedBodies::decode(std::string_view body, Hash hash, RecordedEvent& event,
                             google::protobuf::Arena& arena) {
  const bool may_be_kept =
      body.size() <= kMostBytes && !names_another(body) && is_good_day(event.geldig_op);
  if (!may_be_kept) return decode_counted_body(body, event, arena);
  Slot& slot = slot_of(hash, body);
  if (slot.body != nullptr) {
    event.body = slot.body;
    __builtin_prefetch(slot.body);
    return {};
  }
  if (count_ == kMost) return decode_counted_body(body, event, arena);
  TREDE_RETURN_IF_ERROR(decode_counted_body(body, event, kept_));
  if (event.body->has_correctie() || event.body->has_intrekking()) return {};
  slot.body = event.body;
  slot.hash = hash;
  slot.size = static_cast<std::uint8_t>(body.size());
  std::ranges::copy(body, slot.encoded);
  ++count_;
  return {};
}

void CountedBodies::make_room() {
  if (count_ < kMost) return;
  std::ranges::fill(slots_, Slot{});
  kept_.Reset();
  count_ = 0;
}

}  // namespace trede
