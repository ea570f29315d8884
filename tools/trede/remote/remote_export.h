// The events of a server's log.
#pragma once

#include <optional>
#include <string>

#include "tools/trede/context.h"
#include "tools/trede/source.h"

namespace trede::tool {

// Writes the events from `from` on (left out: all) up to what there is now, as `trede export` does
// of a folder: lossless lines, or CSV. Each line is held against the bytes in it.
// Errors: exit status 1 for an answer that is not whole, when what came before is written already.
// Requires: a source that was checked and is a server.
Outcome<> export_remotely(const SourceOptions& source, const std::optional<std::string>& from,
                          bool as_csv, Context& context);

}  // namespace trede::tool
