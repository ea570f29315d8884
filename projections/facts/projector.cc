#include "projections/facts/projector.h"

#include <algorithm>
#include <utility>

#include "engine/event/attributes.h"
#include "engine/event/event.h"

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
Status check_counted(const pb::Event& event) {
  const pb::Body& body =
      event.body().has_correctie() ? event.body().correctie().door() : event.body();
  if (!has_counted_numbers(body)) return {};
  const Kind& kind = kind_of(body.soort_case());
  for (const Attribute& attribute : kind.attributes) {
    const Status checked = check_attribute(kind_message(body), attribute);
    if (checked) continue;
    return Error{ErrorCode::kCorrupt, "event at positie " + std::to_string(event.positie()) + ", " +
                                          kind.code + ": " + attribute.name + ": " +
                                          checked.error().message};
  }
  return {};
}

}  // namespace

Result<EventPtr> decode_shared(std::string_view stored) {
  auto event = decode_event(stored);
  if (!event) return std::unexpected(std::move(event).error());
  TREDE_RETURN_IF_ERROR(check_counted(*event));
  return std::make_shared<const pb::Event>(std::move(*event));
}

Status Projector::load(const StreamId& stream, StreamVersion version, History& history) const {
  constexpr std::size_t kPage = 1000;
  while (history.version() < version) {
    const StreamVersion next{history.version().value + 1};
    const std::uint64_t missing = version.value - history.version().value;
    const auto page = log_.read_stream(stream, next, std::min<std::size_t>(kPage, missing));
    if (!page) return std::unexpected(page.error());
    if (page->empty()) {
      return Error{ErrorCode::kCorrupt,
                   stream.text() + " ends before version " + std::to_string(version.value)};
    }
    for (const StoredEvent& stored : *page) {
      auto event = decode_shared(stored.bytes);
      if (!event) return std::unexpected(std::move(event).error());
      history.add(std::move(*event));
    }
  }
  return {};
}

Result<History*> Projector::history_of(const StreamId& stream, StreamVersion version) {
  const auto found = find_.find(stream);
  if (found != find_.end()) {
    kept_.splice(kept_.begin(), kept_, found->second);
    History& history = kept_.front().history;
    if (history.version() == version) return &history;
    // Something came in elsewhere: read it again.
    kept_events_ -= history.version().value;
    find_.erase(found);
    kept_.pop_front();
  }
  History history;
  TREDE_RETURN_IF_ERROR(load(stream, version, history));
  kept_events_ += history.version().value;
  kept_.push_front({stream, std::move(history)});
  find_.emplace(stream, kept_.begin());
  return &kept_.front().history;
}

void Projector::forget_oldest() {
  while (kept_events_ > kKeptEvents && kept_.size() > 1) {
    const Kept& oldest = kept_.back();
    kept_events_ -= oldest.history.version().value;
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
    const auto history = history_of(stream, before);
    if (!history) return std::unexpected(history.error());
    kept_events_ += events.size();
    add_append(**history, std::move(events), dictionary_,
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
