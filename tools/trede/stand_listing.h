// What holds in a dossier on a day, for a person.
#pragma once

#include <span>
#include <string>

#include "engine/dossier/timeline.h"
#include "tools/trede/listing.h"

namespace trede::tool {

// wat, sinds, kenmerken: one row per thing that runs, then what is known of the dossier.
Listing stand_listing(std::span<const ActingEvent> events, Day op);

}  // namespace trede::tool
