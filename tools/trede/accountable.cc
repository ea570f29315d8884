#include "tools/trede/accountable.h"

#include <unistd.h>

#include <cstdlib>

#include "engine/event/event.h"
#include "tools/trede/text.h"

namespace trede::tool {

namespace {

// What somebody says of himself; not repeated when it is refused, for it may be a name or a BSN.
Outcome<std::string> given_actor(std::string_view text, const std::string& where) {
  if (!is_actor(text)) {
    return wrong_input(where + ": expected an opaque id, 1 to 64 of A-Za-z0-9._@:-, no BSN");
  }
  if (text.starts_with(kSystemActor)) {
    return wrong_input(where + ": `" + std::string(kSystemActor) +
                       "` is for whom the system names, expected an id that begins otherwise");
  }
  return std::string(text);
}

}  // namespace

Outcome<std::string> actor_of(const std::optional<std::string>& given) {
  if (given && !given->empty()) return given_actor(*given, "--actor");
  const char* const environment = std::getenv("TREDE_ACTOR");
  if (environment == nullptr || *environment == '\0') {
    return std::string(kSystemActor) + std::to_string(::getuid());
  }
  return given_actor(environment, "TREDE_ACTOR");
}

Outcome<Accountable> Accountable::reader(DataFolder& folder,
                                         const std::optional<std::string>& actor,
                                         Context& context) {
  auto name = actor_of(actor);
  if (!name) return name.error();
  return Accountable(folder, std::move(*name), context);
}

Outcome<Accountable> Accountable::writer(DataFolder& folder,
                                         const std::optional<std::string>& actor,
                                         Context& context) {
  auto accountable = reader(folder, actor, context);
  if (!accountable) return accountable;
  const Status opened = accountable->open();
  if (!opened) {
    return system_failed("the audit trail cannot be written, so nothing was: " +
                         opened.error().message);
  }
  return accountable;
}

Status Accountable::open() {
  auto trail =
      Trail::open(folder_->path(), folder_->log().identity(), TrailAccess::kWrite, context_->clock);
  if (!trail) return std::move(trail).error();
  trail_ = std::move(*trail);
  return {};
}

Status Accountable::open_and_sign(std::vector<TrailEntry>& entries) {
  if (trail_ == nullptr) TREDE_RETURN_IF_ERROR(open());
  for (TrailEntry& entry : entries) {
    entry.origin = kDoor;
    entry.actor = actor_;
    entry.attempt = attempt_;
  }
  return {};
}

void Accountable::note_read(std::vector<TrailEntry> entries) {
  Status noted = open_and_sign(entries);
  if (noted) noted = trail_->append(entries);
  if (noted) return;
  context_->err.line("not in the audit trail: " + printable(noted.error().message, 300));
}

Outcome<> Accountable::note_begun(std::vector<TrailEntry> entries) {
  const Status signed_by = open_and_sign(entries);
  const auto begun = signed_by ? trail_->begin(entries) : signed_by.error();
  if (!begun) {
    return system_failed("the audit trail cannot be written, so nothing was: " +
                         begun.error().message);
  }
  attempt_ = *begun;
  return {};
}

Outcome<> Accountable::note_written(std::vector<TrailEntry> entries) {
  Status noted = open_and_sign(entries);
  if (noted) noted = trail_->append(entries);
  attempt_ = 0;
  if (noted) return {};
  return system_failed("it was done, but is not in the audit trail: " + noted.error().message);
}

Status ShownStreams::add_events(std::span<const Position> positions, const EventLog& log) {
  for (const Position position : positions) {
    if (events_.size() > kMost) return {};
    const auto stored = log.load(position);
    if (!stored) return std::unexpected(stored.error());
    const auto event = decode_any(stored->bytes);
    if (!event) return std::unexpected(event.error());
    add(stream_of(*event));
  }
  return {};
}

std::vector<TrailEntry> ShownStreams::entries(TrailAction action, Position known) const {
  if (events_.size() > kMost) {
    return {{.action = action,
             .object = std::string(kWholeLog),
             .first = Position{1},
             .last = known,
             .count = known.value}};
  }
  std::vector<TrailEntry> out;
  for (const auto& [stream, events] : events_) {
    out.push_back({.action = action, .object = object_of(stream), .last = known, .count = events});
  }
  return out;
}

}  // namespace trede::tool
