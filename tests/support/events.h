// Events for tests, written as a werkcoach would say them.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "engine/event/event.h"

namespace trede::test {

using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// A stream / an id that is always the same for the same number.
StreamId dossier(std::uint64_t number);
StreamId werkgever(std::uint64_t number);
EventId event_id(std::uint64_t number);

// A body: soort and attributes as text (plain style). Throws when a name or value does not exist.
pb::Body body(std::string_view soort, Attributes attributes = {});

// An event as a writer hands it over (fields 1..7 empty). `dag` is YYYY-MM-DD; empty = absent.
pb::Event event(const StreamId& stream, const EventId& id, std::string_view dag,
                std::string_view soort, Attributes attributes = {});
// A correctie of `vervangt` that puts `soort` in place; an intrekking of it.
pb::Event correctie(const StreamId& stream, const EventId& id, const EventId& vervangt,
                    std::string_view dag, std::string_view soort, Attributes attributes = {});
pb::Event intrekking(const StreamId& stream, const EventId& id, const EventId& vervangt,
                     std::string_view reden = "foutief");

// The same event as the log would hold it: with a position, a version and a moment (the position as
// microseconds on 2025-01-02 when none is given).
pb::Event recorded(pb::Event event, std::uint64_t position, std::uint64_t version = 1,
                   std::int64_t vastgelegd_op = 0);

Day day(std::string_view text);  // YYYY-MM-DD; throws otherwise

}  // namespace trede::test
