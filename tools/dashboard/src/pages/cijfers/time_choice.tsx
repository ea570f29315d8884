// The day and the moment of knowing that a page of figures is about.
import { changed, goTo, replaceAddress, type Address } from "../../address";
import { dayShown, isNow, monthEnds, type View } from "../../figures/view";
import { Field } from "../../parts/field";
import { KnownChoice } from "../../parts/known_choice";
import { Notice } from "../../parts/notice";
import { useTyped } from "../../parts/use_typed";
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
  const [typed, setTyped] = useTyped(shown);
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
      <KnownChoice known={view.bekendOp}
                   onChoice={(bekendOp) => goTo(changed(address, { bekendOp }))} />
    </div>
  );
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
