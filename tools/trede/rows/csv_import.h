// Takes a CSV file into a staged import: row by row, group by group, judging everything and
// remembering what is bad. Rows are read ahead while the groups before them are recorded; only what
// needs to know how those came out waits for them.
#pragma once

#include <optional>
#include <string>

#include "tools/trede/rows/csv_reader.h"
#include "tools/trede/rows/group_pipe.h"
#include "tools/trede/rows/group_recorder.h"
#include "tools/trede/rows/row_reader.h"

namespace trede::tool {

// Stages every good row of the file. A bad row, and the group it belongs to, is left out, and
// judging goes on without it; `job.bad` has them all. Errors: the system failed.
class CsvImport {
 public:
  explicit CsvImport(const ImportJob& job);
  Status run();

 private:
  bool read_header(CsvReader& reader);
  Status take_row(CsvReader& reader);
  Status take_bad_row(CsvReader& reader);
  Status change_stream(std::string_view stream, std::size_t line);
  Status join(RowEvent row, std::size_t line);
  Status pass_on_group();
  Status report(const ImportRow& row, const std::string& column, const std::string& message);
  Status report_flaw(const ImportRow& row, const ColumnFlaw& flaw);
  Result<std::optional<Soort>> find_kind(const EventId& id);
  std::string_view cell(const CsvReader& reader, Field field) const;

  ImportJob job_;
  Columns columns_;
  std::optional<RowReader> rows_;
  ImportGroup group_;  // of the row being read
  RecentKinds kinds_;  // of the rows before it
  GroupRecorder recorder_;
  GroupPipe pipe_;  // to the recorder, which belongs to its thread until it is drained
};

}  // namespace trede::tool
