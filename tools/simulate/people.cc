#include "tools/simulate/people.h"

#include <algorithm>

#include "tools/simulate/rates.h"
#include "tools/simulate/route.h"
#include "tools/simulate/set_right.h"
#include "tools/simulate/values.h"

namespace trede::simulate {

namespace {

constexpr int kNoLimit = 1 << 28;  // a day after every other, with room to count on
constexpr int kSettlesIn = 8;      // days from the start of a dienstverband to its first spell

std::uint16_t draw_doelgroepen(Dice& dice) {
  unsigned set = 0;
  for (const auto& [doelgroep, weight] : kDoelgroepen) {
    if (dice.chance(static_cast<int>(weight))) set |= 1U << static_cast<unsigned>(doelgroep);
  }
  return static_cast<std::uint16_t>(set);
}

pb::Dienst dienst_for(pb::DienstverbandSoort soort) {
  return soort == pb::DIENSTVERBAND_SOORT_WSW ? pb::DIENST_SOCIALE_WERKVOORZIENING
                                              : pb::DIENST_BESCHUT_WERK;
}

int year_of(int day) {
  return static_cast<int>(std::chrono::year_month_day{day_from_number(day)}.year());
}

}  // namespace

std::int64_t People::floor_for(int day) const { return start_of(std::max(day, world_.from())); }

std::uint32_t People::make_person(int day) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(people_.size()));
    people_.emplace_back();
  }
  const std::uint32_t subject = free_.back();
  free_.pop_back();
  Person& person = people_[subject];
  person = Person();
  person.number = ++come_;
  person.dice = Dice(mixed(seed_, person.number));
  person.geboortejaar = static_cast<std::uint16_t>(year_of(day) - person.dice.draw(kAges));
  person.regeling = static_cast<std::uint16_t>(person.dice.pick(kRegelingen));
  person.doelgroepen = draw_doelgroepen(person.dice);
  return subject;
}

void People::come_for_route(int day) {
  const std::uint32_t subject = make_person(day);
  Person& person = people_[subject];
  person.gemeente = static_cast<std::uint16_t>(
      1 + world_.pick_gemeente(person.dice, pb::DIENST_RE_INTEGRATIE, day));
  const bool twice = day >= world_.from() && world_.corrections_percent() > 0 &&
                     person.dice.chance(kDoubleAanmelding);
  draw_route_of(subject, day);
  if (twice) come_twice(day);
}

// An aanmelding in a second dossier, that is withdrawn when somebody notices.
void People::come_twice(int day) {
  const std::uint32_t subject = make_person(day);
  Person& person = people_[subject];
  plan_.begin(person, subject, floor_for(day));
  Values values{};
  values[at::kGemeente] = static_cast<std::uint16_t>(
      1 + world_.pick_gemeente(person.dice, pb::DIENST_RE_INTEGRATIE, day));
  values[at::kCode] = person.regeling;
  values[at::kNumber] = person.geboortejaar;
  const std::size_t place = plan_.add(Soort::kAanmelding, day, 0, values);
  const int noticed = day_of_moment(plan_.moment_of(place)) + person.dice.draw(kUntilSetRight) + 1;
  plan_.withdraw(place, plan_.office_moment(noticed), pb::INTREKKING_REDEN_DUBBEL);
  settle(subject, 0);
}

void People::draw_route_of(std::uint32_t subject, int day) {
  Person& person = people_[subject];
  plan_.begin(person, subject, floor_for(day));
  const RouteEnd end = draw_route(plan_, day);
  if (end.day < world_.from()) {
    plan_.acts().clear();
    return settle(subject, 0);
  }
  plan_.forget_points_before(world_.from());
  draw_set_right(plan_, std::max(person.last_day + 1, day - 21), kNoLimit);
  // No wrong day of the end lies beyond the day on which it was recorded.
  person.last_day = std::max(end.day, day_of_moment(end.moment) + 1);
  choose_after_route(person, end);
  const int wait =
      person.stage == Stage::kRoute ? person.dice.draw(kUntilAgain) : person.dice.between(5, 60);
  settle(subject, person.last_day + wait);
}

void People::choose_after_route(Person& person, const RouteEnd& end) {
  person.stage = Stage::kDone;
  if (end.moves) return;
  if (person.dice.chance(kAgain)) {
    person.stage = Stage::kRoute;
  } else if (person.dice.chance(kToBeschutWerk)) {
    person.stage = Stage::kBegin;
  }
}

void People::come_for_work(const WorkBegin& begin) {
  const std::uint32_t subject = make_person(begin.day);
  Person& person = people_[subject];
  person.gemeente = static_cast<std::uint16_t>(
      1 + world_.pick_gemeente(person.dice, dienst_for(begin.soort), begin.day));
  draw_begin_of(subject, begin);
}

void People::draw_begin_of(std::uint32_t subject, const WorkBegin& begin) {
  Person& person = people_[subject];
  plan_.begin(person, subject, floor_for(begin.day));
  draw_begin(plan_, begin);
  const int first = std::max(person.last_day + 1, begin.day - 21);
  person.last_day = begin.day + kSettlesIn;
  draw_set_right(plan_, first, person.last_day);
  person.stage = Stage::kSpell;
  settle(subject, std::max(person.last_day + 1, world_.from()));
}

void People::draw_spell_of(std::uint32_t subject, int day) {
  Person& person = people_[subject];
  plan_.begin(person, subject, floor_for(day));
  const auto next = draw_spell(plan_, day);
  draw_set_right(plan_, day, next ? *next - 1 : kNoLimit);
  if (!next) person.stage = Stage::kDone;
  settle(subject, next.value_or(0));
}

void People::come_placed(pb::PlaatsingSoort soort, int day) {
  const std::uint32_t subject = make_person(day);
  Person& person = people_[subject];
  const bool begeleid = soort == pb::PLAATSING_SOORT_BEGELEID_WERKEN;
  const bool wsw = begeleid || person.dice.chance(420);  // 5 wsw and 7 wajong in a quarter
  const int einde = day + person.dice.draw(kGarantiebaanDays) * (begeleid ? 4 : 1);
  if (einde < world_.from()) {
    plan_.begin(person, subject, floor_for(day));
    return settle(subject, 0);
  }
  plan_.begin(person, subject, floor_for(day));
  Values values{};
  values[at::kCode] = static_cast<std::uint16_t>(soort);
  values[at::kGemeente] = static_cast<std::uint16_t>(
      1 + world_.pick_gemeente(person.dice, pb::DIENST_SOCIALE_WERKVOORZIENING, day));
  values[at::kRegeling] = wsw ? pb::REGELING_WSW : pb::REGELING_WAJONG;
  values[at::kNaam] =
      static_cast<std::uint16_t>(1 + person.dice.below(world_.headcount(kRelatiesAtStart)));
  values[at::kNumber] = static_cast<std::uint16_t>(person.dice.between(16, 40));
  if (!begeleid) {
    values[at::kLeeftijdsgroep] =
        person.dice.chance(60) ? pb::LEEFTIJDSGROEP_PRO_VSO : pb::LEEFTIJDSGROEP_18_PLUS;
  }
  const std::size_t place = plan_.add(Soort::kPlaatsing, day, 0, values);
  Values ended{};
  ended[at::kCode] = static_cast<std::uint16_t>(person.dice.pick(kEindePlaatsing));
  plan_.add(Soort::kPlaatsingEinde, einde, plan_.moment_of(place), ended);
  draw_set_right(plan_, day - 21, kNoLimit);
  settle(subject, 0);
}

void People::settle(std::uint32_t subject, int wake_day) {
  Person& person = people_[subject];
  for (const Act& act : plan_.acts()) person.waiting += agenda_.add(act) ? 1 : 0;
  if (person.stage != Stage::kDone) {
    Act wake;
    wake.moment = start_of(wake_day);
    wake.subject = subject;
    wake.day = wake_day;
    wake.deed = Deed::kWake;
    person.waiting += agenda_.add(wake) ? 1 : 0;
  }
  if (person.waiting == 0) free_.push_back(subject);
}

void People::taken(const Act& act) {
  Person& person = people_[act.subject];
  --person.waiting;
  if (act.deed != Deed::kWake) {
    if (person.waiting == 0) free_.push_back(act.subject);
    return;
  }
  const Stage stage = person.stage;
  person.stage = Stage::kDone;
  const std::size_t gemeente = person.gemeente - std::size_t{1};
  plan_.begin(person, act.subject, start_of(act.day));
  if (stage == Stage::kSpell) {
    person.stage = stage;
    return draw_spell_of(act.subject, act.day);
  }
  if (stage == Stage::kRoute && world_.takes_part(gemeente, pb::DIENST_RE_INTEGRATIE, act.day)) {
    return draw_route_of(act.subject, act.day);
  }
  if (stage == Stage::kBegin && world_.takes_part(gemeente, pb::DIENST_BESCHUT_WERK, act.day)) {
    const int stay = draw_stay(person.dice, pb::DIENSTVERBAND_SOORT_BESCHUT_WERK);
    return draw_begin_of(act.subject,
                         {pb::DIENSTVERBAND_SOORT_BESCHUT_WERK, act.day, act.day + stay});
  }
  settle(act.subject, 0);
}

}  // namespace trede::simulate
