// Folders of databases: copied, weighed, and taken out of memory.
#pragma once

#include <filesystem>

namespace trede::bench {

// A copy of a data folder that nobody has open. Table files, which RocksDB never changes, become
// hard links: a copy of a large log costs next to nothing.
void copy_folder(const std::filesystem::path& from, const std::filesystem::path& to);

// What its files take.
std::uintmax_t bytes_of(const std::filesystem::path& folder);

// Asks the kernel to forget the pages of its files, so that the next reader reads the disk.
void forget_pages(const std::filesystem::path& folder);

}  // namespace trede::bench
