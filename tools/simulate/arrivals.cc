#include "tools/simulate/arrivals.h"

#include <algorithm>

#include "tools/simulate/rates.h"
#include "tools/simulate/values.h"

namespace trede::simulate {

namespace {

constexpr int kFirstWswDay = day_in(1985, 1, 1);
constexpr int kBeschutSince = day_in(2015, 1, 1);
constexpr int kLongestRoute = 1100;  // days; who came earlier has left before the recording begins
constexpr int kWorkingDays = 261;    // in a year
constexpr int kWswPerYear = 40;      // until 2014

bool is_working_day(int day) { return (day + 3) % 7 < 5; }

}  // namespace

Arrivals::Arrivals(const World& world, Agenda& agenda, std::uint64_t seed)
    : world_(world), agenda_(agenda), dice_(mixed(seed, 0xA221)), people_(world, agenda, seed) {
  add_dawn(world.from());
  draw_start();
}

void Arrivals::add_dawn(int day) {
  Act dawn;
  dawn.moment = start_of(day);
  dawn.day = day;
  dawn.deed = Deed::kDawn;
  agenda_.add(dawn);
}

void Arrivals::taken(const Act& act) {
  if (act.deed == Deed::kWake) return people_.taken(act);
  if (is_working_day(act.day)) draw_day(act.day);
  add_dawn(act.day + 1);
}

int Arrivals::draw_count(int per_year) {
  const std::uint64_t millionths =
      static_cast<std::uint64_t>(per_year) * world_.scale() / kWorkingDays;
  return static_cast<int>(millionths / kWhole + (dice_.below(kWhole) < millionths % kWhole));
}

int Arrivals::count_at_start(int number) const {
  return static_cast<int>(static_cast<std::uint64_t>(number) * world_.scale() / kWhole);
}

void Arrivals::draw_start() {
  const int from = world_.from();
  for (int i = count_at_start(kRelatiesAtStart); i >= 0; --i) {
    draw_relatie(from - dice_.between(30, 2000));
  }
  // Since nobody enters any more, each year some five in a hundred are gone.
  const int years = std::max(0, (from - kLastWswDay) / 365);
  const int wsw = kWswAtStart * std::max(5, 100 - 5 * years) / 100;
  for (int i = count_at_start(wsw); i > 0; --i) {
    const int day = dice_.between(kFirstWswDay, std::min(kLastWswDay, from - 1));
    const int stay = draw_stay(dice_, pb::DIENSTVERBAND_SOORT_WSW) * 3 / 4;
    people_.come_for_work({pb::DIENSTVERBAND_SOORT_WSW, day, from + stay});
  }
  for (int i = count_at_start(kStaffAtStart); i > 0; --i) {
    const int stay = draw_stay(dice_, pb::DIENSTVERBAND_SOORT_AMBTELIJK) + 60;
    people_.come_for_work(
        {pb::DIENSTVERBAND_SOORT_AMBTELIJK, from - dice_.between(30, 4000), from + stay});
  }
  for (int i = count_at_start(kBeschutAtStart + 5 * years); i > 0 && from > kBeschutSince; --i) {
    const int stay = draw_stay(dice_, pb::DIENSTVERBAND_SOORT_BESCHUT_WERK) + 60;
    people_.come_for_work({pb::DIENSTVERBAND_SOORT_BESCHUT_WERK,
                           dice_.between(kBeschutSince, from - 1), from + stay});
  }
  for (int i = count_at_start(kBegeleidWerkenAtStart); i > 0; --i) {
    people_.come_placed(pb::PLAATSING_SOORT_BEGELEID_WERKEN, from - dice_.between(1, 1500));
  }
  for (int i = count_at_start(kGarantiebanenAtStart); i > 0; --i) {
    people_.come_placed(pb::PLAATSING_SOORT_GARANTIEBAAN, from - dice_.between(1, 500));
  }
  for (int day = from - kLongestRoute; day < from; ++day) {
    if (!is_working_day(day)) continue;
    for (int i = draw_count(kAanmeldingenPerYear); i > 0; --i) people_.come_for_route(day);
  }
}

void Arrivals::draw_day(int day) {
  for (int i = draw_count(kAanmeldingenPerYear); i > 0; --i) people_.come_for_route(day);
  for (int i = draw_count(kStaffPerYear); i > 0; --i) {
    const bool payroll = dice_.chance(kPayroll);
    draw_work(payroll ? pb::DIENSTVERBAND_SOORT_PAYROLL : pb::DIENSTVERBAND_SOORT_AMBTELIJK, day);
  }
  for (int i = draw_count(kBeschutPerYear); i > 0 && day >= kBeschutSince; --i) {
    draw_work(pb::DIENSTVERBAND_SOORT_BESCHUT_WERK, day);
  }
  for (int i = draw_count(kWswPerYear); i > 0 && day <= kLastWswDay; --i) {
    draw_work(pb::DIENSTVERBAND_SOORT_WSW, day);
  }
  for (int i = draw_count(kBegeleidWerkenPerYear); i > 0; --i) {
    people_.come_placed(pb::PLAATSING_SOORT_BEGELEID_WERKEN, day);
  }
  for (int i = draw_count(kGarantiebanenPerYear); i > 0; --i) {
    people_.come_placed(pb::PLAATSING_SOORT_GARANTIEBAAN, day);
  }
  for (int i = draw_count(kRelatiesPerYear); i > 0; --i) draw_relatie(day);
  for (int i = draw_count(kVacaturesPerYear); i > 0; --i) draw_vacature(day);
}

void Arrivals::draw_work(pb::DienstverbandSoort soort, int day) {
  people_.come_for_work({soort, day, day + draw_stay(dice_, soort)});
}

void Arrivals::draw_relatie(int day) {
  Act act;
  act.moment = office_moment(dice_, std::max(day, world_.from()) + dice_.between(0, 4));
  act.subject = ++werkgevers_;
  act.ordinal = werkgever_events_++;
  act.day = day;
  act.actor = 3;
  act.soort = static_cast<std::uint8_t>(Soort::kRelatieStart);
  act.werkgever = true;
  act.values[at::kSroi] = dice_.chance(120) ? pb::JA_NEE_JA : pb::JA_NEE_NEE;
  agenda_.add(act);
}

void Arrivals::draw_vacature(int day) {
  Act act;
  act.moment = office_moment(dice_, day + dice_.draw(kLatenessOffice));
  act.subject = 1 + static_cast<std::uint32_t>(dice_.below(werkgevers_));
  act.ordinal = werkgever_events_++;
  act.day = day;
  act.actor = 3;
  act.soort = static_cast<std::uint8_t>(Soort::kVacatureVervuld);
  act.werkgever = true;
  act.values[at::kCode] = static_cast<std::uint16_t>(dice_.pick(kVacatureRegelingen));
  act.values[at::kSroi] = dice_.chance(50) ? pb::JA_NEE_JA : pb::JA_NEE_NEE;
  if (dice_.chance(150)) act.values[at::kNumber] = static_cast<std::uint16_t>(dice_.between(2, 4));
  agenda_.add(act);
}

}  // namespace trede::simulate
