// What asks for attention in a dossier, in words: terms that are over, or nearly.
import type { CaseloadDossier, CaseloadTermijn } from "./api/client";
import { days, daysBetween, wordsOf } from "./words";

export type Attention = "te_laat" | "binnenkort" | "geen";
export interface Warning {
  attention: Attention;
  text: string;
}

const kSoonDays = 7; // as far ahead as a werkcoach plans
const kContactDays = 119; // projections/caseload: the last day on time after a contact

const kTermWords: Readonly<Record<string, string>> = {
  volgende_actie: "afgesproken actie",
  heroverweging: "heroverweging van de maatregel",
  contact: "contact",
  zes_weken_verzuim: "zes weken ziek",
  wachttijd_verzuim: "104 weken ziek",
};
// Of these a day comes; nothing has to be done before it.
const kReached = new Set(["zes_weken_verzuim", "wachttijd_verzuim"]);
export function termWords(termijn: CaseloadTermijn): string {
  const words = kTermWords[termijn.soort] ?? wordsOf(termijn.soort);
  const mark = termijn.kenmerk;
  return mark !== undefined && mark !== "1" ? `${words} ${mark}` : words;
}

/** What a term says at the end of day `op`. */
export function warningOf(termijn: CaseloadTermijn, op: string): Warning {
  const left = daysBetween(op, termijn.uiterlijk);
  const words = termWords(termijn);
  if (left < 0) {
    if (termijn.soort === "contact") {
      return { attention: "te_laat", text: `${days(kContactDays - left)} geen contact` };
    }
    if (kReached.has(termijn.soort)) {
      return { attention: "te_laat", text: `${words} sinds ${days(-left)}` };
    }
    return { attention: "te_laat", text: `${words} ${days(-left)} te laat` };
  }
  if (left > kSoonDays) return { attention: "geen", text: "" };
  if (kReached.has(termijn.soort)) {
    return { attention: "binnenkort",
             text: left === 0 ? `${words} op deze dag` : `${words} over ${days(left)}` };
  }
  const text = left === 0 ? `${words} uiterlijk deze dag` : `${words} over ${days(left + 1)} te laat`;
  return { attention: "binnenkort", text };
}

export function warningsOf(dossier: CaseloadDossier, op: string): Warning[] {
  return dossier.termijnen.map((termijn) => warningOf(termijn, op))
    .filter((warning) => warning.attention !== "geen");
}

export function attentionOf(warnings: readonly Warning[]): Attention {
  if (warnings.some((one) => one.attention === "te_laat")) return "te_laat";
  return warnings.length > 0 ? "binnenkort" : "geen";
}

/** The term that comes first, of those that are not over; what is over is a warning. */
export function nextTerm(dossier: CaseloadDossier, op: string): CaseloadTermijn | undefined {
  return dossier.termijnen.filter((one) => one.uiterlijk >= op)
    .sort((a, b) => a.uiterlijk.localeCompare(b.uiterlijk))[0];
}
