// A whole data folder, log, KEYs and projections, as it was at two moments, and what it serves.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "tests/unit/projections/folder_fixture.h"

namespace trede::test {

// The bytes of each file, by its path in the folder.
using Files = std::map<std::string, std::string>;

Files files_of(const std::filesystem::path& folder);
void write_file(const std::filesystem::path& file, std::string_view bytes);

// Everything that a folder can be asked, each in its own words; an error stands for what could not
// be had.
using Served = std::vector<Result<std::string>>;

// How the process that wrote it came to its end: everything in table files, or the last events in
// write-ahead logs.
enum class End { kClosed, kKilled };

class WholeFolder : public FolderTest {
 protected:
  explicit WholeFolder(End end);

  // Events of every position, every KEY, and figures from the projections.
  Served serve(DataFolder& folder) const;
  // What verify has to say of log, KEYs and projections; an error counts as one finding.
  static std::vector<std::string> verify(DataFolder& folder);
  // The same of log and KEYs only.
  static std::vector<std::string> verify_truth(DataFolder& folder);

  Files older_;  // some time before
  Files files_;  // at the end
  Served whole_;
  Position middle_;  // known then, asked for later

 private:
  void write_history();
  void write_more();
  void assign_keys(std::uint64_t first, std::uint64_t count);
  Result<std::string> ask(Projections& projections, const Query& query) const;
  std::vector<Query> questions() const;
};

}  // namespace trede::test
