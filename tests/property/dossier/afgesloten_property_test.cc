// Law of closing and freezing: whatever was recorded, corrected, withdrawn and closed before, an
// event is refused for it exactly when a naive reading of the whole log says so.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "engine/dossier/verantwoording.h"
#include "engine/dossier/waar.h"
#include "tests/support/events.h"
#include "tests/support/random_event.h"
#include "tests/support/random_history.h"

namespace trede::test {
namespace {

// An event as it acts: its day and its body; no body once it is withdrawn.
struct Plain {
  Day day{};
  const pb::Body* body = nullptr;
};

// Every event of a log by the id under which it was first recorded, read from the beginning.
class NaiveLog {
 public:
  explicit NaiveLog(const std::vector<EventPtr>& events) {
    for (const EventPtr& event : events) take(*event);
  }

  void take(const pb::Event& event) {
    const pb::Body& body = event.body();
    if (body.has_intrekking()) {
      acting_[body.intrekking().vervangt()] = {};
    } else if (body.has_correctie()) {
      acting_[body.correctie().vervangt()] = {day_from_number(event.geldig_op()),
                                              &body.correctie().door()};
    } else {
      acting_[event.event_id()] = {day_from_number(event.geldig_op()), &body};
    }
  }

  // `periode_afgesloten`, `rapport_al_vastgesteld`, `ander_rapport`, or empty.
  std::string judge(const pb::Event& event) const {
    const pb::Body& body = event.body();
    const Plain now{day_from_number(event.geldig_op()),
                    body.has_correctie() ? &body.correctie().door() : &body};
    if (body.has_intrekking()) return judge_days(event, {find(body.intrekking().vervangt())});
    if (body.has_correctie()) {
      const std::string& id = body.correctie().vervangt();
      if (now.body->has_rapport_vastgesteld()) {
        return key_of(*now.body) == key_of(*find(id).body) ? "" : "ander_rapport";
      }
      return judge_days(event, {find(id), now});
    }
    if (body.has_rapport_vastgesteld() && is_frozen(key_of(body))) return "rapport_al_vastgesteld";
    return judge_days(event, {now});
  }

 private:
  Plain find(const std::string& id) const { return acting_.at(id); }

  static std::string key_of(const pb::Body& body) {
    const auto& kind = body.rapport_vastgesteld();
    const Period days = *parse_tijdvak(kind.periode());
    return kind.rapport() + " " + format_day(days.van) + " " + format_day(days.tm) + " " +
           canonical_waar(kind.waar());
  }
  bool is_frozen(const std::string& key) const {
    for (const auto& [id, one] : acting_) {
      if (one.body && one.body->has_rapport_vastgesteld() && key_of(*one.body) == key) return true;
    }
    return false;
  }

  bool is_closed(Day day) const {
    for (const auto& [id, one] : acting_) {
      if (!one.body || !one.body->has_periode_afgesloten()) continue;
      const Period closed = *parse_tijdvak(one.body->periode_afgesloten().periode());
      if (closed.van <= day && day <= closed.tm) return true;
    }
    return false;
  }

  // Day by day.
  bool touches_closed(const Plain& one) const {
    Period days{one.day, one.day};
    if (one.body->has_boeking()) days = *parse_periode(one.body->boeking().periode());
    if (one.body->has_begroting_vastgesteld()) {
      days = *parse_periode(one.body->begroting_vastgesteld().periode());
    }
    if (one.body->has_prognose_vastgesteld()) {
      days = *parse_periode(one.body->prognose_vastgesteld().periode());
    }
    for (Day day = days.van; day <= days.tm; day += std::chrono::days{1}) {
      if (is_closed(day)) return true;
    }
    return false;
  }

  std::string judge_days(const pb::Event& event, const std::vector<Plain>& ones) const {
    if (event.has_na_afsluiting() || is_verantwoording(ones.front().body->soort_case())) return "";
    for (const Plain& one : ones) {
      if (touches_closed(one)) return "periode_afgesloten";
    }
    return "";
  }

  std::map<std::string, Plain> acting_;
};

bool is_about_closing(const std::string& code) {
  return code == "periode_afgesloten" || code == "rapport_al_vastgesteld" ||
         code == "ander_rapport";
}

// An event that may or may not come into what is closed, of a werkgever or of the organisation.
pb::Event propose(Dice& dice, const History& organisatie, const EventId& id, Day day) {
  pb::Event event;
  const ActingEvent& about = dice.one_of(organisatie.acting());
  const int roll = dice.between(1, 100);
  if (roll <= 10) {
    event = intrekking(kOrganisatie, id, about.id);
  } else {
    set_id(event, id);
    event.set_geldig_op(day_number(day));
    set_stream(event, roll <= 35 ? werkgever(3) : kOrganisatie);
    pb::Body& body = *event.mutable_body();
    if (roll <= 35) {
      body = random_body(dice, Soort::kRelatieStart);
    } else if (roll <= 55) {
      auto& correctie = *body.mutable_correctie();
      correctie.set_vervangt(std::string(about.id.uuid.view()));
      *correctie.mutable_door() = random_body(dice, about.soort());
    } else {
      body = random_body(dice, roll <= 70 ? Soort::kRapportVastgesteld : about.soort());
    }
  }
  if (dice.percent(30)) event.set_na_afsluiting(pb::NA_AFSLUITING_OVERIG);
  return event;
}

class Afgesloten : public testing::TestWithParam<std::uint64_t> {};

// Each event of the history, had it been recorded where it stands, was fit to be: so says the naive
// reading of what stands before it, its own append included.
TEST_P(Afgesloten, NothingStandsInTheLogThatShouldHaveBeenRefused) {
  const RandomHistory random(400, {.seed = GetParam(), .organisatie = 30});
  NaiveLog naive({});
  int closed = 0;
  const auto events = random.events();
  for (const EventPtr& event : events) {
    ASSERT_EQ(naive.judge(*event), "") << event->ShortDebugString();
    naive.take(*event);
    closed += event->body().has_periode_afgesloten() ? 1 : 0;
  }
  EXPECT_GT(closed, 1);
}

// At the end of it random events are proposed, with and without a reason: whether each is refused
// for what is closed or frozen is what the naive reading says, whenever no other rule refuses it
// first.
TEST_P(Afgesloten, RefusesExactlyWhatTheNaiveReadingSays) {
  RandomHistory random(300, {.seed = GetParam(), .organisatie = 30});
  const auto events = random.events();
  const NaiveLog naive(events);
  History organisatie;
  for (const EventPtr& event : events) {
    if (stream_of(*event) == kOrganisatie) organisatie.add(event);
  }
  // What is accepted is not written, so that it changes nothing for the next.
  random.store.before_append([] { return Error{ErrorCode::kClosed, "judged only"}; });
  Recorder recorder(random.store, random.clock);
  Dice dice(GetParam());
  std::map<std::string, int> said;
  for (std::uint64_t i = 0; i < 400; ++i) {
    const Day day = civil_day(random.clock.now()) - std::chrono::days{dice.between(0, 900)};
    const pb::Event event = propose(dice, organisatie, event_id(5000 + i), day);
    const auto outcome = recorder.record({&event, 1});
    const auto* refusal = outcome ? std::get_if<Refusal>(&*outcome) : nullptr;
    ASSERT_TRUE(refusal != nullptr || outcome.error().code == ErrorCode::kClosed);
    const std::string code = refusal == nullptr ? "" : refusal->code;
    if (!code.empty() && !is_about_closing(code)) continue;
    EXPECT_EQ(code, naive.judge(event)) << event.ShortDebugString();
    ++said[code];
  }
  EXPECT_GT(said[""], 20);
  EXPECT_GT(said["periode_afgesloten"], 20);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Afgesloten, testing::Range<std::uint64_t>(1, 9));

}  // namespace
}  // namespace trede::test
