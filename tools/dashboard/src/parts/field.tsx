// A field of a form: its label, what belongs with it, and what is wrong with what was filled in.
import type { JSX } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  label: string;
  error?: string | undefined;
  hint?: string | undefined;
  isFirst?: boolean; // takes the focus when its page appears
  input: JSX.IntrinsicElements["input"];
}

function fieldClass(error: string | undefined, more = ""): string {
  return `utrecht-form-field ${error ? "utrecht-form-field--invalid" : ""} ${more}`.trim();
}
function describedBy(id: string, hint: string | undefined, error: string | undefined) {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
}

function Told({ id, hint, error }: { id: string; hint?: string | undefined;
                                     error?: string | undefined }) {
  return (
    <>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {error && <p class="field-error" id={`${id}-error`}>{error}</p>}
    </>
  );
}

export function Field({ label, error, hint, isFirst, input }: FieldProps) {
  const id = useId();
  return (
    <div class={fieldClass(error)}>
      <label class="utrecht-form-label" for={id}>{label}</label>
      <Told id={id} hint={hint} error={error} />
      <input {...input} id={id} aria-invalid={error ? true : undefined}
             aria-describedby={describedBy(id, hint, error)}
             data-first={isFirst ? "" : undefined}
             class={`utrecht-textbox${error ? " utrecht-textbox--invalid" : ""}`} />
    </div>
  );
}

interface LongTextProps {
  label: string;
  value: string;
  name: string;
  error?: string | undefined;
  hint?: string | undefined;
  onInput: (value: string) => void;
}

export function LongText({ label, value, name, error, hint, onInput }: LongTextProps) {
  const id = useId();
  return (
    <div class={fieldClass(error)}>
      <label class="utrecht-form-label" for={id}>{label}</label>
      <Told id={id} hint={hint} error={error} />
      <textarea id={id} name={name} rows={5} value={value} aria-invalid={error ? true : undefined}
                aria-describedby={describedBy(id, hint, error)}
                class={`utrecht-textarea${error ? " utrecht-textarea--invalid" : ""}`}
                onInput={(event) => onInput(event.currentTarget.value)} />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  onChoice: (value: string) => void;
  className?: string;
  name?: string;
  hint?: string | undefined;
  error?: string | undefined;
}

export function Choice(props: ChoiceProps) {
  const { label, value, options, onChoice, className, name, hint, error } = props;
  const id = useId();
  return (
    <div class={fieldClass(error, className)}>
      <label class="utrecht-form-label" for={id}>{label}</label>
      <Told id={id} hint={hint} error={error} />
      <select id={id} class="utrecht-select" value={value} name={name}
              aria-invalid={error ? true : undefined} aria-describedby={describedBy(id, hint, error)}
              onChange={(event) => onChoice(event.currentTarget.value)}>
        {options.map(([code, words]) => <option key={code} value={code}>{words}</option>)}
      </select>
    </div>
  );
}

interface ManyProps {
  label: string;
  values: readonly string[];
  options: readonly (readonly [value: string, words: string])[];
  onChange: (values: string[]) => void;
  hint?: string | undefined;
  error?: string | undefined;
}

/** Any number of them. They stay in the order of the options. */
export function Many({ label, values, options, onChange, hint, error }: ManyProps) {
  const id = useId();
  const change = (code: string, isOn: boolean) => onChange(
    options.map(([one]) => one).filter((one) => (one === code ? isOn : values.includes(one))));
  return (
    <fieldset class={fieldClass(error, "many")} aria-describedby={describedBy(id, hint, error)}>
      <legend class="utrecht-form-label">{label}</legend>
      <Told id={id} hint={hint} error={error} />
      {options.map(([code, words]) => (
        <Check key={code} label={words} isOn={values.includes(code)}
               onChange={(isOn) => change(code, isOn)} />
      ))}
    </fieldset>
  );
}

interface CheckProps {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** One box. */
export function Check({ label, isOn, onChange }: CheckProps) {
  return (
    <label class="check">
      <input type="checkbox" class="utrecht-checkbox utrecht-checkbox--html-input" checked={isOn}
             onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
