#include "engine/dossier/recorder.h"

#include <gtest/gtest.h>

#include <thread>

#include "engine/dossier/stream_cache.h"
#include "tests/unit/dossier/rule_table.h"

namespace trede::test {
namespace {

pb::Event contact(std::uint64_t number, std::uint64_t dossier_number = 1) {
  return event(dossier(dossier_number), event_id(number), "2021-02-01", "contactmoment",
               {{"contact", "gesprek"}});
}

pb::Event aanmelding(std::uint64_t number, std::uint64_t dossier_number) {
  return event(dossier(dossier_number), event_id(number), "2021-01-04", "aanmelding",
               {{"gemeente", "Alkmaar"}, {"regeling", "nug"}});
}

ErrorCode error_of(Recorder& recorder, const std::vector<pb::Event>& events) {
  const auto outcome = recorder.record(events);
  EXPECT_FALSE(outcome.has_value());
  return outcome ? ErrorCode::kRefused : outcome.error().code;
}

TEST(Recorder, SaysWhereTheEventsStand) {
  Story story;
  const auto recorded = std::get<Recorded>(story.tell("01-04 aanmelding & 01-11 intake"));
  EXPECT_EQ(recorded.first, Position{9});
  EXPECT_EQ(recorded.last, Position{10});
  EXPECT_FALSE(recorded.already_there);
}

TEST(Recorder, RedeliveredEventsAreThereAlready) {
  Story story;
  story.tell(kTraject);
  const auto last = story.last();
  const auto again = story.recorder().record(last);
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(std::get<Recorded>(*again).already_there);
  EXPECT_EQ(std::get<Recorded>(*again).first, Position{11});
  EXPECT_EQ(story.store().last_position(), Position{11});
}

TEST(Recorder, RedeliveredGroupIsThereAlreadyForARecorderThatNeverSawIt) {
  Story story;
  story.tell("01-04 aanmelding & 01-11 intake & dossier/2 01-04 aanmelding");
  const auto last = story.last();
  Recorder other(story.store(), story.clock());
  const auto again = other.record(last);
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(std::get<Recorded>(*again).already_there);
  EXPECT_EQ(std::get<Recorded>(*again).first, Position{9});
  EXPECT_EQ(std::get<Recorded>(*again).last, Position{11});
}

TEST(Recorder, SameIdWithOtherContentIsInvalid) {
  Story story;
  story.tell("01-04 aanmelding; 02-01 contactmoment");
  auto other = story.last();
  other[0].set_actor("iemand");
  EXPECT_EQ(error_of(story.recorder(), other), ErrorCode::kInvalid);
}

TEST(Recorder, IdOfAnotherStreamIsInvalid) {
  Story story;
  story.tell("01-04 aanmelding; dossier/2 01-04 aanmelding");
  EXPECT_EQ(error_of(story.recorder(), {contact(1, 2)}), ErrorCode::kInvalid);
  EXPECT_EQ(story.judge("dossier/2 02-01 contactmoment"), "goed");
}

TEST(Recorder, GroupThatIsThereInPartIsInvalid) {
  Story story;
  story.tell("01-04 aanmelding");
  auto events = story.last();
  events.push_back(contact(50));
  EXPECT_EQ(error_of(story.recorder(), events), ErrorCode::kInvalid);
  EXPECT_EQ(story.store().last_position(), Position{9});
}

TEST(Recorder, EventsThatAreNotValidInThemselvesAreInvalid) {
  Story story;
  story.tell("01-04 aanmelding");
  const auto changed = [](auto change) {
    pb::Event event = contact(50);
    change(event);
    return std::vector{event};
  };
  const std::vector<std::pair<const char*, std::vector<pb::Event>>> rows = {
      {"no events", {}},
      {"no stream", changed([](pb::Event& e) { e.clear_stream_soort(); })},
      {"stream without id", changed([](pb::Event& e) { e.clear_stream_id(); })},
      {"organisatie with id",
       changed([](pb::Event& e) { e.set_stream_soort(pb::STREAM_SOORT_ORGANISATIE); })},
      {"no event_id", changed([](pb::Event& e) { e.clear_event_id(); })},
      {"short event_id", changed([](pb::Event& e) { e.set_event_id("abc"); })},
      {"oorzaak that is no id", changed([](pb::Event& e) { e.set_oorzaak("abc"); })},
      {"actor with a space", changed([](pb::Event& e) { e.set_actor("Jan Jansen"); })},
      {"actor that may be a BSN", changed([](pb::Event& e) { e.set_actor("123456782"); })},
      {"no geldig_op", changed([](pb::Event& e) { e.clear_geldig_op(); })},
      {"no body", changed([](pb::Event& e) { e.clear_body(); })},
      {"no contact",
       changed([](pb::Event& e) { e.mutable_body()->mutable_contactmoment()->clear_contact(); })},
      {"correctie without vervangt", changed([](pb::Event& e) {
         const pb::Body door = e.body();
         *e.mutable_body()->mutable_correctie()->mutable_door() = door;
       })},
      {"correctie without kind", changed([](pb::Event& e) {
         e.mutable_body()->mutable_correctie()->set_vervangt(std::string(16, 'x'));
       })},
      {"intrekking without vervangt", changed([](pb::Event& e) {
         e.mutable_body()->mutable_intrekking()->set_reden(pb::INTREKKING_REDEN_DUBBEL);
       })},
      {"one id twice", {contact(50), contact(50)}},
      {"a stream in two pieces", {contact(50), aanmelding(51, 2), contact(52)}},
      {"too many", std::vector<pb::Event>(kAppendMax + 1)},
  };
  for (const auto& [name, events] : rows) {
    EXPECT_EQ(error_of(story.recorder(), events), ErrorCode::kInvalid) << name;
  }
  EXPECT_EQ(story.store().last_position(), Position{9});
}

TEST(Recorder, AnEventSaidToBeFlawlessIsJudgedInAllOtherRespects) {
  Story story;
  story.tell("01-04 aanmelding");
  const std::vector<std::pair<std::string, std::function<void(pb::Event&)>>> rows = {
      {"no id", [](pb::Event& event) { event.clear_event_id(); }},
      {"no stream", [](pb::Event& event) { event.clear_stream_soort(); }},
      {"actor with a space", [](pb::Event& event) { event.set_actor("Jan Jansen"); }},
      {"no geldig_op", [](pb::Event& event) { event.clear_geldig_op(); }},
  };
  for (const auto& [name, change] : rows) {
    pb::Event event = contact(50);
    change(event);
    const auto outcome = story.recorder().record({&event, 1}, {.flawless = true});
    ASSERT_FALSE(outcome.has_value()) << name;
    EXPECT_EQ(outcome.error().code, ErrorCode::kInvalid) << name;
  }
  const pb::Event second = aanmelding(51, 1);
  const auto refused = story.recorder().record({&second, 1}, {.flawless = true});
  ASSERT_TRUE(refused.has_value());
  EXPECT_TRUE(std::holds_alternative<Refusal>(*refused));
  EXPECT_EQ(story.store().last_position(), Position{9});
}

TEST(Recorder, WhatWasRefusedOrThereAlreadyLeavesNoTraceInTheFold) {
  Story story;
  story.tell("01-04 aanmelding");
  const pb::Event there = contact(60);
  ASSERT_TRUE(story.recorder().record({&there, 1}).has_value());
  // Each of them comes last and was folded on in place.
  const auto again = story.recorder().record({&there, 1});
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(std::get<Recorded>(*again).already_there);
  EXPECT_EQ(story.judge("02-01 aanmelding"), "al_in_re_integratie");
  EXPECT_EQ(story.judge("02-01 diagnose_einde"), "geen_diagnose");
  story.tell("02-01 diagnose_start");
  EXPECT_EQ(story.judge("02-02 diagnose_start"), "diagnose_loopt");
  story.tell("02-03 diagnose_einde");
}

TEST(Recorder, TheLargestGroupIsAccepted) {
  Story story;
  std::vector<pb::Event> events = {aanmelding(1, 1)};
  while (events.size() < kAppendMax) events.push_back(contact(events.size() + 1));
  const auto outcome = story.recorder().record(events);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(std::get<Recorded>(*outcome).last, Position{8 + kAppendMax});
}

TEST(Recorder, JudgesAnewWhenAnotherWriterWasFirst) {
  Story story;
  story.tell(kTraject);
  Recorder other(story.store(), story.clock());
  const pb::Event uitstroom =
      event(dossier(1), event_id(60), "2021-03-01", "uitstroom", {{"reden", "overig"}});
  ASSERT_TRUE(other.record({&uitstroom, 1}).has_value());
  // Our recorder still thinks that the traject runs.
  EXPECT_EQ(story.judge("04-01 trede_doorstroom"), "geen_traject");
  EXPECT_EQ(story.judge("02-01 trede_doorstroom"), "goed");
}

TEST(Recorder, RefusalIsGivenForWhatTheStoreHasNow) {
  Story story;
  story.tell("01-04 aanmelding");
  Recorder other(story.store(), story.clock());
  const pb::Event intake =
      event(dossier(1), event_id(60), "2021-01-11", "intake", {{"uitkomst", "positief"}});
  ASSERT_TRUE(other.record({&intake, 1}).has_value());
  EXPECT_EQ(story.judge("01-18 traject_start"), "goed");
}

TEST(Recorder, TriesAgainWhenAnotherWriterComesBetween) {
  Story story;
  story.tell("01-04 aanmelding");
  Recorder other(story.store(), story.clock());
  int times = 0;
  story.store().before_append([&]() -> Status {
    if (++times > 3 || times % 2 == 0) return {};  // 2 is the append of `other` itself
    const pb::Event event = contact(100 + static_cast<std::uint64_t>(times));
    EXPECT_TRUE(other.record({&event, 1}).has_value());
    return {};
  });
  EXPECT_EQ(story.judge("03-01 contactmoment"), "goed");
  EXPECT_EQ(story.history().version(), StreamVersion{4});
  EXPECT_EQ(times, 5);
}

TEST(Recorder, GivesUpWhenOthersAreAlwaysFirst) {
  Story story;
  story.tell("01-04 aanmelding");
  int times = 0;
  story.store().before_append([&]() -> Status {
    ++times;
    return Error{ErrorCode::kConflict, "another writer"};
  });
  EXPECT_EQ(error_of(story.recorder(), {contact(50)}), ErrorCode::kConflict);
  EXPECT_GT(times, 1);
  story.store().before_append({});
  EXPECT_EQ(story.judge("03-01 contactmoment"), "goed");
}

TEST(Recorder, HandsBackTheErrorsOfTheStore) {
  Story story;
  story.tell("01-04 aanmelding");
  for (const ErrorCode code : {ErrorCode::kIo, ErrorCode::kClosed, ErrorCode::kClock}) {
    story.store().before_append([code]() -> Status { return Error{code, "as the store says"}; });
    EXPECT_EQ(error_of(story.recorder(), {contact(50)}), code);
  }
}

TEST(Recorder, AClockThatStandsBackIsAnError) {
  Story story;
  story.tell("01-04 aanmelding");
  story.clock().advance(-std::chrono::minutes{6});
  EXPECT_EQ(error_of(story.recorder(), {contact(50)}), ErrorCode::kClock);
}

TEST(Recorder, AnOutcomeThatIsUnknownIsReadFromTheStore) {
  Story story;
  story.tell("01-04 aanmelding");
  // The append takes place, but its answer is lost.
  Recorder other(story.store(), story.clock());
  bool inside = false;
  story.store().before_append([&]() -> Status {
    if (inside) return {};
    inside = true;
    const pb::Event event = contact(50);
    EXPECT_TRUE(other.record({&event, 1}).has_value());
    return Error{ErrorCode::kIo, "no answer"};
  });
  EXPECT_EQ(error_of(story.recorder(), {contact(50)}), ErrorCode::kIo);
  story.store().before_append({});
  const pb::Event event = contact(50);
  const auto again = story.recorder().record({&event, 1});
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(std::get<Recorded>(*again).already_there);
}

TEST(Recorder, AStoredEventOfANewerVersionIsNotJudged) {
  Story story;
  story.tell("01-04 aanmelding");
  pb::Event newer = contact(50);
  newer.mutable_body()->mutable_contactmoment()->set_contact(static_cast<pb::Contact>(99));
  const std::vector<StreamAppend> appends = {
      {dossier(1), StreamVersion{1}, {{event_id(50), encode_content(newer)}}}};
  ASSERT_TRUE(story.store().append(appends).has_value());
  EXPECT_EQ(error_of(story.recorder(), {contact(51)}), ErrorCode::kNewer);
}

// A store whose streams say that they have more or fewer events than can be read.
class WrongVersions final : public EventStore {
 public:
  explicit WrongVersions(EventStore& store) : store_(store) {}
  void add(std::int64_t more) { more_ = more; }

  Result<Appended> append(std::span<const StreamAppend> streams,
                          const AppendOptions& options) override {
    return store_.append(streams, options);
  }
  Position last_position() const override { return store_.last_position(); }
  Result<StreamVersion> version_of(const StreamId& stream) const override {
    const auto version = store_.version_of(stream);
    if (!version || stream.kind != StreamKind::kDossier) return version;
    return StreamVersion{version->value + static_cast<std::uint64_t>(more_)};
  }
  Result<std::optional<Position>> find_event(const EventId& id) const override {
    return store_.find_event(id);
  }
  Result<StoredEvent> load(Position position) const override { return store_.load(position); }
  Result<std::vector<StoredEvent>> read_stream(const StreamId& stream, StreamVersion from,
                                               std::size_t limit) const override {
    return store_.read_stream(stream, from, limit);
  }
  Status scan(Position from, Position to, const Visitor& visit) const override {
    return store_.scan(from, to, visit);
  }

 private:
  EventStore& store_;
  std::int64_t more_ = 0;
};

TEST(Recorder, AStreamThatEndsBeforeItsVersionIsCorrupt) {
  Story story;
  story.tell("01-04 aanmelding");
  WrongVersions store(story.store());
  store.add(1);
  Recorder recorder(store, story.clock());
  EXPECT_EQ(error_of(recorder, {contact(50)}), ErrorCode::kCorrupt);
}

TEST(Recorder, AStreamThatLostEventsIsCorrupt) {
  Story story;
  story.tell("01-04 aanmelding");
  WrongVersions store(story.store());
  Recorder recorder(store, story.clock());
  ASSERT_TRUE(recorder.record(std::vector{contact(50)}).has_value());
  store.add(-1);
  const pb::Event refused =
      event(dossier(1), event_id(51), "2021-02-01", "uitstroom", {{"reden", "overig"}});
  EXPECT_EQ(error_of(recorder, {refused}), ErrorCode::kCorrupt);
}

TEST(Recorder, AdoptsTheMomentOfRecording) {
  Story story;
  const auto moment = parse_moment("2025-03-01T12:00:00Z");
  const pb::Event late = event(dossier(1), event_id(1), "2025-03-02", "aanmelding",
                               {{"gemeente", "Alkmaar"}, {"regeling", "nug"}});
  EXPECT_TRUE(std::holds_alternative<Refusal>(*story.recorder().record({&late, 1})));
  const auto outcome = story.recorder().record({&late, 1}, {.vastgelegd_op = *moment});
  ASSERT_TRUE(outcome.has_value());
  const Position first = std::get<Recorded>(*outcome).first;
  EXPECT_EQ(moment_of(*decode_event(story.store().load(first)->bytes)), *moment);
}

// What an import adopts: a group whose events were recorded weeks apart. Each looks ahead from its
// own day, in whichever stream it stands.
TEST(Recorder, JudgesHowFarAheadEachEventOfAGroupLiesByItsOwnDayOfRecording) {
  const std::vector moments{*parse_moment("2025-03-01T12:00:00Z"),
                            *parse_moment("2025-03-02T12:00:00Z"),
                            *parse_moment("2025-03-20T12:00:00Z")};
  struct Row {
    const char* first;
    const char* second;
    const char* other;  // in another dossier
    std::optional<std::size_t> refused;
  };
  const std::vector<Row> table{{"2025-03-02", "2025-03-03", "2025-03-21", std::nullopt},
                               {"2025-03-03", "2025-03-03", "2025-03-21", 0},
                               {"2025-03-02", "2025-03-04", "2025-03-21", 1},
                               {"2025-03-02", "2025-03-03", "2025-03-22", 2}};
  for (const Row& row : table) {
    Story story;
    const std::vector events{event(dossier(1), event_id(1), row.first, "aanmelding",
                                   {{"gemeente", "Alkmaar"}, {"regeling", "nug"}}),
                             event(dossier(1), event_id(2), row.second, "intake_gestart"),
                             event(dossier(2), event_id(3), row.other, "aanmelding",
                                   {{"gemeente", "Alkmaar"}, {"regeling", "nug"}})};
    const auto outcome =
        story.recorder().record(events, {.vastgelegd_op = moments.front(), .each = moments});
    ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
    const auto* refusal = std::get_if<Refusal>(&*outcome);
    ASSERT_EQ(refusal != nullptr, row.refused.has_value()) << row.first << row.second << row.other;
    if (refusal == nullptr) continue;
    EXPECT_EQ(refusal->code, "geldig_op_te_ver");
    EXPECT_EQ(refusal->index, *row.refused);
  }
}

TEST(Recorder, AnotherNumberOfMomentsThanEventsIsInvalid) {
  Story story;
  story.tell("01-04 aanmelding; dossier/2 01-04 aanmelding");
  const std::vector events{contact(50), contact(51), contact(52, 2)};
  const std::vector moments{*parse_moment("2025-03-01T12:00:00Z"),
                            *parse_moment("2025-03-01T13:00:00Z")};
  const auto outcome =
      story.recorder().record(events, {.vastgelegd_op = moments.front(), .each = moments});
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code, ErrorCode::kInvalid);
}

TEST(Recorder, TheDayOfRecordingIsThatOfAmsterdam) {
  Story story;
  // 23:30 UTC on 30 June is 01:30 on 1 July in Amsterdam.
  story.clock().set(*parse_moment("2025-06-30T23:30:00Z"));
  EXPECT_EQ(story.judge("2025-07-02 aanmelding"), "goed");
  EXPECT_EQ(story.judge("dossier/2 2025-07-03 aanmelding"), "geldig_op_te_ver");
}

TEST(Recorder, ReadsAStreamOnceWhileItStaysInMemory) {
  Story story;
  story.tell(kTraject);
  Recorder fresh(story.store(), story.clock());
  const std::size_t before = story.store().reads();
  for (std::uint64_t i = 0; i < 20; ++i) {
    const pb::Event event = contact(50 + i);
    ASSERT_TRUE(fresh.record({&event, 1}).has_value());
  }
  EXPECT_EQ(story.store().reads(), before + 2);  // that of the organisation too
}

TEST(Recorder, ForgetsStreamsBeyondItsBoundAndReadsThemAgain) {
  Story story;
  Recorder small(story.store(), story.clock(), {.max_cached_bytes = 10'000});
  for (std::uint64_t round = 0; round < 3; ++round) {
    for (std::uint64_t i = 1; i <= 20; ++i) {
      const pb::Event event = round == 0 ? aanmelding(i, i) : contact(1000 * round + i, i);
      const auto outcome = small.record({&event, 1});
      ASSERT_TRUE(outcome.has_value());
      EXPECT_TRUE(std::holds_alternative<Recorded>(*outcome));
    }
  }
  EXPECT_EQ(story.history(dossier(20)).version(), StreamVersion{3});
}

// At-least-once delivery goes on for ever; what was there already must not pile up.
TEST(Recorder, KeepsNothingOfWhatWasThereAlreadyOrRefused) {
  Story story;
  story.tell(kTraject);
  const pb::Event there = contact(1'000'000);
  ASSERT_TRUE(story.recorder().record({&there, 1}).has_value());
  Stream stream(dossier(1));
  const RecordedEvent proposed = recorded_of(there);
  std::size_t most = 0;
  for (int i = 0; i < 20'000; ++i) {
    (void)stream.adopt({&proposed, 1});
    most = std::max(most, stream.bytes());
    if (stream.is_worn()) stream.forget();
  }
  EXPECT_LT(most, 400'000U);

  const std::size_t before = story.store().reads();
  for (int i = 0; i < 5'000; ++i) {
    const auto outcome = story.recorder().record({&there, 1});
    ASSERT_TRUE(outcome.has_value());
    ASSERT_TRUE(std::get<Recorded>(*outcome).already_there);
    EXPECT_EQ(story.judge("02-01 aanmelding"), "al_in_re_integratie");
  }
  EXPECT_GT(story.store().reads(), before);  // it was forgotten, and read again
  EXPECT_LT(story.store().reads(), before + 20);
  EXPECT_EQ(story.judge("04-01 trede_doorstroom naar=5"), "goed");
}

TEST(Recorder, ReadsALongStreamInPages) {
  Story story;
  story.tell("01-04 aanmelding");
  std::vector<pb::Event> events;
  for (std::uint64_t i = 0; i < 1500; ++i) events.push_back(contact(2000 + i));
  ASSERT_TRUE(story.recorder().record(events).has_value());
  Recorder fresh(story.store(), story.clock());
  const pb::Event next = contact(5000);
  const auto outcome = fresh.record({&next, 1});
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(story.history().version(), StreamVersion{1502});
}

TEST(Recorder, CallersOfManyDossiersRecordSideBySide) {
  Story story;
  constexpr std::uint64_t kThreads = 8;
  constexpr std::uint64_t kEach = 40;
  std::vector<std::jthread> threads;
  for (std::uint64_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&story, t] {
      for (std::uint64_t i = 0; i < kEach; ++i) {
        const std::uint64_t number = 10'000 * (t + 1) + i;
        const pb::Event event = i == 0 ? aanmelding(number, t + 1) : contact(number, t + 1);
        const auto outcome = story.recorder().record({&event, 1});
        EXPECT_TRUE(outcome && std::holds_alternative<Recorded>(*outcome));
      }
    });
  }
  threads.clear();
  EXPECT_EQ(story.store().last_position(), Position{8 + kThreads * kEach});
}

// Two recorders on one store, so that they also get in each other's way, and groups that hold two
// dossiers in either order while the organisation changes.
TEST(Recorder, CallersOfTheSameDossiersGetInTurn) {
  Story story;
  story.tell("01-04 aanmelding; dossier/2 01-04 aanmelding");
  Recorder other(story.store(), story.clock());
  constexpr std::uint64_t kEach = 25;
  std::vector<std::jthread> threads;
  for (std::uint64_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      Recorder& recorder = t % 2 == 0 ? story.recorder() : other;
      for (std::uint64_t i = 0; i < kEach; ++i) {
        const std::uint64_t number = 10'000 * (t + 1) + 3 * i;
        std::vector events = {contact(number, 1 + t / 2), contact(number + 1, 2 - t / 2)};
        if (t == 1) {
          events.push_back(event(kOrganisatie, event_id(number + 2), "2021-01-01",
                                 "afdeling_ingesteld", {{"afdeling", "A" + std::to_string(i)}}));
        }
        auto outcome = recorder.record(events);
        while (!outcome && outcome.error().code == ErrorCode::kConflict) {
          outcome = recorder.record(events);
        }
        EXPECT_TRUE(outcome && std::holds_alternative<Recorded>(*outcome));
      }
    });
  }
  threads.clear();
  EXPECT_EQ(story.history(dossier(1)).version(), StreamVersion{1 + 4 * kEach});
  EXPECT_EQ(story.history(dossier(2)).version(), StreamVersion{1 + 4 * kEach});
  EXPECT_EQ(story.history(kOrganisatie).version(), StreamVersion{8 + kEach});
}

// About a kilobyte in memory.
void fill(CachedStream& cached) {
  cached.is_current = true;
  for (std::uint64_t i = 1; i <= 8; ++i) {
    const pb::Event event = recorded(contact(i), i);
    ASSERT_TRUE(cached.stream.take(event.SerializeAsString()).has_value());
  }
}

TEST(StreamCache, DropsWhatWasNotUsedLatelyAndNobodyHolds) {
  StreamCache cache(8'000);
  auto held = cache.acquire(dossier(1));
  held->is_current = true;
  for (std::uint64_t i = 2; i <= 12; ++i) {
    const auto one = cache.acquire(dossier(i));
    fill(*one);
    cache.account(*one);
    EXPECT_LE(cache.bytes(), 8'000U);
    held->turn.take();
    cache.expect(std::array{dossier(1), dossier(2), dossier(i), dossier(100)});  // says nothing
    held->turn.pass();
    EXPECT_TRUE(cache.acquire(dossier(3))->is_current || i < 3);  // used all the time
  }
  EXPECT_TRUE(cache.acquire(dossier(1))->is_current);
  EXPECT_TRUE(cache.acquire(dossier(12))->is_current);
  EXPECT_FALSE(cache.acquire(dossier(2))->is_current);
}

TEST(StreamCache, KeepsWhatIsHeldEvenWhenThatIsTooMuch) {
  StreamCache cache(1);
  const auto one = cache.acquire(dossier(1));
  fill(*one);
  cache.account(*one);
  EXPECT_EQ(cache.acquire(dossier(1)), one);
  EXPECT_GT(cache.bytes(), 1U);
}

}  // namespace
}  // namespace trede::test
