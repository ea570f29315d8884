// Laws of histories and timelines, over valid random histories; the parameter is the seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "engine/dossier/organisatie.h"
#include "engine/dossier/stream.h"
#include "engine/event/attributes.h"
#include "tests/support/events.h"
#include "tests/support/random_event.h"
#include "tests/support/random_history.h"

namespace trede::test {
namespace {

constexpr std::size_t kEvents = 600;

using Streams = std::map<StreamId, std::vector<EventPtr>>;

Streams by_stream(const std::vector<EventPtr>& events) {
  Streams out;
  for (const EventPtr& event : events) out[stream_of(*event)].push_back(event);
  return out;
}

History history_of(const std::vector<EventPtr>& events) {
  History history;
  for (const EventPtr& event : events) history.add(event);
  return history;
}

std::string text_of(const ActingEvent* event) {
  return event == nullptr ? "-" : event->id.uuid.text().substr(0, 8);
}

std::string text_of(const std::vector<const ActingEvent*>& events) {
  std::string out = "[";
  for (const ActingEvent* event : events) out += text_of(event) + " ";
  return out + "]";
}

// Everything that a state says, so that two can be compared and read.
std::string text_of(const State& s) {
  return std::string(s.begun ? "begun " : "") + text_of(s.aanmelding) + " " +
         std::string(s.gemeente) + " " + std::string(s.werkcoach) + " " +
         s.doelgroepen.to_string() + " re " + text_of(s.aangemeld) + text_of(s.wacht_op_start) +
         text_of(s.traject) + std::to_string(s.trede) + " d " + text_of(s.diagnose) + " o " +
         text_of(s.oponthoud) + text_of(s.voorzieningen) + text_of(s.plaatsingen) +
         text_of(s.maatregelen) + " w " + text_of(s.dienstverband) + std::string(s.afdeling) +
         std::to_string(s.deeltijdfactor) + " z " + text_of(s.verzuim) +
         std::to_string(s.verzuimpercentage) + " v " + text_of(s.verlof);
}

// The steps of a fold, one line each.
std::string steps_of(std::span<const ActingEvent> events) {
  std::string out;
  const auto violation = fold_dossier(events, [&](const Step& step) {
    out += format_day(step.event.geldig_op) + " " + kind_of(step.event.soort()).code + " " +
           text_of(&step.event) + ": " + text_of(step.before) + " -> " + text_of(step.after) + "\n";
  });
  EXPECT_FALSE(violation.has_value());
  return out;
}

class Dossiers : public testing::TestWithParam<std::uint64_t> {
 protected:
  const RandomHistory random_{kEvents, {.seed = GetParam()}};
  const std::vector<EventPtr> events_ = random_.events();
};

TEST_P(Dossiers, FoldCleanAtEveryPosition) {
  std::map<StreamId, History> histories;
  for (const EventPtr& event : events_) {
    History& history = histories[stream_of(*event)];
    history.add(event);
    if (position_of(*event) != append_last(*event)) continue;
    for (const auto& [stream, one] : histories) {
      if (stream.kind == StreamKind::kDossier) {
        ASSERT_FALSE(fold_dossier(one.acting(), {}).has_value()) << event->positie();
      } else if (stream.kind == StreamKind::kOrganisatie) {
        ASSERT_FALSE(Organisatie::find_violation(one.acting()).has_value()) << event->positie();
      }
    }
  }
}

TEST_P(Dossiers, FoldTheSameInWhateverOrderTheEventsAreGiven) {
  Dice dice(GetParam());
  for (const auto& [stream, events] : by_stream(events_)) {
    if (stream.kind != StreamKind::kDossier) continue;
    const History history = history_of(events);
    std::vector<ActingEvent> shuffled = history.acting();
    for (std::size_t i = shuffled.size(); i > 1; --i) {
      std::swap(shuffled[i - 1],
                shuffled[static_cast<std::size_t>(dice.between(0, static_cast<int>(i) - 1))]);
    }
    EXPECT_EQ(steps_of(history.acting()), steps_of(shuffled));
  }
}

// What a correctie puts in place might as well have been recorded so at once, and what is
// withdrawn not at all.
TEST_P(Dossiers, ReadAsIfEverythingHadBeenRecordedRightAtOnce) {
  for (const auto& [stream, events] : by_stream(events_)) {
    if (stream.kind != StreamKind::kDossier) continue;
    const History history = history_of(events);
    History right;
    for (const EventPtr& event : events) {
      const ActingEvent* acting = history.find_acting(id_of(*event));
      if (acting == nullptr) continue;  // withdrawn, or itself a correctie or intrekking
      pb::Event at_once = *event;
      at_once.set_geldig_op(day_number(acting->geldig_op));
      *at_once.mutable_body() = *acting->body;
      right.add(std::make_shared<const pb::Event>(std::move(at_once)));
    }
    EXPECT_EQ(steps_of(history.acting()), steps_of(right.acting()));
  }
}

// Within a day: ends of what was open the day before, everything else, other ends; each in order of
// kinds and position.
TEST_P(Dossiers, ActInTheOrderOfTheContract) {
  const std::set<std::string> ends = {"diagnose_einde",     "oponthoud_einde", "voorziening_einde",
                                      "plaatsing_einde",    "herstelmelding",  "verlof_einde",
                                      "dienstverband_einde"};
  const auto was_open = [](const State& state, const ActingEvent& event) {
    const auto runs = [&](const std::vector<const ActingEvent*>& running) {
      return std::ranges::any_of(running, [&](const ActingEvent* one) {
        return kenmerk_of(*one->body) == kenmerk_of(*event.body);
      });
    };
    const std::string& soort = kind_of(event.soort()).code;
    return (soort == "diagnose_einde" && state.diagnose != nullptr) ||
           (soort == "oponthoud_einde" && state.oponthoud != nullptr) ||
           (soort == "herstelmelding" && state.verzuim != nullptr) ||
           (soort == "verlof_einde" && state.verlof != nullptr) ||
           (soort == "dienstverband_einde" && state.dienstverband != nullptr) ||
           (soort == "voorziening_einde" && runs(state.voorzieningen)) ||
           (soort == "plaatsing_einde" && runs(state.plaatsingen));
  };
  for (const auto& [stream, events] : by_stream(events_)) {
    if (stream.kind != StreamKind::kDossier) continue;
    const History history = history_of(events);
    std::optional<Day> today;
    State yesterday;
    std::set<std::string> ended;
    std::tuple<int, int, std::uint64_t> place;
    fold_dossier(history.acting(), [&](const Step& step) {
      if (step.event.geldig_op != today) {
        ASSERT_TRUE(!today || *today < step.event.geldig_op);
        today = step.event.geldig_op;
        yesterday = step.before;
        ended.clear();
        place = {};
      }
      const std::string& soort = kind_of(step.event.soort()).code;
      int part = 2;
      if (ends.contains(soort)) {
        const bool kenmerk = soort == "voorziening_einde" || soort == "plaatsing_einde";
        const std::string thing =
            soort + (kenmerk ? std::string(kenmerk_of(*step.event.body)) : "");
        part = was_open(yesterday, step.event) && ended.insert(thing).second ? 1 : 3;
      }
      const std::tuple<int, int, std::uint64_t> next(part, step.event.soort(),
                                                     step.event.order.value);
      EXPECT_LT(place, next) << soort << " on " << format_day(*today);
      place = next;
    });
  }
}

std::vector<std::string> texts_of(std::span<const ActingEvent> acting) {
  std::vector<std::string> texts;
  for (const ActingEvent& event : acting) {
    texts.push_back(std::to_string(event.order.value) + " " + std::to_string(event.source.value) +
                    " " + format_day(event.geldig_op) + " " + event.body->ShortDebugString());
  }
  return texts;
}

// A stream that keeps its fold up step by step judges as one that folds everything anew, whatever
// was tried on it without being recorded.
TEST_P(Dossiers, AreJudgedTheSameStepByStepAndAnew) {
  Dice dice(GetParam());
  for (const auto& [id, events] : by_stream(events_)) {
    if (id.kind != StreamKind::kDossier) continue;
    Stream stream(id);
    History history;
    for (const EventPtr& event : events) {
      const Day day = day_from_number(event->geldig_op());
      pb::Event proposed = recorded(*event, 1'000'000'000);
      set_id(proposed, event_id(event->positie()));
      const State state = is_vervanging(*event) ? State() : state_at(history.acting(), day);
      *proposed.mutable_body() = random_dossier_body(dice, state, day);
      proposed.set_geldig_op(day_number(day));
      const RecordedEvent tried = recorded_of(proposed);
      // Mostly: what goes on from a trial that was taken is to be seen too.
      if (dice.percent(60)) {
        const auto adopted = stream.adopt({&tried, 1});

        const Trial by_step = stream.try_fold(adopted, {});
        const std::vector<EventPtr> next = {std::make_shared<const pb::Event>(proposed)};
        const auto with = history.acting_with(next);
        const auto anew = fold_dossier(with, {});
        ASSERT_EQ(by_step.violation.has_value(), anew.has_value());
        if (anew) {
          EXPECT_EQ(by_step.violation->rule, anew->rule);
          EXPECT_EQ(by_step.violation->event->id, anew->event->id);
          EXPECT_EQ(text_of(by_step.violation->collides), text_of(anew->collides));
        }
      }

      // Recorded as it was: judged first, or read from the store. Of a group no event need be good
      // without the others.
      if (event->atomair_aantal() <= 1 && dice.percent(70)) {
        const RecordedEvent judged = recorded_of(*event);
        const auto good = stream.adopt({&judged, 1});
        Trial trial = stream.try_fold(good, {});
        ASSERT_FALSE(trial.violation.has_value());
        stream.take(good, std::move(trial), judged.position);
      } else {
        ASSERT_TRUE(stream.take(event->SerializeAsString()).has_value());
      }
      history.add(event);
      EXPECT_EQ(texts_of(stream.acting()), texts_of(history.acting()));
      EXPECT_EQ(stream.version(), history.version());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Dossiers, testing::Range<std::uint64_t>(1, 9));

// The generator is only as good as what it reaches.
TEST(RandomHistories, ReachEveryKindAndStayMostlyAccepted) {
  const RandomHistory random(2000, {.seed = 7});
  std::map<std::string, int> seen;
  for (const EventPtr& event : random.events()) ++seen[kind_of(event->body().soort_case()).code];
  for (const Kind& kind : kinds()) EXPECT_GT(seen[kind.code], 0) << kind.code;
  EXPECT_LT(random.writer.refused(), 2000U);
}

TEST(RandomHistories, RepeatWithTheirSeed) {
  const RandomHistory one(200, {.seed = 3});
  const RandomHistory same(200, {.seed = 3});
  const RandomHistory other(200, {.seed = 4});
  const auto bytes = [](const RandomHistory& random) {
    std::string out;
    for (const EventPtr& event : random.events()) out += event->SerializeAsString();
    return out;
  };
  EXPECT_EQ(bytes(one), bytes(same));
  EXPECT_NE(bytes(one), bytes(other));
}

}  // namespace
}  // namespace trede::test
