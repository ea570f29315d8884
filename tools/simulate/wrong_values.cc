#include "tools/simulate/wrong_values.h"

#include <algorithm>
#include <utility>

#include "tools/simulate/values.h"

namespace trede::simulate {

namespace {

Soort soort_of(const Act& act) { return static_cast<Soort>(act.soort); }

bool sets_trede(const Act& act) {
  return soort_of(act) == Soort::kTrajectStart || soort_of(act) == Soort::kTredeDoorstroom;
}

// Which event an act records, corrects or withdraws.
std::uint32_t event_of(const Act& act) {
  return act.deed == Deed::kRecord ? act.ordinal : act.replaces;
}

// A code from 1 to `most` other than the one at `place`.
bool other_code(Act& act, std::size_t place, int most, Dice& dice) {
  const int right = act.values[place];
  const int drawn = dice.between(1, most - (right == 0 ? 0 : 1));
  act.values[place] = static_cast<std::uint16_t>(right != 0 && drawn >= right ? drawn + 1 : drawn);
  return true;
}

// A trede that differs from every version of the one before and the one after.
bool other_trede(Act& act, Plan& plan) {
  constexpr std::array kTreden{pb::TREDE_NADER_TE_BEPALEN, pb::TREDE_3, pb::TREDE_4, pb::TREDE_5,
                               pb::TREDE_6};
  std::uint32_t before = event_of(act);
  std::uint32_t after = event_of(act);
  for (const Act& other : plan.acts()) {
    if (!sets_trede(other) || other.deed != Deed::kRecord) continue;
    if (other.ordinal < act.ordinal) before = other.ordinal;
    if (other.ordinal > act.ordinal && after == act.ordinal) after = other.ordinal;
  }
  const auto is_taken = [&](pb::Trede trede) {
    return std::ranges::any_of(plan.acts(), [&](const Act& other) {
      const std::uint32_t event = event_of(other);
      const bool near = event == before || event == act.ordinal || event == after;
      return near && sets_trede(other) && other.values[at::kCode] == trede;
    });
  };
  for (int tries = 0; tries < 6; ++tries) {
    const pb::Trede drawn = kTreden[plan.dice().below(kTreden.size())];
    if (is_taken(drawn)) continue;
    act.values[at::kCode] = static_cast<std::uint16_t>(drawn);
    return true;
  }
  return false;
}

// A gemeente that no version of an event of the plan names.
bool other_gemeente(Act& act, Plan& plan) {
  for (int tries = 0; tries < 4; ++tries) {
    const auto drawn = plan.world().pick_gemeente(plan.dice(), pb::DIENST_RE_INTEGRATIE, act.day);
    const auto value = static_cast<std::uint16_t>(drawn + 1);
    const auto names = [&](const Act& other) { return other.values[at::kGemeente] == value; };
    if (!plan.world().takes_part_in_all(drawn, act.day)) continue;
    if (std::ranges::any_of(plan.acts(), names)) continue;
    act.values[at::kGemeente] = value;
    return true;
  }
  return false;
}

bool wrong_aanmelding(Act& act, Plan& plan) {
  if (plan.dice().chance(400) && other_gemeente(act, plan)) return true;
  if (plan.dice().chance(400)) return other_code(act, at::kCode, pb::REGELING_WIA, plan.dice());
  if (plan.dice().chance(400)) return other_code(act, at::kBron, pb::BRON_OVERIG, plan.dice());
  act.values[at::kNumber] =
      static_cast<std::uint16_t>(act.values[at::kNumber] + (plan.dice().chance(500) ? 10 : 1));
  return true;
}

bool wrong_intake(Act& act, Dice& dice) {
  if (dice.chance(400)) return other_code(act, at::kStartkwalificatie, pb::JA_NEE_NEE, dice);
  if (dice.chance(500)) return other_code(act, at::kFase, pb::INTAKE_FASE_GROOT, dice);
  return other_code(act, at::kAdvies, pb::INTAKE_ADVIES_OVERIG, dice);
}

// The set differs from every right one by a doelgroep that no change is about.
bool wrong_doelgroepen(Act& act) {
  act.values[at::kDoelgroepen] ^= 1U << static_cast<unsigned>(pb::DOELGROEP_ALLEENSTAANDE_OUDER);
  return true;
}

// A factor or a number of hours.
bool wrong_number(Act& act, Dice& dice) {
  auto& number = act.values[at::kNumber];
  number = static_cast<std::uint16_t>(number > 100 ? number - dice.between(1, 9) * 250
                                                   : number + dice.between(1, 4));
  return true;
}

bool wrong_percentage(Act& act, Dice& dice) {
  auto& percentage = act.values[at::kNumber];
  percentage = percentage == 50 ? 60 : 50;
  if (act.values[at::kVastgesteldDoor] == 0) {
    other_code(act, at::kVastgesteldDoor, pb::VASTGESTELD_DOOR_ARBODIENST, dice);
  }
  return true;
}

}  // namespace

bool may_stand_on(const World& world, const Act& act, int day) {
  if (soort_of(act) == Soort::kDienstverbandStart &&
      act.values[at::kCode] == pb::DIENSTVERBAND_SOORT_WSW && day > kLastWswDay) {
    return false;
  }
  if (act.values[at::kGemeente] == 0) return true;
  const std::size_t gemeente = act.values[at::kGemeente] - std::size_t{1};
  if (soort_of(act) == Soort::kAanmelding) {
    return world.takes_part(gemeente, pb::DIENST_RE_INTEGRATIE, day);
  }
  if (soort_of(act) == Soort::kDienstverbandStart) {
    const bool wsw = act.values[at::kCode] == pb::DIENSTVERBAND_SOORT_WSW;
    return world.takes_part(
        gemeente, wsw ? pb::DIENST_SOCIALE_WERKVOORZIENING : pb::DIENST_BESCHUT_WERK, day);
  }
  return world.takes_part_in_all(gemeente, day);
}

bool make_wrong(Act& act, Plan& plan) {
  Dice& dice = plan.dice();
  const auto other = [&](int most) { return other_code(act, at::kCode, most, dice); };
  switch (soort_of(act)) {
    case Soort::kAanmelding: return wrong_aanmelding(act, plan);
    case Soort::kIntake: return wrong_intake(act, dice);
    case Soort::kNietGestart: return other(pb::NIET_GESTART_REDEN_OVERIG);
    case Soort::kTrajectStart:
    case Soort::kTredeDoorstroom: return other_trede(act, plan);
    case Soort::kGemeenteGewijzigd: return other_gemeente(act, plan);
    case Soort::kDoelgroepGewijzigd: return wrong_doelgroepen(act);
    case Soort::kContactmoment: return other(pb::CONTACT_HUISBEZOEK);
    case Soort::kAbcMeting: return other(pb::AFSTAND_GROOT);
    case Soort::kTaalniveautoets: return other(pb::TAALNIVEAU_C1);
    case Soort::kIndicatie: {
      return other_code(act, at::kUitkomst, pb::INDICATIE_UITKOMST_NEGATIEF, dice);
    }
    case Soort::kDiagnoseEinde: return other(pb::DIAGNOSE_ADVIES_OVERIG);
    case Soort::kOponthoudStart: return other(pb::OPONTHOUD_REDEN_OVERIG);
    case Soort::kVoorzieningStart: return other_code(act, at::kNaam, 4, dice);
    case Soort::kVoorzieningEinde: return other(pb::VOORZIENING_RESULTAAT_AFGEBROKEN);
    case Soort::kMaatregel: return other(pb::BESLUIT_GEMATIGD);
    case Soort::kMaatregelHerzien: return other(pb::HERZIEN_UITKOMST_VERVALLEN);
    case Soort::kOntheffingBeoordeeld: return other(pb::ONTHEFFING_UITKOMST_AFGEWEZEN);
    case Soort::kDienstverbandStart: return wrong_number(act, dice);
    case Soort::kDienstverbandGewijzigd: {
      return act.values[at::kNumber] != 0 && wrong_number(act, dice);
    }
    case Soort::kPlaatsing: return wrong_number(act, dice);
    case Soort::kPlaatsingEinde: return other(pb::PLAATSING_EINDE_REDEN_OVERIG);
    case Soort::kZiekmelding:
    case Soort::kVerzuimGewijzigd: return wrong_percentage(act, dice);
    case Soort::kUitstroom: return other(pb::UITSTROOM_REDEN_OVERIG);
    case Soort::kDienstverbandEinde: return other(pb::DIENSTVERBAND_EINDE_REDEN_OVERIG);
    case Soort::kIntakeGestart:  // kinds without attributes, or that nobody mistakes
    case Soort::kWerkcoachToegewezen:
    case Soort::kDiagnoseStart:
    case Soort::kOponthoudEinde:
    case Soort::kHerstelmelding:
    case Soort::kVerlofStart:
    case Soort::kVerlofEinde:
    case Soort::kRelatieStart:
    case Soort::kVacatureVervuld:
    case Soort::kGemeenteToegetreden:
    case Soort::kGemeenteUitgetreden:
    case Soort::kAfdelingIngesteld:
    case Soort::kAfspraakVastgesteld:
    case Soort::kBenchmarkVastgesteld:
    case Soort::kTaakstellingVastgesteld:
    case Soort::kBegrotingVastgesteld:
    case Soort::kBoeking:
    case Soort::kPrognoseVastgesteld:
    case Soort::kRapportVastgesteld:
    case Soort::kPeriodeAfgesloten:
    case Soort::kToelichtingVastgelegd:
    case Soort::kCorrectie:
    case Soort::kIntrekking:
    case Soort::SOORT_NOT_SET: return false;
  }
  std::unreachable();
}

}  // namespace trede::simulate
