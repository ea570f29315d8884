#include "tools/trede/flaws.h"

#include "engine/dossier/soundness.h"
#include "projections/reports/desk.h"

namespace trede::tool {

Result<std::vector<std::string>> find_dossier_flaws(
    const EventLog& log, const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  const auto found = find_unsound(log, Position{1}, log.last_position(), progress);
  if (!found) return std::unexpected(found.error());
  std::vector<std::string> out;
  for (const Unsound& one : *found) {
    out.push_back("positie " + std::to_string(one.position.value) + ": " + one.what);
  }
  return out;
}

Result<std::vector<std::string>> find_report_flaws(const EventLog& log, Projections& projections) {
  ReportDesk desk(log, projections);
  auto found = desk.find_unreadable(log.last_position());
  if (found) return found;
  if (found.error().code == ErrorCode::kIo) return std::move(found).error();
  return std::vector<std::string>{found.error().message};
}

}  // namespace trede::tool
