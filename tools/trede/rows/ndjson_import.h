// Takes a lossless export into a staged import: the very same bytes, positions and streams.
#pragma once

#include <string_view>

#include "tools/trede/rows/event_json.h"
#include "tools/trede/rows/import_job.h"

namespace trede::tool {

// Stages every line of the file, which must continue the log: what the log holds already in the
// same bytes is skipped. After a bad line nothing more is staged, because no later one can continue
// then, but the form of the others is still looked at. In the end every stream that got an event
// must fold clean, as if the rules had let it in. `job.bad` has what is wrong.
// Errors: the system failed.
class NdjsonImport {
 public:
  // `head` is the last position of the log before the import.
  NdjsonImport(const ImportJob& job, Position head) : job_(job), head_(head) {}
  Status run();

 private:
  Status take_line(std::size_t number, std::string_view line);
  Status skip_or_refuse(std::size_t number, const JsonEvent& event);
  Status adopt_key(std::size_t number, const JsonEvent& event);
  Status check_sound();

  ImportJob job_;
  Position head_;
  std::size_t first_line_ = 0;  // of the event after `head_`; each of the others has its own line
};

}  // namespace trede::tool
