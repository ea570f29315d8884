// The day for which a page is shown and how much was known of it, and a plain sentence when that is
// not today or not now.
import { changed, goTo, type Address } from "../address";
import { isDay, longDay, moment } from "../words";
import { Field } from "./field";
import { KnownChoice } from "./known_choice";
import { Notice } from "./notice";
import { useTyped } from "./use_typed";

/** The day in the address; empty = today. */
export function dayOf(address: Address): string {
  const day = address.query.get("op") ?? "";
  return isDay(day) ? day : "";
}

/** The moment of knowing in the address, RFC 3339; empty = now. */
export function knownOf(address: Address): string {
  const known = address.query.get("bekendOp") ?? "";
  return Number.isNaN(Date.parse(known)) ? "" : known;
}

interface DayChoiceProps {
  address: Address;
  shown: string; // the day of what is in sight; empty = nothing yet
}

export function DayChoice({ address, shown }: DayChoiceProps) {
  const chosen = dayOf(address);
  const [typed, setTyped] = useTyped(chosen || shown, chosen);
  const choose = (event: Event) => {
    event.preventDefault();
    if (isDay(typed)) goTo(changed(address, { op: typed }));
  };
  return (
    <form class="day-choice" onSubmit={choose}>
      <Field label="Peildatum"
             input={{ type: "date", value: typed, min: "1950-01-01", max: "2100-12-31",
                      required: true, onInput: (event) => setTyped(event.currentTarget.value) }} />
      <button class="utrecht-button utrecht-button--secondary-action" type="submit">Toon</button>
      {chosen !== "" && (
        <button class="utrecht-button utrecht-button--subtle" type="button"
                onClick={() => goTo(changed(address, { op: "" }))}>
          Naar vandaag
        </button>
      )}
    </form>
  );
}

/** Mostly one asks what is known now, so it takes a step more. */
export function KnownThen({ address }: { address: Address }) {
  const known = knownOf(address);
  return (
    <details open={known !== ""}>
      <summary>Zoals het eerder bekend was</summary>
      <KnownChoice known={known} onChoice={(bekendOp) => goTo(changed(address, { bekendOp }))} />
    </details>
  );
}

interface NotNowProps extends DayChoiceProps {
  known: string; // of what is in sight
  isOld: boolean; // what is in sight is not what was asked for last
}

export function NotNow({ address, shown, known, isOld }: NotNowProps) {
  if (known !== "") {
    return (
      <Notice kind="warning">
        <p>
          {shown === "" ? "U vraagt" : <>U ziet hoe het is op <strong>{longDay(shown)}</strong>,</>} zoals
          bekend op <strong>{moment(known)}</strong>. Wat later is vastgelegd, staat er niet bij.
        </p>
        <a class="utrecht-link" href={changed(address, { bekendOp: "" })}>Naar wat nu bekend is</a>
      </Notice>
    );
  }
  if (shown === "" || (dayOf(address) === "" && !isOld)) return null;
  return (
    <Notice kind="info">
      U ziet hoe het is op <strong>{longDay(shown)}</strong>, met wat er nu over die dag bekend is.
    </Notice>
  );
}
