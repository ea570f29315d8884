#include "projections/facts/projector.h"

#include <algorithm>
#include <utility>

#include "engine/event/attributes.h"
#include "engine/event/event.h"
#include "engine/event/without_figures.h"

namespace trede {

namespace {

bool has_counted_numbers(const pb::Body& body) {
  return body.has_boeking() || body.has_dienstverband_start() ||
         body.has_dienstverband_gewijzigd() || body.has_ziekmelding() ||
         body.has_verzuim_gewijzigd() || body.has_vacature_vervuld() || body.has_relatie_start();
}

Status check_attribute(const google::protobuf::Message& message, const Attribute& attribute) {
  if (!has_attribute(message, attribute)) return {};
  if (attribute.form == pb::FORM_PERIODE) {
    return check_text(attribute.form, message.GetReflection()->GetString(message, attribute.field));
  }
  const auto form = number_form(attribute.form);
  return form ? check_number(*form, number_of(message, attribute)) : Status{};
}

// decode_event knows every code, but leaves other values alone.
Status check_counted(const pb::Body& of, Position position) {
  const pb::Body& body = of.has_correctie() ? of.correctie().door() : of;
  if (!has_counted_numbers(body)) return {};
  const Kind& kind = kind_of(body.soort_case());
  for (const Attribute& attribute : kind.attributes) {
    const Status checked = check_attribute(kind_message(body), attribute);
    if (checked) continue;
    return Error{ErrorCode::kCorrupt, "event at positie " + std::to_string(position.value) + ", " +
                                          kind.code + ": " + attribute.name + ": " +
                                          checked.error().message};
  }
  return {};
}

// `events` with their bodies on `bodies`.
std::vector<RecordedEvent> keep(std::span<const EventPtr> events, google::protobuf::Arena& bodies) {
  std::vector<RecordedEvent> kept;
  kept.reserve(events.size());
  for (const EventPtr& event : events) {
    kept.push_back(recorded_of(*event));
    kept.back().body = copy_without_figures(*kept.back().body, bodies);
  }
  return kept;
}

}  // namespace

Result<EventPtr> decode_shared(std::string_view stored) {
  auto event = decode_event(stored);
  if (!event) return std::unexpected(std::move(event).error());
  TREDE_RETURN_IF_ERROR(check_counted(event->body(), position_of(*event)));
  return std::make_shared<const pb::Event>(std::move(*event));
}

Result<RecordedEvent> decode_counted(std::string_view stored, google::protobuf::Arena& arena) {
  auto event = decode_recorded(stored, arena);
  if (event) TREDE_RETURN_IF_ERROR(check_counted(*event->body, event->position));
  return event;
}

Status decode_counted_body(std::string_view body, RecordedEvent& event,
                           google::protobuf::Arena& arena) {
  TREDE_RETURN_IF_ERROR(decode_body(body, event, arena));
  return check_counted(*event.body, event.position);
}

Status Projector::load(Kept& kept, StreamVersion version) const {
  constexpr std::size_t kPage = 1000;
  std::vector<RecordedEvent> events;
  while (events.size() < version.value) {
    const StreamVersion next{events.size() + 1};
    const std::uint64_t missing = version.value - events.size();
    const auto page = log_.read_stream(kept.stream, next, std::min<std::size_t>(kPage, missing));
    if (!page) return std::unexpected(page.error());
    if (page->empty()) {
      return Error{ErrorCode::kCorrupt,
                   kept.stream.text() + " ends before version " + std::to_string(version.value)};
    }
    for (const StoredEvent& stored : *page) {
      auto event = decode_without_figures(stored.bytes, kept.bodies);
      if (!event) return std::unexpected(std::move(event).error());
      TREDE_RETURN_IF_ERROR(check_counted(*event->body, event->position));
      events.push_back(*event);
    }
  }
  kept.facts.restore(events);
  return {};
}

Result<Projector::Kept*> Projector::find_or_load(const StreamId& stream, StreamVersion version) {
  const auto found = find_.find(stream);
  if (found != find_.end()) {
    kept_.splice(kept_.begin(), kept_, found->second);
    if (kept_.front().facts.version() == version) return &kept_.front();
    // Something came in elsewhere: read it again.
    kept_events_ -= kept_.front().facts.version().value;
    find_.erase(found);
    kept_.pop_front();
  }
  Keep loaded;
  loaded.emplace_front(stream);
  TREDE_RETURN_IF_ERROR(load(loaded.front(), version));
  kept_events_ += version.value;
  kept_.splice(kept_.begin(), loaded);
  find_.emplace(stream, kept_.begin());
  return &kept_.front();
}

void Projector::forget_oldest() {
  while ((kept_events_ > kKeptEvents || kept_.size() > kKeptStreams) && kept_.size() > 1) {
    const Kept& oldest = kept_.back();
    kept_events_ -= oldest.facts.version().value;
    find_.erase(oldest.stream);
    kept_.pop_back();
  }
}

Status Projector::project(std::vector<EventPtr> append, const DeltaSink& sink) {
  // Streams in the order in which the append names them.
  std::vector<std::pair<StreamId, std::vector<EventPtr>>> streams;
  for (EventPtr& event : append) {
    const StreamId stream = stream_of(*event);
    if (streams.empty() || streams.back().first != stream) streams.push_back({stream, {}});
    streams.back().second.push_back(std::move(event));
  }
  std::vector<Delta> deltas;
  for (auto& [stream, events] : streams) {
    const StreamVersion before{events.front()->versie() - 1};
    const auto kept = find_or_load(stream, before);
    if (!kept) return std::unexpected(kept.error());
    kept_events_ += events.size();
    (*kept)->facts.add(keep(events, (*kept)->bodies), interner_,
                       [&deltas](const Delta& delta) { deltas.push_back(delta); });
  }
  forget_oldest();
  std::ranges::for_each(deltas, sink);
  return {};
}

Result<Position> known_until(const EventStore& log, Position after, Position to) {
  Position known = after;
  const Status scanned =
      log.scan(after.next(), to, [&](Position position, std::string_view stored) {
        const auto event = decode_event(stored);
        if (!event) return Status(std::unexpected(event.error()));
        if (append_last(*event) == position) known = position;
        return Status{};
      });
  if (!scanned && scanned.error().code != ErrorCode::kNewer) {
    return std::unexpected(scanned.error());
  }
  return known;
}

}  // namespace trede
