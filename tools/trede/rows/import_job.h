// What an import works with, whatever the format of its file.
#pragma once

#include "engine/base/clock.h"
#include "engine/log/event_log.h"
#include "tools/trede/progress.h"
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
  ProgressBar& bar;
  BadRows& bad;
  ImportTotals& totals;
  bool as_recorded = false;
};

}  // namespace trede::tool
