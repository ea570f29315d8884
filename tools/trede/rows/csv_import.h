// Takes a CSV file into a staged import: row by row, group by group, judging everything and
// remembering what is bad.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/dossier/recorder.h"
#include "tools/trede/rows/csv_reader.h"
#include "tools/trede/rows/import_job.h"
#include "tools/trede/rows/row_reader.h"

namespace trede::tool {

// What a groep begins with that binds rows of several streams.
inline constexpr char kOverStreams = '@';

// Stages every good row of the file. A bad row, and the group it belongs to, is left out, and
// judging goes on without it; `job.bad` has them all. Errors: the system failed.
class CsvImport {
 public:
  explicit CsvImport(const ImportJob& job);
  Status run();

 private:
  struct Row {
    std::size_t line;
    std::string stream;  // as in the file
  };
  // Rows that are appended together.
  struct Group {
    std::string groep;  // empty: a group of one row
    std::vector<pb::Event> events;
    std::vector<Row> rows;        // one for each event
    std::vector<Moment> moments;  // one for each event; none unless as recorded
    bool is_bad = false;          // one of its rows is; the others are left out with it
    std::string stream;           // of the row being read
    std::unordered_set<std::string> streams_before;

    bool is_over_streams() const { return groep.starts_with(kOverStreams); }
    // Whether a row goes with those before it.
    bool takes(std::string_view groep_cell, std::string_view stream_cell) const;
    void clear();
    // Leaves the rows out for which `is_left_out` has true.
    void leave_out(const std::vector<bool>& is_left_out);
  };

  bool read_header(CsvReader& reader);
  Status take_row(CsvReader& reader);
  void take_bad_row(CsvReader& reader);
  void change_stream(std::string_view stream, std::size_t line);
  Status join(RowEvent row, std::size_t line);
  // Appends the group to the store, or reports why not.
  Status flush();
  Status skip_known();
  Status record();
  void report_refusal(const Refusal& refusal);
  Status report_invalid(const Error& error);
  std::string follows_from(const std::string& stream) const;
  void report(const Row& row, const std::string& column, const std::string& message);
  void note_left_out(const Row& row);
  std::string_view cell(const CsvReader& reader, Field field) const;

  ImportJob job_;
  Recorder recorder_;
  Columns columns_;
  std::optional<RowReader> rows_;
  Group group_;
  // Per stream the first line that was left out: later refusals may follow from it.
  std::unordered_map<std::string, std::size_t> left_out_;
};

}  // namespace trede::tool
