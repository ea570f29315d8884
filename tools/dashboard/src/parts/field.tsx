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

export function Field({ label, error, hint, isFirst, input }: FieldProps) {
  const id = useId();
  const told = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class={`utrecht-form-field${error ? " utrecht-form-field--invalid" : ""}`}>
      <label class="utrecht-form-label" for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {error && <p class="field-error" id={`${id}-error`}>{error}</p>}
      <input {...input} id={id} aria-invalid={error ? true : undefined}
             aria-describedby={told || undefined} data-first={isFirst ? "" : undefined}
             class={`utrecht-textbox${error ? " utrecht-textbox--invalid" : ""}`} />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  onChoice: (value: string) => void;
  className?: string;
}

export function Choice({ label, value, options, onChoice, className }: ChoiceProps) {
  const id = useId();
  return (
    <div class={`utrecht-form-field ${className ?? ""}`}>
      <label class="utrecht-form-label" for={id}>{label}</label>
      <select id={id} class="utrecht-select" value={value}
              onChange={(event) => onChoice(event.currentTarget.value)}>
        {options.map(([code, words]) => <option key={code} value={code}>{words}</option>)}
      </select>
    </div>
  );
}
