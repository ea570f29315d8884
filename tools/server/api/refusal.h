// What is told of a refusal.
#pragma once

#include "engine/dossier/recorder.h"
#include "tools/server/api/call.h"

namespace trede::server {

// `refusal` as who calls may see it: what collides with an event that is not shown to them is not
// named, because a refusal would tell who is ill, and since when. It says `past_niet` then.
Refusal shown_refusal(Refusal refusal, const Call& call);

}  // namespace trede::server
