// Whether a file is as the program made it: its tables, indexes and triggers, and its pages. Who
// can write a file can put a trigger into it that lets a statement of the program succeed and do
// nothing, or an index that hides rows; neither shows in the rows themselves.
#pragma once

#include <string>

#include "engine/sqlite/sqlite_file.h"

namespace trede {

// Compares what `database` (`main`, or the name of one attached to `file`) has with what the
// statements `made_by` make in an empty one, word for word.
// Returns: the first thing that is missing, changed or too much, in one line; empty when they are
//          alike. Errors: as SqliteStatement::step.
Result<std::string> find_foreign_schema(SqliteFile& file, const std::string& database,
                                        const std::string& made_by);
// The same, as an Error. Errors: kCorrupt  it is not alike; the message names the file.
Status check_schema(SqliteFile& file, const std::string& database, const std::string& made_by);

// Reads every page of `file` and of those attached to it, and holds each index against its table.
// Returns: what is wrong first, in one line; empty when nothing is.
Result<std::string> find_damage(SqliteFile& file);

}  // namespace trede
