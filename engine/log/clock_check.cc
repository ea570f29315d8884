#include "engine/log/clock_check.h"

namespace trede {

Status check_clock(Moment now, Moment last_recording) {
  if (now >= last_recording - kClockTolerance) return {};
  return Error{ErrorCode::kClock, "the clock stands at " + format_moment(now) +
                                      ", more than 5 minutes before the last recording at " +
                                      format_moment(last_recording) + "; set the machine's clock"};
}

}  // namespace trede
