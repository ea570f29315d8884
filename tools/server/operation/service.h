// `trede serve` from its start to its end: opens the data folder, puts the rooms of the server
// together, and takes them apart again in the order in which nothing acknowledged is lost.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "tools/server/operation/config.h"

namespace trede::server {

struct ServiceParts {
  Config config;
  // Read again for what may change without a stop (certificates, level of the log); empty = there
  // is no file.
  std::string config_file;
  const Clock& clock;
  RandomSource& random;
  // Called once, when it answers: where.
  std::function<void(const std::vector<std::string>& addresses)> on_ready;
};

// Serves until SIGTERM or SIGINT, then ends well: refuses what is new, lets what runs be answered,
// brings the projections up to date and closes the folder. SIGHUP reads certificates and the level
// of the log again.
// Requires: no other thread of the process; set_up_logs was called.
// Errors: of opening: those of DataFolder, Projections, Gate and Server;
//         of closing: kIo: what was acknowledged is on disk all the same.
Status serve(ServiceParts parts);

}  // namespace trede::server
