// ZIP archives of one form only: files one after the other, not compressed, without dates, extra
// fields or comments. So that every byte of an archive is either a byte of a file or follows from
// the files, and none can be altered unseen; which no library for ZIP promises, as all of them read
// whatever others write. Every program that knows ZIP opens it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace trede::tool {

struct ZipEntry {
  std::string name;
  std::string bytes;
  bool operator==(const ZipEntry&) const = default;
};

// The same entries give the same bytes.
// Requires: names of 1..64 letters, digits, `.` and `-`, each once; at most 64 entries.
// Errors: kInvalid when it would be 4 GiB or more, which the form cannot hold.
Result<std::string> write_zip(const std::vector<ZipEntry>& entries);

// Errors: kInvalid when it is not, byte for byte, what write_zip gives.
Result<std::vector<ZipEntry>> read_zip(std::string_view zip);

}  // namespace trede::tool
