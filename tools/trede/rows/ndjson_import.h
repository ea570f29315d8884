// Takes a lossless export into a staged import: the very same bytes, positions and streams.
#pragma once

#include <string_view>

#include "tools/trede/rows/event_json.h"
#include "tools/trede/rows/import_job.h"

namespace trede::tool {

// Stages every line of the file, which must continue the log: what the log holds already in the
// same bytes is skipped. The first bad line ends it, because no later one can continue then;
// `job.bad` has it. Errors: the system failed.
class NdjsonImport {
 public:
  // `head` is the last position of the log before the import.
  NdjsonImport(const ImportJob& job, Position head) : job_(job), head_(head) {}
  Status run();

 private:
  Status take_line(std::size_t number, std::string_view line);
  Status skip_or_refuse(std::size_t number, const JsonEvent& event);
  Status adopt_key(std::size_t number, const JsonEvent& event);

  ImportJob job_;
  Position head_;
};

}  // namespace trede::tool
