// What commands show of an event: who, what, when true and when known.
#pragma once

#include <string>
#include <vector>

#include "engine/event/event.h"
#include "engine/log/key_directory.h"
#include "tools/trede/table.h"

namespace trede::tool {

// positie, event_id, stream, soort, geldig_op, vastgelegd_op.
std::vector<Table::Column> event_columns();
// One cell per column. Errors: those of the key directory.
Result<std::vector<std::string>> event_cells(const pb::Event& event, const KeyDirectory& keys);

// The kind; `correctie` and `intrekking` for those. `(newer)` when this program does not know it.
std::string kind_text(const pb::Body& body);
// `gemeente=Velsen regeling=participatiewet`; of a correctie those that it puts in place. Of bytes
// it says how many there are.
std::string attributes_text(const pb::Body& body);
// The event that a correctie or intrekking is about.
std::optional<EventId> replaced_by(const pb::Body& body);

}  // namespace trede::tool
