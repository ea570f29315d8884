// The log of the process, by spdlog: what happened to the server, never what was in a request.
#pragma once

#include <string>

#include "tools/server/operation/config.h"

namespace trede::server {

// Sets the default logger up: a line each on stderr, as text or as a JSON object with `tijd`,
// `niveau` and `bericht`. Once, before anything else runs.
void set_up_logs(const Config& config);
// Requires: a level of Config.
void set_log_level(const std::string& level);

// `text` as a member of a JSON string, without its quotes.
std::string json_escaped(std::string_view text);

}  // namespace trede::server
