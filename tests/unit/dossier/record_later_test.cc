// Recording without a thread that waits: the same answers as those of Recorder::record.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <deque>
#include <optional>
#include <thread>

#include "engine/log/data_folder.h"
#include "engine/log/verify.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/dossier/story.h"

namespace trede::test {
namespace {

namespace asio = boost::asio;

// Runs steps in the threads that run its context, until all that was begun is done. Outlives the
// log that it is used with.
class Steps {
 public:
  void record(Recorder& recorder, std::span<const pb::Event> events, Recorder::Receiver receiver) {
    ++begun_;
    recorder.record_later(
        events, {}, [this](auto step) { asio::post(context_, std::move(step)); },
        [this, receiver = std::move(receiver)](Result<RecordOutcome> outcome) mutable {
          receiver(std::move(outcome));
          if (--begun_ == 0) context_.stop();
        });
  }
  void post(std::move_only_function<void()> step) { asio::post(context_, std::move(step)); }
  void run() {
    if (begun_ > 0) context_.run();
  }

 private:
  asio::io_context context_;
  asio::executor_work_guard<asio::io_context::executor_type> work_ =
      asio::make_work_guard(context_);
  std::atomic<int> begun_ = 0;
};

Result<RecordOutcome> record_and_wait(Steps& steps, Recorder& recorder,
                                      const std::vector<pb::Event>& events) {
  std::optional<Result<RecordOutcome>> answer;
  steps.record(recorder, events,
               [&](Result<RecordOutcome> outcome) { answer = std::move(outcome); });
  steps.run();
  return *std::move(answer);
}

Result<RecordOutcome> record_and_wait(Recorder& recorder, const std::vector<pb::Event>& events) {
  Steps steps;
  return record_and_wait(steps, recorder, events);
}

pb::Event contact(std::uint64_t number, std::uint64_t dossier_number = 1) {
  return event(dossier(dossier_number), event_id(number), "2021-02-01", "contactmoment",
               {{"contact", "gesprek"}});
}

pb::Event aanmelding(std::uint64_t number, std::uint64_t dossier_number) {
  return event(dossier(dossier_number), event_id(number), "2021-01-04", "aanmelding",
               {{"gemeente", "Alkmaar"}, {"regeling", "nug"}});
}

TEST(RecordLater, AnswersAsTheRecorderDoes) {
  Story story;
  const auto first = record_and_wait(story.recorder(), {aanmelding(1, 1)});
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(std::get<Recorded>(*first).first, Position{9});
  const auto again = record_and_wait(story.recorder(), {aanmelding(1, 1)});
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(std::get<Recorded>(*again).already_there);
  const auto refused = record_and_wait(story.recorder(), {aanmelding(2, 1)});
  ASSERT_TRUE(refused.has_value());
  const pb::Event same = aanmelding(2, 1);
  const auto by_thread = story.recorder().record({&same, 1});
  EXPECT_EQ(std::get<Refusal>(*refused).zin, std::get<Refusal>(*by_thread).zin);
  EXPECT_EQ(record_and_wait(story.recorder(), {}).error().code, ErrorCode::kInvalid);
  story.store().before_append([]() -> Status { return Error{ErrorCode::kIo, "as it says"}; });
  EXPECT_EQ(record_and_wait(story.recorder(), {contact(3)}).error().message, "as it says");
}

TEST(RecordLater, TriesAgainWhenAnotherWriterComesBetween) {
  Story story;
  story.tell("01-04 aanmelding");
  Recorder other(story.store(), story.clock());
  bool came = false;
  story.store().before_append([&]() -> Status {
    if (std::exchange(came, true)) return {};
    const pb::Event event = contact(100);
    EXPECT_TRUE(other.record({&event, 1}).has_value());
    return {};
  });
  const auto outcome = record_and_wait(story.recorder(), {contact(50)});
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(story.history().version(), StreamVersion{3});
}

TEST(RecordLater, GivesUpWhenOthersAreAlwaysFirst) {
  Story story;
  story.tell("01-04 aanmelding");
  story.store().before_append([]() -> Status { return Error{ErrorCode::kConflict, "another"}; });
  EXPECT_EQ(record_and_wait(story.recorder(), {contact(50)}).error().code, ErrorCode::kConflict);
  story.store().before_append({});
  EXPECT_EQ(story.judge("03-01 contactmoment"), "goed");
}

class RecordLaterOnLog : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(DataFolder::create(path_, clock_, random_).has_value());
    auto opened = DataFolder::open(path_, OpenMode::kWrite, clock_, random_);
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    folder_ = *std::move(opened);
    recorder_.emplace(folder_->log(), clock_);
    const pb::Event toegetreden = event(kOrganisatie, event_id(1), "2000-01-01",
                                        "gemeente_toegetreden", {{"gemeente", "Alkmaar"}});
    ASSERT_TRUE(recorder_->record({&toegetreden, 1}).has_value());
  }

  TempDir dir_;
  std::filesystem::path path_ = dir_ / "data";
  FakeClock clock_;
  SeededRandom random_;
  Steps steps_;
  std::unique_ptr<DataFolder> folder_;
  std::optional<Recorder> recorder_;
};

constexpr std::uint64_t kDossiers = 5;
constexpr std::uint64_t kCallers = 24;
constexpr std::uint64_t kEach = 40;

// What caller `number` does as the `i`-th: a contact with a dossier that others see too, with two
// of them in either order, or something that is refused.
std::vector<pb::Event> act(std::uint64_t number, std::uint64_t i) {
  const std::uint64_t id = 1000 + (number * kEach + i) * 2;
  const std::uint64_t one = (number + i) % kDossiers + 1;
  const std::uint64_t other = (number + i * 3 + 1) % kDossiers + 1;
  if (i % 7 == 3) return {aanmelding(id, one)};
  if (i % 3 == 1 && one != other) return {contact(id, one), contact(id + 1, other)};
  return {contact(id, one)};
}

struct Tally {
  std::atomic<std::uint64_t> recorded = 0;  // events
  std::atomic<std::uint64_t> refused = 0;   // acts

  void add(const Result<RecordOutcome>& outcome) {
    ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
    if (const auto* there = std::get_if<Recorded>(&*outcome)) {
      recorded += there->last.value - there->first.value + 1;
    } else {
      ++refused;
    }
  }
};

// A caller that does the next act when the one before is answered.
struct Caller {
  Steps& steps;
  Recorder& recorder;
  std::uint64_t number;
  Tally& tally;
  std::uint64_t done = 0;
  std::vector<pb::Event> events = {};

  void go_on() {
    events = act(number, done);
    steps.record(recorder, events, [this](Result<RecordOutcome> outcome) {
      tally.add(outcome);
      if (++done < kEach) go_on();
    });
  }
};

TEST_F(RecordLaterOnLog, ManyOnTheSameDossiersBesideThreadsAllGetThrough) {
  for (std::uint64_t i = 1; i <= kDossiers; ++i) {
    const pb::Event first = aanmelding(100 + i, i);
    ASSERT_TRUE(recorder_->record({&first, 1}).has_value());
  }
  Tally tally;
  {
    std::deque<Caller> callers;
    for (std::uint64_t number = 0; number < kCallers; ++number) {
      callers.push_back({steps_, *recorder_, number, tally});
    }
    for (Caller& caller : callers) caller.go_on();
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; ++i) threads.emplace_back([this] { steps_.run(); });
    for (std::uint64_t number = kCallers; number < kCallers + 4; ++number) {
      threads.emplace_back([this, number, &tally] {
        for (std::uint64_t i = 0; i < kEach; ++i) tally.add(recorder_->record(act(number, i)));
      });
    }
  }
  std::uint64_t events = 0;
  std::uint64_t refusals = 0;
  for (std::uint64_t number = 0; number < kCallers + 4; ++number) {
    for (std::uint64_t i = 0; i < kEach; ++i) {
      i % 7 == 3 ? ++refusals : events += act(number, i).size();
    }
  }
  EXPECT_EQ(tally.recorded, events);
  EXPECT_EQ(tally.refused, refusals);
  EXPECT_EQ(folder_->log().last_position(), Position{1 + kDossiers + events});
  EXPECT_EQ(*verify_log(*folder_), std::vector<std::string>{});
}

TEST_F(RecordLaterOnLog, WhoWaitsForAnImportKeepsNoThread) {
  auto import = folder_->log().begin_import({.id = ImportId{random_.uuid4()}});
  ASSERT_TRUE(import.has_value());
  std::deque<std::vector<pb::Event>> events;
  Tally tally;
  for (std::uint64_t i = 1; i <= 20; ++i) {
    events.push_back({aanmelding(100 + i, i)});
    steps_.record(*recorder_, events.back(),
                  [&](const Result<RecordOutcome>& outcome) { tally.add(outcome); });
  }
  // They were all begun when this runs, in the one thread there is.
  steps_.post([&] {
    EXPECT_EQ(tally.recorded, 0U);
    import->reset();  // given up
  });
  steps_.run();
  EXPECT_EQ(tally.recorded, events.size());
}

// The last step ends the call, while who runs it has not returned from being told to.
TEST_F(RecordLaterOnLog, WhoRunsStepsIsThereUntilItReturns) {
  const auto kept = std::make_shared<std::string>("as it was");
  std::atomic<int> told = 0;
  const auto run_at_once = [kept, &told](std::move_only_function<void()> step) {
    std::jthread(std::move(step)).join();
    EXPECT_EQ(*kept, "as it was");
    ++told;
  };
  std::atomic<int> recorded = 0;
  std::deque<std::vector<pb::Event>> events;
  for (std::uint64_t i = 1; i <= 20; ++i) {
    events.push_back({aanmelding(100 + i, i)});
    recorder_->record_later(events.back(), {}, run_at_once,
                            [&](const Result<RecordOutcome>& outcome) {
                              EXPECT_TRUE(outcome.has_value());
                              ++recorded;
                            });
  }
  ASSERT_TRUE(folder_->close().has_value());
  folder_.reset();  // its writer has told all
  EXPECT_EQ(recorded, 20);
  EXPECT_EQ(told, 20);
}

TEST_F(RecordLaterOnLog, ALogThatIsClosedSaysSo) {
  ASSERT_TRUE(folder_->log().append(std::vector<StreamAppend>{}).error().code ==
              ErrorCode::kInvalid);
  const pb::Event first = aanmelding(101, 1);
  ASSERT_TRUE(recorder_->record({&first, 1}).has_value());
  ASSERT_TRUE(folder_->close().has_value());
  EXPECT_EQ(record_and_wait(steps_, *recorder_, {contact(102)}).error().code, ErrorCode::kClosed);
}

}  // namespace
}  // namespace trede::test
