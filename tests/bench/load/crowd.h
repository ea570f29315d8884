// Ten thousand connections that do nothing, and a werkcoach who should not notice.
#pragma once

#include <filesystem>

namespace trede::bench {

struct CrowdOptions {
  std::filesystem::path trede;
  std::filesystem::path folder;  // scratch space
  int connections = 10'000;
  int turns = 200;  // of the journey, with and without the crowd
};

// A werkcoach goes through caseload, dossier, timeline, recording and figures, first alone, then
// beside the crowd. Prints latencies of both, and what an idle connection takes of the server.
// Throws an answer of another status, and a crowd that was not let in or not kept.
void run_crowd(const CrowdOptions& options);

}  // namespace trede::bench
