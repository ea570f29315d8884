#include "projections/projections.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <mutex>
#include <utility>

#include "projections/answers/explain.h"
#include "projections/worker/folder_store.h"
#include "projections/worker/generation.h"
#include "projections/worker/verify.h"

namespace trede {

namespace {

constexpr std::size_t kFollowEvents = 1'000;
constexpr std::chrono::milliseconds kPatience{200};

std::vector<Table> tables_of(const Query& query) {
  const Formula& formula = formula_of(*find_measure(query.measure));
  std::vector<Table> out{formula.waarde.table};
  if (formula.noemer) out.push_back(formula.noemer->table);
  return out;
}

class ProjectionsOfFolder final : public Projections {
 public:
  explicit ProjectionsOfFolder(DataFolder& folder) : log_(folder.log()), store_(folder) {}

  Status open() { return store_.open(); }

  Status catch_up(const Progress& progress) override;
  Status run(const std::stop_token& stop) override;
  Status rebuild(const Progress& progress) override;
  Result<Answer> answer(const Query& query) override;
  Result<std::vector<Contribution>> explain(const Query& query) override;
  Result<std::vector<Contribution>> diff(const Query& query, Position then) override;
  Result<Findings> verify(const Progress& progress) override;
  ProjectionStatus status() const override { return store_.status(); }

 private:
  using GenerationPtr = FolderStore::GenerationPtr;

  Status check_writable() const;
  // The generation that can answer `query`, once it knows everything up to `upto`.
  Result<GenerationPtr> ready(const Query& query, Position upto);
  Result<GenerationPtr> try_ready(const Query& query, Position upto);
  Status reach(Position upto);

  EventLog& log_;
  FolderStore store_;
};

Status ProjectionsOfFolder::check_writable() const {
  if (store_.is_writable()) return {};
  return Error{ErrorCode::kInvalid, "the folder was opened for reading; its projections stay"};
}

Status ProjectionsOfFolder::catch_up(const Progress& progress) {
  TREDE_RETURN_IF_ERROR(check_writable());
  if (store_.current()->position() == Position{} && log_.last_position() > Position{}) {
    return store_.rebuild(progress);
  }
  const std::lock_guard lock(store_.project_mutex());
  TREDE_RETURN_IF_ERROR(store_.advance(progress));
  return store_.current()->stored()->sync();
}

Status ProjectionsOfFolder::run(const std::stop_token& stop) {
  TREDE_RETURN_IF_ERROR(catch_up({}));
  const auto follower = log_.follow(store_.current()->position());
  if (!follower) return std::unexpected(follower.error());
  std::vector<StoredEvent> waiting;  // what an append begins with whose end is not here yet
  while (!stop.stop_requested()) {
    auto events = (*follower)->next(kFollowEvents, kPatience, stop);
    if (!events) return std::unexpected(std::move(events).error());
    std::ranges::move(*events, std::back_inserter(waiting));
    const std::lock_guard lock(store_.project_mutex());
    TREDE_RETURN_IF_ERROR(store_.take(waiting));
  }
  return {};
}

Status ProjectionsOfFolder::rebuild(const Progress& progress) {
  TREDE_RETURN_IF_ERROR(check_writable());
  return store_.rebuild(progress);
}

Status ProjectionsOfFolder::reach(Position upto) {
  const std::lock_guard lock(store_.project_mutex());
  if (store_.current()->position() >= upto) return {};
  const Status advanced = store_.advance({});
  // What lies beyond an event that cannot be projected does not matter to who asks before it.
  return store_.current()->position() >= upto ? Status{} : advanced;
}

Result<ProjectionsOfFolder::GenerationPtr> ProjectionsOfFolder::try_ready(const Query& query,
                                                                          Position upto) {
  if (store_.current()->position() < upto) TREDE_RETURN_IF_ERROR(reach(upto));
  GenerationPtr generation = store_.current();
  const std::vector<Table> tables = tables_of(query);
  if (!generation->is_loaded(tables)) {
    const std::lock_guard lock(store_.project_mutex());
    TREDE_RETURN_IF_ERROR(generation->load(tables));
  }
  return generation;
}

Result<ProjectionsOfFolder::GenerationPtr> ProjectionsOfFolder::ready(const Query& query,
                                                                      Position upto) {
  TREDE_RETURN_IF_ERROR(check_query(query));
  const Position last = log_.last_position();
  if (upto > last) {
    return Error{ErrorCode::kInvalid, "positie " + std::to_string(upto.value) +
                                          " lies beyond the last, " + std::to_string(last.value)};
  }
  const GenerationPtr asked = store_.current();
  auto generation = try_ready(query, upto);
  if (generation || !asked->stored() || !asked->stored()->is_damaged()) return generation;
  TREDE_RETURN_IF_ERROR(store_.recover(asked, generation.error()));
  return try_ready(query, upto);
}

Result<Answer> ProjectionsOfFolder::answer(const Query& query) {
  const auto generation = ready(query, query.known);
  if (!generation) return std::unexpected(generation.error());
  const Plan plan(query, (*generation)->dictionary());
  const Figures figures =
      (*generation)->read([&plan](const CubeTables& tables) { return evaluate(plan, tables); });
  Answer answer = make_answer(plan, figures);
  answer.generation = (*generation)->number();
  return answer;
}

Result<std::vector<Contribution>> ProjectionsOfFolder::explain(const Query& query) {
  const auto generation = ready(query, query.known);
  if (!generation) return std::unexpected(generation.error());
  Dictionary& dictionary = (*generation)->dictionary();
  const Plan plan(query, dictionary);
  auto figures = (*generation)->read([&](const CubeTables& tables) {
    return explain_figures(plan, tables, log_, dictionary);
  });
  if (!figures) return std::unexpected(std::move(figures).error());
  return make_contributions(plan, std::move(*figures));
}

Result<std::vector<Contribution>> ProjectionsOfFolder::diff(const Query& query, Position then) {
  if (then < query.known) {
    return Error{ErrorCode::kInvalid, "positie " + std::to_string(then.value) + " lies before " +
                                          std::to_string(query.known.value)};
  }
  const auto generation = ready(query, then);
  if (!generation) return std::unexpected(generation.error());
  const Plan plan(query, (*generation)->dictionary());
  auto figures = (*generation)->read([&plan, then](const CubeTables& tables) {
    return diff_figures(plan, tables, then);
  });
  return make_contributions(plan, std::move(figures));
}

Result<Findings> ProjectionsOfFolder::verify(const Progress& progress) {
  StoreCheck check;
  {
    const std::lock_guard lock(store_.project_mutex());
    if (!store_.damage().empty()) return Findings{store_.damage()};
    const auto stored = store_.current()->stored();
    if (stored == nullptr) return Findings{};
    const Status bytes = store_.verify_checksums();
    if (!bytes) return Findings{bytes.error().message};
    check.read(*stored);
  }
  TREDE_RETURN_IF_ERROR(check.refold(log_, progress));
  return check.findings();
}

}  // namespace

Result<std::unique_ptr<Projections>> Projections::open(DataFolder& folder) {
  auto projections = std::make_unique<ProjectionsOfFolder>(folder);
  TREDE_RETURN_IF_ERROR(projections->open());
  return std::unique_ptr<Projections>(std::move(projections));
}

}  // namespace trede
