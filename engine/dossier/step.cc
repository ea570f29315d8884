#include "engine/dossier/step.h"

#include <algorithm>

#include "engine/base/check.h"

namespace trede {

namespace {

using Outcome = std::optional<Violation>;
using Running = std::vector<const ActingEvent*>;

const ActingEvent* find_running(const Running& running, std::string_view kenmerk) {
  const auto same = [&](const ActingEvent* one) { return kenmerk_of(*one->body) == kenmerk; };
  const auto found = std::ranges::find_if(running, same);
  return found == running.end() ? nullptr : *found;
}

// What of re-integratie is open; the three exclude one another.
const ActingEvent* open_re_integratie(const State& state) {
  if (state.aangemeld != nullptr) return state.aangemeld;
  return state.wacht_op_start != nullptr ? state.wacht_op_start : state.traject;
}

// A plaatsing that can run without a traject or dienstverband may be first of its dossier.
bool may_be_first(const pb::Body& body) {
  if (!body.has_plaatsing()) return body.has_aanmelding() || body.has_dienstverband_start();
  return body.plaatsing().plaatsing() == pb::PLAATSING_SOORT_BEGELEID_WERKEN ||
         body.plaatsing().plaatsing() == pb::PLAATSING_SOORT_GARANTIEBAAN;
}

// A voorziening that runs without a traject, and beyond its end.
bool is_loose(const pb::Body& body) {
  return body.voorziening_start().voorziening() == pb::VOORZIENING_SOORT_MAP ||
         body.voorziening_start().voorziening() == pb::VOORZIENING_SOORT_PROJECT;
}

bool needs_traject(const pb::Body& plaatsing) {
  return plaatsing.plaatsing().plaatsing() == pb::PLAATSING_SOORT_PARTTIME_WERK ||
         plaatsing.plaatsing().plaatsing() == pb::PLAATSING_SOORT_WERKERVARINGSPLAATS;
}

bool is_detachering(const pb::Body& plaatsing) {
  return plaatsing.plaatsing().plaatsing() == pb::PLAATSING_SOORT_DETACHERING;
}

bool is_wsw_or_beschut(const ActingEvent* dienstverband) {
  if (dienstverband == nullptr) return false;
  const auto soort = dienstverband->body->dienstverband_start().dienstverband();
  return soort == pb::DIENSTVERBAND_SOORT_WSW || soort == pb::DIENSTVERBAND_SOORT_BESCHUT_WERK;
}

// One event that acts: its conditions first, then its effect.
class Act {
 public:
  Act(State& state, const ActingEvent& event) : state_(state), event_(event) {}

  Outcome aanmelding() {
    if (const auto* open = open_re_integratie(state_)) return no(Rule::kAlInReIntegratie, open);
    const auto& body = event_.body->aanmelding();
    state_.aanmelding = &event_;
    state_.aangemeld = &event_;
    state_.gemeente = body.gemeente();
    state_.doelgroepen = doelgroepen_of(body.doelgroepen());
    return {};
  }

  Outcome intake_gestart() {
    return state_.aangemeld != nullptr ? yes() : no(Rule::kNietAangemeld);
  }

  Outcome intake() {
    if (state_.aangemeld == nullptr) return no(Rule::kNietAangemeld);
    state_.aangemeld = nullptr;
    if (event_.body->intake().uitkomst() == pb::INTAKE_UITKOMST_POSITIEF) {
      state_.wacht_op_start = &event_;
    } else {
      state_.diagnose = nullptr;
    }
    return {};
  }

  Outcome niet_gestart() {
    if (state_.aangemeld == nullptr && state_.wacht_op_start == nullptr) {
      return no(Rule::kNietAangemeldOfWachtend);
    }
    state_.aangemeld = nullptr;
    state_.wacht_op_start = nullptr;
    state_.diagnose = nullptr;
    return {};
  }

  Outcome traject_start() {
    if (state_.wacht_op_start == nullptr) return no(Rule::kNietWachtend);
    state_.wacht_op_start = nullptr;
    state_.traject = &event_;
    state_.trede = event_.body->traject_start().trede();
    return {};
  }

  Outcome trede_doorstroom() {
    if (state_.traject == nullptr) return no(Rule::kGeenTraject);
    const pb::Trede naar = event_.body->trede_doorstroom().naar();
    if (naar == state_.trede) return no(Rule::kZelfdeTrede);
    state_.trede = naar;
    return {};
  }

  Outcome gemeente_gewijzigd() {
    const std::string& gemeente = event_.body->gemeente_gewijzigd().gemeente();
    if (gemeente == state_.gemeente) return no(Rule::kZelfdeGemeente);
    state_.gemeente = gemeente;
    return {};
  }

  Outcome doelgroep_gewijzigd() {
    const auto doelgroepen = doelgroepen_of(event_.body->doelgroep_gewijzigd().doelgroepen());
    if (doelgroepen == state_.doelgroepen) return no(Rule::kZelfdeDoelgroepen);
    state_.doelgroepen = doelgroepen;
    return {};
  }

  Outcome werkcoach_toegewezen() {
    state_.werkcoach = event_.body->werkcoach_toegewezen().werkcoach();
    return {};
  }

  Outcome diagnose_start() {
    if (!state_.in_re_integratie()) return no(Rule::kNietInReIntegratie);
    if (state_.diagnose != nullptr) return no(Rule::kDiagnoseLoopt, state_.diagnose);
    state_.diagnose = &event_;
    return {};
  }

  Outcome oponthoud_start() {
    if (state_.traject == nullptr) return no(Rule::kGeenTraject);
    if (state_.oponthoud != nullptr) return no(Rule::kOponthoudLoopt, state_.oponthoud);
    state_.oponthoud = &event_;
    return {};
  }

  Outcome voorziening_start() {
    if (state_.traject == nullptr && !is_loose(*event_.body)) return no(Rule::kGeenTraject);
    const auto* running = find_running(state_.voorzieningen, kenmerk_of(*event_.body));
    if (running != nullptr) return no(Rule::kVoorzieningLoopt, running);
    state_.voorzieningen.push_back(&event_);
    return {};
  }

  Outcome after_aanmelding() {
    return state_.aanmelding != nullptr ? yes() : no(Rule::kGeenAanmelding);
  }

  Outcome maatregel() {
    if (state_.aanmelding == nullptr) return no(Rule::kGeenAanmelding);
    const auto* earlier = find_running(state_.maatregelen, kenmerk_of(*event_.body));
    if (earlier != nullptr) std::erase(state_.maatregelen, earlier);
    state_.maatregelen.push_back(&event_);
    return {};
  }

  Outcome maatregel_herzien() {
    const auto* herzien = find_running(state_.maatregelen, kenmerk_of(*event_.body));
    return herzien != nullptr ? yes() : no(Rule::kGeenMaatregel);
  }

  Outcome dienstverband_start() {
    if (state_.dienstverband != nullptr) {
      return no(Rule::kDienstverbandLoopt, state_.dienstverband);
    }
    const auto& body = event_.body->dienstverband_start();
    state_.dienstverband = &event_;
    state_.afdeling = body.afdeling();
    state_.deeltijdfactor = body.deeltijdfactor();
    if (body.has_gemeente()) state_.gemeente = body.gemeente();
    return {};
  }

  Outcome dienstverband_gewijzigd() {
    if (state_.dienstverband == nullptr) return no(Rule::kGeenDienstverband);
    const auto& body = event_.body->dienstverband_gewijzigd();
    if (body.has_afdeling()) state_.afdeling = body.afdeling();
    if (body.has_deeltijdfactor()) state_.deeltijdfactor = body.deeltijdfactor();
    return {};
  }

  Outcome plaatsing() {
    const auto& body = event_.body->plaatsing();
    if (!state_.begun && !body.has_gemeente()) return no(Rule::kPlaatsingGemeenteOntbreekt);
    if (state_.begun && body.has_gemeente()) return no(Rule::kPlaatsingGemeenteTeveel);
    if (const auto missing = find_missing_ground()) return no(*missing);
    const auto* running = find_running(state_.plaatsingen, kenmerk_of(*event_.body));
    if (running != nullptr) return no(Rule::kPlaatsingLoopt, running);
    state_.plaatsingen.push_back(&event_);
    if (body.has_gemeente()) state_.gemeente = body.gemeente();
    return {};
  }

  Outcome ziekmelding() {
    if (state_.dienstverband == nullptr) return no(Rule::kGeenDienstverband);
    if (state_.verzuim != nullptr) return no(Rule::kVerzuimLoopt, state_.verzuim);
    if (state_.verlof != nullptr) return no(Rule::kVerlofLoopt, state_.verlof);
    const auto& body = event_.body->ziekmelding();
    state_.verzuim = &event_;
    state_.verzuimpercentage = body.has_percentage() ? body.percentage() : 100;
    return {};
  }

  Outcome verzuim_gewijzigd() {
    if (state_.verzuim == nullptr) return no(Rule::kGeenVerzuim);
    state_.verzuimpercentage = event_.body->verzuim_gewijzigd().percentage();
    return {};
  }

  Outcome verlof_start() {
    if (state_.dienstverband == nullptr) return no(Rule::kGeenDienstverband);
    if (state_.verlof != nullptr) return no(Rule::kVerlofLoopt, state_.verlof);
    state_.verlof = &event_;
    close_verzuim();
    return {};
  }

  Outcome uitstroom() {
    if (state_.traject == nullptr) return no(Rule::kGeenTraject);
    state_.traject = nullptr;
    state_.trede = pb::TREDE_UNSPECIFIED;
    state_.diagnose = nullptr;
    state_.oponthoud = nullptr;
    std::erase_if(state_.voorzieningen, [](auto* one) { return !is_loose(*one->body); });
    std::erase_if(state_.plaatsingen, [](auto* one) { return needs_traject(*one->body); });
    return {};
  }

  // Every end names something that is open; the rule is which one.
  Outcome einde(Rule missing) {
    const ActingEvent* ended = find_ended(state_, event_);
    if (ended == nullptr) return no(missing);
    if (ended == state_.diagnose) state_.diagnose = nullptr;
    if (ended == state_.oponthoud) state_.oponthoud = nullptr;
    std::erase(state_.voorzieningen, ended);
    std::erase(state_.plaatsingen, ended);
    if (ended == state_.verzuim) close_verzuim();
    if (ended == state_.verlof) state_.verlof = nullptr;
    if (ended == state_.dienstverband) close_dienstverband();
    return {};
  }

  Outcome no(Rule rule, const ActingEvent* collides = nullptr) const {
    return Violation{rule, &event_, collides};
  }
  static Outcome yes() { return {}; }

 private:
  // What this plaatsing needs and does not have.
  std::optional<Rule> find_missing_ground() const {
    const auto& body = event_.body->plaatsing();
    const bool wsw = body.has_regeling() && body.regeling() == pb::REGELING_WSW;
    const bool wajong = body.has_regeling() && body.regeling() == pb::REGELING_WAJONG;
    if (is_detachering(*event_.body) && !is_wsw_or_beschut(state_.dienstverband)) {
      return Rule::kDetacheringDienstverband;
    }
    if (body.plaatsing() == pb::PLAATSING_SOORT_BEGELEID_WERKEN && !wsw) {
      return Rule::kBegeleidWerkenRegeling;
    }
    if (body.plaatsing() == pb::PLAATSING_SOORT_GARANTIEBAAN && !wsw && !wajong &&
        !state_.doelgroepen.test(pb::DOELGROEP_BANENAFSPRAAK)) {
      return Rule::kGarantiebaanGrond;
    }
    if (needs_traject(*event_.body) && state_.traject == nullptr) return Rule::kGeenTraject;
    return std::nullopt;
  }

  void close_verzuim() {
    state_.verzuim = nullptr;
    state_.verzuimpercentage = 0;
  }

  void close_dienstverband() {
    state_.dienstverband = nullptr;
    state_.afdeling = {};
    state_.deeltijdfactor = 0;
    close_verzuim();
    state_.verlof = nullptr;
    std::erase_if(state_.plaatsingen, [](auto* one) { return is_detachering(*one->body); });
  }

  State& state_;
  const ActingEvent& event_;
};

// Requires: the dossier has begun, or the event may begin it.
Outcome act_by_soort(Act act, Soort soort) {
  switch (soort) {
    case Soort::kAanmelding: return act.aanmelding();
    case Soort::kIntakeGestart: return act.intake_gestart();
    case Soort::kIntake: return act.intake();
    case Soort::kNietGestart: return act.niet_gestart();
    case Soort::kTrajectStart: return act.traject_start();
    case Soort::kTredeDoorstroom: return act.trede_doorstroom();
    case Soort::kGemeenteGewijzigd: return act.gemeente_gewijzigd();
    case Soort::kDoelgroepGewijzigd: return act.doelgroep_gewijzigd();
    case Soort::kWerkcoachToegewezen: return act.werkcoach_toegewezen();
    case Soort::kContactmoment:
    case Soort::kAbcMeting:
    case Soort::kTaalniveautoets:
    case Soort::kIndicatie: return Act::yes();
    case Soort::kDiagnoseStart: return act.diagnose_start();
    case Soort::kDiagnoseEinde: return act.einde(Rule::kGeenDiagnose);
    case Soort::kOponthoudStart: return act.oponthoud_start();
    case Soort::kOponthoudEinde: return act.einde(Rule::kGeenOponthoud);
    case Soort::kVoorzieningStart: return act.voorziening_start();
    case Soort::kVoorzieningEinde: return act.einde(Rule::kGeenVoorziening);
    case Soort::kMaatregel: return act.maatregel();
    case Soort::kMaatregelHerzien: return act.maatregel_herzien();
    case Soort::kOntheffingBeoordeeld: return act.after_aanmelding();
    case Soort::kDienstverbandStart: return act.dienstverband_start();
    case Soort::kDienstverbandGewijzigd: return act.dienstverband_gewijzigd();
    case Soort::kPlaatsing: return act.plaatsing();
    case Soort::kPlaatsingEinde: return act.einde(Rule::kGeenPlaatsing);
    case Soort::kZiekmelding: return act.ziekmelding();
    case Soort::kVerzuimGewijzigd: return act.verzuim_gewijzigd();
    case Soort::kHerstelmelding: return act.einde(Rule::kGeenVerzuim);
    case Soort::kVerlofStart: return act.verlof_start();
    case Soort::kVerlofEinde: return act.einde(Rule::kGeenVerlof);
    case Soort::kUitstroom: return act.uitstroom();
    case Soort::kDienstverbandEinde: return act.einde(Rule::kGeenDienstverband);
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
    case Soort::SOORT_NOT_SET: break;
  }
  return act.no(Rule::kAndereStroom);
}

}  // namespace

bool leaves_state(Soort soort) {
  return soort == Soort::kIntakeGestart || soort == Soort::kContactmoment ||
         soort == Soort::kAbcMeting || soort == Soort::kTaalniveautoets ||
         soort == Soort::kIndicatie || soort == Soort::kMaatregelHerzien ||
         soort == Soort::kOntheffingBeoordeeld;
}

bool is_einde(Soort soort) {
  return soort == Soort::kDiagnoseEinde || soort == Soort::kOponthoudEinde ||
         soort == Soort::kVoorzieningEinde || soort == Soort::kPlaatsingEinde ||
         soort == Soort::kHerstelmelding || soort == Soort::kVerlofEinde ||
         soort == Soort::kDienstverbandEinde;
}

const ActingEvent* find_ended(const State& state, const ActingEvent& event) {
  const Soort soort = event.soort();
  if (soort == Soort::kDiagnoseEinde) return state.diagnose;
  if (soort == Soort::kOponthoudEinde) return state.oponthoud;
  if (soort == Soort::kVoorzieningEinde) {
    return find_running(state.voorzieningen, kenmerk_of(*event.body));
  }
  if (soort == Soort::kPlaatsingEinde) {
    return find_running(state.plaatsingen, kenmerk_of(*event.body));
  }
  if (soort == Soort::kHerstelmelding) return state.verzuim;
  if (soort == Soort::kVerlofEinde) return state.verlof;
  TREDE_CHECK(soort == Soort::kDienstverbandEinde, "an event that is no end");
  return state.dienstverband;
}

std::optional<Violation> act(State& state, const ActingEvent& event) {
  if (!state.begun && !may_be_first(*event.body)) {
    const bool elsewhere = kind_of(event.soort()).stream != StreamKind::kDossier;
    return Violation{elsewhere ? Rule::kAndereStroom : Rule::kEersteGebeurtenis, &event, nullptr};
  }
  auto violation = act_by_soort(Act(state, event), event.soort());
  if (!violation) state.begun = true;
  return violation;
}

}  // namespace trede
