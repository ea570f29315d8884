#include "tools/simulate/set_right.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "tools/simulate/rates.h"
#include "tools/simulate/values.h"
#include "tools/simulate/wrong_values.h"

namespace trede::simulate {

namespace {

constexpr int kShiftMost = 21;  // a day is seldom wrong by more

Soort soort_of(const Act& act) { return static_cast<Soort>(act.soort); }

std::uint16_t number(auto code) { return static_cast<std::uint16_t>(code); }

class SetRight {
 public:
  SetRight(Plan& plan, int first, int last)
      : plan_(plan), dice_(plan.dice()), first_(first), last_(last), right_(plan.acts().size()) {
    order_.reserve(right_);
    for (std::size_t i = 0; i < right_; ++i) order_.push_back(i);
    std::ranges::sort(order_, {}, [&](std::size_t i) {
      return std::pair(plan_.acts()[i].day, plan_.acts()[i].ordinal);
    });
    wrong_.assign(right_, false);
  }

  void draw() {
    // Withdrawn events come on top of the right ones, so that of all that were recorded first, as
    // many are set right as was asked for.
    const int percent = plan_.world().corrections_percent();
    const int chance = 1000 * percent / (100 - percent * kWithdrawn / 1000);
    int to_withdraw = 0;
    for (std::size_t at = 0; at < right_; ++at) {
      if (!dice_.chance(chance)) continue;
      if (dice_.chance(kWithdrawn) || !correct(at)) ++to_withdraw;
    }
    // Last, because where a false event may stand depends on every version of the others.
    for (; to_withdraw > 0; --to_withdraw) add_false();
  }

 private:
  Act& act(std::size_t at) { return plan_.acts()[order_[at]]; }
  bool is_wrong(std::size_t at) const { return at < right_ && wrong_[order_[at]]; }

  // Around the act that stands `at` in the order of days: the last day before it and the first
  // after it on which the plan has another event.
  struct Room {
    int van;
    int tot;
  };
  Room room_around(std::size_t at) {
    return {at == 0 ? first_ - 1 : act(at - 1).day, at + 1 == right_ ? last_ + 1 : act(at + 1).day};
  }

  std::optional<int> draw_wrong_day(std::size_t at) {
    if ((at > 0 && is_wrong(at - 1)) || is_wrong(at + 1)) return std::nullopt;
    const Act& right = act(at);
    const Room room = room_around(at);
    const int least = std::max(room.van + 1, right.day - kShiftMost);
    const int most = std::min({room.tot - 1, right.day + kShiftMost, day_of_moment(right.moment)});
    if (least > right.day || most < right.day || least == most) return std::nullopt;
    // Nobody mistakes the last day of the wsw, or a day on which the gemeente did not take part.
    const int drawn = dice_.between(least, most - 1);
    const int wrong = drawn >= right.day ? drawn + 1 : drawn;
    return may_stand_on(plan_.world(), right, wrong) ? std::optional(wrong) : std::nullopt;
  }

  // Makes the act wrong; returns whether it could.
  bool correct(std::size_t at) {
    const Act right = act(at);
    Act wrong = right;
    const auto day = dice_.chance(kWrongDay) ? draw_wrong_day(at) : std::nullopt;
    if (day) {
      wrong.day = *day;
    } else if (!make_wrong(wrong, plan_)) {
      const auto other = draw_wrong_day(at);
      if (!other) return false;
      wrong.day = *other;
    }
    wrong_[order_[at]] = true;
    act(at) = wrong;
    std::int64_t moment = wrong.moment;
    if (dice_.chance(kTwiceCorrected)) {  // the first correctie was not right either
      moment = later(moment);
      plan_.correct(order_[at], moment);
    }
    const std::size_t put = plan_.correct(order_[at], later(moment));
    plan_.acts()[put].day = right.day;
    plan_.acts()[put].values = right.values;
    return true;
  }

  std::int64_t later(std::int64_t moment) {
    const auto drawn = plan_.office_moment(day_of_moment(moment) + dice_.draw(kUntilSetRight));
    return drawn > moment ? drawn : moment + kSecond * dice_.between(60, 1800);
  }

  // An event that never was.
  void add_false() {
    if (dice_.chance(350) && (add_false_uitstroom() || add_false_ziekmelding())) return;
    add_double();
  }

  // The conversation that two people recorded, or one of another dossier. On the day after some
  // event, so that the dossier has begun whatever its first event turns out to be.
  void add_double() {
    const int day = right_ == 1 ? plan_.last_day() : act(1 + dice_.below(right_ - 1)).day;
    Values values{};
    values[at::kCode] = number(dice_.pick(kContacten));
    const auto begun = plan_.acts().front().moment;
    const auto place = plan_.add(Soort::kContactmoment, day + 1, begun, values);
    plan_.withdraw(
        place, later(plan_.moment_of(place)),
        dice_.chance(500) ? pb::INTREKKING_REDEN_DUBBEL : pb::INTREKKING_REDEN_VERKEERD_DOSSIER);
  }

  // A false event on `day` that would bar later ones: recorded soon, withdrawn before anything that
  // lies after it is recorded. Returns whether there was time for that.
  bool add_barring(Soort soort, int day, std::int64_t after, const Values& values) {
    if (barred_ || start_of(day) < plan_.floor()) return false;
    std::int64_t until = std::numeric_limits<std::int64_t>::max();
    for (const Act& act : plan_.acts()) {
      if (act.day >= day) until = std::min(until, act.moment);
    }
    const std::int64_t recorded = std::max(plan_.office_moment(day), after + kHour);
    const std::int64_t withdrawn =
        plan_.office_moment(day_of_moment(recorded) + 1 + dice_.between(0, 20));
    if (withdrawn >= until) return false;
    barred_ = true;  // another one might be recorded while this one stands in its way
    const auto place = plan_.add(soort, day, after, values);
    plan_.acts()[place].moment = recorded;
    plan_.withdraw(place, withdrawn, pb::INTREKKING_REDEN_FOUTIEF);
    return true;
  }

  // Somebody seemed to have left. The traject must be there, and its real end still ahead.
  bool add_false_uitstroom() {
    const Act* start = find(Soort::kTrajectStart);
    const Act* end = find(Soort::kUitstroom);
    if (start == nullptr || end == nullptr || end->day - start->day < 60) return false;
    Values values{};
    values[at::kCode] = number(kTerug);
    const int day = dice_.between(start->day + 30, end->day - 20);
    return add_barring(Soort::kUitstroom, day, start->moment, values);
  }

  // A ziekmelding of somebody else. Lies in the first days of a spell, before anything in it.
  bool add_false_ziekmelding() {
    const Act* real = find(Soort::kZiekmelding);
    if (real == nullptr || act(0).day - first_ < 20) return false;
    return add_barring(Soort::kZiekmelding, dice_.between(first_ + 1, act(0).day - 10),
                       plan_.person().spell_moment, {});
  }

  const Act* find(Soort soort) {
    const auto same = [&](const Act& act) {
      return soort_of(act) == soort && act.deed == Deed::kRecord;
    };
    const auto found = std::ranges::find_if(plan_.acts(), same);
    return found == plan_.acts().end() ? nullptr : &*found;
  }

  Plan& plan_;
  Dice& dice_;
  int first_;
  int last_;
  std::size_t right_;               // how many acts there were to begin with
  std::vector<std::size_t> order_;  // their places, by day
  std::vector<bool> wrong_;         // by place
  bool barred_ = false;             // a barring event was added
};

}  // namespace

void draw_set_right(Plan& plan, int first, int last) {
  if (plan.world().corrections_percent() == 0 || plan.acts().empty()) return;
  SetRight(plan, first, last).draw();
}

}  // namespace trede::simulate
