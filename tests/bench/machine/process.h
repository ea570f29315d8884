// Other programs, run to their end.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace trede::bench {

// Runs a program and waits for it. Returns what it wrote to its standard output.
// Throws std::runtime_error with its last words when it fails.
std::string run(const std::vector<std::string>& words);

}  // namespace trede::bench
