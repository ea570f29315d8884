// W3C Trace Context: under which id a request goes through all systems that it touches.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/clock.h"

namespace trede::server {

struct Trace {
  std::string trace_id;  // 32 hex digits, lower case
  std::string span_id;   // 16 hex digits, lower case
};

// The trace id of a header `traceparent` (any version but ff); absent when it is not valid, so also
// in upper case or all zeros.
std::optional<std::string> parse_traceparent(std::string_view header);

// The ids of a request: a new span in the trace of `traceparent` where that is valid, else in a
// new one. Threads: any.
Trace make_trace(std::optional<std::string_view> traceparent, RandomSource& random);

}  // namespace trede::server
