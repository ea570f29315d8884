#include "engine/dossier/proposal.h"

#include <optional>
#include <string>
#include <unordered_set>

#include "engine/event/attributes.h"
#include "engine/event/no_bsn.h"
#include "engine/log/event_store.h"

namespace trede {

namespace {

// What makes an event unfit to be recorded whatever the rules say; empty when nothing does.
std::string flaw_of(const pb::Event& event, bool flawless) {
  const bool organisatie = event.stream_soort() == pb::STREAM_SOORT_ORGANISATIE;
  if (event.stream_soort() != pb::STREAM_SOORT_DOSSIER &&
      event.stream_soort() != pb::STREAM_SOORT_WERKGEVER && !organisatie) {
    return "stream: missing or unknown";
  }
  if (event.stream_id().size() != (organisatie ? 0U : 16U)) return "stream: not an id";
  if (event.event_id().size() != 16) return "event_id: missing or not an id";
  if (!event.oorzaak().empty() && event.oorzaak().size() != 16) return "oorzaak: not an id";
  if (!event.actor().empty()) {
    if (const auto checked = check_event_actor(event.actor()); !checked) {
      return "actor: " + checked.error().message;
    }
  }
  if (event.has_na_afsluiting() &&
      (event.na_afsluiting() == 0 || !pb::NaAfsluiting_IsValid(event.na_afsluiting()))) {
    return "na_afsluiting: unknown code number " + std::to_string(event.na_afsluiting());
  }
  const auto flaw = flawless ? std::nullopt : find_flaw(event.body());
  if (flaw) return flaw->attribute + ": " + flaw->message;
  if (!event.has_geldig_op() && !event.body().has_intrekking()) {
    return "geldig_op: missing, expected a day";
  }
  return {};
}

Error invalid(std::size_t index, const std::string& message) {
  return {ErrorCode::kInvalid, "event " + std::to_string(index + 1) + ": " + message};
}

// Which of `events` has an id that stands before it already.
std::optional<std::size_t> find_twice(std::span<const pb::Event> events) {
  if (events.size() == 1) return std::nullopt;
  std::unordered_set<EventId> ids;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (!ids.insert(id_of(events[i])).second) return i;
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<ProposedPart>> divide(std::span<const pb::Event> events, bool flawless) {
  if (events.empty() || events.size() > kAppendMax) {
    return Error{ErrorCode::kInvalid,
                 "expected 1 to " + std::to_string(kAppendMax) + " events in one append"};
  }
  std::vector<ProposedPart> parts;
  std::unordered_set<StreamId> before;  // the streams of all parts but the last
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (const std::string flaw = flaw_of(events[i], flawless); !flaw.empty()) {
      return invalid(i, flaw);
    }
    const StreamId stream = stream_of(events[i]);
    if (parts.empty() || parts.back().stream != stream) {
      if (!parts.empty()) before.insert(parts.back().stream);
      if (before.contains(stream)) {
        return invalid(i, "stream: events of one stream must stand together");
      }
      parts.push_back(ProposedPart{stream, i, {}});
    }
    ProposedPart& part = parts.back();
    part.events = events.subspan(part.offset, i + 1 - part.offset);
  }
  if (const auto twice = find_twice(events)) return invalid(*twice, "event_id: stands twice");
  return parts;
}

}  // namespace trede
