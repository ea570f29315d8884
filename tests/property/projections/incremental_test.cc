// Law of the store: brought up to date in any batches, failing, closed and opened again anywhere,
// it holds what a rebuild from nothing holds.
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <stdexcept>

#include "engine/ledger/merkle.h"
#include "projections/facts/projector.h"
#include "projections/worker/verify.h"
#include "tests/property/projections/asked.h"
#include "tests/property/projections/store_content.h"
#include "tests/support/events.h"
#include "tests/support/temp_dir.h"

namespace trede::test {
namespace {

const Uuid kLog = event_id(1).uuid;

void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().message);
}
template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

// What goes wrong with a write.
enum class Trouble {
  kNone,
  kBefore,  // the disk refuses it: nothing is written
  kAfter,   // it is written, and the process ends before it hears so
};

// A generation whose writes fail when a test says so.
class FlakyGeneration final : public StoredGeneration {
 public:
  explicit FlakyGeneration(std::shared_ptr<StoredGeneration> inner) : inner_(std::move(inner)) {}

  // Of the write (of any kind) after `writes` good ones.
  void trouble_after(int writes, Trouble trouble) {
    good_writes_ = writes;
    trouble_ = trouble;
  }

  std::uint64_t number() const override { return inner_->number(); }
  StoreHead head() const override { return inner_->head(); }
  bool is_damaged() const override { return inner_->is_damaged(); }
  std::uint64_t row_count(Table table) const override { return inner_->row_count(table); }
  Status load_strings(Dictionary& dictionary) const override {
    return inner_->load_strings(dictionary);
  }
  Status load_cells(Table table, CellIndex& cells) const override {
    return inner_->load_cells(table, cells);
  }
  Status load_rows(Table table, const std::function<void(const Row&)>& visit) const override {
    return inner_->load_rows(table, visit);
  }
  Status write(const TableRows& rows, const CellIndexes& cells, const Dictionary& dictionary,
               const StoreHead& head) override {
    return with_trouble([&] { return inner_->write(rows, cells, dictionary, head); });
  }
  Status write_part(const TableRows& rows) override {
    return with_trouble([&] { return inner_->write_part(rows); });
  }
  Status sync() override { return inner_->sync(); }
  Status flush() override {
    return with_trouble([&] { return inner_->flush(); });
  }

 private:
  template <typename Write>
  Status with_trouble(const Write& write) {
    const Trouble trouble = good_writes_-- == 0 ? trouble_ : Trouble::kNone;
    const Error failed{ErrorCode::kIo, "as the test wishes"};
    if (trouble == Trouble::kBefore) return std::unexpected(failed);
    TREDE_RETURN_IF_ERROR(write());
    return trouble == Trouble::kAfter ? Status(std::unexpected(failed)) : Status();
  }

  std::shared_ptr<StoredGeneration> inner_;
  std::atomic<int> good_writes_ = -1;  // parts are written by several threads
  Trouble trouble_ = Trouble::kNone;
};

// A process that keeps a store up with a log, until it is destroyed.
class Worker {
 public:
  Worker(const MemoryStore& log, const std::filesystem::path& path)
      : log_(log),
        store_(must(ProjectionStore::open_write({path, kLog}))),
        stored_(std::make_shared<FlakyGeneration>(store_->current())),
        generation_(stored_, {.writable = true}),
        projector_(log, generation_.dictionary()) {
    must(generation_.open());
  }

  Position position() const { return generation_.position(); }
  StoredGeneration& stored() { return *stored_; }
  Generation& generation() { return generation_; }
  FlakyGeneration& flaky() { return *stored_; }
  ProjectionStore& store() { return *store_; }

  // Loads what a measure needs, whole and without its dimensions, so that what comes in afterwards
  // meets rollups that are full.
  void load(const std::string& measure) {
    const Formula& formula = formula_of(*find_measure(measure));
    std::vector<RollupKey> keys;
    for (const Term& term : {formula.waarde, formula.noemer.value_or(formula.waarde)}) {
      keys.push_back({term.table, all_dims(term.table)});
      keys.push_back({term.table, 0});
    }
    must(generation_.load(keys));
  }

  // Projects the next `appends` appends as one batch.
  Status step(int appends) {
    std::vector<Delta> deltas;
    StoreHead head = stored_->head();
    std::vector<EventPtr> append;
    const Status scanned = log_.scan(
        position().next(), log_.last_position(), [&](Position position, std::string_view bytes) {
          if (appends == 0) return Status();
          append.push_back(must(decode_shared(bytes)));
          if (append_last(*append.back()) != position) return Status();
          --appends;
          head = {position, leaf_hash(bytes), {}};
          return projector_.project(std::exchange(append, {}),
                                    [&deltas](const Delta& delta) { deltas.push_back(delta); });
        });
    TREDE_RETURN_IF_ERROR(scanned);
    return generation_.apply(deltas, head);
  }

 private:
  const MemoryStore& log_;
  std::unique_ptr<ProjectionStore> store_;
  std::shared_ptr<FlakyGeneration> stored_;
  Generation generation_;
  Projector projector_;
};

StoreHead head_of(const MemoryStore& log, Position position) {
  return {position, leaf_hash(must(log.load(position)).bytes), {}};
}

// What a rebuild from nothing up to `position` stores.
std::vector<std::string> rebuilt(const MemoryStore& log, Position position) {
  const TempDir dir;
  const auto store = must(ProjectionStore::open_write({dir / "projections", kLog}));
  if (position == Position{}) return content_of(*store->current());
  const auto fresh = must(store->begin_generation());
  Generation generation(fresh, {.writable = true});
  must(generation.fill(log, head_of(log, position), {}));
  must(store->take_over(fresh));
  return content_of(*store->current());
}

std::vector<std::string> findings_of(const StoredGeneration& stored, const MemoryStore& log) {
  StoreCheck check;
  check.read(stored);
  must(check.refold(log, {}));
  return check.findings();
}

constexpr std::uint64_t kSeeds = 6;

TEST(Incremental, IsARebuildWhateverTheBatchesAndWhereverItFailedOrStopped) {
  int failed = 0;
  int reopened = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const RandomHistory history(220, {.seed = seed});
    const TempDir dir;
    Dice dice(seed);
    std::optional<Worker> worker(std::in_place, history.store, dir / "projections");
    while (worker->position() < history.store.last_position()) {
      if (dice.percent(30)) worker->load(dice.one_of(measures()).name);
      const auto trouble = static_cast<Trouble>(dice.between(0, 2));
      if (dice.percent(40)) worker->flaky().trouble_after(0, trouble);
      const Position before = worker->position();
      const Status stepped = worker->step(dice.between(1, 25));
      worker->flaky().trouble_after(-1, Trouble::kNone);
      if (!stepped) {
        ++failed;
        EXPECT_EQ(worker->position(), before);
      }
      // After a write of which nobody heard there is no going on: that process has ended.
      if ((!stepped && trouble == Trouble::kAfter) || dice.percent(25)) {
        worker.emplace(history.store, dir / "projections");
        ++reopened;
      }
      if (dice.percent(20)) {
        ASSERT_EQ(content_of(worker->stored()), rebuilt(history.store, worker->position()))
            << "seed " << seed << " at " << worker->position().value;
      }
    }
    ASSERT_EQ(content_of(worker->stored()), rebuilt(history.store, worker->position()))
        << "seed " << seed;
    ASSERT_EQ(findings_of(worker->stored(), history.store), std::vector<std::string>{});
  }
  EXPECT_GT(failed, 10);
  EXPECT_GT(reopened, 20);
}

// Of a store that came about bit by bit, of one that was rebuilt, and of one that is only in
// memory.
TEST(Incremental, AnswersAsARebuildDoes) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const RandomHistory history(220, {.seed = seed + 30});
    const QuerySpace space = query_space(history.events());
    Generation rebuilt;
    must(rebuilt.fill(history.store, head_of(history.store, history.store.last_position()), {}));
    const TempDir dir;
    Dice dice(seed);
    std::optional<Worker> worker(std::in_place, history.store, dir / "projections");
    while (worker->position() < history.store.last_position()) {
      must(worker->step(dice.between(1, 30)));
      if (dice.percent(40)) worker.emplace(history.store, dir / "projections");
      for (int round = 0; round < 8; ++round) {
        const Query query = random_query(dice, space);
        if (query.known > worker->position()) continue;
        worker->load(query.measure);
        ASSERT_EQ(rows_of(answer_of(worker->generation(), query)),
                  rows_of(answer_of(rebuilt, query)))
            << "seed " << seed << ": " << query_text(query);
      }
    }
  }
}

// A rebuild that fails at any of its writes leaves the generation that answers as it was, in this
// process and after it; the next rebuild is whole.
TEST(Incremental, RebuildThatFailsAnywhereIsNeverSeen) {
  const RandomHistory history(150, {.seed = 9});
  const Position last = history.store.last_position();
  const TempDir dir;
  {
    Worker worker(history.store, dir / "projections");
    must(worker.step(60));
  }
  std::vector<std::string> before;
  int failures = 0;
  for (int writes = 0;; ++writes) {
    std::optional<Worker> worker(std::in_place, history.store, dir / "projections");
    ASSERT_LT(worker->position(), last);
    before = content_of(worker->stored());
    ASSERT_EQ(before, rebuilt(history.store, worker->position()));
    const auto fresh = must(worker->store().begin_generation());
    const auto flaky = std::make_shared<FlakyGeneration>(fresh);
    flaky->trouble_after(writes, writes % 2 == 0 ? Trouble::kBefore : Trouble::kAfter);
    Generation generation(flaky, {.writable = true});
    const Status filled = generation.fill(history.store, head_of(history.store, last), {});
    EXPECT_EQ(content_of(*worker->store().current()), before);
    if (filled) {
      must(worker->store().take_over(fresh));
      break;
    }
    ++failures;
  }
  EXPECT_GE(failures, 3);  // the part, the head, the flush
  Worker worker(history.store, dir / "projections");
  EXPECT_EQ(worker.position(), last);
  EXPECT_EQ(content_of(worker.stored()), rebuilt(history.store, last));
}

}  // namespace
}  // namespace trede::test
