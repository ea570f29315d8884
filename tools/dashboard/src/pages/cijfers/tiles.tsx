// The figures one looks at first, each beside what was agreed.
import type { ComponentChildren } from "preact";

import { countWords, distanceTo, kNothing, percentWords, rowOf, targetFor, totalOf, valueOf,
         type Figures, type Target, type Targets } from "../../figures/figure";
import { dayShown, inYear, type View } from "../../figures/view";
import { capital, list, wordsOf } from "../../words";

export interface TileFigures {
  intakesInTime: Figures;
  intakes: Figures;
  registered: Figures;
  registeredBefore: Figures;
  left: Figures;
  perTrede: Figures;
  sickness: Figures;
  sheltered: Figures;
}

interface TileProps {
  title: string;
  value: string;
  note: ComponentChildren;
  /** The page that explains it. */
  behind?: string;
  children?: ComponentChildren;
}

function Tile({ title, value, note, behind, children }: TileProps) {
  return (
    <section class="tile">
      <h2>{title}</h2>
      <p class="tile__value">{value}</p>
      <p class="tile__note">{note}</p>
      {children}
      {behind !== undefined && (
        <p class="tile__behind onward">
          <a class="utrecht-link" href={behind}
             aria-label={`Wat zit hierachter? ${title}`}>
            Wat zit hierachter?
          </a>
        </p>
      )}
    </section>
  );
}

interface AimProps {
  year: string; // in words
  target: Target | null;
  value: number | null;
  show: (value: number) => string;
}

/** In words; the sign before them says the same to who only glances. */
function Aim({ year, target, value, show }: AimProps) {
  if (target === null) return <p class="aim">Geen norm voor {year.replace("in ", "")}</p>;
  const { words, isGood } = distanceTo(target, value, show);
  const kind = isGood === null ? "" : isGood ? "aim--good" : "aim--bad";
  return (
    <p class={`aim ${kind}`}>
      {isGood !== null && <span aria-hidden="true">{isGood ? "✓ " : "! "}</span>}
      {capital(words)}
    </p>
  );
}

interface ListProps {
  rows: readonly (readonly [name: string, value: string, more?: ComponentChildren])[];
}

function Lines({ rows }: ListProps) {
  return (
    <dl class="lines">
      {rows.map(([name, value, more]) => (
        <div key={name}><dt>{name}</dt><dd>{value}{more}</dd></div>
      ))}
    </dl>
  );
}

function NotForHere({ title, isGemeente }: { title: string; isGemeente: boolean }) {
  return (
    <Tile title={title} value="n.v.t."
          note={isGemeente ? "Dit cijfer is er niet per gemeente of doelgroep."
            : "Dit cijfer hoort niet bij uw rol."} />
  );
}

interface TilesProps {
  figures: Partial<TileFigures>;
  targets: Targets | null;
  view: View;
  /** The page that explains a figure. */
  behind: (name: keyof TileFigures) => string;
  /** The gemeenten of who sees no others; null = all that there are. */
  own: readonly string[] | null;
}

export function Tiles(props: TilesProps) {
  return (
    <div class="tiles">
      <IntakesInTime {...props} />
      <Registered {...props} />
      <Left {...props} />
      <PerTrede {...props} />
      <Sickness {...props} />
      <Sheltered {...props} />
    </div>
  );
}

function filtersOf(view: View): string[] {
  return [...(view.gemeente === "" ? [] : [`gemeente=${view.gemeente}`]),
          ...(view.doelgroep === "" ? [] : [`doelgroep=${view.doelgroep}`])];
}
const yearOf = (view: View) => inYear(dayShown(view), view.today);
const isNarrowed = (view: View) => filtersOf(view).length > 0;

/** Of whom a target must be to stand beside what is shown: a part is not held to that of the whole. */
function aimConditions({ view, own }: TilesProps): string[] {
  const filters = filtersOf(view);
  if (own === null || view.gemeente !== "") return filters;
  return [...filters, `gemeente=${own.join(",")}`];
}

function IntakesInTime(props: TilesProps) {
  const { figures, targets, view, behind } = props;
  const title = "Intakes binnen 4 weken";
  if (figures.intakesInTime === undefined) {
    return <NotForHere title={title} isGemeente={isNarrowed(view)} />;
  }
  const [row] = figures.intakesInTime.rijen;
  const value = valueOf(row);
  const target = targetFor(targets, "intakes_binnen_4_weken",
                           aimConditions(props), dayShown(view));
  return (
    <Tile title={title} behind={behind("intakesInTime")} value={percentWords(value)}
          note={value === null ? `Er is ${yearOf(view)} nog geen intake afgerond`
            : `${countWords(Number(row?.teller))} van ${countWords(Number(row?.noemer))} ${yearOf(view)}`}>
      <Aim year={yearOf(view)} target={target} value={value} show={(one) => percentWords(one)} />
    </Tile>
  );
}

function Registered(props: TilesProps) {
  const { figures, targets, view, behind } = props;
  const title = "Aanmeldingen";
  if (figures.registered === undefined) {
    return <NotForHere title={title} isGemeente={isNarrowed(view)} />;
  }
  const value = totalOf(figures.registered);
  const before = figures.registeredBefore === undefined ? null : totalOf(figures.registeredBefore);
  const target = targetFor(targets, "aanmeldingen", aimConditions(props),
                           dayShown(view));
  return (
    <Tile title={title} behind={behind("registered")} value={countWords(value)}
          note={capital(yearOf(view)) + (before === null ? ""
            : `; een jaar eerder tot deze dag ${countWords(before)}`)}>
      <Aim year={yearOf(view)} target={target} value={value} show={countWords} />
    </Tile>
  );
}

function Left(props: TilesProps) {
  const { figures, targets, view, behind } = props;
  const title = "Uitstroom";
  if (figures.left === undefined) return <NotForHere title={title} isGemeente={isNarrowed(view)} />;
  const { left } = figures;
  const reasons = left.rijen.map((row) => {
    const reason = row.codes[0] ?? "";
    const target = targetFor(targets, "uitstroom",
                             [...aimConditions(props), `reden=${reason}`], dayShown(view));
    const value = valueOf(row);
    const more = target === null || value === null ? ""
      : `, ${distanceTo(target, value, countWords).words}`;
    return [capital(wordsOf(reason)), countWords(value), more] as const;
  });
  const value = totalOf(left);
  const target = targetFor(targets, "uitstroom", aimConditions(props),
                           dayShown(view));
  return (
    <Tile title={title} behind={behind("left")} value={countWords(value)} note={`${capital(yearOf(view))}, naar reden`}>
      <Lines rows={reasons} />
      {target !== null && <Aim year={yearOf(view)} target={target} value={value} show={countWords} />}
    </Tile>
  );
}

function PerTrede({ figures, view, behind }: TilesProps) {
  const title = "Trajecten per trede";
  if (figures.perTrede === undefined) {
    return <NotForHere title={title} isGemeente={isNarrowed(view)} />;
  }
  const rows = figures.perTrede.rijen.map((row) => [
    row.codes[0] === "nader_te_bepalen" ? "Nader te bepalen" : `Trede ${row.codes[0]}`,
    countWords(valueOf(row))] as const);
  return (
    <Tile title={title} behind={behind("perTrede")} value={countWords(totalOf(figures.perTrede))} note="Op de peildatum">
      <Lines rows={rows} />
    </Tile>
  );
}

function Sickness({ figures, targets, view, behind }: TilesProps) {
  const title = "Ziekteverzuim";
  if (figures.sickness === undefined || isNarrowed(view)) {
    return <NotForHere title={title} isGemeente={isNarrowed(view)} />;
  }
  const groups = figures.sickness.rijen.map((row) => {
    const group = row.codes[0] ?? "";
    const value = valueOf(row);
    const target = targetFor(targets, "verzuimpercentage",
                             [`dienstverband=${group}`], dayShown(view));
    const more = target === null ? ""
      : `, ${distanceTo(target, value, (one) => percentWords(one, 1)).words}`;
    return [capital(wordsOf(group)), percentWords(value, 1), more] as const;
  });
  const sum = (part: "teller" | "noemer") => figures.sickness?.rijen
    .reduce((all, row) => all + Number(row[part] ?? 0), 0) ?? 0;
  const days = sum("noemer");
  return (
    <Tile title={title} behind={behind("sickness")} value={days === 0 ? kNothing : percentWords((100 * sum("teller")) / days, 1)}
          note={`${capital(yearOf(view))}, per personeelsgroep`}>
      <Lines rows={groups} />
    </Tile>
  );
}

function Sheltered({ figures, targets, view, behind }: TilesProps) {
  const title = "Beschut werk";
  if (figures.sheltered === undefined) {
    return <NotForHere title={title} isGemeente={isNarrowed(view)} />;
  }
  const { sheltered } = figures;
  const aims = targets?.doelen.filter((one) => one.soort === "taakstelling"
    && one.maat === "dienstverbanden" && one.periode === dayShown(view).slice(0, 4)) ?? [];
  const gemeenteIn = (target: Target) => /(?:^|;)gemeente=([^;]+)/.exec(target.waar)?.[1];
  const named = new Set([...sheltered.rijen.map((row) => row.codes[0] ?? ""),
                         ...aims.flatMap((one) => gemeenteIn(one) ?? [])]);
  const shown = [...named].filter((one) => view.gemeente === "" || one === view.gemeente).sort();
  const rows = shown.map((gemeente) => {
    const value = valueOf(rowOf(sheltered, gemeente)) ?? 0;
    const target = aims.find((one) => gemeenteIn(one) === gemeente);
    return [gemeente, countWords(value), target === undefined ? ", geen taakstelling"
      : `, ${distanceTo(target, value, countWords).words}`] as const;
  });
  return (
    <Tile title={title} behind={behind("sheltered")} value={countWords(totalOf(sheltered))} note="Dienstverbanden op de peildatum">
      <Lines rows={rows} />
    </Tile>
  );
}

/** The tiles as rows of a file: what, of what, how many. */
export function tileRows(figures: Partial<TileFigures>, view: View): (string | number | null)[][] {
  const year = yearOf(view);
  const per = (title: string, of: Figures | undefined) => (of?.rijen ?? []).map((row) =>
    [title, capital(row.codes.map(wordsOf).join(", ")), valueOf(row)]);
  const [inTime] = figures.intakesInTime?.rijen ?? [];
  return [
    ...(figures.intakesInTime ? [["Intakes binnen 4 weken (%)", "", valueOf(inTime)]] : []),
    ...(figures.registered ? [[`Aanmeldingen ${year}`, "", totalOf(figures.registered)]] : []),
    ...per(`Uitstroom ${year}`, figures.left),
    ...per("Trajecten op de peildatum, trede", figures.perTrede),
    ...per(`Ziekteverzuim ${year} (%)`, figures.sickness),
    ...per("Beschut werk op de peildatum", figures.sheltered),
  ];
}

/** What a reader who hears the page is told of it behind the day. */
export function tilesInWords(figures: Partial<TileFigures>, view: View): string {
  const year = yearOf(view);
  const parts = [
    figures.perTrede && `${countWords(totalOf(figures.perTrede))} trajecten`,
    figures.registered && `${countWords(totalOf(figures.registered))} aanmeldingen ${year}`,
    figures.left && `${countWords(totalOf(figures.left))} keer uitstroom ${year}`];
  const words = parts.filter((one): one is string => typeof one === "string");
  return words.length === 0 ? "" : `: ${list(words)}`;
}
