#include "tools/simulate/plan.h"

#include <algorithm>

#include "tools/simulate/rates.h"
#include "tools/simulate/values.h"

namespace trede::simulate {

namespace {

// In UTC, so that the civil day of a moment is the day of its number in summer and in winter.
constexpr std::int64_t kOfficeOpens = 6 * kHour + kHour / 2;
constexpr int kOfficeSeconds = 9 * 3600;
constexpr std::int64_t kOfficeEmpty = 19 * kHour;

bool is_point(Soort soort) {
  return soort == Soort::kContactmoment || soort == Soort::kAbcMeting ||
         soort == Soort::kTaalniveautoets || soort == Soort::kIndicatie;
}

bool is_of_work(Soort soort) {
  return soort >= Soort::kDienstverbandStart && soort != Soort::kUitstroom;
}

const Deciles& lateness_of(Soort soort) {
  if (soort == Soort::kZiekmelding || soort == Soort::kHerstelmelding) return kLatenessVerzuim;
  if (is_point(soort)) return kLatenessPoints;
  return kLatenessOffice;
}

}  // namespace

void Plan::begin(Person& person, std::uint32_t subject, std::int64_t floor) {
  person_ = &person;
  subject_ = subject;
  floor_ = floor;
  acts_.clear();
}

std::int64_t office_moment(Dice& dice, int day) {
  const int weekday = (day + 3) % 7;  // 0 = Monday; day 0 was a Thursday
  if (weekday > 4) day += 7 - weekday;
  const auto second = static_cast<std::int64_t>(dice.below(kOfficeSeconds));
  return start_of(day) + kOfficeOpens + second * kSecond +
         static_cast<std::int64_t>(dice.below(kSecond));
}

std::int64_t Plan::moment_for(Soort soort, int day, std::int64_t after) {
  const bool agreed = kind_of(soort).days_ahead > 1 && dice().chance(kAgreedAhead);
  const int known = agreed ? day - dice().between(kAheadLeast, kAheadMost)
                           : day + dice().draw(lateness_of(soort));
  const int first = day_of_moment(floor_);
  const int spread = first == world_.from() ? kTakeoverDays : 0;
  std::int64_t moment = office_moment(known < first ? first + dice().between(0, spread) : known);
  if (moment <= after) moment = after + kSecond * dice().between(40, 1200);
  // Who is still writing at night goes on in the morning.
  if (moment % kDay > kOfficeEmpty) moment = office_moment(day_of_moment(moment) + 1);
  return moment;
}

std::uint16_t Plan::actor_for(Soort soort) const {
  const std::uint64_t chance = mixed(person_->number, is_of_work(soort) ? 1 : 0);
  const std::uint64_t people = world_.headcount(is_of_work(soort) ? 6 : 30);
  const std::uint64_t first = is_of_work(soort) ? 1 : 100;
  return static_cast<std::uint16_t>(first + chance % people);
}

std::size_t Plan::add(Soort soort, int day, std::int64_t after, const Values& values) {
  acts_.push_back({.moment = moment_for(soort, day, after),
                   .replaces_moment = 0,
                   .subject = subject_,
                   .ordinal = person_->ordinal++,
                   .replaces = 0,
                   .day = day,
                   .values = values,
                   .actor = actor_for(soort),
                   .soort = static_cast<std::uint8_t>(soort),
                   .deed = Deed::kRecord});
  return acts_.size() - 1;
}

std::size_t Plan::join(Soort soort, int day, std::size_t leader, const Values& values) {
  const std::size_t place = add(soort, day, 0, values);
  acts_[place].moment = acts_[leader].moment;
  acts_[place].joins = true;
  return place;
}

Act& Plan::replace(Deed deed, std::size_t replaced, std::int64_t moment) {
  Act act = acts_[replaced];
  act.deed = deed;
  act.replaces = act.ordinal;
  act.replaces_moment = act.moment;
  act.ordinal = person_->ordinal++;
  act.moment = moment;
  act.joins = false;
  acts_.push_back(act);
  return acts_.back();
}

std::size_t Plan::correct(std::size_t replaced, std::int64_t moment) {
  replace(Deed::kCorrect, replaced, moment);
  return acts_.size() - 1;
}

void Plan::withdraw(std::size_t replaced, std::int64_t moment, pb::IntrekkingReden reden) {
  Act& act = replace(Deed::kWithdraw, replaced, moment);
  act.values = {};
  act.values[at::kCode] = static_cast<std::uint16_t>(reden);
}

int Plan::last_day() const {
  int last = 0;
  for (const Act& act : acts_) last = std::max(last, act.day);
  return last;
}

void Plan::forget_points_before(int day) {
  std::erase_if(acts_, [&](const Act& act) {
    return act.day < day && is_point(static_cast<Soort>(act.soort));
  });
}

}  // namespace trede::simulate
