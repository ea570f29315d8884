// The rules that an event can break, and their codes. README.md says what each means.
#pragma once

#include <span>
#include <string_view>

namespace trede {

enum class Rule {
  // Of the timeline of a dossier: its fold reports them.
  kEersteGebeurtenis,        // the first event of a dossier may not be of this kind
  kAlInReIntegratie,         // aanmelding while aangemeld, waiting or in traject
  kNietAangemeld,            // needs aangemeld
  kNietAangemeldOfWachtend,  // needs aangemeld or wacht op start
  kNietWachtend,             // needs wacht op start
  kGeenTraject,              // needs a traject
  kZelfdeTrede,              // doorstroom to the trede it is in
  kZelfdeGemeente,
  kZelfdeDoelgroepen,
  kNietInReIntegratie,  // needs aangemeld, wacht op start or traject
  kDiagnoseLoopt,
  kGeenDiagnose,
  kOponthoudLoopt,
  kGeenOponthoud,
  kVoorzieningLoopt,  // the kenmerk runs already
  kGeenVoorziening,   // no such kenmerk runs
  kGeenAanmelding,    // needs an aanmelding earlier in the timeline
  kGeenMaatregel,     // needs a maatregel with this kenmerk earlier
  kDienstverbandLoopt,
  kGeenDienstverband,
  kPlaatsingLoopt,              // the kenmerk runs already
  kGeenPlaatsing,               // no such kenmerk runs
  kDetacheringDienstverband,    // needs a wsw or beschut_werk dienstverband
  kBegeleidWerkenRegeling,      // needs regeling wsw
  kGarantiebaanGrond,           // needs doelgroep banenafspraak or regeling wajong or wsw
  kPlaatsingGemeenteOntbreekt,  // first of its dossier, without gemeente
  kPlaatsingGemeenteTeveel,     // not first, with gemeente
  kVerzuimLoopt,
  kGeenVerzuim,
  kVerlofLoopt,
  kGeenVerlof,

  // Of the organisation's stream: its fold reports them.
  kAlToegetreden,
  kNietToegetreden,

  // Of what a correctie or intrekking replaces.
  kVervangtOnbekend,
  kVervangtAndereStroom,
  kVervangtVervanging,   // a correctie or intrekking cannot be replaced itself
  kVervangtIngetrokken,  // withdrawn already
  kVervangtAndereSoort,
  kIntrekkingMetDag,

  // Of the event itself, whatever its history.
  kAndereStroom,  // a kind that does not belong to this kind of stream
  kDagTeVroeg,
  kDagTeVer,
  kWswGesloten,

  // Of the organisation on that day; asked at recording only.
  kGemeenteDoetNietMee,
  kAfdelingBestaatNiet,

  // Of what is closed and frozen when it comes in; asked at recording only.
  kPeriodeAfgesloten,     // without na_afsluiting
  kRapportAlVastgesteld,  // the same report over the same days
  kAnderRapport,          // a correctie that would make it another report
};

// The stable code, snake_case: `geen_traject`.
std::string_view rule_code(Rule rule);
// Every rule once, in the order above.
std::span<const Rule> rules();

}  // namespace trede
