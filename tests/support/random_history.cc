#include "tests/support/random_history.h"

#include <algorithm>
#include <stdexcept>

#include "engine/dossier/history.h"
#include "engine/dossier/timeline.h"
#include "tests/support/events.h"
#include "tests/support/random_event.h"

namespace trede::test {

namespace {

constexpr std::size_t kWerkgevers = 3;
constexpr int kPatience = 10'000;  // refusals in a row before a writer is broken

StreamId random_stream(SeededRandom& random, StreamKind kind) { return {kind, random.uuid4()}; }

// A stream as it was recorded so far.
struct Life {
  StreamId stream;
  History history;
};

}  // namespace

struct RandomWriter::Impl {
  Impl(EventStore& the_store, FakeClock& the_clock, const RandomHistoryOptions& the_options)
      : store(the_store),
        clock(the_clock),
        options(the_options),
        recorder(the_store, the_clock),
        dice(the_options.seed),
        ids(the_options.seed) {}

  using Events = std::vector<pb::Event>;

  void found();
  bool try_append();
  bool record(Events events);
  void take(const Events& events, Position first);

  Events propose();
  Events propose_dossier(Life& life);
  Events propose_group(Life& life);
  Events propose_vervanging(Life& life, bool withdraw);
  Events propose_organisatie();
  Events propose_werkgever();
  pb::Event next_event(const Life& life, bool late);
  pb::Event new_event(const StreamId& stream, Day day, pb::Body body);
  void confirm(pb::Event& event);

  Day today() const { return civil_day(clock.now()); }
  Day random_day(const Life& life, bool late);
  Life& some_dossier() {
    return lives[static_cast<std::size_t>(dice.between(0, options.dossiers - 1))];
  }
  Life* find_life(const StreamId& stream);

  EventStore& store;
  FakeClock& clock;
  RandomHistoryOptions options;
  Recorder recorder;
  Dice dice;
  SeededRandom ids;
  std::vector<Life> lives;  // dossiers, then werkgevers, then the organisation
  std::size_t refused = 0;
};

namespace {

bool asks_to_confirm(const Result<RecordOutcome>& outcome) {
  const auto* refusal = outcome ? std::get_if<Refusal>(&*outcome) : nullptr;
  return refusal != nullptr && refusal->code == rule_code(Rule::kPeriodeAfgesloten);
}

// What holds at the end of `day` in `history`.
State state_of(const History& history, Day day) { return state_at(history.acting(), day); }

std::optional<Day> last_day_of(const History& history) {
  const auto last = std::ranges::max_element(history.acting(), {}, &ActingEvent::geldig_op);
  if (last == history.acting().end()) return std::nullopt;
  return last->geldig_op;
}

std::optional<Day> first_day_of(const History& history) {
  const auto first = std::ranges::min_element(history.acting(), {}, &ActingEvent::geldig_op);
  if (first == history.acting().end()) return std::nullopt;
  return first->geldig_op;
}

}  // namespace

void RandomWriter::Impl::confirm(pb::Event& event) {
  event.set_na_afsluiting(static_cast<pb::NaAfsluiting>(dice.between(1, pb::NaAfsluiting_MAX)));
}

pb::Event RandomWriter::Impl::new_event(const StreamId& stream, Day day, pb::Body body) {
  pb::Event out;
  set_stream(out, stream);
  set_id(out, EventId{ids.uuid4()});
  out.set_geldig_op(day_number(day));
  *out.mutable_body() = std::move(body);
  if (dice.percent(options.confirmed)) confirm(out);
  if (dice.percent(60)) out.set_actor("wc" + std::to_string(dice.between(1, 4)));
  return out;
}

Day RandomWriter::Impl::random_day(const Life& life, bool late) {
  const auto last = last_day_of(life.history);
  if (!last) {
    const int before = dice.percent(10) ? dice.between(2200, 4000) : dice.between(0, 500);
    return today() - std::chrono::days{before};
  }
  if (late) {
    const auto first = *first_day_of(life.history);
    const auto span = static_cast<int>((*last - first).count());
    return first + std::chrono::days{dice.between(0, std::max(span, 0))};
  }
  if (dice.percent(20)) return *last;
  const Day next = *last + std::chrono::days{dice.between(1, 40)};
  // Days ahead of today are for what is agreed beforehand, so rarely accepted.
  return dice.percent(97) ? std::min(next, std::max(*last, today())) : next;
}

pb::Event RandomWriter::Impl::next_event(const Life& life, bool late) {
  const Day day = random_day(life, late);
  const State state = state_of(life.history, day);
  return new_event(life.stream, day, random_dossier_body(dice, state, day));
}

RandomWriter::Impl::Events RandomWriter::Impl::propose_dossier(Life& life) {
  return {next_event(life, dice.percent(options.late))};
}

// A few events of one dossier that follow one another, sometimes with one of another dossier; or
// an intrekking together with what stands in for it.
RandomWriter::Impl::Events RandomWriter::Impl::propose_group(Life& life) {
  if (dice.percent(25)) {
    Events events = propose_vervanging(life, true);
    if (!events.empty()) events.push_back(next_event(life, true));
    return events;
  }
  Events events;
  Life ahead = life;
  const int count = dice.between(2, 4);
  for (int i = 0; i < count; ++i) {
    events.push_back(next_event(ahead, false));
    const auto fits = std::make_shared<pb::Event>(
        recorded(events.back(), 1'000'000'000 + static_cast<std::uint64_t>(i)));
    if (fold_dossier(ahead.history.acting_with(std::vector<EventPtr>{fits}), {})) {
      events.pop_back();
    } else {
      ahead.history.add(fits);
    }
  }
  Life& other = some_dossier();
  if (other.stream != life.stream && dice.percent(40)) events.push_back(next_event(other, false));
  return events;
}

RandomWriter::Impl::Events RandomWriter::Impl::propose_vervanging(Life& life, bool withdraw) {
  if (life.history.acting().empty()) return {};
  const ActingEvent& acting = dice.one_of(life.history.acting());
  if (withdraw) {
    const auto reden = dice.percent(50) ? "foutief" : "dubbel";
    return {intrekking(life.stream, EventId{ids.uuid4()}, acting.id, reden)};
  }
  Day day = acting.geldig_op;
  if (dice.percent(60)) day += std::chrono::days{dice.between(-12, 12)};
  pb::Body body = random_body(dice, acting.soort());
  if (dice.percent(50)) body = *acting.body;  // only the day was wrong
  pb::Event out = new_event(life.stream, day, pb::Body());
  auto& correctie = *out.mutable_body()->mutable_correctie();
  correctie.set_vervangt(std::string(acting.id.uuid.view()));
  *correctie.mutable_door() = std::move(body);
  return {out};
}

RandomWriter::Impl::Events RandomWriter::Impl::propose_organisatie() {
  std::vector<Soort> soorten;
  for (const Kind& kind : kinds()) {
    if (kind.stream == StreamKind::kOrganisatie) soorten.push_back(kind.soort);
  }
  if (dice.percent(15)) return propose_vervanging(lives.back(), dice.percent(40));
  const Day day = today() - std::chrono::days{dice.between(0, 200)};
  return {new_event(kOrganisatie, day, random_body(dice, dice.one_of(soorten)))};
}

RandomWriter::Impl::Events RandomWriter::Impl::propose_werkgever() {
  Life& life = lives[static_cast<std::size_t>(options.dossiers +
                                              dice.between(0, static_cast<int>(kWerkgevers) - 1))];
  if (dice.percent(20)) return propose_vervanging(life, dice.percent(40));
  const Day day = today() - std::chrono::days{dice.between(0, 60)};
  const Soort soort = dice.percent(70) ? Soort::kVacatureVervuld : Soort::kRelatieStart;
  return {new_event(life.stream, day, random_body(dice, soort))};
}

RandomWriter::Impl::Events RandomWriter::Impl::propose() {
  int roll = dice.between(1, 100);
  const auto falls_in = [&](int share) {
    roll -= share;
    return roll <= 0;
  };
  if (falls_in(options.organisatie)) return propose_organisatie();
  if (falls_in(options.werkgever)) return propose_werkgever();
  Life& life = some_dossier();
  if (falls_in(options.correcties)) return propose_vervanging(life, false);
  if (falls_in(options.intrekkingen)) return propose_vervanging(life, true);
  if (falls_in(options.groepen)) return propose_group(life);
  return propose_dossier(life);
}

Life* RandomWriter::Impl::find_life(const StreamId& stream) {
  const auto found = std::ranges::find(lives, stream, &Life::stream);
  return found == lives.end() ? nullptr : &*found;
}

void RandomWriter::Impl::take(const Events& events, Position first) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    Life* life = find_life(stream_of(events[i]));
    life->history.add(std::make_shared<pb::Event>(
        recorded(events[i], first.value + i, life->history.version().value + 1)));
  }
}

bool RandomWriter::Impl::record(Events events) {
  auto outcome = recorder.record(events);
  if (asks_to_confirm(outcome) && dice.percent(options.confirmed_when_asked)) {
    for (pb::Event& event : events) confirm(event);
    outcome = recorder.record(events);
  }
  if (!outcome) throw std::runtime_error("random history: " + outcome.error().message);
  const auto* done = std::get_if<Recorded>(&*outcome);
  if (done == nullptr) return false;
  take(events, done->first);
  return true;
}

bool RandomWriter::Impl::try_append() {
  clock.advance(options.step * dice.between(1, 60'000) / 60'000);
  const Events events = propose();
  if (events.empty()) return false;
  if (record(events)) return true;
  ++refused;
  return false;
}

void RandomWriter::Impl::found() {
  for (int i = 0; i < options.dossiers; ++i) {
    lives.push_back({random_stream(ids, StreamKind::kDossier), {}});
  }
  for (std::size_t i = 0; i < kWerkgevers; ++i) {
    lives.push_back({random_stream(ids, StreamKind::kWerkgever), {}});
  }
  lives.push_back({kOrganisatie, {}});
  if (!options.founds) return;
  Events events;
  for (const char* gemeente : kGemeenten) {
    events.push_back(event(kOrganisatie, EventId{ids.uuid4()}, "2005-01-01", "gemeente_toegetreden",
                           {{"gemeente", gemeente}}));
  }
  for (const char* afdeling : kAfdelingen) {
    events.push_back(event(kOrganisatie, EventId{ids.uuid4()}, "2005-01-01", "afdeling_ingesteld",
                           {{"afdeling", afdeling}}));
  }
  if (!record(events)) throw std::runtime_error("random history: no organisation");
}

RandomWriter::RandomWriter(EventStore& store, FakeClock& clock, const RandomHistoryOptions& options)
    : impl_(std::make_unique<Impl>(store, clock, options)) {
  impl_->found();
}

RandomWriter::~RandomWriter() = default;

void RandomWriter::append() {
  for (int i = 0; i < kPatience; ++i) {
    if (impl_->try_append()) return;
  }
  throw std::runtime_error("random history: nothing is accepted any more");
}

void RandomWriter::append_until(std::size_t events) {
  while (impl_->store.last_position().value < events) append();
}

std::size_t RandomWriter::refused() const { return impl_->refused; }

std::vector<StreamId> RandomWriter::streams() const {
  std::vector<StreamId> out;
  for (const Life& life : impl_->lives) {
    if (life.history.version().value > 0) out.push_back(life.stream);
  }
  return out;
}

RandomHistory::RandomHistory(std::size_t events, const RandomHistoryOptions& options)
    : clock(Moment{Day{std::chrono::year{2021} / 1 / 4}}), writer(store, clock, options) {
  writer.append_until(events);
}

std::vector<std::shared_ptr<const pb::Event>> RandomHistory::events() const {
  std::vector<std::shared_ptr<const pb::Event>> out;
  const Status scanned =
      store.scan(Position{1}, store.last_position(), [&](Position, std::string_view stored) {
        auto event = decode_event(stored);
        if (!event) return Status(event.error());
        out.push_back(std::make_shared<const pb::Event>(*std::move(event)));
        return Status();
      });
  if (!scanned) throw std::runtime_error(scanned.error().message);
  return out;
}

}  // namespace trede::test
