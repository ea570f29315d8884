// How much of the log is asked about, as a server is asked, and as it answers.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string>

#include "engine/base/time.h"
#include "tools/trede/question.h"
#include "tools/trede/remote/client.h"

namespace trede::tool {

// Adds the options to `into`. What is wrong is said as for a folder; where that takes how much
// there is, the server is asked. `prefix` as of resolve_known.
Outcome<> add_known(const Client& client, const KnownOptions& known, const std::string& prefix,
                    QueryValues& into);

std::optional<Moment> moment_in(const google::protobuf::Timestamp& stamp);

}  // namespace trede::tool
