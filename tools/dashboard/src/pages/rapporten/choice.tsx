// Over which period a report is, about what, and how much was known.
import { changed, goTo, type Address } from "../../address";
import type { Codelijsten, Rapport, Sessie } from "../../api/client";
import { Check, Choice, Field } from "../../parts/field";
import { KnownChoice } from "../../parts/known_choice";
import { useTyped } from "../../parts/use_typed";
import { isDay } from "../../words";
import { periodChoices, type ReportView } from "./report_view";

interface ChoiceProps {
  address: Address;
  view: ReportView;
  session: Sessie;
  codes: Codelijsten | null;
  /** Which it is, when the list is known. */
  listed: Rapport | null;
}

export function ReportChoice({ address, view, session, codes, listed }: ChoiceProps) {
  const [typed, setTyped] = useTyped({ van: view.van, tm: view.tm });
  const { van, tm } = typed;
  const choices = periodChoices(listed?.maanden ?? []);
  const chosen = choices.find((one) => one.van === view.van && one.tm === view.tm);
  const choose = (choice: Record<string, string>) => goTo(changed(address, choice));
  return (
    <div class="report-choice">
      <Choice label="Periode" value={chosen?.words ?? ""}
              options={[...(chosen === undefined ? [["", "Een andere"] as const] : []),
                        ...choices.map(({ words }) => [words, words] as const)]}
              onChoice={(words) => {
                const one = choices.find((choice) => choice.words === words);
                if (one !== undefined) choose({ van: one.van, tm: one.tm });
              }} />
      <form class="day-choice" onSubmit={(event) => {
        event.preventDefault();
        if (isDay(van) && isDay(tm) && van <= tm) choose({ van, tm });
      }}>
        <Field label="Van" input={{ type: "date", value: van, required: true, max: tm,
                                    onInput: (event) => setTyped({ ...typed, van: event.currentTarget.value }) }} />
        <Field label="Tot en met" input={{ type: "date", value: tm, required: true, min: van,
                                           onInput: (event) => setTyped({ ...typed, tm: event.currentTarget.value }) }} />
        <button class="utrecht-button utrecht-button--secondary-action" type="submit">Toon</button>
      </form>
      {(listed?.kies ?? []).map((dimension) => (
        <Chosen key={dimension} dimension={dimension} view={view}
                options={dimension === "gemeente" ? gemeentenOf(session, codes) : []}
                onChoice={(waar) => goTo(withFilters(address, waar))} />
      ))}
      <KnownChoice known={view.bekendOp} onChoice={(bekendOp) => choose({ bekendOp })} />
      <Check label="Zonder aantallen van 1 tot en met 4, om te publiceren" isOn={view.suppressed}
             onChange={(isOn) => choose({ onderdruk: isOn ? "ja" : "", naast: "" })} />
    </div>
  );
}

/** Their own; of who has none by name all there are. */
function gemeentenOf(session: Sessie, codes: Codelijsten | null): readonly string[] {
  return session.gemeenten.length > 0 ? session.gemeenten : codes?.gemeenten ?? [];
}

function withFilters(address: Address, waar: readonly string[]): string {
  const query = new URLSearchParams(address.query);
  query.delete("waar");
  for (const one of waar) query.append("waar", one);
  query.sort();
  return `${address.path}?${query}`;
}

interface ChosenProps {
  dimension: string;
  view: ReportView;
  options: readonly string[];
  onChoice: (waar: string[]) => void;
}

function Chosen({ dimension, view, options, onChoice }: ChosenProps) {
  const value = view.waar.find((one) => one.startsWith(`${dimension}=`))?.slice(dimension.length + 1)
    ?? "";
  const others = view.waar.filter((one) => !one.startsWith(`${dimension}=`));
  const choose = (code: string) => onChoice(code === "" ? others : [...others, `${dimension}=${code}`]);
  const label = dimension === "gemeente" ? "Gemeente" : dimension;
  if (options.length === 0) {
    return <Field label={label} input={{ value, onChange: (event) => choose(event.currentTarget.value) }} />;
  }
  return (
    <Choice label={label} value={value} onChoice={choose}
            options={[["", "Kies"], ...options.map((one) => [one, one] as const)]} />
  );
}
