// Which figure is asked, as the address has it, and its numbers in words.
import type { Address } from "../../address";
import type { Cijfers, Maat, Rij } from "../../api/client";
import { amountWords, codeWords, dayOfMoment, isDay, longDay, moment, wordsOf } from "../../words";

export interface Question {
  /** Of a measure on a day; of one over a period `van` and `tm`. */
  op: string;
  van: string;
  tm: string;
  /** Empty = as known now. */
  bekendOp: string;
  /** The dimension of the sub-counts; empty = the measure has none. */
  per: string;
  /** `gemeente=Velsen`. */
  waar: readonly string[];
  /** An earlier moment of knowing, to compare with; empty = no comparison. */
  sinds: string;
}

export function questionOf({ query }: Address, maat: Maat): Question {
  const day = (name: string) => (isDay(query.get(name) ?? "") ? query.get(name) ?? "" : "");
  const known = (name: string) => {
    const text = query.get(name) ?? "";
    return Number.isNaN(Date.parse(text)) ? "" : text;
  };
  const names = maat.dimensies.map(({ naam }) => naam);
  const per = query.get("per") ?? "";
  const op = day("tm") || day("op") || dayOfMoment(new Date().toISOString());
  const waar = [...query.getAll("waar"),
                ...["gemeente", "doelgroep"].filter((name) => query.get(name))
                  .map((name) => `${name}=${query.get(name)}`)];
  return { op, van: day("van") || `${op.slice(0, 4)}-01-01`, tm: op, bekendOp: known("bekendOp"),
           per: names.includes(per) ? per : names[0] ?? "",
           waar: waar.filter((one) => names.includes(one.split("=")[0] ?? "")),
           sinds: known("sinds") };
}

/** The address of `question` under the API: `rest` is `""`, `/verklaring`, … */
export function askedAt(maat: Maat, question: Question, rest: string,
                        more: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(maat.opDag ? { op: question.op }
    : { van: question.van, tm: question.tm });
  for (const one of question.waar) query.append("waar", one);
  const known = question.bekendOp === "" ? {} : { bekendOp: question.bekendOp };
  for (const [name, value] of Object.entries({ ...known, ...more })) query.set(name, value);
  return `/v1/cijfers/${maat.naam}${rest}?${query}`;
}

export function timeWords(maat: Maat, question: Question): string {
  return maat.opDag ? longDay(question.op)
    : `${longDay(question.van)} tot en met ${longDay(question.tm)}`;
}

/** What a file of this question says above its table. */
export function askedWords(maat: Maat, question: Question,
                           figures: Cijfers): [string, string][] {
  return [[maat.opDag ? "Peildatum" : "Periode", timeWords(maat, question)],
          ["Bekend op", figures.bekendOp === undefined ? "nog niets bekend" : moment(figures.bekendOp)],
          ["Positie", figures.positie],
          ...question.waar.map((one): [string, string] => ["Alleen", filterWords(one)])];
}

export function filterWords(filter: string): string {
  const [name = "", codes = ""] = filter.split("=");
  return `${wordsOf(name)} ${codes.split(",").map((code) => codeWords(name, code)).join(" of ")}`;
}

const percents = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const numbers = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 2 });

/** Of a ratio without a denominator there is no value: n.v.t., which is not 0. */
export function valueWords(maat: Maat, value: string | undefined): string {
  if (value === undefined) return "n.v.t.";
  if (maat.eenheid === "eurocent") return amountWords(value);
  return maat.percentage ? `${percents.format(Number(value))}%` : numbers.format(Number(value));
}
export function unitWords(maat: Maat): string {
  return maat.percentage || maat.eenheid === "eurocent" ? "" : wordsOf(maat.eenheid);
}
export function plain(value: string | undefined): string {
  return value === undefined ? "n.v.t." : numbers.format(Number(value));
}
export function exact(value: string | undefined): number | null {
  return value === undefined ? null : Number(value);
}
/** A value as a file has it: of money in euros, as the screen does. */
export function exactIn(maat: Maat, value: string | undefined): number | null {
  const number = exact(value);
  return number === null || maat.eenheid !== "eurocent" ? number : number / 100;
}
/** Of a column of a file, with the unit that its numbers do not show. */
export function exportTitle(maat: Maat, title: string): string {
  const unit = maat.eenheid === "eurocent" ? "euro" : maat.percentage ? "%" : "";
  return unit === "" ? title : `${title} (${unit})`;
}

export function isRatio(maat: Maat): boolean {
  return maat.soort === "verhouding";
}

/** What parts add up to; decimals of the API are few, so rounding takes only what is no decimal. */
export function sumOf(rows: readonly Rij[], part: "waarde" | "teller" | "noemer"): string {
  const sum = rows.reduce((all, row) => all + Number(row[part] ?? 0), 0);
  return String(Math.round(sum * 1e6) / 1e6);
}
/** The one row of a figure that is not taken apart; without it, it is 0. */
export function wholeOf(maat: Maat, figures: Cijfers): Rij {
  return figures.rijen[0] ?? (isRatio(maat) ? { codes: [] } : { codes: [], waarde: "0" });
}
