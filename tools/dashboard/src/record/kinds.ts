// What the kinds of events are called, where they stand, and which day a form asks for.
import { capital, wordsOf } from "../words";

export interface Group {
  title: string;
  kinds: readonly string[];
}
export const kGroups: readonly Group[] = [
  { title: "Contact", kinds: ["contactmoment"] },
  { title: "Aanmelding en intake",
    kinds: ["aanmelding", "intake_gestart", "intake", "niet_gestart"] },
  { title: "Traject",
    kinds: ["traject_start", "trede_doorstroom", "oponthoud_start", "oponthoud_einde",
            "uitstroom"] },
  { title: "Onderzoek en ondersteuning",
    kinds: ["diagnose_start", "diagnose_einde", "abc_meting", "taalniveautoets", "indicatie",
            "voorziening_start", "voorziening_einde"] },
  { title: "Maatregelen", kinds: ["maatregel", "maatregel_herzien", "ontheffing_beoordeeld"] },
  { title: "Werk",
    kinds: ["plaatsing", "plaatsing_einde", "dienstverband_start", "dienstverband_gewijzigd",
            "dienstverband_einde", "verlof_start", "verlof_einde"] },
  { title: "Verzuim", kinds: ["ziekmelding", "verzuim_gewijzigd", "herstelmelding"] },
  { title: "Gegevens van het dossier",
    kinds: ["gemeente_gewijzigd", "doelgroep_gewijzigd", "werkcoach_toegewezen"] },
];

const kTitles: Readonly<Record<string, string>> = {
  abc_meting: "ABC-meting",
  dienstverband_einde: "Einde van het dienstverband",
  dienstverband_gewijzigd: "Wijziging van het dienstverband",
  dienstverband_start: "Begin van een dienstverband",
  diagnose_einde: "Einde van de diagnose",
  diagnose_start: "Begin van een diagnose",
  doelgroep_gewijzigd: "Andere doelgroepen",
  gemeente_gewijzigd: "Andere gemeente",
  intake: "Intake afgerond",
  maatregel_herzien: "Heroverweging van een maatregel",
  oponthoud_einde: "Einde van het oponthoud",
  oponthoud_start: "Begin van tijdelijk oponthoud",
  plaatsing_einde: "Einde van een plaatsing",
  traject_start: "Begin van het traject",
  trede_doorstroom: "Naar een andere trede",
  verlof_einde: "Einde van het verlof",
  verlof_start: "Begin van verlof",
  verzuim_gewijzigd: "Ander verzuimpercentage",
  voorziening_einde: "Einde van een voorziening",
  voorziening_start: "Begin van een voorziening",
  werkcoach_toegewezen: "Andere werkcoach",
};
export function kindTitle(code: string): string {
  return kTitles[code] ?? capital(wordsOf(code));
}

/** Of these the log wants the first day on which it no longer holds; people know the last one. */
const kAsksLastDay: Readonly<Record<string, string>> = {
  diagnose_einde: "Laatste dag van de diagnose",
  dienstverband_einde: "Laatste dag in dienst",
  herstelmelding: "Laatste ziektedag",
  oponthoud_einde: "Laatste dag van het oponthoud",
  plaatsing_einde: "Laatste dag van de plaatsing",
  uitstroom: "Laatste dag in traject",
  verlof_einde: "Laatste dag van het verlof",
  voorziening_einde: "Laatste dag van de voorziening",
};
export function asksLastDay(kind: string): boolean {
  return kind in kAsksLastDay;
}
export function dayLabel(kind: string): string {
  return kAsksLastDay[kind] ?? "Datum";
}

const kAttributeLabels: Readonly<Record<string, string>> = {
  bron: "Aangemeld door",
  contact: "Soort contact",
  fase: "Afstand tot werk",
  geboortejaar: "Geboortejaar",
  kenmerk: "Nummer",
  naam: "Naam van de voorziening",
  naar: "Naar trede",
  percentage: "Percentage arbeidsongeschikt",
  soort_intake: "Soort intake",
  uren: "Uren per week",
  volgende_actie_op: "Volgende actie op",
  werkcoach: "Code van de werkcoach",
};
export function attributeLabel(name: string): string {
  return kAttributeLabels[name] ?? capital(wordsOf(name));
}

/** Which field a rule is about; empty = the form as a whole. `dag` is the day. */
export function fieldOfRule(rule: string, kind: string): string {
  switch (rule) {
    case "zelfde_trede": return "naar";
    case "zelfde_gemeente":
    case "gemeente_doet_niet_mee":
    case "plaatsing_zonder_gemeente":
    case "plaatsing_met_gemeente": return "gemeente";
    case "zelfde_doelgroepen": return "doelgroepen";
    case "afdeling_bestaat_niet": return "afdeling";
    case "begeleid_werken_zonder_wsw":
    case "garantiebaan_zonder_grond": return "regeling";
    case "detachering_zonder_dienstverband": return "plaatsing";
    case "voorziening_loopt":
    case "plaatsing_loopt":
    case "geen_voorziening":
    case "geen_plaatsing":
    case "geen_maatregel": return "kenmerk";
    case "periode_afgesloten": return "na_afsluiting";
    case "wsw_gesloten": return kind === "dienstverband_start" ? "dienstverband" : "dag";
    default: return "dag";
  }
}
