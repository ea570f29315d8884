// Reports of a server.
#pragma once

#include "tools/trede/context.h"
#include "tools/trede/report/report_options.h"

namespace trede::tool {

// What the options ask: a report, what differs in it, or one that is laid down and then printed.
// Requires (both): a source that was checked and is a server.
Outcome<> print_remote_report(const ReportOptions& options, const AskedReport& asked,
                              Context& context);

Outcome<> list_remote_reports(const SourceOptions& source, Context& context);

}  // namespace trede::tool
