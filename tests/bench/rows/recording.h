// Events through the front door, one a call.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "engine/dossier/recorder.h"

namespace trede::bench {

// Returns where it stands. Throws when it is refused.
Position record(Recorder& recorder, const pb::Event& event);
boost::asio::awaitable<Position> record_later(Recorder& recorder, const pb::Event& event);

}  // namespace trede::bench
