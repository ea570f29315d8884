// The day and the moment of knowing that a page of figures is about.
import { useEffect, useState } from "preact/hooks";

import { changed, goTo, replaceAddress, type Address } from "../../address";
import { dayShown, isNow, monthEnds, type View } from "../../figures/view";
import { Field } from "../../parts/field";
import { Notice } from "../../parts/notice";
import { isDay, longDay, moment } from "../../words";

interface TimeProps {
  address: Address;
  view: View;
}

const kSteps = 48; // months back that the slider reaches

export function TimeChoice({ address, view }: TimeProps) {
  const days = monthEnds(view.today, kSteps);
  const shown = dayShown(view);
  const at = days.reduce((best, day, n) => (day <= shown ? n : best), 0);
  const [typed, setTyped] = useState(shown);
  const [known, setKnown] = useState(localMoment(view.bekendOp));
  useEffect(() => setTyped(shown), [shown]);
  useEffect(() => setKnown(localMoment(view.bekendOp)), [view.bekendOp]);
  const asOp = (day: string) => (day === view.today ? "" : day);
  return (
    <div class="time">
      <div class="utrecht-form-field time__slider">
        <label class="utrecht-form-label" for="tijd">Peildatum verschuiven</label>
        <input type="range" id="tijd" min={0} max={kSteps - 1} step={1} value={at}
               aria-valuetext={longDay(shown)}
               onInput={(event) => replaceAddress(changed(address, {
                 op: asOp(days[Number(event.currentTarget.value)] ?? view.today) }))} />
      </div>
      <form class="day-choice" onSubmit={(event) => {
        event.preventDefault();
        if (isDay(typed)) goTo(changed(address, { op: asOp(typed) }));
      }}>
        <Field label="Peildatum"
               input={{ type: "date", value: typed, min: "1950-01-01", max: "2100-12-31",
                        required: true, onInput: (event) => setTyped(event.currentTarget.value) }} />
        <button class="utrecht-button utrecht-button--secondary-action" type="submit">Toon</button>
      </form>
      <form class="day-choice" onSubmit={(event) => {
        event.preventDefault();
        goTo(changed(address, { bekendOp: known === "" ? "" : new Date(known).toISOString() }));
      }}>
        <Field label="Zoals bekend op"
               input={{ type: "datetime-local", value: known, step: 60,
                        onInput: (event) => setKnown(event.currentTarget.value) }} />
        <button class="utrecht-button utrecht-button--secondary-action" type="submit">
          Toon wat toen bekend was
        </button>
      </form>
    </div>
  );
}

/** As the field has it: without a zone, in that of the browser. */
function localMoment(text: string): string {
  if (text === "") return "";
  const at = new Date(text);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function NotNow({ address, view }: TimeProps) {
  if (isNow(view)) return null;
  return (
    <Notice kind="warning">
      <p>
        U ziet niet de stand van nu, maar <strong>{longDay(dayShown(view))}</strong>
        {view.bekendOp === "" ? ", met wat er nu over die dag bekend is"
          : <>, zoals bekend op <strong>{moment(view.bekendOp)}</strong></>}.
      </p>
      <button type="button" class="utrecht-button utrecht-button--secondary-action"
              onClick={() => goTo(changed(address, { op: "", bekendOp: "" }))}>
        Naar nu
      </button>
    </Notice>
  );
}
