// What an import works with, whatever the format of its file.
#pragma once

#include <functional>

#include "engine/base/clock.h"
#include "engine/log/event_log.h"
#include "tools/trede/rows/import_report.h"
#include "tools/trede/rows/input_file.h"
#include "tools/trede/rows/stream_names.h"

namespace trede::tool {

// Everything must outlive the import.
struct ImportJob {
  InputFile& file;
  StagedImport& store;
  StreamNames& names;
  const Clock& clock;
  std::function<void(std::uint64_t, std::uint64_t)> on_progress;  // bytes taken, and in all
  BadRows& bad;
  ImportTotals& totals;
  bool as_recorded = false;
  bool takes_newer = true;
};

}  // namespace trede::tool
