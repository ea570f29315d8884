// The recorder on what it is for: the log on disk, and an import staged beyond its head.
#include <gtest/gtest.h>

#include "engine/dossier/recorder.h"
#include "engine/log/data_folder.h"
#include "tests/support/random_history.h"
#include "tests/support/temp_dir.h"

namespace trede::test {
namespace {

class RecorderOnLog : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(DataFolder::create(path_, clock_, random_).has_value());
    reopen();
  }
  void reopen() {
    folder_.reset();
    auto opened = DataFolder::open(path_, OpenMode::kWrite, clock_, random_);
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    folder_ = *std::move(opened);
  }
  EventLog& log() { return folder_->log(); }

  TempDir dir_;
  std::filesystem::path path_ = dir_ / "data";
  FakeClock clock_;
  SeededRandom random_;
  std::unique_ptr<DataFolder> folder_;
};

// Events of a random history, one append each as they were recorded, ready to be recorded again.
std::vector<std::vector<pb::Event>> appends_of(const RandomHistory& history) {
  std::vector<std::vector<pb::Event>> appends;
  for (const auto& event : history.events()) {
    if (position_of(*event) == append_first(*event)) appends.emplace_back();
    appends.back().push_back(*event);
  }
  return appends;
}

TEST_F(RecorderOnLog, AHistoryIsRecordedAcrossReopeningAsInMemory) {
  const RandomHistory history(300, {.seed = 5});
  Position position;
  const auto appends = appends_of(history);
  auto recorder = std::make_unique<Recorder>(log(), clock_);
  for (std::size_t i = 0; i < appends.size(); ++i) {
    if (i % 40 == 39) {
      recorder.reset();
      reopen();
      recorder = std::make_unique<Recorder>(log(), clock_);
    }
    const auto outcome = recorder->record(appends[i], {.vastgelegd_op = std::nullopt});
    ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
    const auto* recorded = std::get_if<Recorded>(&*outcome);
    ASSERT_NE(recorded, nullptr) << std::get<Refusal>(*outcome).zin;
    EXPECT_EQ(recorded->first, position.next());
    position = recorded->last;
  }
  EXPECT_EQ(log().last_position(), history.store.last_position());
  for (std::uint64_t i = 1; i <= position.value; ++i) {
    const auto on_disk = log().load(Position{i});
    const auto in_memory = history.store.load(Position{i});
    EXPECT_EQ(*content_of(on_disk->bytes), *content_of(in_memory->bytes));
  }
}

TEST_F(RecorderOnLog, AnImportIsJudgedOverWhatItHasStaged) {
  auto import = log().begin_import({.id = ImportId{random_.uuid4()}, .as_recorded = false});
  ASSERT_TRUE(import.has_value());
  const RandomHistory history(100, {.seed = 6});
  {
    Recorder recorder(**import, clock_);
    for (const auto& events : appends_of(history)) {
      const auto outcome = recorder.record(events);
      ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
      ASSERT_TRUE(std::holds_alternative<Recorded>(*outcome));
    }
    EXPECT_EQ(log().last_position(), Position{0});
  }
  ASSERT_TRUE((*import)->commit().has_value());
  EXPECT_EQ(log().last_position(), history.store.last_position());

  import->reset();
  Recorder recorder(log(), clock_);
  for (const auto& events : appends_of(history)) {
    const auto outcome = recorder.record(events);
    ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
    EXPECT_TRUE(std::get<Recorded>(*outcome).already_there);
  }
}

}  // namespace
}  // namespace trede::test
