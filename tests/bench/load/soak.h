// The server under everything at once, for long: what it takes of the machine must not grow.
#pragma once

#include <filesystem>

namespace trede::bench {

struct SoakOptions {
  std::filesystem::path trede;
  std::filesystem::path folder;  // scratch space
  int seconds = 600;
  int appends_per_second = 500;
  int reads_per_second = 2'000;
  // Before it begins, in each dossier: enough that after a look at each of them all that is kept of
  // what was used lately is as large as it may be.
  int contacts = 40;
};

// Records, reads, follows, and has callers come and go, and looks each sixtieth of the time at
// memory, descriptors and errors. Prints what it saw.
// Throws an answer of another status, an error in the log of the server, and growth: of the median
// of the last third over that of the middle third more than a twentieth and what the events that
// came between may take; of descriptors any.
void run_soak(const SoakOptions& options);

}  // namespace trede::bench
