// How figures went, month by month, and how people moved between treden.
import { countWords, kNothing, percentWords, valueOf, type Figures, type Row,
         type Series } from "../../figures/figure";
import { inYear } from "../../figures/view";
import type { Asked } from "../../parts/export";
import { Chart } from "../../parts/chart";
import { Rows, type Column } from "../../parts/rows";
import { capital, tredeWords } from "../../words";

const monthForm = new Intl.DateTimeFormat("nl-NL", { month: "short", year: "numeric",
                                                     timeZone: "UTC" });
const dayOf = (figures: Figures) => figures.geldigOp ?? figures.tm ?? "";
const monthOf = (figures: Figures) => monthForm.format(Date.parse(dayOf(figures)));

interface Line {
  name: string;
  values: readonly (number | null)[];
}

/** Each code that is there in any month is a line; a month without it has 0. */
function linesOf(series: Series, name: (code: string) => string): Line[] {
  const codes = [...new Set(series.cijfers.flatMap(({ rijen }) => rijen.map((row) => row.codes[0])))]
    .filter((code): code is string => code !== undefined).sort();
  return codes.map((code) => ({ name: name(code), values: series.cijfers.map(({ rijen }) => (
    valueOf(rijen.find((row) => row.codes[0] === code)) ?? 0)) }));
}
function lineOf(name: string, series: Series): Line {
  return { name, values: series.cijfers.map(({ rijen }) => valueOf(rijen[0])) };
}

interface TrendProps {
  title: string;
  lines: readonly Line[];
  months: readonly string[];
  show: (value: number | null) => string;
  isBar?: boolean;
  asked: Asked;
  day: string;
}

const kDashes = ["solid", "dashed", "dotted", [8, 3, 2, 3], [12, 4]] as const;
const kSymbols = ["circle", "rect", "triangle", "diamond", "emptyCircle"];

function trendWords({ title, lines, months, show }: TrendProps): string {
  const told = lines.map(({ name, values }) =>
    `${name} van ${show(values[0] ?? null)} naar ${show(values.at(-1) ?? null)}`);
  return `${title}, ${months[0]} tot ${months.at(-1)}: ${told.join("; ")}.`;
}

function Trend(props: TrendProps) {
  const { title, lines, months, show, isBar, asked, day } = props;
  if (lines.every(({ values }) => values.every((value) => value === null))) {
    return (
      <section class="chart">
        <h2>{title}</h2>
        <p>Er is van {months[0]} tot en met {months.at(-1)} niets om te tekenen: {kNothing}.</p>
      </section>
    );
  }
  const columns: Column<number>[] = [
    { key: "maand", title: "Maand", show: (n) => months[n] ?? "" },
    ...lines.map(({ name, values }) => ({
      key: name, title: name, isNumber: true, show: (n: number) => show(values[n] ?? null) })),
  ];
  return (
    <Chart title={title} description={trendWords(props)} asked={asked} day={day} option={{
      grid: { left: 48, right: 16, top: 40, bottom: 28 },
      legend: { top: 0, left: 0, itemWidth: 32, textStyle: { fontSize: 13 } },
      tooltip: { trigger: "axis", valueFormatter: (value: number | null) => show(value) },
      xAxis: { type: "category", data: months },
      yAxis: { type: "value", minInterval: 1 },
      series: lines.map(({ name, values }, n) => ({
        name, data: values, type: isBar ? "bar" : "line",
        symbol: kSymbols[n % kSymbols.length], symbolSize: 6,
        lineStyle: { type: kDashes[n % kDashes.length], width: 2 } })),
    }}>
      <Rows caption={title} columns={columns} rows={months.map((_, n) => n)} rowKey={String} />
    </Chart>
  );
}

export interface TrendFigures {
  tredeSeries: Series;
  registeredSeries: Series;
  leftSeries: Series;
  intakeSeries: Series;
}

interface OfFile {
  asked: Asked;
  day: string;
}

export function Trends({ figures, ...file }: OfFile & { figures: Partial<TrendFigures> }) {
  const { tredeSeries, registeredSeries, leftSeries, intakeSeries } = figures;
  const tredeName = (code: string) => capital(tredeWords(code));
  return (
    <div class="charts">
      {tredeSeries !== undefined && (
        <Trend {...file} title="Trajecten per trede" months={tredeSeries.cijfers.map(monthOf)}
               lines={linesOf(tredeSeries, tredeName)} show={countWords} />
      )}
      {registeredSeries !== undefined && leftSeries !== undefined && (
        <Trend {...file} title="Aanmeldingen en uitstroom per maand" isBar show={countWords}
               months={registeredSeries.cijfers.map(monthOf)}
               lines={[lineOf("Aanmeldingen", registeredSeries), lineOf("Uitstroom", leftSeries)]} />
      )}
      {intakeSeries !== undefined && (
        <Trend {...file} title="Intakes binnen 4 weken" months={intakeSeries.cijfers.map(monthOf)}
               lines={[lineOf("Intakes binnen 4 weken", intakeSeries)]}
               show={(value) => percentWords(value)} />
      )}
    </div>
  );
}

export interface FlowFigures {
  moved: Figures; // per van, naar
  begun: Figures; // per trede, of those that begin
  ended: Figures; // per trede
}
interface Flow {
  from: string;
  to: string;
  count: number;
}

function flowsOf({ moved, begun, ended }: FlowFigures): Flow[] {
  const name = (code: string | undefined) => capital(tredeWords(code ?? ""));
  const one = (from: string, to: string, row: Row): Flow => ({ from, to, count: valueOf(row) ?? 0 });
  return [
    ...begun.rijen.map((row) => one("Nieuw traject", name(row.codes[0]), row)),
    ...moved.rijen.map((row) => one(name(row.codes[0]), name(row.codes[1]), row)),
    ...ended.rijen.map((row) => one(name(row.codes[0]), "Uitstroom", row)),
  ].filter(({ count }) => count > 0);
}

export function Flows({ figures, asked, day }: OfFile & { figures: Partial<FlowFigures> }) {
  const { moved, begun, ended } = figures;
  if (moved === undefined || begun === undefined || ended === undefined) return null;
  const flows = flowsOf({ moved, begun, ended });
  const title = `Beweging tussen treden ${inYear(day)}`;
  if (flows.length === 0) {
    return <section><h2>{title}</h2><p>Er begon, wisselde of eindigde nog geen traject.</p></section>;
  }
  // Two sides: who moves back would else go round in a ring, which cannot be drawn.
  const left = (name: string) => `${name} `;
  const sides = [[...new Set(flows.map(({ from }) => left(from)))].sort(),
                 [...new Set(flows.map(({ to }) => to))].sort()];
  const nodes = sides.flatMap((names, side) => names.map((name) => (
    { name, label: { position: side === 0 ? "left" : "right", fontSize: 13 } })));
  const total = flows.reduce((sum, { count }) => sum + count, 0);
  const biggest = [...flows].sort((a, b) => b.count - a.count).slice(0, 3)
    .map(({ from, to, count }) => `${from} naar ${to} ${countWords(count)}`);
  return (
    <div class="charts charts--one">
      <Chart title={title} asked={asked} day={day}
             description={`${countWords(total)} bewegingen. De grootste: ${biggest.join("; ")}.`}
             option={{
        tooltip: { trigger: "item" },
        series: [{ type: "sankey", left: 150, right: 150, top: 8, bottom: 8, nodeGap: 14,
                   layoutIterations: 0, // in the order of the treden
                   emphasis: { focus: "adjacency" }, lineStyle: { color: "source", opacity: 0.35 },
                   data: nodes,
                   links: flows.map(({ from, to, count }) => ({ source: left(from), target: to,
                                                                value: count })) }],
      }}>
        <Rows caption={title} rows={flows} rowKey={({ from, to }) => `${from} ${to}`} columns={[
          { key: "van", title: "Van", show: ({ from }) => from },
          { key: "naar", title: "Naar", show: ({ to }) => to },
          { key: "aantal", title: "Aantal", isNumber: true, show: ({ count }) => countWords(count) },
        ]} />
      </Chart>
    </div>
  );
}

export interface SplitFigures {
  registeredPer: Figures;
  runningPer: Figures;
  leftPer: Figures;
}

interface SplitProps {
  day: string;
  title: string;
  figures: Partial<SplitFigures>;
  name: (code: string) => string;
}

/** Side by side for each gemeente or doelgroep. */
export function Split({ title, day, figures, name }: SplitProps) {
  const { registeredPer, runningPer, leftPer } = figures;
  if (registeredPer === undefined || runningPer === undefined || leftPer === undefined) return null;
  const codes = [...new Set([registeredPer, runningPer, leftPer].flatMap(({ rijen }) =>
    rijen.map((row) => row.codes[0] ?? "")))].sort();
  const column = (key: string, words: string, figures_: Figures): Column<string> => ({
    key, title: words, isNumber: true, show: (code) => {
      const row = figures_.rijen.find((one) => one.codes[0] === code);
      return row === undefined ? "0" : countWords(valueOf(row));
    } });
  return (
    <section>
      <h2>{title}</h2>
      {codes.length === 0 ? <p>Er is niets te verdelen: {kNothing}.</p> : (
        <Rows caption={`${title}, ${inYear(day)} en op de peildatum`} rows={codes} rowKey={String} columns={[
          { key: "wat", title: title.replace("Per ", "").replace(/^./, (one) => one.toUpperCase()),
            show: name },
          column("in", `Aanmeldingen ${inYear(day)}`, registeredPer),
          column("nu", "Trajecten op de peildatum", runningPer),
          column("uit", `Uitstroom ${inYear(day)}`, leftPer),
        ]} />
      )}
    </section>
  );
}
