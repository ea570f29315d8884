#include "tools/simulate/dienstverband.h"

#include <algorithm>

#include "tools/simulate/rates.h"
#include "tools/simulate/values.h"

namespace trede::simulate {

namespace {

constexpr int kBetweenSpells = 4;  // days, in which a recovery may have been put too late

std::uint16_t number(auto code) { return static_cast<std::uint16_t>(code); }

Values with_code(auto code) {
  Values values{};
  values[at::kCode] = number(code);
  return values;
}

const Work& work_of(std::uint8_t soort) {
  if (soort == pb::DIENSTVERBAND_SOORT_WSW) return kWsw;
  return soort == pb::DIENSTVERBAND_SOORT_BESCHUT_WERK ? kBeschut : kAmbtelijk;
}

bool is_staff(std::uint8_t soort) {
  return soort == pb::DIENSTVERBAND_SOORT_AMBTELIJK || soort == pb::DIENSTVERBAND_SOORT_PAYROLL;
}

std::uint16_t draw_afdeling(Dice& dice, std::uint8_t soort) {
  // 138 fte Groen, 158 productie, 186 gedetacheerd.
  constexpr std::array<Weighted<Afdeling>, 3> kWorkers{
      {{Afdeling::kGroen, 138}, {Afdeling::kProductie, 158}, {Afdeling::kGedetacheerden, 186}}};
  constexpr std::array<Weighted<Afdeling>, 4> kStaff{{{Afdeling::kReIntegratie, 45},
                                                      {Afdeling::kWsp, 15},
                                                      {Afdeling::kHoofdkantoor, 25},
                                                      {Afdeling::kProductie, 15}}};
  return number(1 + number(is_staff(soort) ? dice.pick(kStaff) : dice.pick(kWorkers)));
}

// Of a week of 36 hours; a few work more.
std::uint16_t draw_factor(Dice& dice, std::uint8_t soort) {
  constexpr std::array<Weighted<std::uint16_t>, 7> kFactors{
      {{10000, 360}, {8889, 170}, {7778, 110}, {6667, 130}, {5556, 110}, {4444, 90}, {10278, 30}}};
  const std::uint16_t drawn = dice.pick(kFactors);
  return soort == pb::DIENSTVERBAND_SOORT_BESCHUT_WERK && dice.chance(400)
             ? number(std::max(4444, drawn - 2222))
             : drawn;
}

class Spell {
 public:
  Spell(Plan& plan, int van)
      : plan_(plan),
        person_(plan.person()),
        dice_(plan.dice()),
        work_(work_of(person_.dienstverband)),
        van_(van) {
    person_.spell_moment = std::max(person_.verzuim_moment, person_.dienstverband_moment);
    person_.ends = std::max(person_.ends, van);
  }

  std::optional<int> draw() {
    if (const auto ago = draw_ill_at_start()) {
      return verzuim(van_ - *ago, std::max(dice_.draw(kLongCase), *ago + kBetweenSpells));
    }
    const int ziek = van_ + dice_.draw(work_.until_ziek);
    int tot = std::min(ziek, person_.ends);
    const bool goes = tot > van_ && dice_.chance(kVerlof * (tot - van_) / 365);
    if (goes) tot = dice_.between(van_, tot - 1);
    if (tot - van_ > 2) {
      if (dice_.chance(kDienstverbandGewijzigd * (tot - van_) / 365)) gewijzigd(tot);
      detachering(tot);
    }
    if (goes) return verlof(tot);
    if (tot == person_.ends) return einde();
    const bool is_long = dice_.chance(work_.lengthened);
    return verzuim(ziek, is_long ? dice_.draw(kLongCase) : dice_.draw(work_.ziek_days));
  }

 private:
  // Since how many days somebody is ill who was taken over, if so.
  std::optional<int> draw_ill_at_start() {
    const int most = std::min(kIllSinceMost, van_ - person_.last_day - 2);
    if (van_ != plan_.world().from() || most < 0 || !dice_.chance(kIllAtStart)) return std::nullopt;
    return dice_.between(0, most);
  }

  void add_verzuim(Soort soort, int day, const Values& values = {}) {
    person_.verzuim_moment = plan_.moment_of(plan_.add(soort, day, person_.verzuim_moment, values));
  }

  void gewijzigd(int tot) {
    Values values{};
    if (dice_.chance(750)) {
      person_.factor = draw_factor(dice_, person_.dienstverband);
      values[at::kNumber] = person_.factor;
    } else {
      person_.afdeling = draw_afdeling(dice_, person_.dienstverband);
      values[at::kNaam] = person_.afdeling;
    }
    const int day = dice_.between(van_, tot - 1);
    person_.dienstverband_moment = plan_.moment_of(
        plan_.add(Soort::kDienstverbandGewijzigd, day, person_.dienstverband_moment, values));
  }

  void detachering(int tot) {
    if (person_.dienstverband != pb::DIENSTVERBAND_SOORT_WSW) return;
    const int days = tot - van_;
    if (person_.detachering == 0) {
      if (!dice_.chance(kDetacheringBegins * days / 365)) return;
      Values values = with_code(pb::PLAATSING_SOORT_DETACHERING);
      person_.detachering = ++person_.kenmerk;
      values[at::kKenmerk] = person_.detachering;
      values[at::kVormPlaatsing] =
          number(dice_.chance(450) ? pb::VORM_INDIVIDUEEL : pb::VORM_GROEP);
      values[at::kNaam] = number(1 + dice_.below(plan_.world().headcount(kRelatiesAtStart)));
      values[at::kNumber] = number(dice_.between(16, 36));
      person_.detachering_moment = plan_.moment_of(plan_.add(
          Soort::kPlaatsing, dice_.between(van_, tot - 1), person_.dienstverband_moment, values));
    } else if (dice_.chance(kDetacheringEnds * days / 365)) {
      Values values = with_code(dice_.pick(kEindePlaatsing));
      values[at::kKenmerk] = person_.detachering;
      plan_.add(Soort::kPlaatsingEinde, dice_.between(van_, tot - 1), person_.detachering_moment,
                values);
      person_.detachering = 0;
    }
  }

  std::optional<int> verlof(int day) {
    add_verzuim(Soort::kVerlofStart, day);
    const int back = day + kVerlofDays;
    if (back >= person_.ends) return einde();
    add_verzuim(Soort::kVerlofEinde, back);
    return back + kBetweenSpells;
  }

  std::optional<int> verzuim(int day, int days) {
    Values values{};
    if (dice_.chance(30)) {
      values[at::kNumber] = 50;
      values[at::kVastgesteldDoor] = pb::VASTGESTELD_DOOR_BEDRIJFSARTS;
    }
    add_verzuim(Soort::kZiekmelding, day, values);
    if (days >= kWiaDays && day + kWiaDays < person_.ends) {
      person_.ends = day + kWiaDays;
      person_.ends_because = pb::DIENSTVERBAND_EINDE_REDEN_WIA;
    }
    if (days >= kLongCase.front() && dice_.chance(kPartial))
      comes_back(day, std::min(day + days, person_.ends));
    if (day + days >= person_.ends) return einde();
    add_verzuim(Soort::kHerstelmelding, day + days);
    return day + days + kBetweenSpells;
  }

  // In part, step by step, as the bedrijfsarts sets it.
  void comes_back(int day, int recovered) {
    const int steps = dice_.between(1, 3);
    const int wide = (recovered - day - kFirstPartial) / (steps + 1);
    if (wide < 7) return;
    int percentage = 100;
    int changed = day + kFirstPartial;
    for (int i = 0; i < steps; ++i, changed += wide) {
      percentage = std::max(10, percentage - dice_.between(1, 2) * 20);
      Values values{};
      values[at::kNumber] = number(percentage);
      values[at::kVastgesteldDoor] = number(dice_.chance(850) ? pb::VASTGESTELD_DOOR_BEDRIJFSARTS
                                                              : pb::VASTGESTELD_DOOR_ARBODIENST);
      add_verzuim(Soort::kVerzuimGewijzigd, changed, values);
    }
  }

  std::optional<int> einde() {
    plan_.add(Soort::kDienstverbandEinde, person_.ends, person_.dienstverband_moment,
              with_code(person_.ends_because));
    person_.detachering = 0;  // ends with it
    return std::nullopt;
  }

  Plan& plan_;
  Person& person_;
  Dice& dice_;
  const Work& work_;
  int van_;
};

std::uint16_t draw_einde_reden(Dice& dice, const WorkBegin& begin) {
  if (begin.ends - begin.day <= kProeftijdDays) {
    return pb::DIENSTVERBAND_EINDE_REDEN_PROEFTIJD;
  }
  return begin.soort == pb::DIENSTVERBAND_SOORT_WSW ? number(dice.pick(kEindeWsw))
                                                    : number(dice.pick(kEindeAndere));
}

}  // namespace

int draw_stay(Dice& dice, pb::DienstverbandSoort soort) {
  return dice.draw(work_of(static_cast<std::uint8_t>(soort)).stay);
}

void draw_begin(Plan& plan, const WorkBegin& begin) {
  Person& person = plan.person();
  Dice& dice = plan.dice();
  person.dienstverband = static_cast<std::uint8_t>(begin.soort);
  person.afdeling = draw_afdeling(dice, person.dienstverband);
  person.factor = draw_factor(dice, person.dienstverband);
  person.ends = begin.ends;
  person.ends_because = draw_einde_reden(dice, begin);
  Values values = with_code(begin.soort);
  if (!is_staff(person.dienstverband)) {
    values[at::kGemeente] = person.gemeente;
    values[at::kSubsidie] = number(
        begin.soort == pb::DIENSTVERBAND_SOORT_BESCHUT_WERK ? pb::JA_NEE_JA : pb::JA_NEE_NEE);
  }
  values[at::kNaam] = person.afdeling;
  values[at::kNumber] = person.factor;
  const std::size_t start = plan.add(Soort::kDienstverbandStart, begin.day, 0, values);
  person.dienstverband_moment = person.verzuim_moment = plan.moment_of(start);
  if (begin.soort != pb::DIENSTVERBAND_SOORT_WSW || !dice.chance(kDetacheringAtStart)) return;
  Values placed = with_code(pb::PLAATSING_SOORT_DETACHERING);
  person.detachering = ++person.kenmerk;
  placed[at::kKenmerk] = person.detachering;
  placed[at::kVormPlaatsing] = number(dice.chance(450) ? pb::VORM_INDIVIDUEEL : pb::VORM_GROEP);
  placed[at::kNaam] = number(1 + dice.below(plan.world().headcount(kRelatiesAtStart)));
  plan.join(Soort::kPlaatsing, begin.day + dice.between(0, 6), start, placed);
  person.detachering_moment = person.dienstverband_moment;
}

std::optional<int> draw_spell(Plan& plan, int day) { return Spell(plan, day).draw(); }

}  // namespace trede::simulate
