// On what the figures were measured.
#pragma once

#include <filesystem>
#include <string>

namespace trede::bench {

// Processor, cores, kernel, file system of `folder`, versions; a Markdown list.
std::string machine(const std::filesystem::path& folder);

}  // namespace trede::bench
