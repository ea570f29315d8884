// Many writers and readers at once on one log, by itself and through the recorder, on the same
// dossiers and on others, while the clock steps back and forth: one order explains every answer.
#include <random>
#include <thread>

#include "engine/dossier/recorder.h"
#include "engine/log/verify.h"
#include "tests/concurrency/history.h"
#include "tests/support/campaign.h"
#include "tests/unit/log/log_fixture.h"

namespace trede::test {
namespace {

using namespace std::chrono_literals;
using Answer = Call::Answer;
using Kind = Call::Kind;

constexpr std::uint64_t kThreads = 6;
constexpr std::uint64_t kEach = 25;  // calls of a thread in a round

struct Dice {
  std::mt19937_64 engine;
  std::uint64_t upto(std::uint64_t most) { return engine() % most + 1; }
};

Answer answer_of(const Error& error) {
  EXPECT_FALSE(error.message.empty());
  return error.code == ErrorCode::kConflict ? Answer::kConflict : Answer::kRefused;
}

// Up to four minutes around what it was: less than the log refuses.
class RestlessClock {
 public:
  RestlessClock(FakeClock& clock, std::uint64_t seed)
      : thread_([&clock, seed, noon = clock.now()](const std::stop_token& stop) {
          Dice dice{std::mt19937_64(seed)};
          while (!stop.stop_requested()) {
            clock.set(noon + std::chrono::milliseconds{dice.upto(240'000)});
            std::this_thread::yield();
          }
        }) {}

 private:
  std::jthread thread_;
};

class WritersTest : public LogTest {
 protected:
  void run_threads(std::uint64_t seed,
                   const std::function<void(std::uint64_t thread, Dice& dice)>& call) {
    const RestlessClock clock(clock_, seed);
    std::vector<std::jthread> threads;
    for (std::uint64_t thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        Dice dice{std::mt19937_64(seed * 100 + thread)};
        for (std::uint64_t i = 0; i < kEach; ++i) call(thread, dice);
      });
    }
  }

  void read(History& history, Dice& dice) {
    Call call;
    call.kind = dice.upto(2) == 1 ? Kind::kLastPosition : Kind::kVersion;
    call.parts = {{dossier(dice.upto(4)), {}, 0}};
    call.asked = history.tick();
    call.value = call.kind == Kind::kLastPosition
                     ? log().last_position().value
                     : value_of(log().version_of(call.parts[0].stream)).value;
    call.answered = history.tick();
    history.add(std::move(call));
  }

  // Mostly at the version that was just read, now and then at another one, and now and then what
  // was delivered before.
  void write(History& history, Dice& dice, std::vector<std::vector<StreamAppend>>& mine) {
    Call call;
    std::vector<StreamAppend> streams;
    if (!mine.empty() && dice.upto(8) == 1) {
      streams = mine[dice.upto(mine.size()) - 1];
    } else {
      const std::uint64_t first = dice.upto(4);
      for (std::uint64_t i = 0; i < dice.upto(2); ++i) {
        const StreamId stream = dossier((first + i) % 4 + 1);
        StreamVersion version = value_of(log().version_of(stream));
        if (dice.upto(6) == 1) version.value += dice.upto(2);
        StreamAppend& one = streams.emplace_back(stream, version);
        for (std::uint64_t n = dice.upto(3); n > 0; --n) {
          one.events.push_back(some_event(stream, ++next_id_));
        }
      }
      mine.push_back(streams);
    }
    for (const StreamAppend& one : streams) {
      call.parts.push_back({one.stream, one.expected.value, one.events.size()});
    }
    call.first_id = std::hash<std::string_view>()(streams[0].events[0].id.uuid.view());
    call.asked = history.tick();
    const auto appended = test::append(log(), streams);
    call.answered = history.tick();
    if (appended) {
      call.answer = appended->already_there ? Answer::kThere : Answer::kDone;
      call.first = appended->first.value;
      call.last = appended->last.value;
      call.vastgelegd_op = appended->vastgelegd_op;
    } else {
      call.answer = answer_of(appended.error());
    }
    history.add(std::move(call));
  }

  void count(Campaign& campaign, const History& history) {
    campaign.count("rounds", 1);
    for (const Call& call : history.calls()) {
      if (call.kind != Kind::kAppend) continue;
      if (call.answer == Answer::kDone) campaign.count("acknowledged", call.last - call.first + 1);
      if (call.answer == Answer::kConflict) campaign.count("conflicts", 1);
    }
    // The log is not what was said: then what was acknowledged is lost, or stands elsewhere.
    campaign.count("lost", contradictions(history.calls()).size());
  }

  // Records what must be accepted, alone.
  void prepare(Recorder& recorder, History& history, const std::vector<pb::Event>& events) {
    Call call;
    call.parts = {{stream_of(events[0]), {}, events.size()}};
    call.asked = history.tick();
    const auto recorded = std::get<Recorded>(value_of(recorder.record(events)));
    call.answered = history.tick();
    call.first = recorded.first.value;
    call.last = recorded.last.value;
    history.add(std::move(call));
  }
  pb::Event next(const StreamId& stream, std::string_view day, std::string_view soort,
                 Attributes attributes = {}) {
    return event(stream, event_id(++next_id_), day, soort, attributes);
  }
  // Four dossiers in traject, in trede 3.
  void prepare_dossiers(Recorder& recorder, History& history) {
    prepare(recorder, history,
            {next(kOrganisatie, "2020-01-01", "gemeente_toegetreden", {{"gemeente", "Velsen"}})});
    for (std::uint64_t number = 1; number <= 4; ++number) {
      const StreamId stream = dossier(number);
      prepare(recorder, history,
              {next(stream, "2024-01-04", "aanmelding",
                    {{"gemeente", "Velsen"}, {"regeling", "participatiewet"}}),
               next(stream, "2024-01-11", "intake", {{"uitkomst", "positief"}}),
               next(stream, "2024-01-18", "traject_start", {{"trede", "3"}})});
    }
  }

  // To another trede than the one it is in: refused when another writer just went there.
  void record_doorstroom(Recorder& recorder, History& history, Dice& dice) {
    Call call;
    call.parts = {{dossier(dice.upto(4)), {}, 1}};
    const std::string naar = std::to_string(2 + dice.upto(4));
    const std::vector events{
        next(call.parts[0].stream, "2024-02-01", "trede_doorstroom", {{"naar", naar}})};
    call.first_id = next_id_;
    call.asked = history.tick();
    const auto outcome = recorder.record(events);
    call.answered = history.tick();
    const auto* const recorded = outcome ? std::get_if<Recorded>(&*outcome) : nullptr;
    if (!outcome && outcome.error().code != ErrorCode::kConflict) {
      ADD_FAILURE() << outcome.error().message;
    }
    call.answer = recorded == nullptr ? Answer::kRefused : Answer::kDone;
    if (recorded != nullptr) {
      call.first = recorded->first.value;
      call.last = recorded->last.value;
    }
    history.add(std::move(call));
  }

  void expect_no_doorstroom_to_where_it_is() {
    for (std::uint64_t number = 1; number <= 4; ++number) {
      pb::Trede now = pb::TREDE_3;
      const auto events = value_of(log().read_stream(dossier(number), StreamVersion{4}, 10'000));
      for (const StoredEvent& stored : events) {
        const auto event = value_of(decode_event(stored.bytes));
        EXPECT_NE(event.body().trede_doorstroom().naar(), now);
        now = event.body().trede_doorstroom().naar();
      }
    }
  }

  void begin_anew() {
    folder_.reset();
    std::filesystem::remove_all(path());
    ASSERT_TRUE(DataFolder::create(path(), clock_, random_));
    reopen();
  }

  std::atomic<std::uint64_t> next_id_ = 0;
};

TEST_F(WritersTest, OfTheLogAreAnsweredInOneOrder) {
  Campaign campaign;
  for (std::uint64_t round = 0; campaign.goes_on(round, 4); ++round) {
    History history;
    std::vector<std::vector<std::vector<StreamAppend>>> mine(kThreads);
    run_threads(campaign.seed() * 1'000'003 + round, [&](std::uint64_t thread, Dice& dice) {
      dice.upto(3) == 1 ? read(history, dice) : write(history, dice, mine[thread]);
    });
    EXPECT_EQ(contradictions(history.calls()), std::vector<std::string>()) << "round " << round;
    EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
    count(campaign, history);
    begin_anew();
  }
}

// What may be recorded hangs on what others record at that moment.
TEST_F(WritersTest, OfTheRecorderAreJudgedInOneOrder) {
  Campaign campaign;
  for (std::uint64_t round = 0; campaign.goes_on(round, 4); ++round) {
    History history;
    Recorder recorder(log(), clock_);
    prepare_dossiers(recorder, history);
    run_threads(campaign.seed() * 1'000'003 + round, [&](std::uint64_t, Dice& dice) {
      if (dice.upto(4) == 1) return read(history, dice);
      record_doorstroom(recorder, history, dice);
    });
    EXPECT_EQ(contradictions(history.calls()), std::vector<std::string>()) << "round " << round;
    EXPECT_EQ(value_of(verify_log(*folder_)), std::vector<std::string>());
    expect_no_doorstroom_to_where_it_is();
    count(campaign, history);
    begin_anew();
  }
}

TEST_F(WritersTest, AreAllRefusedWhileTheClockIsFarBack) {
  append_each(log(), dossier(1), 1'000'000, 3);
  clock_.advance(-5min - 1us);
  std::vector<std::jthread> threads;
  for (std::uint64_t thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::uint64_t i = 0; i < kEach; ++i) {
        EXPECT_TRUE(failed_with(test::append(log(), {to(dossier(9), 0, {100 * thread + i + 1})}),
                                ErrorCode::kClock));
      }
    });
  }
  threads.clear();
  EXPECT_EQ(log().last_position(), Position{3});
  clock_.advance(3us);  // the last of them
  append_each(log(), dossier(9), 1);
  EXPECT_EQ(log().last_position(), Position{4});
}

}  // namespace
}  // namespace trede::test
