// What a page of figures is about: a day, how much was known, and of whom. All of it stands in the
// address, so that a link shows the same.
import { changed, type Address } from "../address";
import { withQuery, type Cijfervraag } from "../api/client";
import { addDays, dayOfMoment, isDay } from "../words";

export interface View {
  /** The reporting date; empty = today. */
  op: string;
  /** The moment at which what is shown was known, RFC 3339; empty = now. */
  bekendOp: string;
  gemeente: string;
  doelgroep: string;
  months: number;
  today: string;
}

const kMonths = [12, 24, 36];

export function today(): string {
  return dayOfMoment(new Date().toISOString());
}

export function viewOf(address: Address): View {
  const { query } = address;
  const op = query.get("op") ?? "";
  const bekendOp = query.get("bekendOp") ?? "";
  const months = Number(query.get("maanden") ?? "");
  return { op: isDay(op) ? op : "",
           bekendOp: Number.isNaN(Date.parse(bekendOp)) ? "" : bekendOp,
           gemeente: query.get("gemeente") ?? "", doelgroep: query.get("doelgroep") ?? "",
           months: kMonths.includes(months) ? months : 12, today: today() };
}

export function dayShown(view: View): string {
  return view.op === "" ? view.today : view.op;
}
export function isNow(view: View): boolean {
  return view.bekendOp === "" && (view.op === "" || view.op === view.today);
}
export function addressOf(address: Address, choices: Readonly<Record<string, string>>): string {
  return changed(address, choices);
}

/** The year of a day, as one calls it today. */
export function inYear(day: string, from = today()): string {
  return day.slice(0, 4) === from.slice(0, 4) ? "dit jaar" : `in ${day.slice(0, 4)}`;
}

/** From the first of the year of the reporting date to that date. */
export function yearSoFar(view: View): { van: string; tm: string } {
  const tm = dayShown(view);
  return { van: `${tm.slice(0, 4)}-01-01`, tm };
}
/** The same days of the year before; 29 February becomes 28. */
export function yearBefore(view: View): { van: string; tm: string } {
  const { van, tm } = yearSoFar(view);
  const back = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  const end = back(tm);
  return { van: back(van), tm: end.endsWith("-02-29") ? end.replace("-02-29", "-02-28") : end };
}

interface Asking {
  per?: string;
  waar?: readonly string[];
  /** Of a measure over a period: which; without it the day. */
  period?: { van: string; tm: string };
  months?: number;
}

/** What is asked for this view. What the measure does not know is left out by the caller. */
export function questionOf(maat: string, view: View, asking: Asking): Cijfervraag {
  const { per, waar, period, months } = asking;
  return { maat, ...(period ?? { op: dayShown(view) }),
           ...(per === undefined ? {} : { per: per.split(",") }),
           ...(waar === undefined ? {} : { waar: [...waar] }),
           ...(months === undefined ? {} : { maanden: months }) };
}
/** The page of what is behind it. */
export function explanationPath(question: Cijfervraag, view: View): string {
  const { maat, op = "", van = "", tm = "", per = [], waar = [] } = question;
  const path = withQuery(`/cijfers/${maat}`, { op, van, tm, per: per.join(","),
                                               bekendOp: view.bekendOp });
  return waar.reduce((all, one) => `${all}&waar=${encodeURIComponent(one)}`, path);
}

/** The month of the reporting date up to that date; the months before it are whole. */
export function monthSoFar(view: View): { van: string; tm: string } {
  const tm = dayShown(view);
  return { van: `${tm.slice(0, 7)}-01`, tm };
}

/** The ends of the months before `day`, the latest last, and then `day` itself. */
export function monthEnds(day: string, count: number): string[] {
  const out = [day];
  let end = day;
  while (out.length < count) {
    end = addDays(`${end.slice(0, 7)}-01`, -1);
    out.unshift(end);
  }
  return out;
}
