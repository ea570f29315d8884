// Which report a page is about: period, selection, and how much was known. All of it stands in the
// address.
import type { Address } from "../../address";
import { withQuery, type Rapport } from "../../api/client";
import { today } from "../../figures/view";
import { addDays, isDay } from "../../words";

export interface ReportView {
  name: string;
  van: string;
  tm: string;
  waar: readonly string[]; // `gemeente=Velsen`
  /** RFC 3339; empty = as it was laid down, else as known now. */
  bekendOp: string;
  besideNow: boolean;
  suppressed: boolean;
}

export interface PeriodChoice {
  words: string;
  van: string;
  tm: string;
}

const kQuarterEnds = ["03-31", "06-30", "09-30", "12-31"];
const kQuarterStarts = ["01-01", "04-01", "07-01", "10-01"];

/** From 1 January, so many whole months, which have begun to be over at the end of `day`. */
function wholeMonths(maanden: readonly number[], day: string): PeriodChoice[] {
  const year = Number(day.slice(0, 4));
  const longestFirst = [...maanden].sort((a, b) => b - a);
  return [year, year - 1, year - 2].flatMap((of) => longestFirst.map((count) => ({
    words: count === 12 ? `Heel ${of}` : count === 1 ? `Januari ${of}`
      : `Eerste ${count} maanden van ${of}`,
    van: `${of}-01-01`, tm: monthEnd(of, count) }))).filter(({ tm }) => tm <= day);
}
function monthEnd(year: number, month: number): string {
  return addDays(month === 12 ? `${year + 1}-01-01`
    : `${year}-${String(month + 1).padStart(2, "0")}-01`, -1);
}

const kUsualMonths = [12, 8, 5, 2];

/**
 * What one mostly asks for, the latest first. `maanden`: over how many months from 1 January the
 * report may be; empty = over any period.
 */
export function periodChoices(maanden: readonly number[], day = today()): PeriodChoice[] {
  if (maanden.length > 0) return wholeMonths(maanden, day).slice(0, 12);
  const year = Number(day.slice(0, 4));
  const quarters: PeriodChoice[] = [];
  for (const of of [year, year - 1, year - 2]) {
    for (let n = 3; n >= 0; --n) {
      quarters.push({ words: `${n + 1}e kwartaal ${of}`, van: `${of}-${kQuarterStarts[n]}`,
                      tm: `${of}-${kQuarterEnds[n]}` });
    }
  }
  const begun = quarters.filter(({ van }) => van <= day).slice(0, 6);
  return [...begun, ...wholeMonths(kUsualMonths, day).slice(0, 6)];
}

/** The last quarter that is over, or what comes nearest of what the report may be over. */
export function usualPeriod(maanden: readonly number[], day = today()): PeriodChoice {
  const over = periodChoices(maanden, day).find(({ words, tm }) =>
    (maanden.length > 0 || words.includes("kwartaal")) && tm < day);
  return over ?? { words: "", van: `${day.slice(0, 4)}-01-01`, tm: day };
}

export function reportViewOf(name: string, { query }: Address,
                             maanden: readonly number[] = []): ReportView {
  const usual = usualPeriod(maanden);
  const day = (key: string, otherwise: string) => {
    const given = query.get(key) ?? "";
    return isDay(given) ? given : otherwise;
  };
  const bekendOp = query.get("bekendOp") ?? "";
  return { name, van: day("van", usual.van), tm: day("tm", usual.tm), waar: query.getAll("waar"),
           bekendOp: Number.isNaN(Date.parse(bekendOp)) ? "" : bekendOp,
           besideNow: query.get("naast") === "nu", suppressed: query.get("onderdruk") === "ja" };
}

interface More {
  below?: string;
  positie?: string;
  bekendOp?: string;
}

/** Where the server has it; `below` what is asked of it. */
export function reportPath(view: ReportView, { below = "", positie = "", bekendOp }: More = {}): string {
  const path = withQuery(`/v1/rapporten/${encodeURIComponent(view.name)}${below}`, {
    van: view.van, tm: view.tm, positie, bekendOp: positie === "" ? bekendOp ?? view.bekendOp : "",
    onderdruk: view.suppressed ? "true" : "" });
  return view.waar.reduce((all, one) => `${all}&waar=${encodeURIComponent(one)}`, path);
}

/** The page of this report, at `place` below it. */
export function reportPlace(view: ReportView, place = ""): string {
  const query = new URLSearchParams({ van: view.van, tm: view.tm });
  for (const one of view.waar) query.append("waar", one);
  return `/rapporten/${encodeURIComponent(view.name)}${place}?${query}`;
}

/** Where a row, `table/row`, is explained; afterwards one comes back to this report. */
export function explainPlace(view: ReportView, rij: string, waar: string): string {
  return withQuery("/beheer/organisatie/vastleggen", {
    soort: "toelichting_vastgelegd", rapport: view.name, periode: `${view.van}/${view.tm}`, rij, waar,
    naar: reportPlace(view) });
}

/** What a report of which only the definition is there will be called; null without one. */
export function titleAhead(listed: Rapport | null, { van, tm, waar }: ReportView,
                           own: readonly string[]): string | null {
  if (listed === null) return null;
  const digits = (day: string) => day.split("-").reverse().join("-");
  const gemeente = waar.find((one) => one.startsWith("gemeente="))?.slice("gemeente=".length)
    ?? own[0] ?? "";
  return listed.titel.replaceAll("{periode}", `${digits(van)} t/m ${digits(tm)}`)
    .replaceAll("{gemeente}", gemeente);
}
