#include "engine/dossier/rule.h"

#include <array>
#include <utility>

namespace trede {

namespace {

constexpr auto kRules = [] {
  std::array<Rule, std::to_underlying(Rule::kAnderRapport) + 1> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<Rule>(i);
  return all;
}();

}  // namespace

std::span<const Rule> rules() { return kRules; }

std::string_view rule_code(Rule rule) {
  switch (rule) {
    case Rule::kEersteGebeurtenis: return "eerste_gebeurtenis";
    case Rule::kAlInReIntegratie: return "al_in_re_integratie";
    case Rule::kNietAangemeld: return "niet_aangemeld";
    case Rule::kNietAangemeldOfWachtend: return "niet_aangemeld_of_wachtend";
    case Rule::kNietWachtend: return "niet_wachtend";
    case Rule::kGeenTraject: return "geen_traject";
    case Rule::kZelfdeTrede: return "zelfde_trede";
    case Rule::kZelfdeGemeente: return "zelfde_gemeente";
    case Rule::kZelfdeDoelgroepen: return "zelfde_doelgroepen";
    case Rule::kNietInReIntegratie: return "niet_in_re_integratie";
    case Rule::kDiagnoseLoopt: return "diagnose_loopt";
    case Rule::kGeenDiagnose: return "geen_diagnose";
    case Rule::kOponthoudLoopt: return "oponthoud_loopt";
    case Rule::kGeenOponthoud: return "geen_oponthoud";
    case Rule::kVoorzieningLoopt: return "voorziening_loopt";
    case Rule::kGeenVoorziening: return "geen_voorziening";
    case Rule::kGeenAanmelding: return "geen_aanmelding";
    case Rule::kGeenMaatregel: return "geen_maatregel";
    case Rule::kDienstverbandLoopt: return "dienstverband_loopt";
    case Rule::kGeenDienstverband: return "geen_dienstverband";
    case Rule::kPlaatsingLoopt: return "plaatsing_loopt";
    case Rule::kGeenPlaatsing: return "geen_plaatsing";
    case Rule::kDetacheringDienstverband: return "detachering_zonder_dienstverband";
    case Rule::kBegeleidWerkenRegeling: return "begeleid_werken_zonder_wsw";
    case Rule::kGarantiebaanGrond: return "garantiebaan_zonder_grond";
    case Rule::kPlaatsingGemeenteOntbreekt: return "plaatsing_zonder_gemeente";
    case Rule::kPlaatsingGemeenteTeveel: return "plaatsing_met_gemeente";
    case Rule::kVerzuimLoopt: return "verzuim_loopt";
    case Rule::kGeenVerzuim: return "geen_verzuim";
    case Rule::kVerlofLoopt: return "verlof_loopt";
    case Rule::kGeenVerlof: return "geen_verlof";
    case Rule::kAlToegetreden: return "al_toegetreden";
    case Rule::kNietToegetreden: return "niet_toegetreden";
    case Rule::kVervangtOnbekend: return "vervangt_onbekend";
    case Rule::kVervangtAndereStroom: return "vervangt_andere_stroom";
    case Rule::kVervangtVervanging: return "vervangt_vervanging";
    case Rule::kVervangtIngetrokken: return "vervangt_ingetrokken";
    case Rule::kVervangtAndereSoort: return "vervangt_andere_soort";
    case Rule::kIntrekkingMetDag: return "intrekking_met_geldig_op";
    case Rule::kAndereStroom: return "andere_stroom";
    case Rule::kDagTeVroeg: return "geldig_op_te_vroeg";
    case Rule::kDagTeVer: return "geldig_op_te_ver";
    case Rule::kWswGesloten: return "wsw_gesloten";
    case Rule::kGemeenteDoetNietMee: return "gemeente_doet_niet_mee";
    case Rule::kAfdelingBestaatNiet: return "afdeling_bestaat_niet";
    case Rule::kPeriodeAfgesloten: return "periode_afgesloten";
    case Rule::kRapportAlVastgesteld: return "rapport_al_vastgesteld";
    case Rule::kAnderRapport: return "ander_rapport";
  }
  std::unreachable();
}

}  // namespace trede
