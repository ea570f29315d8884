// What can happen to the bytes of a file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/damage/whole_folder.h"

namespace trede::test {

struct Damage {
  std::string how;
  std::optional<std::string> bytes;  // absent: the file is gone
};

// Flipped bits, one in each of `regions` equal parts of the file.
std::vector<Damage> flipped(const std::string& bytes, std::size_t regions);
// Cut before the first byte, before the last, and between.
std::vector<Damage> cut(const std::string& bytes);
// Gone.
std::vector<Damage> gone();
// Put back as it was in `older`: under this name, or, where names go on counting, as the last file
// of this kind.
std::vector<Damage> older_version(const std::string& name, const std::string& bytes,
                                  const Files& older);
// With the bytes of the file of the same kind beside it.
std::vector<Damage> mixed_up(const std::string& name, const std::string& bytes, const Files& files);

}  // namespace trede::test
