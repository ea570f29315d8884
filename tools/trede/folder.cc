#include "tools/trede/folder.h"

#include "engine/log/clock_check.h"
#include "tools/trede/progress.h"

namespace trede::tool {

namespace {

Outcome<> catch_up(DataFolder& folder, Context& context) {
  const auto projections = open_projections(folder);
  if (!projections) return projections.error();
  ProgressBar bar(context, "projections");
  TREDE_RETURN_IF_ERROR((*projections)->catch_up(bar.reporter()));
  return {};
}

// Before anything is judged: rules that know today would blame the day of an event.
Status check_clock_of(EventLog& log, const Clock& clock) {
  const auto head = log.head();
  if (!head) return std::unexpected(head.error());
  if (head->position.value == 0) return {};
  return check_clock(clock.now(), head->vastgelegd_op);
}

}  // namespace

void bind_data(Options& options, std::string* data) {
  options.required_value("--data", data, "DIR: the data folder");
}

Outcome<std::unique_ptr<DataFolder>> open_folder(const std::string& path, OpenMode mode,
                                                 Context& context) {
  auto folder = DataFolder::open(path, mode, context.clock, context.random);
  if (!folder) return system_failed(folder.error().message);
  if (mode == OpenMode::kWrite) {
    const Status clock = check_clock_of((*folder)->log(), context.clock);
    if (!clock) return system_failed(clock.error().message);
  }
  return std::move(*folder);
}

Outcome<std::unique_ptr<Projections>> open_projections(DataFolder& folder) {
  auto projections = Projections::open(folder);
  if (!projections) return system_failed(projections.error().message);
  return std::move(*projections);
}

Outcome<> finish_writing(std::unique_ptr<DataFolder> folder, Context& context) {
  const auto projected = catch_up(*folder, context);
  const Status closed = folder->close();
  if (!projected) {
    return system_failed("the events are recorded, but the projections are behind: " +
                         projected.error().line);
  }
  if (!closed) {
    return system_failed("the events are recorded, but the folder was not closed as it should: " +
                         closed.error().message);
  }
  return {};
}

}  // namespace trede::tool
