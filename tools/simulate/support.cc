#include "tools/simulate/support.h"

#include <algorithm>

#include "tools/simulate/rates.h"
#include "tools/simulate/values.h"

namespace trede::simulate {

namespace {

constexpr std::uint16_t bit(pb::Doelgroep doelgroep) {
  return static_cast<std::uint16_t>(1U << static_cast<unsigned>(doelgroep));
}

std::uint16_t number(auto code) { return static_cast<std::uint16_t>(code); }

Values with_code(auto code) {
  Values values{};
  values[at::kCode] = number(code);
  return values;
}

// Days of a traject on which something may begin: [van, tot).
class Support {
 public:
  Support(Plan& plan, const Supports& s)
      : plan_(plan), person_(plan.person()), dice_(plan.dice()), s_(s) {}

  void draw_before_traject() {
    if (s_.diagnose) diagnose(*s_.diagnose, s_.aanmelding);
    if (has(pb::DOELGROEP_ANDERSTALIG) && dice_.chance(450)) taaltoets(day_after(s_.begin));
    contacts(s_.begin);
  }

  void draw_in_traject() {
    metingen();
    coaches();
    voorzieningen();
    if (often(kParttimeWerk)) plaatsing(pb::PLAATSING_SOORT_PARTTIME_WERK);
    if (often(kWerkervaringsplaats)) plaatsing(pb::PLAATSING_SOORT_WERKERVARINGSPLAATS);
    if (has(pb::DOELGROEP_BANENAFSPRAAK) && dice_.chance(kGarantiebaan)) garantiebaan();
    if (often(kMaatregelen)) maatregel();
    if (often(kOntheffing)) {
      add(Soort::kOntheffingBeoordeeld, day_after(s_.begin),
          with_code(
              dice_.between(pb::ONTHEFFING_UITKOMST_TOEGEKEND, pb::ONTHEFFING_UITKOMST_AFGEWEZEN)));
    }
    oponthoud();
    if (!s_.diagnose && dice_.chance(kDiagnoseInTraject)) {
      if (const auto day = free_day()) diagnose(*day, s_.aanmelding);
    }
    if (often(kVerhuisd)) gemeente();
    if (often(kAndereDoelgroep)) doelgroep();
    if (often(kIndicatie)) indicatie();
  }

 private:
  bool has(pb::Doelgroep doelgroep) const { return (person_.doelgroepen & bit(doelgroep)) != 0; }

  // Whether something with this chance in a year happens in the days of the traject.
  bool often(int per_year) { return dice_.chance(per_year * (s_.end - *s_.traject) / 365); }

  std::size_t add(Soort soort, int day, const Values& values) {
    return plan_.add(soort, day, s_.aanmelding, values);
  }

  // A day after `van` and before the end; the day after `van` when there is none.
  int day_after(int van) { return van + dice_.between(1, std::max(1, s_.end - van - 1)); }
  // A day on which what needs the traject may begin, with room for its end; absent when it is
  // short.
  std::optional<int> free_day() {
    if (s_.end - *s_.traject < 10) return std::nullopt;
    return *s_.traject + dice_.between(0, s_.end - *s_.traject - 3);
  }

  void contacts(int from) {
    for (int day = from + dice_.draw(kUntilContact); day < s_.end;
         day += dice_.draw(kUntilContact)) {
      Values values = with_code(dice_.pick(kContacten));
      if (dice_.chance(500)) values[at::kNumber] = number(dice_.between(7, 60));
      add(Soort::kContactmoment, day, values);
    }
  }

  void taaltoets(int day) {
    add(Soort::kTaalniveautoets, day,
        with_code(dice_.between(pb::TAALNIVEAU_A0, pb::TAALNIVEAU_B2)));
  }

  void metingen() {
    for (int day = *s_.traject + dice_.draw(kUntilMeting); day < s_.end;
         day += dice_.draw(kUntilMeting)) {
      Values values = with_code(dice_.pick(kAfstanden));
      values[at::kStatus] = number(pb::METING_STATUS_DEFINITIEF);
      add(Soort::kAbcMeting, day, values);
    }
  }

  void coaches() {
    for (int day = *s_.traject + dice_.draw(kUntilOtherCoach); day < s_.end;
         day += dice_.draw(kUntilOtherCoach)) {
      person_.werkcoach =
          static_cast<std::uint16_t>(1 + dice_.below(plan_.world().headcount(kWerkcoaches)));
      Values values{};
      values[at::kNaam] = person_.werkcoach;
      add(Soort::kWerkcoachToegewezen, day, values);
    }
  }

  void diagnose(int day, std::int64_t after) {
    const auto start = plan_.moment_of(plan_.add(Soort::kDiagnoseStart, day, after));
    const int einde = day + dice_.draw(kDiagnoseDays);
    if (einde >= s_.end) return;  // closed with the route
    plan_.add(Soort::kDiagnoseEinde, einde, start,
              with_code(dice_.between(pb::DIAGNOSE_ADVIES_TRAJECT, pb::DIAGNOSE_ADVIES_OVERIG)));
  }

  void voorzieningen() {
    int chance = kVoorzieningen * (s_.end - *s_.traject) / 365;
    for (; chance > 0; chance -= 1000) {
      if (!dice_.chance(std::min(chance, 1000))) continue;
      if (const auto day = free_day()) voorziening(*day);
    }
  }

  void voorziening(int day) {
    const auto soort = dice_.pick(kVoorzieningSoorten);
    const bool loose = soort == pb::VOORZIENING_SOORT_MAP || soort == pb::VOORZIENING_SOORT_PROJECT;
    Values values = with_code(soort);
    values[at::kNaam] = number(dice_.between(1, 4));
    values[at::kKenmerk] = ++person_.kenmerk;
    const auto start =
        plan_.moment_of(plan_.add(Soort::kVoorzieningStart, day, s_.traject_start, values));
    const int einde = day + dice_.draw(kVoorzieningDays);
    if (einde >= s_.end && !loose) return;  // closed by the uitstroom
    Values ended = with_code(dice_.chance(780) ? pb::VOORZIENING_RESULTAAT_AFGEROND
                                               : pb::VOORZIENING_RESULTAAT_AFGEBROKEN);
    ended[at::kKenmerk] = values[at::kKenmerk];
    plan_.add(Soort::kVoorzieningEinde, einde, start, ended);
  }

  Values place(pb::PlaatsingSoort soort) {
    Values values = with_code(soort);
    values[at::kKenmerk] = ++person_.kenmerk;
    values[at::kRegeling] = person_.regeling;
    values[at::kNaam] = number(1 + dice_.below(plan_.world().headcount(kRelatiesAtStart)));
    values[at::kNumber] = number(dice_.between(8, 32));
    return values;
  }

  void end_place(const Values& started, int day, std::int64_t after) {
    Values ended = with_code(dice_.pick(kEindePlaatsing));
    ended[at::kKenmerk] = started[at::kKenmerk];
    plan_.add(Soort::kPlaatsingEinde, day, after, ended);
  }

  void plaatsing(pb::PlaatsingSoort soort) {
    const auto day = free_day();
    if (!day) return;
    const Values values = place(soort);
    const auto start =
        plan_.moment_of(plan_.add(Soort::kPlaatsing, *day, s_.traject_start, values));
    const int einde = *day + dice_.draw(kPlaatsingDays);
    if (einde < s_.end) end_place(values, einde, start);
  }

  // Goes on when the traject ends, so its own end may lie far ahead.
  void garantiebaan() {
    const auto day = free_day();
    if (!day) return;
    Values values = place(pb::PLAATSING_SOORT_GARANTIEBAAN);
    values[at::kLeeftijdsgroep] = number(has(pb::DOELGROEP_PRO_VSO) ? pb::LEEFTIJDSGROEP_PRO_VSO
                                                                    : pb::LEEFTIJDSGROEP_18_PLUS);
    const auto start = plan_.moment_of(add(Soort::kPlaatsing, *day, values));
    end_place(values, *day + dice_.draw(kGarantiebaanDays), start);
  }

  void maatregel() {
    Values values = with_code(dice_.pick(kBesluiten));
    values[at::kKenmerk] = ++person_.kenmerk;
    const int day = day_after(*s_.traject);
    const auto moment = plan_.moment_of(add(Soort::kMaatregel, day, values));
    if (!dice_.chance(kHerzien)) return;
    const auto uitkomst = dice_.pick(kHerzienUitkomsten);
    Values herzien = with_code(uitkomst);
    herzien[at::kKenmerk] = values[at::kKenmerk];
    if (uitkomst == pb::HERZIEN_UITKOMST_GEWIJZIGD) {
      herzien[at::kBesluit] = number(pb::BESLUIT_GEMATIGD);
    }
    plan_.add(Soort::kMaatregelHerzien, day + dice_.between(14, 92), moment, herzien);
  }

  void oponthoud() {
    std::int64_t after = s_.traject_start;
    for (int van = *s_.traject; often(kOponthoud) && s_.end - van > 10;) {
      const int day = van + dice_.between(1, s_.end - van - 3);
      after = plan_.moment_of(plan_.add(
          Soort::kOponthoudStart, day, after,
          with_code(dice_.between(pb::OPONTHOUD_REDEN_KINDEROPVANG, pb::OPONTHOUD_REDEN_OVERIG))));
      van = day + dice_.draw(kOponthoudDays);
      if (van >= s_.end) return;  // closed by the uitstroom
      after = plan_.moment_of(plan_.add(Soort::kOponthoudEinde, van, after));
    }
  }

  // To a gemeente that takes part in everything, whichever service the move is judged by.
  void gemeente() {
    const World& world = plan_.world();
    const int day = day_after(*s_.traject);
    const auto naar = world.pick_gemeente(dice_, pb::DIENST_RE_INTEGRATIE, day);
    if (naar + 1 == person_.gemeente || !world.takes_part_in_all(naar, day)) return;
    person_.gemeente = number(naar + 1);
    Values values{};
    values[at::kGemeente] = person_.gemeente;
    add(Soort::kGemeenteGewijzigd, day, values);
  }

  // Never alleenstaande_ouder, so that a wrong set may differ from every right one by that alone;
  // and banenafspraak is not lost, because a garantiebaan may rest on it.
  void doelgroep() {
    constexpr std::array<Weighted<std::uint16_t>, 4> kChanges{
        {{bit(pb::DOELGROEP_PARTTIMER), 3},
         {bit(pb::DOELGROEP_JONGERE), 2},
         {bit(pb::DOELGROEP_STATUSHOUDER) | bit(pb::DOELGROEP_INBURGERAAR), 3},
         {bit(pb::DOELGROEP_ANDERSTALIG), 2}}};
    person_.doelgroepen ^= dice_.pick(kChanges);
    Values values{};
    values[at::kDoelgroepen] = person_.doelgroepen;
    add(Soort::kDoelgroepGewijzigd, day_after(*s_.traject), values);
  }

  void indicatie() {
    Values values = with_code(
        dice_.between(pb::INDICATIE_SOORT_BESCHUT_WERK, pb::INDICATIE_SOORT_BANENAFSPRAAK));
    values[at::kUitkomst] = number(dice_.chance(700) ? pb::INDICATIE_UITKOMST_POSITIEF
                                                     : pb::INDICATIE_UITKOMST_NEGATIEF);
    add(Soort::kIndicatie, day_after(*s_.traject), values);
  }

  Plan& plan_;
  Person& person_;
  Dice& dice_;
  const Supports& s_;
};

}  // namespace

void draw_supports(Plan& plan, const Supports& supports) {
  Support support(plan, supports);
  support.draw_before_traject();
  if (supports.traject) support.draw_in_traject();
}

}  // namespace trede::simulate
