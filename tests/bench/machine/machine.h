// On what the figures were measured.
#pragma once

#include <filesystem>

#include "tests/bench/figures/report.h"

namespace trede::bench {

// Processor, cores, memory, kernel, and of the disk that holds `folder` its file system and the
// time of one fdatasync.
Facts machine(const std::filesystem::path& folder);

// `values` appended to a file, each on disk before the next. Returns the seconds it took.
double append_synced(const std::filesystem::path& file, const std::vector<std::string>& values);

}  // namespace trede::bench
