// `mixed_load DATA DIARY ROUND EVENTS`: writers, imports, projections and questions at work in one
// data folder at the same time, until it is killed or EVENTS events have been added. Every append
// is written down in DIARY (acknowledging_store.h). Exit status 0 after a good close.

#include <cstdio>
#include <functional>
#include <stdexcept>
#include <thread>

#include "engine/log/data_folder.h"
#include "projections/projections.h"
#include "tests/crash/acknowledging_store.h"
#include "tests/support/events.h"
#include "tests/support/random_event.h"
#include "tests/support/random_history.h"

namespace trede::crash {

namespace {

using std::chrono::milliseconds;

constexpr int kWriters = 3;
constexpr std::size_t kImportEvents = 60;
constexpr std::uint64_t kEventsBetweenImports = 150;
constexpr std::uint64_t kEventsBetweenQuestions = 40;

template <typename T>
T must(Result<T> result, const char* what) {
  if (!result) throw std::runtime_error(std::string(what) + ": " + result.error().message);
  return *std::move(result);
}

void must(const Status& status, const char* what) {
  if (!status) throw std::runtime_error(std::string(what) + ": " + status.error().message);
}

// What all threads of a load share.
struct Load {
  DataFolder& folder;
  test::FakeClock& clock;
  Diary& diary;
  std::uint64_t round;
  Position until;  // it ends when the log has come so far

  test::RandomHistoryOptions options(std::uint64_t writer) const {
    return {.seed = round * 1'000 + writer,
            .founds = false,
            .step = milliseconds{10},
            .organisatie = 0};
  }
};

// Waits until the log has `events` more than it had at `from`, and moves `from` there. False when
// the load is over.
bool wait_for(const Load& load, std::uint64_t events, Position& from, const std::stop_token& stop) {
  const auto follower = must(load.folder.log().follow(from), "follow");
  for (std::uint64_t seen = 0; seen < events;) {
    const auto news = must(follower->next(events - seen, milliseconds{100}, stop), "follow");
    if (stop.stop_requested()) return false;
    seen += news.size();
  }
  from = load.folder.log().last_position();
  return true;
}

// What is there already may be handed in again, also after a crash, and stays where it is.
void redeliver(const Load& load) {
  EventLog& log = load.folder.log();
  test::Dice dice(load.round);
  const auto last = static_cast<int>(log.last_position().value);
  for (int i = 0; i < std::min(last, 50); ++i) {
    const Position position{static_cast<std::uint64_t>(dice.between(1, last))};
    const auto event = must(decode_event(must(log.load(position), "load").bytes), "decode");
    const StreamAppend again{stream_of(event),
                             StreamVersion{event.versie() - 1},
                             {{id_of(event), encode_content(event)}}};
    const auto appended = must(log.append({&again, 1}), "redeliver");
    if (!appended.already_there || appended.first != position) {
      load.diary.blame("position " + std::to_string(position.value) + " was recorded again");
    }
  }
}

void write(const Load& load, std::uint64_t writer, const std::stop_token& stop) {
  AcknowledgingStore store(load.folder.log(), load.diary, 7);
  test::RandomWriter random(store, load.clock, load.options(writer));
  while (!stop.stop_requested() && store.last_position() < load.until) random.append();
}

// Stages events and publishes them, or drops every third import.
void import(const Load& load, const std::stop_token& stop) {
  EventLog& log = load.folder.log();
  test::SeededRandom ids(load.round * 77 + 5);
  Position from = log.last_position();
  for (std::uint64_t count = 0; wait_for(load, kEventsBetweenImports, from, stop); ++count) {
    const auto staged = must(log.begin_import({.id = ImportId{ids.uuid4()}}), "begin_import");
    const Position before = staged->last_position();
    test::RandomWriter random(*staged, load.clock, load.options(kWriters + 1 + count));
    random.append_until(before.value + kImportEvents);
    if (count % 3 == 2) continue;
    std::string in_it;
    const auto note = [&](Position, std::string_view stored) {
      in_it += " " + id_of(must(decode_event(stored), "decode")).uuid.text();
      return Status();
    };
    const Position last = staged->last_position();
    must(staged->scan(Position{before.value + 1}, last, note), "scan");
    const std::uint64_t number = load.diary.begin(in_it);
    must(staged->commit(), "commit");
    load.diary.acknowledge(number, Position{before.value + 1}, last);
  }
}

std::int64_t figure(Projections& projections, const Query& query) {
  const auto answer = must(projections.answer(query), "answer");
  return static_cast<std::int64_t>(answer.rows.at(0).waarde.units);
}

// A stand and its flows agree, whatever the worker is doing; every tenth time while a new
// generation takes over.
void ask(const Load& load, Projections& projections, const std::stop_token& stop) {
  EventLog& log = load.folder.log();
  Position from = log.last_position();
  const Day today = civil_day(load.clock.now());
  const Day before = today - std::chrono::days{90};
  const Period period{before + std::chrono::days{1}, today};
  for (int count = 1; wait_for(load, kEventsBetweenQuestions, from, stop); ++count) {
    if (count % 10 == 0) must(projections.rebuild(), "rebuild");
    const Position known = must(log.settle(log.last_position()), "settle");
    const auto stand = [&](Day day) {
      return figure(projections, {"aanmeldingen_open", day, {}, {}, known});
    };
    const auto flow = [&](const char* measure) {
      return figure(projections, {measure, period, {}, {}, known});
    };
    if (stand(before) + flow("aanmeldingen_open_bij") - flow("aanmeldingen_open_af") !=
        stand(period.tm)) {
      load.diary.blame("begin + bij - af is not eind at position " + std::to_string(known.value));
    }
  }
}

// The gemeenten and afdelingen of all rounds.
void found(const Load& load) {
  AcknowledgingStore store(load.folder.log(), load.diary, 1);
  test::RandomWriter(store, load.clock, {.seed = load.round * 1'000 + 999});
}

void run(const Load& load) {
  const auto projections = must(Projections::open(load.folder), "projections");
  if (load.folder.log().last_position() == Position{}) found(load);
  redeliver(load);
  std::stop_source over;
  // A thread that fails ends the program with what it says: nothing may fail here.
  const auto start = [](auto work) {
    return std::jthread([work] {
      try {
        work();
      } catch (const std::exception& error) {
        std::fprintf(stderr, "mixed_load: %s\n", error.what());
        std::_Exit(1);
      }
    });
  };
  std::vector<std::jthread> others;
  others.push_back(start([&] { must(projections->run(over.get_token()), "worker"); }));
  others.push_back(start([&] { import(load, over.get_token()); }));
  others.push_back(start([&] { ask(load, *projections, over.get_token()); }));
  {
    std::vector<std::jthread> writers;
    for (std::uint64_t i = 0; i < kWriters; ++i) {
      writers.push_back(start([&load, &over, i] { write(load, i, over.get_token()); }));
    }
  }
  over.request_stop();
  others.clear();
  must(load.folder.close(), "close");
}

void open_and_run(char** arguments) {
  const std::uint64_t round = std::stoull(arguments[3]);
  // The machine's time, as the program has it; the writers move it on, a little at a time.
  test::FakeClock clock(SystemClock().now());
  test::SeededRandom random(round);
  const auto folder = must(DataFolder::open(arguments[1], OpenMode::kWrite, clock, random), "open");
  const LogHead head = must(folder->log().head(), "head");
  clock.set(std::max(clock.now(), head.vastgelegd_op + std::chrono::seconds{1}));
  Diary diary(arguments[2], round << 32);
  run({*folder, clock, diary, round, Position{head.position.value + std::stoull(arguments[4])}});
}

}  // namespace

}  // namespace trede::crash

int main(int count, char** arguments) {
  if (count != 5) {
    std::fputs("usage: mixed_load DATA DIARY ROUND EVENTS\n", stderr);
    return 2;
  }
  try {
    trede::crash::open_and_run(arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "mixed_load: %s\n", error.what());
    return 1;
  }
  return 0;
}
