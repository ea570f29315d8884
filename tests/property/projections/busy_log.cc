#include "tests/property/projections/busy_log.h"

#include <stdexcept>
#include <string>

#include "tests/support/events.h"

namespace trede::test {

namespace {

constexpr const char* kFactoren[] = {"1", "0.8889", "0.5"};

Day first_day() { return day("2020-12-30"); }

}  // namespace

BusyLog::BusyLog(std::uint64_t seed, int appends)
    : clock_(Moment{day("2021-06-01")}), dice_(seed), ids_(seed) {
  found_organisatie();
  for (int i = 0; i < appends; ++i) append();
}

void BusyLog::found_organisatie() {
  const std::vector<pb::Event> events{
      event(kOrganisatie, next_id(), "2005-01-01", "gemeente_toegetreden",
            {{"gemeente", "Alkmaar"}}),
      event(kOrganisatie, next_id(), "2005-01-01", "afdeling_ingesteld", {{"afdeling", "Groen"}})};
  const auto outcome = recorder_.record(events);
  if (!outcome || !std::holds_alternative<Recorded>(*outcome)) {
    throw std::runtime_error("busy log: no organisation");
  }
}

// Four of five in January, the rest around it up to May.
Day BusyLog::random_day() {
  const int ahead = dice_.percent(80) ? dice_.between(0, 33) : dice_.between(0, 130);
  return first_day() + std::chrono::days{ahead};
}

bool BusyLog::record(const pb::Event& event) {
  clock_.advance(std::chrono::seconds{1});
  const auto outcome = recorder_.record(std::vector<pb::Event>{event});
  if (!outcome) throw std::runtime_error("busy log: " + outcome.error().message);
  return std::holds_alternative<Recorded>(*outcome);
}

pb::Event BusyLog::first_event(const StreamId& stream, const EventId& id, bool employed) {
  const std::string dag = format_day(random_day());
  if (!employed) {
    return event(stream, id, dag, "aanmelding",
                 {{"gemeente", "Alkmaar"}, {"regeling", "participatiewet"}});
  }
  return event(stream, id, dag, "dienstverband_start",
               {{"dienstverband", "beschut_werk"},
                {"gemeente", "Alkmaar"},
                {"afdeling", "Groen"},
                {"deeltijdfactor", dice_.one_of(kFactoren)}});
}

pb::Event BusyLog::later_event(const Life& life) {
  const std::string dag = format_day(random_day());
  if (!life.employed) {
    return event(life.stream, next_id(), dag, "intake", {{"uitkomst", "positief"}});
  }
  if (dice_.percent(40)) {
    return event(life.stream, next_id(), dag, "dienstverband_einde", {{"reden", "overig"}});
  }
  return event(life.stream, next_id(), dag, dice_.percent(60) ? "ziekmelding" : "herstelmelding");
}

pb::Event BusyLog::moved_event(const Life& life) {
  if (dice_.percent(15)) return intrekking(life.stream, next_id(), life.first);
  pb::Event moved = first_event(life.stream, life.first, life.employed);
  pb::Event out = event(life.stream, next_id(), format_day(*day_of(moved)), "intake_gestart");
  auto& correctie = *out.mutable_body()->mutable_correctie();
  correctie.set_vervangt(std::string(life.first.uuid.view()));
  *correctie.mutable_door() = moved.body();
  return out;
}

// Refusals fall away: of what is random, some cannot be.
void BusyLog::append() {
  while (true) {
    if (lives_.empty() || dice_.percent(55)) {
      const bool employed = dice_.percent(50);
      const Life life{{StreamKind::kDossier, ids_.uuid4()}, next_id(), employed};
      if (!record(first_event(life.stream, life.first, employed))) continue;
      lives_.push_back(life);
      return;
    }
    const Life& life = dice_.one_of(lives_);
    if (record(dice_.percent(60) ? moved_event(life) : later_event(life))) return;
  }
}

std::vector<EventPtr> BusyLog::events() const {
  std::vector<EventPtr> out;
  const Status scanned =
      store_.scan(Position{1}, store_.last_position(), [&out](Position, std::string_view stored) {
        auto event = decode_event(stored);
        if (!event) return Status(event.error());
        out.push_back(std::make_shared<const pb::Event>(*std::move(event)));
        return Status();
      });
  if (!scanned) throw std::runtime_error(scanned.error().message);
  return out;
}

}  // namespace trede::test
