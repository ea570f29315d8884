// As known at which moment: of a page that shows what was known then.
import { localMoment } from "../words";
import { Field } from "./field";
import { useTyped } from "./use_typed";

interface KnownChoiceProps {
  /** RFC 3339; empty = now. */
  known: string;
  onChoice: (known: string) => void;
}

export function KnownChoice({ known, onChoice }: KnownChoiceProps) {
  const [typed, setTyped] = useTyped(localMoment(known));
  return (
    <form class="day-choice" onSubmit={(event) => {
      event.preventDefault();
      onChoice(typed === "" ? "" : new Date(typed).toISOString());
    }}>
      <Field label="Zoals bekend op"
             input={{ type: "datetime-local", value: typed, step: 60,
                      onInput: (event) => setTyped(event.currentTarget.value) }} />
      <button class="utrecht-button utrecht-button--secondary-action" type="submit">
        Toon wat toen bekend was
      </button>
    </form>
  );
}
