// A stream that a server is asked for by the name that the organisation gave it.
#pragma once

#include <optional>

#include "engine/dossier/history.h"
#include "tools/trede/question.h"
#include "tools/trede/source.h"

namespace trede::tool {

struct KnownStream {
  History history;  // what may be seen of it, up to `known`
  Known known;
};

// Absent when there is none of that name that may be read. Requires: a source that was checked and
// is a server; a name that parse_stream_name takes.
Outcome<std::optional<KnownStream>> read_remote_stream(const SourceOptions& source,
                                                       const std::string& name,
                                                       const KnownOptions& known);

}  // namespace trede::tool
