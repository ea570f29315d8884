// The fields of one kind of event, each with its label, its choices and what is wrong with it.
import type { Attribuut, Codelijsten, Mogelijkheid, Soort } from "../api/client";
import { Choice, Field, LongText, Many } from "../parts/field";
import { capital, isDay, isOwnName, longDay, tredeWords, wordsOf } from "../words";
import { choicesFor, recordedDay, type Flaws, type Values } from "./form_values";
import { asksLastDay, attributeLabel, dayLabel } from "./kinds";
import { kOrganisationFields } from "./organisation_fields";

interface FieldsProps {
  soort: Soort;
  codes: Codelijsten;
  possibility: Mogelijkheid | null;
  values: Values;
  flaws: Flaws;
  /** A reason is asked for what lies in a period that was closed. */
  isClosed: boolean;
  onChange: (name: string, value: string) => void;
}

const kHints: Readonly<Record<string, string>> = {
  aantal: "Een heel getal.",
  deeltijdfactor: "1 is voltijds, 0,5 is de helft.",
  geboortejaar: "Vier cijfers.",
  percentage: "Een heel getal van 1 tot en met 100.",
  rij: "Tabel en regel, zoals het rapport ze in CSV noemt. Vanuit het rapport zelf wordt dit ingevuld.",
  uren: "Bijvoorbeeld 24 of 16,5.",
  waarde: "Bijvoorbeeld 38 of 16,8.",
};

// Written with a comma, recorded with a point.
const kDecimals = new Set(["deeltijdfactor", "uren", "waarde"]);

export function valueWords(name: string, value: string): string {
  if (isOwnName(name)) return value;
  return name === "naar" || name === "trede" ? capital(tredeWords(value)) : capital(wordsOf(value));
}

export function EventFields(props: FieldsProps) {
  const { soort, codes, values, flaws, isClosed, onChange } = props;
  return (
    <>
      <DayField {...props} />
      {soort.attributen.map((attribute) => (
        <AttributeField key={attribute.naam} attribute={attribute} {...props} />
      ))}
      {isClosed && (
        <Choice label="Waarom na de afsluiting" value={values.na_afsluiting ?? ""}
                error={flaws.na_afsluiting} name="na_afsluiting"
                options={[["", "Kies"], ...codes.naAfsluiting.map((one) =>
                  [one, capital(wordsOf(one))] as const)]}
                onChoice={(value) => onChange("na_afsluiting", value)} />
      )}
    </>
  );
}

function DayField({ soort, values, flaws, onChange }: FieldsProps) {
  const recorded = recordedDay(soort.code, values);
  const hint = asksLastDay(soort.code) && isDay(recorded)
    ? `In het dossier komt de dag erna, de eerste waarop het niet meer geldt: ${longDay(recorded)}.`
    : undefined;
  return (
    <Field label={dayLabel(soort.code)} error={flaws.dag} hint={hint}
           input={{ type: "date", name: "dag", value: values.dag ?? "", min: "1950-01-01",
                    max: "2100-12-31",
                    onInput: (event) => onChange("dag", event.currentTarget.value) }} />
  );
}

type OneProps = FieldsProps & { attribute: Attribuut };

function AttributeField({ attribute, soort, codes, possibility, values, flaws, onChange }: OneProps) {
  const { naam, verplicht, lijst } = attribute;
  const label = attributeLabel(naam) + (verplicht ? "" : " (mag leeg blijven)");
  const value = values[naam] ?? "";
  const left = possibility?.keuzes.find((one) => one.attribuut === naam)?.waarden;
  const change = (next: string) => onChange(naam, next);
  const error = flaws[naam];
  if (naam === "kenmerk") {
    return <NumberField value={value} left={left} error={error} onChange={change} />;
  }
  const OfOrganisation = kOrganisationFields[naam];
  if (OfOrganisation !== undefined) {
    return <OfOrganisation {...{ label, name: naam, value, values, codes, error }} onChange={change} />;
  }
  if (attribute.vorm === "tekst") {
    return <LongText label={label} name={naam} value={value} error={error} onInput={change} />;
  }
  const choices = choicesFor(naam, soort, codes);
  if (choices === null) {
    const isDate = attribute.vorm === "dag";
    const shown = kDecimals.has(naam) ? value.replace(".", ",") : value;
    return (
      <Field label={label} error={error} hint={kHints[naam]}
             input={{ type: isDate ? "date" : "text", name: naam, value: shown, autocomplete: "off",
                      onInput: (event) => change(isDate ? event.currentTarget.value
                        : event.currentTarget.value.replace(/^(\d+),(\d+)$/, "$1.$2")) }} />
    );
  }
  if (lijst) {
    return (
      <Many label={label} error={error} values={value === "" ? [] : value.split("|")}
            options={choices.map((one) => [one, valueWords(naam, one)] as const)}
            onChange={(chosen) => change(chosen.join("|"))} />
    );
  }
  // What the rules do not allow that day is no choice, but what was chosen stays in sight.
  const allowed = left === undefined ? choices
    : choices.filter((one) => left.includes(one) || one === value);
  const options = allowed.map((one) => [one, valueWords(naam, one)] as const);
  return (
    <Choice label={label} value={value} error={error} name={naam}
            options={[["", verplicht ? "Kies" : "Geen keuze"], ...options]} onChoice={change} />
  );
}

interface NumberProps {
  value: string;
  left: readonly string[] | undefined;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** Which of several that run beside each other; when there is one, nobody needs to know. */
function NumberField({ value, left, error, onChange }: NumberProps) {
  if (left !== undefined && left.length === 1 && value === left[0] && !error) return null;
  if (left !== undefined && left.length > 1) {
    return (
      <Choice label="Welke" value={value} error={error} name="kenmerk"
              options={[["", "Kies"], ...left.map((one) => [one, `Nummer ${one}`] as const)]}
              onChoice={onChange} />
    );
  }
  return (
    <Field label="Nummer (als er meer tegelijk lopen)" error={error}
           input={{ name: "kenmerk", value, autocomplete: "off",
                    onInput: (event) => onChange(event.currentTarget.value) }} />
  );
}
