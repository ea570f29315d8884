// The fields that only what is recorded of the organisation has: of which measure, over which
// period, about what, and how much.
import { useState } from "preact/hooks";

import type { Codelijsten, Dimensie, Maten } from "../api/client";
import { Choice, Field } from "../parts/field";
import { useAnswer } from "../use_answer";
import { capital, codeWords, wordsOf } from "../words";
import { conditionsOf, centsOf, eurosOf, waarOf } from "./organisation_values";

interface OneProps {
  label: string;
  name: string;
  value: string;
  values: Readonly<Record<string, string>>;
  codes: Codelijsten;
  error: string | undefined;
  onChange: (value: string) => void;
}

// Who is logged in is asked by the form itself.
const useMeasures = () => useAnswer<Maten>("/v1/maten", () => undefined).value?.maten ?? [];

function MeasureField({ label, name, value, error, onChange }: OneProps) {
  const all = useMeasures();
  // What was chosen stays in sight, also before the list is there.
  const options = all.some((one) => one.naam === value) || value === "" ? all
    : [{ naam: value, titel: value }, ...all];
  return (
    <Choice label={label} name={name} value={value} error={error} onChoice={onChange}
            options={[["", "Kies"], ...options.map(({ naam, titel }) => [naam, titel] as const)]} />
  );
}

function PeriodField({ label, name, value, values, error, onChange }: OneProps) {
  return (
    <Field label={label} error={error} hint={`Een jaar, kwartaal of maand: 2027, 2027-Q1 of 2027-03${
      values.rij === undefined ? "" : "; of twee dagen: 2027-01-01/2027-08-31"}.`}
           input={{ name, value, autocomplete: "off",
                    onInput: (event) => onChange(event.currentTarget.value.trim()) }} />
  );
}

/** One choice for each dimension that the measure has. */
function ConditionField({ value, values, codes, error, onChange }: OneProps) {
  const measure = useMeasures().find((one) => one.naam === values.maat);
  if (measure === undefined) return null;
  const conditions = conditionsOf(value);
  const set = (dimension: string, code: string) =>
    onChange(waarOf({ ...conditions, [dimension]: code }));
  return (
    <fieldset class="utrecht-form-field">
      <legend class="utrecht-form-label">Waarvoor het geldt</legend>
      <p class="hint">Zonder keuze geldt het voor alles samen.</p>
      {error && <p class="field-error">{error}</p>}
      {measure.dimensies.map((one) => (
        <Condition key={one.naam} dimension={one} code={conditions[one.naam] ?? ""} codes={codes}
                   onChange={(code) => set(one.naam, code)} />
      ))}
    </fieldset>
  );
}

interface ConditionProps {
  dimension: Dimensie;
  code: string;
  codes: Codelijsten;
  onChange: (code: string) => void;
}

function Condition({ dimension, code, codes, onChange }: ConditionProps) {
  const { naam } = dimension;
  const label = capital(wordsOf(naam));
  const known = naam === "gemeente" ? codes.gemeenten : naam === "afdeling" ? codes.afdelingen
    : dimension.codes;
  if (known.length === 0) {
    return (
      <Field label={label} input={{ name: `waar-${naam}`, value: code, autocomplete: "off",
                                    onInput: (event) => onChange(event.currentTarget.value) }} />
    );
  }
  const options = known.includes(code) || code === "" ? known : [code, ...known];
  return (
    <Choice label={label} name={`waar-${naam}`} value={code} onChoice={onChange}
            options={[["", "Geen keuze"],
                      ...options.map((one) => [one, capital(codeWords(naam, one))] as const)]} />
  );
}

/** Written in euros, recorded in cents. */
function AmountField({ name, value, error, onChange }: OneProps) {
  const [typed, setTyped] = useState(eurosOf(value));
  const flaw = typed !== "" && centsOf(typed) === ""
    ? "Schrijf een bedrag, zoals 1250,00 of -80." : error;
  return (
    <Field label="Bedrag in euro's" error={flaw}
           input={{ name, value: typed, inputMode: "decimal", autocomplete: "off",
                    onInput: (event) => {
                      setTyped(event.currentTarget.value);
                      onChange(centsOf(event.currentTarget.value));
                    } }} />
  );
}

export const kOrganisationFields: Readonly<Record<string, (props: OneProps) => ReturnType<
  typeof MeasureField> | null>> = {
  maat: MeasureField,
  periode: PeriodField,
  waar: ConditionField,
  bedrag_eurocent: AmountField,
};
