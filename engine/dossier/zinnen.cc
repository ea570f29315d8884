#include "engine/dossier/zinnen.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "engine/base/check.h"

namespace trede {

namespace {

std::string since(const ActingEvent* collides) {
  return collides == nullptr ? "" : " sinds " + dutch_day(collides->geldig_op);
}

std::string with_kenmerk(const ActingEvent& event) {
  return " met kenmerk " + std::string(kenmerk_of(*event.body));
}

std::string capitalised(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

}  // namespace

std::string label_of(Soort soort) {
  std::string label = kind_of(soort).code;
  std::ranges::replace(label, '_', ' ');
  return label;
}

std::string dutch_day(Day day) {
  const std::string text = format_day(day);  // YYYY-MM-DD
  return text.substr(8, 2) + "-" + text.substr(5, 2) + "-" + text.substr(0, 4);
}

std::string subject_of(const RecordedEvent& proposed, const ActingEvent* replaced) {
  const pb::Body& body = *proposed.body;
  std::string subject = capitalised(label_of(body.soort_case()));
  if (!is_vervanging(body)) return subject + " op " + dutch_day(*proposed.geldig_op);
  if (replaced == nullptr && body.has_intrekking()) return subject;
  if (replaced == nullptr) {
    const Soort soort = body.correctie().door().soort_case();
    if (soort != Soort::SOORT_NOT_SET) subject += " van " + label_of(soort);
    return subject + " naar " + dutch_day(*proposed.geldig_op);
  }
  subject += " van " + label_of(replaced->soort()) + " van " + dutch_day(replaced->geldig_op);
  const auto to = proposed.geldig_op;
  if (to && *to != replaced->geldig_op) subject += " naar " + dutch_day(*to);
  return subject;
}

std::string refusal_zin(const std::string& subject, const std::string& reason) {
  return subject + " kan niet: " + reason + ".";
}

std::string refusal_zin(const std::string& subject, const ActingEvent& other,
                        const std::string& reason) {
  return subject + " kan niet, want " + label_of(other.soort()) + " van " +
         dutch_day(other.geldig_op) + " past er dan niet meer bij: " + reason + ".";
}

std::string reason_of(const Violation& violation) {
  const ActingEvent& event = *violation.event;
  const std::string sinds = since(violation.collides);
  switch (violation.rule) {
    case Rule::kEersteGebeurtenis:
      return "een dossier begint met een aanmelding, een dienstverband, of een plaatsing begeleid "
             "werken of garantiebaan";
    case Rule::kAlInReIntegratie:
      return "het dossier is al aangemeld, wacht al op start of is al in traject" + sinds;
    case Rule::kNietAangemeld: return "het dossier is dan niet aangemeld";
    case Rule::kNietAangemeldOfWachtend:
      return "het dossier is dan niet aangemeld en wacht niet op start";
    case Rule::kNietWachtend: return "het dossier wacht dan niet op start";
    case Rule::kGeenTraject: return "er loopt dan geen traject";
    case Rule::kZelfdeTrede: return "het traject is dan al in die trede";
    case Rule::kZelfdeGemeente: return "het dossier hoort dan al bij die gemeente";
    case Rule::kZelfdeDoelgroepen: return "het dossier heeft dan al precies die doelgroepen";
    case Rule::kNietInReIntegratie:
      return "het dossier is dan niet aangemeld, wacht niet op start en is niet in traject";
    case Rule::kDiagnoseLoopt: return "er loopt al een diagnose" + sinds;
    case Rule::kGeenDiagnose: return "er loopt dan geen diagnose";
    case Rule::kOponthoudLoopt: return "er loopt al een oponthoud" + sinds;
    case Rule::kGeenOponthoud: return "er loopt dan geen oponthoud";
    case Rule::kVoorzieningLoopt:
      return "er loopt al een voorziening" + with_kenmerk(event) + sinds;
    case Rule::kGeenVoorziening: return "er loopt dan geen voorziening" + with_kenmerk(event);
    case Rule::kGeenAanmelding: return "er is dan nog geen aanmelding";
    case Rule::kGeenMaatregel: return "er is dan nog geen maatregel" + with_kenmerk(event);
    case Rule::kDienstverbandLoopt: return "er loopt al een dienstverband" + sinds;
    case Rule::kGeenDienstverband: return "er loopt dan geen dienstverband";
    case Rule::kPlaatsingLoopt: return "er loopt al een plaatsing" + with_kenmerk(event) + sinds;
    case Rule::kGeenPlaatsing: return "er loopt dan geen plaatsing" + with_kenmerk(event);
    case Rule::kDetacheringDienstverband:
      return "een detachering vraagt een lopend dienstverband wsw of beschut werk";
    case Rule::kBegeleidWerkenRegeling: return "begeleid werken vraagt regeling wsw";
    case Rule::kGarantiebaanGrond:
      return "een garantiebaan vraagt doelgroep banenafspraak, of regeling wajong of wsw";
    case Rule::kPlaatsingGemeenteOntbreekt:
      return "een plaatsing waarmee het dossier begint vraagt een gemeente";
    case Rule::kPlaatsingGemeenteTeveel:
      return "een plaatsing waarmee het dossier niet begint mag geen gemeente hebben";
    case Rule::kVerzuimLoopt: return "er loopt al een verzuimgeval" + sinds;
    case Rule::kGeenVerzuim: return "er loopt dan geen verzuimgeval";
    case Rule::kVerlofLoopt: return "er loopt al een verlof" + sinds;
    case Rule::kGeenVerlof: return "er loopt dan geen verlof";
    case Rule::kAlToegetreden: return "de gemeente is al toegetreden" + sinds;
    case Rule::kNietToegetreden: return "de gemeente is dan niet toegetreden";
    case Rule::kAndereStroom: return "deze soort hoort niet in deze stroom";
    case Rule::kVervangtOnbekend:
    case Rule::kVervangtAndereStroom:
    case Rule::kVervangtVervanging:
    case Rule::kVervangtIngetrokken:
    case Rule::kVervangtAndereSoort:
    case Rule::kIntrekkingMetDag:
    case Rule::kDagTeVroeg:
    case Rule::kDagTeVer:
    case Rule::kWswGesloten:
    case Rule::kGemeenteDoetNietMee:
    case Rule::kAfdelingBestaatNiet:
    case Rule::kPeriodeAfgesloten:
    case Rule::kRapportAlVastgesteld:
    case Rule::kAnderRapport: break;
  }
  TREDE_CHECK(false, "a rule that no fold reports");
  std::unreachable();
}

}  // namespace trede
