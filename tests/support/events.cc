#include "tests/support/events.h"

#include <stdexcept>

#include "engine/event/attributes.h"

namespace trede::test {

namespace {

Uuid numbered(std::uint8_t first, std::uint64_t number) {
  Uuid id;
  id.bytes[0] = first;
  for (std::size_t i = 0; i < 8; ++i) {
    id.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  return id;
}

constexpr std::int64_t kFirstMoment = 1'735'776'000'000'000;  // 2025-01-02T00:00Z

}  // namespace

StreamId dossier(std::uint64_t number) { return {StreamKind::kDossier, numbered(0xD0, number)}; }
StreamId werkgever(std::uint64_t number) {
  return {StreamKind::kWerkgever, numbered(0xE0, number)};
}
EventId event_id(std::uint64_t number) { return EventId{numbered(0xA0, number)}; }

Day day(std::string_view text) {
  const auto parsed = parse_day(text);
  if (!parsed) throw std::invalid_argument(std::string(text) + ": " + parsed.error().message);
  return *parsed;
}

pb::Body body(std::string_view soort, Attributes attributes) {
  const Kind* kind = find_kind(soort);
  if (kind == nullptr) throw std::invalid_argument("no kind " + std::string(soort));
  pb::Body out;
  set_kind(out, kind->soort);
  for (const auto& [name, text] : attributes) {
    const Attribute* attribute = kind->find_attribute(name);
    if (attribute == nullptr) throw std::invalid_argument("no attribute " + std::string(name));
    const Status set = set_attribute(kind_message(out), *attribute, text, TextStyle::kPlain);
    if (!set) throw std::invalid_argument(std::string(name) + ": " + set.error().message);
  }
  return out;
}

pb::Event event(const StreamId& stream, const EventId& id, std::string_view dag,
                std::string_view soort, Attributes attributes) {
  pb::Event out;
  set_stream(out, stream);
  set_id(out, id);
  if (!dag.empty()) out.set_geldig_op(day_number(day(dag)));
  *out.mutable_body() = body(soort, attributes);
  return out;
}

pb::Event correctie(const StreamId& stream, const EventId& id, const EventId& vervangt,
                    std::string_view dag, std::string_view soort, Attributes attributes) {
  pb::Event out = event(stream, id, dag, "correctie");
  out.mutable_body()->mutable_correctie()->set_vervangt(std::string(vervangt.uuid.view()));
  *out.mutable_body()->mutable_correctie()->mutable_door() = body(soort, attributes);
  return out;
}

pb::Event intrekking(const StreamId& stream, const EventId& id, const EventId& vervangt,
                     std::string_view reden) {
  pb::Event out = event(stream, id, "", "intrekking", {{"reden", reden}});
  out.mutable_body()->mutable_intrekking()->set_vervangt(std::string(vervangt.uuid.view()));
  return out;
}

pb::Event recorded(pb::Event event, std::uint64_t position, std::uint64_t version,
                   std::int64_t vastgelegd_op) {
  event.set_positie(position);
  event.set_versie(version);
  event.set_vastgelegd_op(vastgelegd_op != 0 ? vastgelegd_op
                                             : kFirstMoment + static_cast<std::int64_t>(position));
  return event;
}

}  // namespace trede::test
