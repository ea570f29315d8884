// The data folder of a command: opened with the right exit status, and closed with care.
#pragma once

#include <memory>
#include <string>

#include "engine/log/data_folder.h"
#include "projections/projections.h"
#include "tools/trede/context.h"
#include "tools/trede/failure.h"
#include "tools/trede/options.h"

namespace trede::tool {

void bind_data(Options& options, std::string* data);

// Every failure to open is one of the system (exit status 1).
Outcome<std::unique_ptr<DataFolder>> open_folder(const std::string& path, OpenMode mode,
                                                 Context& context);
Outcome<std::unique_ptr<Projections>> open_projections(DataFolder& folder);

// What a command that wrote does last: brings the projections up to date and closes the folder.
// The events are safe whatever happens here; a failure says so.
Outcome<> finish_writing(std::unique_ptr<DataFolder> folder, Context& context);

}  // namespace trede::tool
