#include "tools/trede/evidence/readme_text.h"

#include "engine/event/bytes_text.h"

namespace trede::tool {

namespace {

std::string about_text(const Evidence& evidence, const Checkpoint& checkpoint) {
  const pb::EvidenceBundle& about = evidence.about;
  std::string text = "Rapport        " + about.rapport() + "\n";
  if (!about.waar().empty()) text += "Over           " + about.waar() + "\n";
  text += "Periode        " + about.van() + " t/m " + about.tm() + "\n";
  text += "Bekend op      " + about.bekend_op() + " (positie " + std::to_string(about.positie()) +
          ")\n";
  if (about.vastgesteld_positie() != 0) {
    text += "Vastgesteld    in de gebeurtenis op positie " +
            std::to_string(about.vastgesteld_positie()) + "\n";
  }
  text += "Logboek        " + checkpoint.origin + "\n";
  text += "Getekend over  " + std::to_string(checkpoint.head.size) + " gebeurtenissen, boomkop " +
          hex_text(hash_view(checkpoint.head.root)) + "\n";
  text += "Gemaakt met    Trede " + about.programma() + "\n";
  return text;
}

constexpr std::string_view kAll =
    "Deze bundel bevat alle gebeurtenissen van het logboek tot en met de stand die getekend is.\n"
    "Wie haar controleert rekent elk cijfer van het rapport opnieuw uit, en ziet ook dat er geen\n"
    "gebeurtenis is weggelaten: anders komt de boomkop niet uit.\n";

constexpr std::string_view kChosen =
    "Deze bundel gaat over een deel van de cijfers. Zij bevat gebeurtenissen van de dossiers die "
    "in\n"
    "die cijfers meetellen en die van de organisatie, met van elke gebeurtenis het bewijs dat zij "
    "in\n"
    "het getekende logboek staat. Daarmee is aan te tonen dat de cijfers uit deze gebeurtenissen\n"
    "volgen. Dat er niets ontbreekt is er niet mee aan te tonen: geen ander dossier, en ook geen\n"
    "latere gebeurtenis van deze dossiers of van de organisatie. Dat kan alleen een bundel met "
    "alle\n"
    "gebeurtenissen. In rapport.txt en rapport.csv staan alleen deze cijfers; in rapport.pb staat "
    "het\n"
    "hele rapport, waarvan alleen deze bewezen zijn.\n";

constexpr std::string_view kOurs =
    "De definitie is die van Trede zelf voor een rapport met deze naam.\n";

constexpr std::string_view kTheirs =
    "De definitie is van de organisatie: in definitie.textproto staat wat onder elke titel geteld\n"
    "is.\n";

constexpr std::string_view kFiles =
    "Wat erin zit\n"
    "------------\n"
    "INHOUD.txt               van elk bestand de lengte en de vingerafdruk (SHA-256), getekend\n"
    "LEESMIJ.txt              deze tekst\n"
    "rapport.txt, rapport.csv het rapport om te lezen\n"
    "rapport.pb               dezelfde cijfers, exact: hierop slaat het bewijs\n"
    "definitie.textproto      hoe elk cijfer volgt uit de gebeurtenissen\n"
    "bundel.textproto         waar de bundel over gaat\n"
    "gebeurtenissen.ndjson.gz de gebeurtenissen, een op elke regel; `bytes` is wat is vastgelegd\n"
    "bewijzen.txt.gz          het bewijs van elke gebeurtenis (alleen bij een deel van de "
    "cijfers)\n"
    "checkpoint.txt           de getekende stand van het logboek\n"
    "sleutel.pub              de sleutel om de handtekening mee te controleren\n";

constexpr std::string_view kHow =
    "Zo controleert u de bundel\n"
    "--------------------------\n"
    "  trede verify-evidence DEZE-BUNDEL.zip --key SLEUTEL\n"
    "\n"
    "Gebruik als SLEUTEL de sleutel die u eerder, langs een andere weg, van de organisatie kreeg.\n"
    "Zonder --key telt de sleutel in de bundel: dan weet u dat de bundel klopt met zichzelf, maar\n"
    "niet van wie zij is. Met --print komen de gecontroleerde cijfers op het scherm. Het "
    "programma\n"
    "heeft niets anders nodig dan dit bestand: het rekent de cijfers opnieuw uit en keurt de "
    "bundel\n"
    "af zodra er een teken in veranderd is.\n"
    "\n"
    "Het kan ook zonder Trede. De boomkop is die van RFC 6962 over de bytes van de "
    "gebeurtenissen,\n"
    "het checkpoint heeft de vorm van c2sp.org/tlog-checkpoint, de handtekening is Ed25519.\n"
    "\n"
    "Kreeg u eerder een checkpoint, bewaar dat: daarmee laat de organisatie later zien dat aan de\n"
    "geschiedenis niets veranderd is (`trede audit --since`).\n";

constexpr std::string_view kPersons =
    "Personen\n"
    "--------\n"
    "Het logboek heeft geen plaats voor namen, BSN's of adressen van kandidaten: een dossier is "
    "een\n"
    "willekeurig nummer. In vrije velden (een toelichting, de naam van een voorziening of "
    "werkgever)\n"
    "staat wat de organisatie er zelf in zette. Ga zorgvuldig met deze bundel om: wie veel van "
    "iemand\n"
    "weet, kan een dossier soms herkennen.\n";

constexpr std::string_view kEarlier =
    "Waar het rapport cijfers overneemt van een rapport dat eerder is vastgesteld (beginstand, "
    "vorige\n"
    "periode, nagekomen), zijn die zoals ze toen zijn vastgesteld. ";

constexpr std::string_view kEarlierWhole =
    "De controle vraagt elk daarvan\n"
    "opnieuw aan de gebeurtenissen, zoals toen bekend.\n";

constexpr std::string_view kEarlierPart =
    "Zij worden hier niet opnieuw\n"
    "uitgerekend: dat kan alleen met een bundel van alle gebeurtenissen.\n";

}  // namespace

std::string readme_text(const Evidence& evidence, const Checkpoint& checkpoint) {
  const bool is_whole = evidence.about.cijfer().empty();
  std::string text = "Bewijs bij een rapport\n======================\n\n";
  text += about_text(evidence, checkpoint) + "\n";
  text += std::string(is_whole ? kAll : kChosen) + "\n";
  text += std::string(is_shipped(evidence) ? kOurs : kTheirs) + "\n";
  text += std::string(kEarlier) + std::string(is_whole ? kEarlierWhole : kEarlierPart);
  if (!is_whole) {
    text += "\nDe cijfers (tabel/rij/kolom):\n";
    for (const std::string& name : evidence.about.cijfer()) text += "  " + name + "\n";
  }
  return text + "\n" + std::string(kFiles) + "\n" + std::string(kHow) + "\n" +
         std::string(kPersons);
}

}  // namespace trede::tool
