// Events whose texts stand under names of columns, as `trede record` is given them; no file.
#pragma once

#include <cstddef>
#include <vector>

#include "tools/trede/json_events.h"
#include "tools/trede/rows/row_reader.h"

namespace trede::tool {

// One row, by RowReader: of several things that are wrong the first, in the order of `texts`. A
// groep is none of the names here.
// Errors: those of RowReader::read.
Result<RowResult> read_named_row(const NamedTexts& texts, StreamNames& names, KindFinder find,
                                 const RowOptions& options);

// The order in which those of one stream stand together: streams in that of first appearance.
std::vector<std::size_t> stream_by_stream(const std::vector<pb::Event>& events);

}  // namespace trede::tool
