// What is filled in of an event, and what it becomes when it is sent.
import type { Codelijsten, Mogelijkheid, NieuweGebeurtenis, Soort } from "../api/client";
import { addDays, isDay } from "../words";
import { asksLastDay } from "./kinds";

/** By attribute, and `dag`: the day as the form asks it, `na_afsluiting`: why after a closing. */
export type Values = Readonly<Record<string, string>>;

// What these name is not in any list yet.
const kNamesAnew = new Set(["gemeente_toegetreden", "afdeling_ingesteld"]);

/** The day that is recorded: of what ends the one after the last. Empty = none is filled in. */
export function recordedDay(kind: string, values: Values): string {
  const day = values.dag ?? "";
  if (!isDay(day)) return "";
  return asksLastDay(kind) ? addDays(day, 1) : day;
}

/** What the form begins with: today, what the rules leave one of, and what holds when left out. */
export function firstValues(soort: Soort, possibility: Mogelijkheid | null, today: string): Values {
  const values: Record<string, string> = { dag: today };
  for (const attribute of soort.attributen) {
    const left = possibility?.keuzes.find((one) => one.attribuut === attribute.naam)?.waarden;
    const isTried = attribute.codes.length > 0 || attribute.naam === "kenmerk";
    if (attribute.naam === "kenmerk" || (isTried && attribute.verplicht)) {
      if (left?.length === 1) values[attribute.naam] = left[0] ?? "";
    } else if (attribute.standaard !== undefined) {
      values[attribute.naam] = attribute.standaard;
    }
  }
  return values;
}

/** What an address says of the fields of `soort`, for a form that is opened at something. */
export function givenValues(soort: Soort, query: URLSearchParams): Values {
  return Object.fromEntries(soort.attributen.flatMap(({ naam }) => {
    const given = query.get(naam) ?? "";
    return given === "" ? [] : [[naam, given]];
  }));
}

export function eventOf(kind: string, values: Values, vervangt?: string): NieuweGebeurtenis {
  const { dag: _, na_afsluiting: closed, notitie: __, ...attributes } = values;
  const event: NieuweGebeurtenis = { soort: vervangt === undefined ? kind : "correctie",
                                     geldigOp: recordedDay(kind, values), attributen: attributes };
  if (vervangt !== undefined) event.vervangt = vervangt;
  if (closed) event.naAfsluiting = closed;
  return event;
}

export type Flaws = Readonly<Record<string, string>>;

/** What is missing, before the server is asked. */
export function missingIn(soort: Soort, values: Values, possibility: Mogelijkheid | null): Flaws {
  const flaws: Record<string, string> = {};
  if (!isDay(values.dag ?? "")) flaws.dag = "Vul een datum in.";
  for (const { naam, verplicht } of soort.attributen) {
    if (verplicht && (values[naam] ?? "") === "") flaws[naam] = "Vul dit in.";
  }
  // Left out it is number 1, which need not be the one that is meant.
  const running = possibility?.keuzes.find(({ attribuut }) => attribuut === "kenmerk")?.waarden ?? [];
  if (running.length > 1 && (values.kenmerk ?? "") === "") flaws.kenmerk = "Kies welke.";
  return flaws;
}

/** The codes or names one chooses from; null = one writes it. */
export function choicesFor(name: string, soort: Soort, codes: Codelijsten): readonly string[] | null {
  const attribute = soort.attributen.find((one) => one.naam === name);
  if (attribute !== undefined && attribute.codes.length > 0) return attribute.codes;
  if (kNamesAnew.has(soort.code)) return null;
  if (name === "gemeente") return codes.gemeenten;
  if (name === "afdeling") return codes.afdelingen;
  return null;
}
