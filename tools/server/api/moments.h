// Moments as the messages of the API have them.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <chrono>

#include "engine/base/time.h"

namespace trede::server {

inline Moment moment_of(const google::protobuf::Timestamp& stamp) {
  return Moment{std::chrono::seconds{stamp.seconds()} +
                std::chrono::microseconds{stamp.nanos() / 1000}};
}

inline void set_moment(google::protobuf::Timestamp& stamp, Moment moment) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(moment);
  stamp.set_seconds(seconds.time_since_epoch().count());
  stamp.set_nanos(static_cast<std::int32_t>((moment - seconds).count() * 1000));
}

}  // namespace trede::server
