// What stands in the body of a call.
#pragma once

#include "tools/server/api/call.h"
#include "tools/server/api/wire.h"

namespace trede::server {

// The message in the body. Requires: the body has one of our media types. Errors: 400.
template <typename Message>
OrProblem<Message> sent_message(const Call& call) {
  Message sent;
  const auto type = media_type_of(call.header("Content-Type"));
  TREDE_RETURN_IF_PROBLEM(read_message(*type, call.request.body, sent));
  return sent;
}

}  // namespace trede::server
