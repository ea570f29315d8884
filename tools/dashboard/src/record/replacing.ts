// What stands in the log of one event, and what replacing it changes, in words.
import type { Gebeurtenis, Soort } from "../api/client";
import { addDays, attributesText, capital, longDay, moment, shortDay } from "../words";
import type { Values } from "./form_values";
import { asksLastDay, attributeLabel, kindTitle } from "./kinds";
import { valueWords } from "./event_fields";

/** What counts now of an event: its own day and attributes, or those of the correctie that counts. */
export interface Counting {
  kind: string;
  day: string;
  attributes: Readonly<Record<string, string>>;
}
export function countingOf(event: Gebeurtenis, all: readonly Gebeurtenis[]): Counting {
  const mended = all.find((one) => one.positie === event.gecorrigeerdDoor);
  const counts = mended ?? event;
  return { kind: event.soort, day: counts.geldigOp ?? "", attributes: counts.attributen };
}

/** As the form has them, to begin a correctie with. */
export function valuesOf({ kind, day, attributes }: Counting): Values {
  return { ...attributes, dag: asksLastDay(kind) && day !== "" ? addDays(day, -1) : day };
}

export function whatItIs({ kind, day, attributes }: Counting): string {
  const more = attributesText(attributes);
  return `${kindTitle(kind)}, ${longDay(day)}${more === "" ? "" : ` (${more})`}`;
}

/** Each thing that becomes another: "Reden: verhuizing wordt werkaanvaarding". */
export function changesBetween(before: Counting, day: string, values: Values,
                               soort: Soort): string[] {
  const out: string[] = [];
  if (day !== "" && day !== before.day) {
    out.push(`Geldig op: ${shortDay(before.day)} wordt ${shortDay(day)}`);
  }
  for (const { naam } of soort.attributen) {
    const was = before.attributes[naam] ?? "";
    const is = values[naam] ?? "";
    if (was === is) continue;
    const words = (value: string) => (value === "" ? "niets"
      : value.split("|").map((one) => valueWords(naam, one)).join(", "));
    out.push(`${attributeLabel(naam)}: ${words(was)} wordt ${words(is)}`);
  }
  return out.map(capital);
}

/** What became of an event, in words. `all`: those of its stream. */
export function statusWords(event: Gebeurtenis, all: readonly Gebeurtenis[]): string {
  if (event.soort === "correctie" || event.soort === "intrekking") {
    const about = all.find((one) => one.eventId === event.vervangt);
    if (about === undefined) return "Gaat over iets dat u niet ziet";
    const which = `wat is vastgelegd op ${moment(about.vastgelegdOp ?? "")}`;
    if (event.soort === "intrekking") return `Neemt terug ${which}`;
    if (about.ingetrokken === true) return `Over ${which}; dat is ingetrokken`;
    if (about.gecorrigeerdDoor === event.positie) return `Telt mee, in plaats van ${which}`;
    return `Over ${which}; een latere correctie telt mee`;
  }
  if (event.ingetrokken === true) return "Ingetrokken, telt niet mee";
  if (event.gecorrigeerdDoor !== undefined) return "Gecorrigeerd, telt niet meer zo mee";
  return "Telt mee";
}
