// No BSN in an event: neither as who did it nor as somebody that it names.
#pragma once

#include <string_view>

#include "engine/base/result.h"

namespace trede {

// Whether an attribute of this name says who somebody is. All other words of the organisation's own
// tell things apart (kenmerk, naam, afdeling, programma): of the numbers of eight or nine digits
// that things have, one in eleven would be refused for nothing.
bool names_somebody(std::string_view attribute);

// Errors: kInvalid when `text` may be a BSN; the message does not repeat it.
// Source: contract, import format: what is refused of a KEY.
Status check_no_bsn(std::string_view text);

// An actor: [A-Za-z0-9._@-]{1,64}, and no BSN. Errors: kInvalid; the message does not repeat it.
Status check_event_actor(std::string_view actor);

}  // namespace trede
