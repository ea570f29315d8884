// The day for which a page is shown, and a plain sentence when that is not today.
import { useEffect, useState } from "preact/hooks";

import { changed, goTo, type Address } from "../address";
import { isDay, longDay } from "../words";
import { Field } from "./field";
import { Notice } from "./notice";

/** The day in the address; empty = today. */
export function dayOf(address: Address): string {
  const day = address.query.get("op") ?? "";
  return isDay(day) ? day : "";
}

interface DayChoiceProps {
  address: Address;
  shown: string; // the day of what is in sight; empty = nothing yet
}

export function DayChoice({ address, shown }: DayChoiceProps) {
  const chosen = dayOf(address);
  const [typed, setTyped] = useState(chosen || shown);
  useEffect(() => setTyped(chosen || shown), [chosen, shown]);
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

interface NotTodayProps extends DayChoiceProps {
  isOld: boolean; // what is in sight is not what was asked for last
}

export function NotToday({ address, shown, isOld }: NotTodayProps) {
  if (shown === "" || (dayOf(address) === "" && !isOld)) return null;
  return (
    <Notice kind="info">
      U ziet hoe het is op <strong>{longDay(shown)}</strong>, met wat er nu over die dag bekend is.
    </Notice>
  );
}
