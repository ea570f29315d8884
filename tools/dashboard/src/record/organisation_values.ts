// What is recorded of the organisation, between how the log has it and how it is read and written.
import type { Maat } from "../api/client";
import { amountWords, attributesText, capital, codeWords, list, wordsOf } from "../words";

export type Conditions = Readonly<Record<string, string>>;

/** `gemeente=Velsen;trede=4`, by dimension. */
export function conditionsOf(waar: string): Conditions {
  return Object.fromEntries(waar.split(";").filter((one) => one.includes("=")).map((one) => {
    const at = one.indexOf("=");
    return [one.slice(0, at), one.slice(at + 1)];
  }));
}
export function waarOf(conditions: Conditions): string {
  return Object.entries(conditions).filter(([, code]) => code !== "").sort()
    .map(([dimension, code]) => `${dimension}=${code}`).join(";");
}

/** `125050` becomes "1250,50"; what is no whole number stays as it is. */
export function eurosOf(cents: string): string {
  const parts = /^(-?)(\d+)$/.exec(cents);
  if (parts === null) return cents;
  const [, sign = "", digits = ""] = parts;
  const padded = digits.padStart(3, "0");
  return `${sign}${padded.slice(0, -2)},${padded.slice(-2)}`;
}
/** "1.250,5" becomes `125050`; empty = that is no amount. */
export function centsOf(typed: string): string {
  const bare = typed.replaceAll(/[\s€]/g, "");
  const parts = /^(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/.exec(bare);
  if (parts === null) return "";
  const [, sign = "", whole = "", rest = ""] = parts;
  const digits = (whole.replaceAll(".", "") + rest.padEnd(2, "0")).replace(/^0+(?=\d)/, "");
  return digits === "0" ? "0" : sign + digits;
}

/** What an event of that kind says, as one sentence without an end. */
export function organisationText(soort: string, attributen: Readonly<Record<string, string>>,
                                 maten: readonly Maat[]): string {
  const { gemeente = "", afdeling = "", dienst = "", maat = "" } = attributen;
  if (soort.startsWith("gemeente_")) {
    return `${gemeente}, ${dienst === "" ? "alle diensten" : wordsOf(dienst)}`;
  }
  if (soort === "afdeling_ingesteld") return afdeling;
  const measure = maten.find((one) => one.naam === maat);
  if (maat !== "") return targetText(attributen, measure);
  if ("bedrag_eurocent" in attributen) return amountText(attributen);
  return attributesText(attributen);
}

function targetText(attributes: Readonly<Record<string, string>>, maat: Maat | undefined): string {
  const { waar = "", waarde = "", richting = "", periode = "" } = attributes;
  const about = Object.entries(conditionsOf(waar)).map(([name, code]) => codeWords(name, code));
  const side = richting === "hoger" ? "ten minste " : richting === "lager" ? "ten hoogste " : "";
  return `${maat?.titel ?? capital(wordsOf(attributes.maat ?? ""))}`
    + `${about.length === 0 ? "" : ` (${list(about)})`} in ${periode}: ${side}`
    + `${waarde.replace(".", ",")}${maat?.percentage === true ? "%" : ""}`;
}

function amountText(attributes: Readonly<Record<string, string>>): string {
  const { programma = "", kostenregel = "", bedrag_eurocent: cents = "", soort_bedrag: kind = "",
          periode = "", incidenteel = "", versie = "" } = attributes;
  const more = [...(versie === "" ? [] : [wordsOf(versie)]),
                ...(incidenteel === "ja" ? ["incidenteel"] : [])];
  return `${[programma, kostenregel].filter((one) => one !== "").join(", ")}: `
    + `${amountWords(cents)} ${wordsOf(kind)} in ${periode}`
    + `${more.length === 0 ? "" : ` (${list(more)})`}`;
}
