// The life of a dossier drawn on one line of days: what held, and below it when each event was true
// beside when it became known. Who cannot see it has the same in the tables of the page.
import { useId } from "preact/hooks";

import type { Acting, Period } from "../timeline";
import { capital, count, dayNumber, dayOfMoment, longDay, shortDay, tredeWords,
         wordsOf } from "../words";

interface DrawingProps {
  periods: readonly Period[];
  events: readonly Acting[];
  op: string; // the day at which it ends
}

const kLanes: readonly (readonly [lane: string, words: string])[] = [
  ["re_integratie", "Re-integratie"],
  ["diagnose", "Diagnose"],
  ["oponthoud", "Oponthoud"],
  ["voorziening", "Voorzieningen"],
  ["plaatsing", "Plaatsingen"],
  ["dienstverband", "Dienstverband"],
  ["verlof", "Verlof"],
  ["verzuim", "Verzuim"],
];
const kBarPx = 26;
const kGapPx = 6;
const kTitlePx = 24;
const kAxisPx = 28;
const kClocksPx = 64;
const kYearsMax = 10;
const kLetterPart = 1.05; // of a hundredth of the width, about, at the narrowest that it is drawn

export function periodWords(period: Period): string {
  const code = wordsOf(period.code);
  switch (period.what) {
    case "trede": return capital(tredeWords(period.code));
    case "voorziening": return capital(period.name ? `${code}: ${period.name}` : code);
    case "plaatsing": return capital(code);
    case "dienstverband": return code === "" ? "Dienstverband" : `Dienstverband ${code}`;
    case "oponthoud": return code === "" ? "Oponthoud" : `Oponthoud: ${code}`;
    default: return capital(wordsOf(period.what));
  }
}

/** Those that overlap get a row of their own. */
function inRows(periods: readonly Period[]): Period[][] {
  const rows: Period[][] = [];
  for (const period of periods) {
    const row = rows.find((one) => {
      const last = one.at(-1);
      return last !== undefined && last.to !== null && last.to <= period.from;
    });
    if (row === undefined) rows.push([period]);
    else row.push(period);
  }
  return rows;
}

interface Scale {
  from: number;
  span: number;
}
function percent(scale: Scale, day: number): number {
  return Math.min(Math.max(((day - scale.from) / scale.span) * 100, 0), 100);
}

export function TimelineDrawing({ periods, events, op }: DrawingProps) {
  const id = useId();
  const known = [...periods.map((one) => one.from), ...events.map((one) => one.day)].sort();
  const first = known[0];
  if (first === undefined || first > op) return null;
  const from = dayNumber(first) - 7;
  const scale = { from, span: Math.max(dayNumber(op) + 7 - from, 30) };
  const lanes = kLanes.map(([lane, words]) => ({
    words, rows: inRows(periods.filter((one) => one.lane === lane && one.from <= op)) }))
    .filter((lane) => lane.rows.length > 0);
  let top = kAxisPx;
  const placed = lanes.map((lane) => {
    const at = top;
    top += kTitlePx + lane.rows.length * kBarPx + kGapPx;
    return { ...lane, at };
  });
  const height = top + kTitlePx + kClocksPx;
  return (
    <svg class="drawing" role="img" aria-labelledby={`${id}-title`} width="100%" height={height}>
      <title id={`${id}-title`}>
        {`Tijdlijn van ${longDay(first)} tot en met ${longDay(op)}: `
          + `${count(periods.length, "periode", "perioden")} en `
          + `${count(events.length, "gebeurtenis", "gebeurtenissen")}. De tabellen hieronder zeggen `
          + "hetzelfde in woorden."}
      </title>
      <Years scale={scale} first={first} op={op} height={height} />
      {placed.map((lane) => (
        <g key={lane.words}>
          <text class="drawing__lane" x="0" y={lane.at + 17}>{lane.words}</text>
          {lane.rows.map((row, index) => row.map((period) => (
            <Bar key={`${period.from} ${period.key}`} period={period} scale={scale} op={op}
                 y={lane.at + kTitlePx + index * kBarPx} />
          )))}
        </g>
      ))}
      <Clocks events={events} scale={scale} op={op} y={top} />
    </svg>
  );
}

type YearsProps = { scale: Scale; first: string; op: string; height: number };

function Years({ scale, first, op, height }: YearsProps) {
  const [from, to] = [Number(first.slice(0, 4)), Number(op.slice(0, 4))];
  const step = Math.ceil((to - from + 1) / kYearsMax);
  const years = [];
  for (let year = from + 1; year <= to; year += step) years.push(year);
  return (
    <g>
      {years.map((year) => {
        const x = `${percent(scale, dayNumber(`${year}-01-01`))}%`;
        return (
          <g key={year}>
            <line class="drawing__year" x1={x} x2={x} y1="20" y2={height} />
            <text class="drawing__tick" x={x} y="14"
                  text-anchor={percent(scale, dayNumber(`${year}-01-01`)) > 95 ? "end" : "middle"}>
              {year}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function Bar({ period, scale, op, y }: { period: Period; scale: Scale; op: string; y: number }) {
  const words = periodWords(period);
  const end = period.to !== null && period.to <= op ? period.to : null;
  const x = percent(scale, dayNumber(period.from));
  const right = percent(scale, dayNumber(end ?? op) + (end === null ? 7 : 0));
  const width = Math.max(right - x, 0.4);
  const fitting = [words, capital(wordsOf(period.code))].find(
    (one) => one !== "" && one.length * kLetterPart + 1 < width);
  const until = end === null ? "loopt" : `tot ${shortDay(end)}`;
  return (
    <g class={`bar bar--${period.what}${end === null ? " bar--running" : ""}`}>
      <title>{`${words}: vanaf ${shortDay(period.from)}, ${until}`}</title>
      <rect x={`${x}%`} y={y} width={`${width}%`} height={kBarPx - 4} rx="2" />
      {fitting !== undefined && <text x={`${x}%`} dx="6" y={y + 16}>{fitting}</text>}
    </g>
  );
}

type ClocksProps = { events: readonly Acting[]; scale: Scale; op: string; y: number };

/** Both clocks: a dot where an event holds, one where it became known, and a line between. */
function Clocks({ events, scale, op, y }: ClocksProps) {
  const [held, known] = [y + kTitlePx + 10, y + kTitlePx + 44];
  return (
    <g>
      <text class="drawing__lane" x="0" y={y + 17}>
        Boven: wanneer iets gold. Onder: wanneer het werd vastgelegd.
      </text>
      {events.filter((one) => one.day <= op).map((one) => {
        const day = `${percent(scale, dayNumber(one.day))}%`;
        const recordedDay = dayOfMoment(one.recorded);
        const recorded = percent(scale, dayNumber(recordedDay));
        const isInSight = recordedDay <= op;
        return (
          <g key={one.position} class="clock">
            <title>
              {`${capital(wordsOf(one.soort))}: geldig op ${shortDay(one.day)}, vastgelegd op `
                + shortDay(recordedDay)}
            </title>
            {isInSight && <line x1={day} x2={`${recorded}%`} y1={held} y2={known} />}
            <circle cx={day} cy={held} r="4" />
            {isInSight && <circle class="clock__known" cx={`${recorded}%`} cy={known} r="4" />}
          </g>
        );
      })}
    </g>
  );
}
