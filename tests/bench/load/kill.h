// The server killed (-9) while 64 connections record.
#pragma once

#include <filesystem>

namespace trede::bench {

struct KillOptions {
  std::filesystem::path trede;
  std::filesystem::path folder;  // scratch space
  int rounds = 20;
  int seed = 1;
  int most_ms = 1'500;  // of recording, in a round
};

// Each round serves one data folder, which goes on from round to round, and kills the server at a
// random moment. Afterwards every event that was acknowledged must be in the log, and the folder
// must be well by `trede verify`. Prints what was done.
// Throws what was lost, or went wrong.
void run_kills(const KillOptions& options);

}  // namespace trede::bench
