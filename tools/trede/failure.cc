#include "tools/trede/failure.h"

namespace trede::tool {

Exit exit_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalid:
    case ErrorCode::kRefused: return Exit::kInput;
    case ErrorCode::kConflict:
    case ErrorCode::kNotFound:
    case ErrorCode::kLocked:
    case ErrorCode::kIo:
    case ErrorCode::kCorrupt:
    case ErrorCode::kNewer:
    case ErrorCode::kClock:
    case ErrorCode::kClosed: return Exit::kSystem;
  }
  std::unreachable();
}

}  // namespace trede::tool
