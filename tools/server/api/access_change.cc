#include "tools/server/api/access_change.h"

#include <tuple>

#include "tools/server/access/sessions.h"

namespace trede::server {

namespace {

constexpr const char* kNobody = "Er is nog nooit iemand toegelaten.";

}  // namespace

OrProblem<std::unique_ptr<AccessStore>> open_access(const Call& call, StoreAccess access) {
  DataFolder& folder = call.services.folder;
  auto store = AccessStore::open(folder.path(), folder.log().identity(), access);
  if (!store) return access_problem(store.error(), "", kNobody);
  return *std::move(store);
}

OrProblem<Accounts> load_accounts(const Call& call) {
  const auto store = open_access(call, StoreAccess::kRead);
  if (!store && store.error().status() == 404) return Accounts();
  if (!store) return store.error();
  auto accounts = (*store)->load();
  if (!accounts) return access_problem(accounts.error(), "", kNobody);
  return *std::move(accounts);
}

Problem access_problem(const Error& error, const std::string& place, const char* missing) {
  if (error.code == ErrorCode::kInvalid) return invalid(place, error.message);
  if (error.code == ErrorCode::kNotFound) return not_found(missing);
  if (error.code == ErrorCode::kRefused) {
    Problem last(ProblemCode::kRegel, error.message);
    last.says.set_regel("laatste_beheerder");
    return last;
  }
  return problem_of(error);
}

PlannedChange access_change(const Call& call, TrailEntry entry,
                            std::function<OrProblem<Changed>()> make) {
  return {std::move(entry), [sessions = call.services.sessions, make = std::move(make)] {
            auto changed = make();
            // What cannot be read now is not told: the change was made, and counts in a while.
            if (changed && sessions != nullptr) std::ignore = sessions->take_up_changes();
            return changed;
          }};
}

}  // namespace trede::server
