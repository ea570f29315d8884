// The machine's clock against the last recording.
#pragma once

#include <chrono>

#include "engine/base/result.h"
#include "engine/base/time.h"

namespace trede {

// A clock may step back so far: recording goes on, with moments that follow the last one.
inline constexpr std::chrono::minutes kClockTolerance{5};

// Errors: kClock  `now` lies more than kClockTolerance before `last_recording`.
Status check_clock(Moment now, Moment last_recording);

}  // namespace trede
