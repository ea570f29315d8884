// The events behind a figure, loaded and written while they are sent.
#pragma once

#include <vector>

#include "tools/server/api/call.h"

namespace trede::server {

// A body with `head` (a Verklaring or Verschillen without `bijdragen`) and then all `parts` as its
// `bijdragen`, a thousand at a time; with the names of their streams when `sleutels` is asked.
StreamedBody contribution_body(const Call& call, const google::protobuf::Message& head,
                               std::vector<Contribution> parts, const Answer& answer);

}  // namespace trede::server
