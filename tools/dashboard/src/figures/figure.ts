// Figures as the API gives them, as numbers and as words. Zero, nothing, not applicable and not
// shown are four different things.
import type { Schemas } from "../api/client";

export type Figures = Schemas["Cijfers"];
export type Series = Schemas["Reeks"];
export type Row = Schemas["Rij"];
export type Targets = Schemas["Doelen"];
export type Target = Schemas["Doel"];

/** Of a row: its number; null = there is none (a ratio of which the denominator is 0). */
export function valueOf(row: Row | undefined): number | null {
  return row?.waarde === undefined ? null : Number(row.waarde);
}
/** The sum of all rows; of a flow or stand without rows 0, as the API leaves rows of 0 out. */
export function totalOf(figures: Figures): number | null {
  const [first] = figures.rijen;
  if (figures.per.length === 0) return first === undefined ? 0 : valueOf(first);
  return figures.rijen.reduce((sum, row) => sum + (valueOf(row) ?? 0), 0);
}
export function rowOf(figures: Figures, ...codes: string[]): Row | undefined {
  return figures.rijen.find((row) => codes.every((code, n) => row.codes[n] === code));
}

const whole = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat("nl-NL", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
export const kNothing = "geen waarde";

export function countWords(value: number | null): string {
  return value === null ? kNothing : whole.format(value);
}
/** Half up, as the reports round. */
export function percentWords(value: number | null, decimals: 0 | 1 = 0): string {
  if (value === null) return kNothing;
  const scale = decimals === 0 ? 1 : 10;
  const rounded = Math.floor(value * scale + 0.5) / scale;
  return `${(decimals === 0 ? whole : one).format(rounded)}%`;
}

/** The target of `measure` for exactly these conditions in the year of `day`. */
export function targetFor(targets: Targets | null, measure: string, conditions: readonly string[],
                          day: string): Target | null {
  const wanted = [...conditions].sort().join(";");
  const year = day.slice(0, 4);
  return targets?.doelen.find((one_) => one_.maat === measure && one_.periode === year
    && one_.waar.split(";").filter((part) => part !== "").sort().join(";") === wanted) ?? null;
}

/** How far a value is from its target, in words, and whether that is good. */
export interface Distance {
  words: string;
  isGood: boolean | null; // null = the target does not say what is better
}
export function distanceTo(target: Target, value: number | null,
                           show: (value: number) => string): Distance {
  const aim = Number(target.waarde);
  const kind = target.soort;
  if (value === null) return { words: `${kind} ${show(aim)}`, isGood: null };
  const better = target.richting;
  const isGood = better === undefined ? null
    : better === "lager" ? value <= aim : value >= aim;
  const side = value === aim ? "gelijk aan" : value > aim ? "boven" : "onder";
  return { words: `${side} de ${kind} van ${show(aim)}`, isGood };
}
