// A file of persons, row by row: what each row is to change.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/log/key_directory.h"
#include "engine/vault/vault.h"
#include "tools/trede/json_events.h"
#include "tools/trede/rows/csv_reader.h"
#include "tools/trede/rows/import_report.h"

namespace trede::tool {

struct PersonRow {
  std::size_t line = 0;
  StreamId dossier;
  PersonChange change;
};

// Owner: the import. What it is given must outlive it. Threads: one.
class PersonRows {
 public:
  PersonRows(InputFile& file, const KeyDirectory& keys, BadRows& bad)
      : reader_(file), keys_(keys), bad_(bad) {}

  // The next good row; the bad ones before it are in `bad` by then. Absent at the end, and after a
  // header that is no good: nothing can be said of its rows.
  // Errors: those of reading the file and the KEYs.
  Outcome<std::optional<PersonRow>> next();

  // Notes a failure of the input as one of the row at `line`: `column: what is wrong`. Another one
  // is given back.
  Outcome<> judge(std::size_t line, const Failure& failure);

 private:
  Outcome<bool> read_header();
  Outcome<std::optional<PersonRow>> read_row();
  Outcome<std::optional<StreamId>> find_stream(std::size_t line, const std::string& stream);

  CsvReader reader_;
  const KeyDirectory& keys_;
  BadRows& bad_;
  std::vector<std::string> names_;  // of the columns; empty until the header was read
  bool ended_ = false;
  std::unordered_map<StreamId, std::size_t> line_of_;
};

}  // namespace trede::tool
