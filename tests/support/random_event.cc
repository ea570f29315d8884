#include "tests/support/random_event.h"

#include <string>

#include "engine/event/attributes.h"

namespace trede::test {

namespace {

constexpr const char* kKenmerken[] = {"1", "2", "taal"};
constexpr const char* kNamen[] = {"Aan de slag", "Taalhuis", "Werkfit"};
constexpr const char* kPerioden[] = {"2021", "2021-Q1", "2021-Q3", "2021-03", "2022", "2022-Q2"};
constexpr const char* kTijdvakken[] = {"2021-Q1", "2021-01-01/2021-03-31", "2022", "2021-03",
                                       "2024-01-01/2024-08-31"};
constexpr const char* kRijen[] = {"trajecten/totaal", "verzuim/bergen"};
constexpr const char* kCijfers[] = {"AA==", "AP8=", "Zm9vYmFy"};
constexpr const char* kWaar[] = {"gemeente=Alkmaar", "trede=3", "gemeente=Bergen;trede=4"};
constexpr const char* kMaten[] = {"intakes", "trajecten", "verzuimpercentage"};
constexpr const char* kFactoren[] = {"1", "0.8", "0.5556", "1.1", "0.25"};
constexpr Day kWswSluit{std::chrono::year{2015} / 1 / 1};

std::string random_number(Dice& dice, pb::Form form) {
  switch (form) {
    case pb::FORM_DEELTIJDFACTOR: return dice.one_of(kFactoren);
    case pb::FORM_UREN: return std::to_string(dice.between(0, 40)) + ".5";
    case pb::FORM_DECIMAAL: return std::to_string(dice.between(-20, 500)) + ".25";
    case pb::FORM_PERCENTAGE: return std::to_string(dice.between(1, 100));
    case pb::FORM_GEBOORTEJAAR: return std::to_string(dice.between(1955, 2004));
    case pb::FORM_AANTAL: return std::to_string(dice.between(1, 5));
    case pb::FORM_POSITIE: return std::to_string(dice.between(1, 9));
    case pb::FORM_EUROCENT: return std::to_string(dice.between(-100'000, 10'000'000));
    default: break;  // no number
  }
  return {};
}

std::string random_text(Dice& dice, const Attribute& attribute) {
  switch (attribute.form) {
    case pb::FORM_NAAM:
      if (attribute.name == "gemeente") return dice.one_of(kGemeenten);
      if (attribute.name == "afdeling") return dice.one_of(kAfdelingen);
      if (attribute.name == "werkcoach") return "wc" + std::to_string(dice.between(1, 4));
      return dice.one_of(kNamen);
    case pb::FORM_KENMERK: return dice.one_of(kKenmerken);
    case pb::FORM_DAG: return "2022-0" + std::to_string(dice.between(1, 9)) + "-15";
    case pb::FORM_PERIODE: return dice.one_of(kPerioden);
    case pb::FORM_WAAR: return dice.one_of(kWaar);
    case pb::FORM_MAAT: return dice.one_of(kMaten);
    case pb::FORM_TIJDVAK: return dice.one_of(kTijdvakken);
    case pb::FORM_RIJ: return dice.one_of(kRijen);
    case pb::FORM_SEIZOEN: return std::to_string(dice.between(1, 9)) + "|1|1|1|1|1|0|0|1|1|1|1";
    case pb::FORM_HASH: return std::string(63, '0') + std::to_string(dice.between(0, 9));
    case pb::FORM_BYTES: return dice.one_of(kCijfers);
    case pb::FORM_TEKST: return "Toelichting " + std::to_string(dice.between(1, 99));
    default: return random_number(dice, attribute.form);
  }
}

std::string random_codes(Dice& dice, const Attribute& attribute) {
  if (!attribute.list) return dice.one_of(attribute.codes);
  std::string out;
  for (const std::string& code : attribute.codes) {
    if (dice.percent(25)) out += (out.empty() ? "" : "|") + code;
  }
  return out;
}

void set(pb::Body& body, std::string_view name, std::string_view text) {
  const Attribute* attribute = kind_of(body.soort_case()).find_attribute(name);
  (void)set_attribute(kind_message(body), *attribute, text, TextStyle::kPlain);
}

// Kinds with how likely each is.
class Choice {
 public:
  void add(Soort soort, int weight) {
    for (int i = 0; i < weight; ++i) soorten_.push_back(soort);
  }
  Soort pick(Dice& dice) const { return dice.one_of(soorten_); }

 private:
  std::vector<Soort> soorten_;
};

void add_re_integratie(Choice& choice, const State& state) {
  if (!state.in_re_integratie()) choice.add(Soort::kAanmelding, 12);
  if (state.aangemeld != nullptr) {
    choice.add(Soort::kIntakeGestart, 3);
    choice.add(Soort::kIntake, 16);
  }
  if (state.wacht_op_start != nullptr) choice.add(Soort::kTrajectStart, 20);
  if (state.traject == nullptr && state.in_re_integratie()) choice.add(Soort::kNietGestart, 2);
  if (state.traject != nullptr) {
    choice.add(Soort::kTredeDoorstroom, 8);
    choice.add(Soort::kUitstroom, 3);
    choice.add(state.oponthoud == nullptr ? Soort::kOponthoudStart : Soort::kOponthoudEinde, 4);
    choice.add(Soort::kVoorzieningStart, 5);
  }
  if (state.in_re_integratie()) {
    choice.add(state.diagnose == nullptr ? Soort::kDiagnoseStart : Soort::kDiagnoseEinde, 4);
  }
  if (!state.voorzieningen.empty()) choice.add(Soort::kVoorzieningEinde, 5);
  if (state.aanmelding != nullptr) choice.add(Soort::kMaatregel, 2);
  if (state.aanmelding != nullptr) choice.add(Soort::kOntheffingBeoordeeld, 1);
  if (!state.maatregelen.empty()) choice.add(Soort::kMaatregelHerzien, 2);
}

void add_werk(Choice& choice, const State& state) {
  choice.add(Soort::kPlaatsing, 4);
  if (!state.plaatsingen.empty()) choice.add(Soort::kPlaatsingEinde, 5);
  if (state.dienstverband == nullptr) {
    choice.add(Soort::kDienstverbandStart, 5);
    return;
  }
  choice.add(Soort::kDienstverbandGewijzigd, 4);
  choice.add(Soort::kDienstverbandEinde, 2);
  if (state.verlof != nullptr) {
    choice.add(Soort::kVerlofEinde, 6);
    return;
  }
  choice.add(Soort::kVerlofStart, 2);
  if (state.verzuim == nullptr) {
    choice.add(Soort::kZiekmelding, 8);
  } else {
    choice.add(Soort::kVerzuimGewijzigd, 4);
    choice.add(Soort::kHerstelmelding, 8);
  }
}

Soort random_soort(Dice& dice, const State& state) {
  Choice choice;
  if (dice.percent(4)) {  // anything at all
    for (const Kind& kind : kinds()) {
      if (kind.stream == StreamKind::kDossier) choice.add(kind.soort, 1);
    }
    return choice.pick(dice);
  }
  if (!state.begun) {
    choice.add(Soort::kAanmelding, 5);
    choice.add(Soort::kDienstverbandStart, 3);
    choice.add(Soort::kPlaatsing, 2);
    return choice.pick(dice);
  }
  for (const Soort point : {Soort::kContactmoment, Soort::kAbcMeting, Soort::kTaalniveautoets,
                            Soort::kIndicatie, Soort::kVoorzieningStart}) {
    choice.add(point, 1);
  }
  choice.add(Soort::kGemeenteGewijzigd, 3);
  choice.add(Soort::kDoelgroepGewijzigd, 3);
  choice.add(Soort::kWerkcoachToegewezen, 3);
  add_re_integratie(choice, state);
  add_werk(choice, state);
  return choice.pick(dice);
}

// Makes a plaatsing one that `state` allows.
void fit_plaatsing(Dice& dice, const State& state, pb::Body& body) {
  auto& plaatsing = *body.mutable_plaatsing();
  plaatsing.clear_gemeente();
  std::vector<std::pair<const char*, const char*>> allowed = {{"begeleid_werken", "wsw"},
                                                              {"garantiebaan", "wajong"}};
  if (state.traject != nullptr) allowed.insert(allowed.end(), 2, {"parttime_werk", ""});
  if (state.traject != nullptr) allowed.emplace_back("werkervaringsplaats", "");
  if (state.dienstverband != nullptr) allowed.insert(allowed.end(), 3, {"detachering", ""});
  if (state.doelgroepen.test(pb::DOELGROEP_BANENAFSPRAAK)) allowed.emplace_back("garantiebaan", "");
  if (!state.begun) allowed.resize(2);
  const auto [soort, regeling] = dice.one_of(allowed);
  set(body, "plaatsing", soort);
  if (*regeling != '\0') set(body, "regeling", regeling);
  if (!state.begun) set(body, "gemeente", dice.one_of(kGemeenten));
}

// Makes an end, or a herziening, one of something that runs.
void fit_kenmerk(Dice& dice, const std::vector<const ActingEvent*>& running, pb::Body& body) {
  if (running.empty()) return;
  set(body, "kenmerk", kenmerk_of(*dice.one_of(running)->body));
}

void fit(Dice& dice, const State& state, Day day, pb::Body& body) {
  if (body.has_intake() && dice.percent(70)) set(body, "uitkomst", "positief");
  if (body.has_plaatsing()) fit_plaatsing(dice, state, body);
  if (body.has_voorziening_einde()) fit_kenmerk(dice, state.voorzieningen, body);
  if (body.has_plaatsing_einde()) fit_kenmerk(dice, state.plaatsingen, body);
  if (body.has_maatregel_herzien()) fit_kenmerk(dice, state.maatregelen, body);
  if (body.has_voorziening_start() && state.traject == nullptr) {
    set(body, "voorziening", dice.percent(50) ? "map" : "project");
  }
  if (body.has_dienstverband_start() && day >= kWswSluit &&
      body.dienstverband_start().dienstverband() == pb::DIENSTVERBAND_SOORT_WSW) {
    set(body, "dienstverband", "beschut_werk");
  }
}

}  // namespace

int Dice::between(int least, int most) {
  const auto span = static_cast<std::uint64_t>(most - least) + 1;
  return least + static_cast<int>(engine_() % span);
}

pb::Body random_body(Dice& dice, Soort soort) {
  pb::Body body;
  set_kind(body, soort);
  for (const Attribute& attribute : kind_of(soort).attributes) {
    if (!attribute.required && dice.percent(50)) continue;
    const std::string text =
        attribute.codes.empty() ? random_text(dice, attribute) : random_codes(dice, attribute);
    if (!text.empty()) set(body, attribute.name, text);
  }
  if (find_combination_flaw(body) && body.has_begroting_vastgesteld()) {
    body.mutable_begroting_vastgesteld()->clear_seizoen();
  }
  if (body.has_ziekmelding()) set(body, "vastgesteld_door", "bedrijfsarts");
  if (body.has_dienstverband_start()) set(body, "gemeente", dice.one_of(kGemeenten));
  if (body.has_dienstverband_gewijzigd() && !body.dienstverband_gewijzigd().has_afdeling()) {
    set(body, "deeltijdfactor", dice.one_of(kFactoren));
  }
  return body;
}

pb::Body random_dossier_body(Dice& dice, const State& state, Day day) {
  pb::Body body = random_body(dice, random_soort(dice, state));
  if (!dice.percent(3)) fit(dice, state, day, body);
  return body;
}

}  // namespace trede::test
