// A caseload as it is shown: what of a dossier is said, which are left over after filter and
// search, and in what order. Pure, so that it can be looked at without a page.
import type { CaseloadDossier } from "./api/client";
import { capital, daysBetween, shortDay, tredeWords } from "./words";
import { attentionOf, nextTerm, termWords, warningsOf, type Attention,
         type Warning } from "./warnings";

export interface ShownDossier {
  id: string;
  naam: string; // empty = not known, or not theirs to see
  gemeente: string;
  werkcoach: string;
  phase: string; // "Trede 5", "Aangemeld", ...
  phaseCode: string; // what one filters by
  daysInPhase: number | null;
  lastContact: string; // a day; empty = never
  nextDay: string; // of the term that comes first; empty = none
  nextWords: string;
  warnings: readonly Warning[];
  attention: Attention;
}

// Somebody in a traject who is also in diagnose is seen by the trede; the first that holds counts.
function phaseOf(dossier: CaseloadDossier): { code: string; words: string; since: string | null } {
  if (dossier.trede !== undefined) {
    return { code: dossier.trede, words: capital(tredeWords(dossier.trede)),
             since: dossier.inTrede ?? null };
  }
  if (dossier.wachtOpStart !== undefined) {
    return { code: "wacht_op_start", words: "Wacht op start", since: dossier.wachtOpStart };
  }
  if (dossier.aangemeld !== undefined) {
    return { code: "aangemeld", words: "Aangemeld", since: dossier.aangemeld };
  }
  if (dossier.dienstverband !== undefined) {
    return { code: "dienstverband", words: "Dienstverband", since: dossier.dienstverband };
  }
  // After a traject these may go on.
  if (dossier.voorzieningen > 0) return { code: "voorziening", words: "Voorziening", since: null };
  if (dossier.plaatsingen > 0) return { code: "plaatsing", words: "Plaatsing", since: null };
  return { code: "overig", words: "Alleen een termijn", since: null };
}

export function shownDossier(dossier: CaseloadDossier, op: string, naam = ""): ShownDossier {
  const phase = phaseOf(dossier);
  const next = nextTerm(dossier, op);
  const warnings = warningsOf(dossier, op);
  return {
    id: dossier.id,
    naam,
    gemeente: dossier.gemeente ?? "",
    werkcoach: dossier.werkcoach ?? "",
    phase: phase.words,
    phaseCode: phase.code,
    daysInPhase: phase.since === null ? null : daysBetween(phase.since, op),
    lastContact: dossier.laatsteContact ?? "",
    nextDay: next?.uiterlijk ?? "",
    nextWords: next === undefined ? "" : `${capital(termWords(next))}: ${shortDay(next.uiterlijk)}`,
    warnings,
    attention: attentionOf(warnings),
  };
}

export interface Filter {
  phase: string;
  attention: string;
  search: string;
}

function textOf(shown: ShownDossier): string {
  const parts = [shown.id, shown.naam, shown.gemeente, shown.werkcoach, shown.phase, shown.nextWords,
                 ...shown.warnings.map((one) => one.text)];
  return parts.join(" ").toLocaleLowerCase("nl");
}

/** Each word that is searched for is somewhere in what is shown. */
export function filtered(all: readonly ShownDossier[], filter: Filter): ShownDossier[] {
  const words = filter.search.toLocaleLowerCase("nl").split(/\s+/).filter(Boolean);
  return all.filter((one) => (filter.phase === "" || one.phaseCode === filter.phase)
    && (filter.attention === "" || one.attention === filter.attention)
    && words.every((word) => textOf(one).includes(word)));
}

const kWeight: Readonly<Record<Attention, number>> = { te_laat: 0, binnenkort: 1, geen: 2 };
type Order = (a: ShownDossier, b: ShownDossier) => number;
// What is not there comes last.
const byText = (of: (one: ShownDossier) => string): Order => (a, b) =>
  Number(of(a) === "") - Number(of(b) === "") || of(a).localeCompare(of(b), "nl");
const kOrders: Readonly<Record<string, Order>> = {
  aandacht: (a, b) => kWeight[a.attention] - kWeight[b.attention]
    || b.warnings.length - a.warnings.length || byText((one) => one.nextDay)(a, b),
  fase: byText((one) => one.phase),
  dagen: (a, b) => (b.daysInPhase ?? -1) - (a.daysInPhase ?? -1),
  gemeente: byText((one) => one.gemeente),
  werkcoach: byText((one) => one.werkcoach),
  contact: byText((one) => one.lastContact),
  termijn: byText((one) => one.nextDay),
  dossier: byText((one) => one.naam || one.id),
};
export const kSortWords: readonly (readonly [key: string, words: string])[] = [
  ["aandacht", "Wat het meest dringt"],
  ["termijn", "Eerstvolgende termijn"],
  ["dagen", "Langst in trede of fase"],
  ["contact", "Langst geen contact"],
  ["fase", "Trede of fase"],
  ["gemeente", "Gemeente"],
  ["werkcoach", "Werkcoach"],
  ["dossier", "Naam of nummer"],
];

export function isSortKey(key: string): boolean {
  return key in kOrders;
}
const kMostFirst = new Set(["aandacht", "dagen"]);
/** Whether what is most comes first, in words for who hears a table. */
export function isDescending(key: string, isReversed: boolean): boolean {
  return kMostFirst.has(key) !== isReversed;
}
/** Of equals the number decides, so that a list does not jump. */
export function sorted(all: readonly ShownDossier[], key: string,
                       isReversed: boolean): ShownDossier[] {
  const order = kOrders[key] ?? (() => 0);
  const out = [...all].sort((a, b) => order(a, b) || a.id.localeCompare(b.id));
  return isReversed ? out.reverse() : out;
}

export function phasesIn(all: readonly ShownDossier[]): [code: string, words: string][] {
  const phases = new Map(all.map((one) => [one.phaseCode, one.phase]));
  return [...phases].sort(([, a], [, b]) => a.localeCompare(b, "nl"));
}

