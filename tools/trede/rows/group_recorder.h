// What a CSV import does with rows that are an event each: rows that belong together are judged and
// staged together, or reported.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/dossier/recorder.h"
#include "tools/trede/rows/import_job.h"

namespace trede::tool {

// What a groep begins with that binds rows of several streams.
inline constexpr char kOverStreams = '@';

struct ImportRow {
  std::size_t line;
  std::string stream;  // as in the file
};

// Rows that are appended together.
struct ImportGroup {
  std::string groep;  // empty: a group of one row
  std::vector<pb::Event> events;
  std::vector<ImportRow> rows;  // one for each event
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

// Threads: one at a time. Uses all of its job but the file, the names and the bar.
class GroupRecorder {
 public:
  explicit GroupRecorder(const ImportJob& job);

  // A hint: these groups are recorded next.
  void expect(std::span<const ImportGroup> groups) const;
  // Stages the group, or reports why not. Errors: the system failed.
  Status record(ImportGroup& group);

  // Reports what is wrong with a row of `group`, which is bad then.
  void report(ImportGroup& group, const ImportRow& row, const std::string& column,
              const std::string& message);
  // What to add when something of this stream was left out before.
  std::string follows_from(const std::string& stream) const;

 private:
  Status skip_known(ImportGroup& group);
  Status append(ImportGroup& group);
  void report_refusal(ImportGroup& group, const Refusal& refusal);
  Status report_invalid(ImportGroup& group, const Error& error);
  void note_left_out(const ImportRow& row);

  ImportJob job_;
  Recorder recorder_;
  // Per stream the first line that was left out: later refusals may follow from it.
  std::unordered_map<std::string, std::size_t> left_out_;
};

}  // namespace trede::tool
