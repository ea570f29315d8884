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
constexpr std::uint64_t kFewEvents = 1'000;  // to catch up with, whatever the store has
constexpr std::chrono::milliseconds kPatience{200};

class ProjectionsOfFolder final : public Projections {
 public:
  ProjectionsOfFolder(DataFolder& folder, const ProjectionsOptions& options)
      : log_(folder.log()), store_(folder, options.rollup_bytes) {}

  Status open() { return store_.open(); }

  Status catch_up(const Progress& progress) override;
  Status run(const std::stop_token& stop) override;
  Status rebuild(const Progress& progress) override;
  Status prepare(std::span<const Query> queries) override;
  Result<Answer> answer(const Query& query) override;
  Result<std::vector<Contribution>> explain(const Query& query) override;
  Result<std::vector<Contribution>> diff(const Query& query, Position then) override;
  Result<Findings> verify(const Progress& progress) override;
  ProjectionStatus status() const override { return store_.status(); }

 private:
  using GenerationPtr = FolderStore::GenerationPtr;

  Status check_writable() const;
  void load_cells();
  // Calls `use` with the plan of `query` and what it needs, once everything up to `upto` is known.
  template <typename Use>
  auto ask(const Query& query, Position upto, const Use& use)
      -> Result<decltype(use(std::declval<const Plan&>(), Rollups{}, std::declval<Generation&>()))>;
  // The generation that knows everything up to `upto` and has the rollups.
  Result<GenerationPtr> ready(std::span<const RollupKey> keys, Position upto);
  Result<GenerationPtr> try_ready(std::span<const RollupKey> keys, Position upto);
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
  // Far behind, all of the log stream by stream is quicker than the rest of it append by append.
  const Position done = store_.current()->position();
  const Position last = log_.last_position();
  const std::uint64_t behind = last.value - std::min(done, last).value;
  const bool far = behind > kFewEvents && behind > done.value;
  if (far || (done == Position{} && behind > 0)) return store_.rebuild(progress);
  const std::lock_guard lock(store_.project_mutex());
  TREDE_RETURN_IF_ERROR(store_.advance(progress));
  return store_.current()->stored()->sync();
}

Status ProjectionsOfFolder::run(const std::stop_token& stop) {
  TREDE_RETURN_IF_ERROR(catch_up({}));
  load_cells();
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

// The cells of a large store take a while to read: what is appended first should not wait for that.
// Questions come in between tables.
void ProjectionsOfFolder::load_cells() {
  for (std::size_t i = 0; i < kTableCount; ++i) {
    const std::lock_guard lock(store_.project_mutex());
    const Status loaded = store_.current()->load_cells(static_cast<Table>(i));
    static_cast<void>(loaded);  // who needs them reads them again, and says so
  }
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

Result<ProjectionsOfFolder::GenerationPtr> ProjectionsOfFolder::try_ready(
    std::span<const RollupKey> keys, Position upto) {
  if (store_.current()->position() < upto) TREDE_RETURN_IF_ERROR(reach(upto));
  GenerationPtr generation = store_.current();
  const auto is_there = [](Rollups) { return true; };
  if (!generation->read(keys, is_there)) {
    const std::lock_guard lock(store_.project_mutex());
    TREDE_RETURN_IF_ERROR(generation->load(keys));
  }
  return generation;
}

Result<ProjectionsOfFolder::GenerationPtr> ProjectionsOfFolder::ready(
    std::span<const RollupKey> keys, Position upto) {
  const Position last = log_.last_position();
  if (upto > last) {
    return Error{ErrorCode::kInvalid, "positie " + std::to_string(upto.value) +
                                          " lies beyond the last, " + std::to_string(last.value)};
  }
  const GenerationPtr asked = store_.current();
  auto generation = try_ready(keys, upto);
  if (generation || !asked->stored() || !asked->stored()->is_damaged()) return generation;
  TREDE_RETURN_IF_ERROR(store_.recover(asked, generation.error()));
  return try_ready(keys, upto);
}

template <typename Use>
auto ProjectionsOfFolder::ask(const Query& query, Position upto, const Use& use)
    -> Result<decltype(use(std::declval<const Plan&>(), Rollups{}, std::declval<Generation&>()))> {
  TREDE_RETURN_IF_ERROR(check_query(query));
  const std::vector<RollupKey> keys = rollups_of(query);
  for (;;) {  // until the rollups are there when they are read: others may push them out
    const auto generation = ready(keys, upto);
    if (!generation) return std::unexpected(generation.error());
    const Plan plan(query, (*generation)->dictionary());
    auto given = (*generation)->read(keys, [&](Rollups rollups) {
      return use(plan, rollups, **generation);
    });
    if (given) return *std::move(given);
  }
}

Status ProjectionsOfFolder::prepare(std::span<const Query> queries) {
  std::vector<RollupKey> keys;
  Position upto;
  for (const Query& query : queries) {
    TREDE_RETURN_IF_ERROR(check_query(query));
    std::ranges::move(rollups_of(query), std::back_inserter(keys));
    upto = std::max(upto, query.known);
  }
  const auto generation = ready(keys, upto);
  return generation ? Status() : std::unexpected(generation.error());
}

Result<Answer> ProjectionsOfFolder::answer(const Query& query) {
  return ask(query, query.known, [](const Plan& plan, Rollups rollups, Generation& generation) {
    Answer answer = evaluate(plan, rollups, generation.layouts());
    answer.generation = generation.number();
    return answer;
  });
}

Result<std::vector<Contribution>> ProjectionsOfFolder::explain(const Query& query) {
  auto explained = ask(query, query.known,
                       [this](const Plan& plan, Rollups rollups,
                              Generation& generation) -> Result<std::vector<Contribution>> {
                         auto figures =
                             explain_figures(plan, rollups, log_, generation.dictionary());
                         if (!figures) return std::unexpected(std::move(figures).error());
                         return make_contributions(plan, std::move(*figures));
                       });
  if (!explained) return std::unexpected(std::move(explained).error());
  return *std::move(explained);
}

Result<std::vector<Contribution>> ProjectionsOfFolder::diff(const Query& query, Position then) {
  if (then < query.known) {
    return Error{ErrorCode::kInvalid, "positie " + std::to_string(then.value) + " lies before " +
                                          std::to_string(query.known.value)};
  }
  return ask(query, then, [then](const Plan& plan, Rollups rollups, Generation&) {
    return make_contributions(plan, diff_figures(plan, rollups, then));
  });
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

Result<std::unique_ptr<Projections>> Projections::open(DataFolder& folder,
                                                       const ProjectionsOptions& options) {
  auto projections = std::make_unique<ProjectionsOfFolder>(folder, options);
  TREDE_RETURN_IF_ERROR(projections->open());
  return std::unique_ptr<Projections>(std::move(projections));
}

}  // namespace trede
