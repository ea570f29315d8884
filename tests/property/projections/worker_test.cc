// Laws of the worker on a data folder: whatever is handed to it twice counts once, and whoever asks
// while it works, or after it died, sees the whole of one generation.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "projections/projections.h"
#include "projections/store/store.h"
#include "projections/worker/folder_store.h"
#include "projections/worker/verify.h"
#include "tests/property/projections/naive.h"
#include "tests/property/projections/random_query.h"
#include "tests/support/events.h"
#include "tests/support/random_history.h"
#include "tests/support/temp_dir.h"

namespace trede::test {
namespace {

namespace fs = std::filesystem;

void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().message);
}
template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

// A data folder with a random history that may be continued.
class Folder {
 public:
  explicit Folder(std::uint64_t seed)
      : clock_(Moment{Day{std::chrono::year{2021} / 1 / 4}}), random_(seed) {
    must(DataFolder::create(dir_ / "data", clock_, random_));
    folder_ = must(DataFolder::open(dir_ / "data", OpenMode::kWrite, clock_, random_));
    writer_ = std::make_unique<RandomWriter>(folder_->log(), clock_,
                                             RandomHistoryOptions{.seed = seed, .groepen = 20});
  }

  DataFolder& operator*() { return *folder_; }
  EventLog& log() { return folder_->log(); }
  RandomWriter& writer() { return *writer_; }
  fs::path store_path() const { return dir_ / "data" / "projections"; }
  fs::path other_path(const std::string& name) const { return dir_ / name; }
  Position last() const { return folder_->log().last_position(); }

  std::vector<StoredEvent> events(Position from, Position to) {
    std::vector<StoredEvent> out;
    must(log().scan(from, to, [&out](Position position, std::string_view bytes) {
      out.push_back({position, std::string(bytes)});
      return Status();
    }));
    return out;
  }
  QuerySpace space() {
    std::vector<EventPtr> all;
    for (const StoredEvent& stored : events(Position{1}, last())) {
      all.push_back(must(decode_shared(stored.bytes)));
    }
    return query_space(all);
  }

 private:
  TempDir dir_;
  FakeClock clock_;
  SeededRandom random_;
  std::unique_ptr<DataFolder> folder_;
  std::unique_ptr<RandomWriter> writer_;
};

std::vector<std::string> findings_of(const StoredGeneration& stored, const EventLog& log) {
  StoreCheck check;
  check.read(stored);
  must(check.refold(log, {}));
  return check.findings();
}

constexpr std::uint64_t kSeeds = 4;

// Followers that begin anywhere before where the store stands, end anywhere, also within an append,
// and repeat themselves.
TEST(Worker, CountsEachEventOnceHoweverOftenItIsHandedOver) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Folder folder(seed);
    folder.writer().append_until(150);
    FolderStore store(*folder, ProjectionsOptions{}.rollup_bytes);
    must(store.open());
    Dice dice(seed);
    const auto at_most = [&dice](Position most) {
      return Position{static_cast<std::uint64_t>(dice.between(1, static_cast<int>(most.value)))};
    };
    while (store.current()->position() < folder.last()) {
      const Position stands = store.current()->position();
      const Position from = dice.percent(50) ? stands.next() : at_most(stands.next());
      const Position to{std::min(folder.last().value,
                                 stands.value + static_cast<std::uint64_t>(dice.between(0, 20)))};
      auto events = folder.events(from, to);
      if (dice.percent(30) && !events.empty()) {  // the follower broke off, and began again earlier
        const auto again = folder.events(at_most(events.back().position), to);
        events.insert(events.end(), again.begin(), again.end());
      }
      const std::lock_guard lock(store.project_mutex());
      must(store.take(events));
    }
    ASSERT_EQ(store.status().position, folder.last());
    ASSERT_EQ(findings_of(*store.current()->stored(), folder.log()), std::vector<std::string>{})
        << "seed " << seed;
  }
}

// A worker that begins behind a hole reads what it lacks itself.
TEST(Worker, FillsAHoleInWhatItIsHandedFromTheLog) {
  Folder folder(7);
  folder.writer().append_until(60);
  FolderStore store(*folder, ProjectionsOptions{}.rollup_bytes);
  must(store.open());
  auto events = folder.events(Position{1}, Position{20});
  const auto later = folder.events(Position{31}, folder.last());
  events.insert(events.end(), later.begin(), later.end());
  const std::lock_guard lock(store.project_mutex());
  must(store.take(events));
  EXPECT_EQ(store.status().position, folder.last());
  EXPECT_EQ(findings_of(*store.current()->stored(), folder.log()), std::vector<std::string>{});
}

// Whether the store gets as far as the log, within a minute.
bool catches_up(const Projections& projections, Folder& folder) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes{1};
  while (projections.status().position < folder.last()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::yield();
  }
  return true;
}

// Appends of three boekingen lie across the end of whatever a worker reads or writes at once.
void append_threes(EventStore& store, std::uint64_t from, std::uint64_t upto) {
  SeededRandom random(from);
  for (std::uint64_t number = from; number < upto; number += 3) {
    StreamAppend append{kOrganisatie, StreamVersion{number}, {}};
    for (int i = 0; i < 3; ++i) {
      const EventId id{random.uuid4()};
      append.events.push_back({id, encode_content(event(kOrganisatie, id, "2021-01-04", "boeking",
                                                        {{"programma", "P"},
                                                         {"soort_bedrag", "baten"},
                                                         {"bedrag_eurocent", "1"},
                                                         {"periode", "2021-01"}}))});
    }
    must(store.append({&append, 1}));
  }
}

TEST(Worker, KeepsAppendsWholeAtTheEndsOfItsBatches) {
  Folder folder(41);
  const auto import_threes = [&folder](std::uint64_t upto) {
    const auto import = must(folder.log().begin_import({.id = ImportId{}, .as_recorded = false}));
    append_threes(*import, must(folder.log().version_of(kOrganisatie)).value, upto);
    must(import->commit());
  };
  const auto projections = must(Projections::open(*folder));
  must(projections->catch_up());
  import_threes(4'300);
  must(projections->catch_up());
  EXPECT_EQ(projections->status().position, folder.last());
  EXPECT_EQ(must(projections->verify()), Findings{});
  std::stop_source stop;
  Status ended;
  std::thread worker([&] { ended = projections->run(stop.get_token()); });
  import_threes(7'700);
  EXPECT_TRUE(catches_up(*projections, folder));
  stop.request_stop();
  worker.join();
  EXPECT_TRUE(ended);
  EXPECT_EQ(must(projections->verify()), Findings{});
}

TEST(Worker, StoppedAndStartedWhileOthersAppendCountsEachEventOnce) {
  Folder folder(11);
  Dice dice(11);
  for (std::size_t events = 40; events <= 200; events += 40) {
    const auto projections = must(Projections::open(*folder));
    std::stop_source stop;
    Status ended;
    std::thread worker([&] { ended = projections->run(stop.get_token()); });
    folder.writer().append_until(events);
    // Wherever it is by now: ahead of it may lie much or nothing.
    if (dice.percent(50)) {
      EXPECT_TRUE(catches_up(*projections, folder));
    }
    stop.request_stop();
    worker.join();
    EXPECT_TRUE(ended);
    EXPECT_EQ(must(projections->verify()), Findings{});
  }
  const auto projections = must(Projections::open(*folder));
  must(projections->catch_up());
  EXPECT_EQ(projections->status().position, folder.last());
  EXPECT_EQ(must(projections->verify()), Findings{});
}

// ---- the switch of generations

TEST(GenerationSwitch, NeverShowsAHalfBuiltOneToWhoAsksMeanwhile) {
  Folder folder(21);
  folder.writer().append_until(200);
  const QuerySpace space = folder.space();
  const auto projections = must(Projections::open(*folder));
  must(projections->catch_up());
  Dice dice(21);
  std::vector<std::pair<Query, NaiveRows>> questions;
  for (int i = 0; i < 40; ++i) {
    const Query query = random_query(dice, space);
    questions.emplace_back(query, rows_of(must(projections->answer(query))));
  }
  std::atomic<bool> done = false;
  std::atomic<int> asked = 0;
  std::string wrong;
  std::thread reader([&] {
    std::uint64_t generation = 0;
    for (std::size_t i = 0; !done && wrong.empty(); ++i, ++asked) {
      const auto& [query, expected] = questions[i % questions.size()];
      const auto answer = projections->answer(query);
      if (!answer) {
        wrong = answer.error().message;
      } else if (rows_of(*answer) != expected) {
        wrong = query_text(query);
      } else if (answer->generation < generation) {
        wrong = "an older generation came back";
      } else {
        generation = answer->generation;
      }
    }
  });
  const std::uint64_t first = projections->status().generation;
  for (int i = 0; i < 5; ++i) {
    const int before = asked;
    must(projections->rebuild());
    while (asked < before + 20 && wrong.empty()) std::this_thread::yield();
  }
  done = true;
  reader.join();
  EXPECT_EQ(wrong, "");
  EXPECT_EQ(projections->status().generation, first + 5);
}

// With room for nothing every question lets go what the others need.
TEST(GenerationSwitch, AnswersManyAtOnceWhoseRollupsPushOutEachOther) {
  Folder folder(22);
  folder.writer().append_until(150);
  const QuerySpace space = folder.space();
  const auto projections = must(Projections::open(*folder, {.rollup_bytes = 1}));
  must(projections->catch_up());
  Dice dice(22);
  std::vector<std::pair<Query, NaiveRows>> questions;
  for (int i = 0; i < 40; ++i) {
    const Query query = random_query(dice, space);
    questions.emplace_back(query, rows_of(must(projections->answer(query))));
  }
  std::stop_source stop;
  std::vector<std::string> wrong(3);
  std::vector<std::thread> readers;
  std::atomic<int> asked = 0;
  for (std::size_t reader = 0; reader < wrong.size(); ++reader) {
    readers.emplace_back([&, reader] {
      for (std::size_t i = 7 * reader; !stop.stop_requested(); ++i, ++asked) {
        const auto& [query, expected] = questions[i % questions.size()];
        const auto answer = projections->answer(query);
        if (!answer) {
          wrong[reader] = answer.error().message;
        } else if (rows_of(*answer) != expected) {
          wrong[reader] = query_text(query);
        }
      }
    });
  }
  Status ended;
  std::thread worker([&] { ended = projections->run(stop.get_token()); });
  for (std::size_t events = 160; events <= 220; events += 20) {
    folder.writer().append_until(events);
    must(projections->rebuild());
    for (const int before = asked; asked < before + 60;) std::this_thread::yield();
  }
  stop.request_stop();
  worker.join();
  for (std::thread& reader : readers) reader.join();
  EXPECT_TRUE(ended);
  EXPECT_EQ(wrong, std::vector<std::string>(3));
  EXPECT_EQ(must(projections->verify()), Findings{});
}

// What a crash in the middle of a rebuild leaves on the disk opens as the generation before it.
TEST(GenerationSwitch, LeavesAWholeGenerationOnDiskAtEveryMoment) {
  Folder folder(31);
  folder.writer().append_until(80);
  const auto projections = must(Projections::open(*folder));
  must(projections->catch_up());
  folder.writer().append_until(160);
  std::vector<fs::path> copies;
  const auto copy = [&] {
    copies.push_back(folder.other_path("copy" + std::to_string(copies.size())));
    fs::copy(folder.store_path(), copies.back());
  };
  must(projections->rebuild([&](std::uint64_t done, std::uint64_t) {
    if (done > copies.size() * 40) copy();
  }));
  copy();
  ASSERT_GE(copies.size(), 3u);
  for (const fs::path& path : copies) {
    const auto store = must(ProjectionStore::open_write({path, folder.log().identity()}));
    const StoredGeneration& current = *store->current();
    const bool last = &path == &copies.back();
    EXPECT_EQ(current.number(), last ? 3u : 2u);
    EXPECT_EQ(current.head().position == folder.last(), last);
    EXPECT_EQ(findings_of(current, folder.log()), std::vector<std::string>{});
  }
}

}  // namespace
}  // namespace trede::test
