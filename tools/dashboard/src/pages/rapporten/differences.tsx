// What is other now than it was, figure by figure, with the events that did it.
import { number } from "../../words";
import type { Cell, Report, Row, Section } from "./report_data";

interface DifferencesProps {
  report: Report;
  mayOpen: boolean; // the dossiers that the events are of
}

export function Differences({ report, mayOpen }: DifferencesProps) {
  const figures = report.secties.find(({ id }) => id === "verschillen");
  const events = report.secties.find(({ id }) => id !== "verschillen");
  const count = figures?.tabellen.reduce((all, table) => all + table.rijen.length, 0) ?? 0;
  return (
    <section aria-labelledby="verschillen" class="differences">
      <h2 id="verschillen">Wat er nu anders is</h2>
      {count === 0 ? <p>Niets: elk cijfer is nu hetzelfde.</p> : (
        <>
          <p>
            {count === 1 ? "1 cijfer is" : `${number(count)} cijfers zijn`} nu anders. In de tabellen hieronder
            staat erachter wat het nu is.
          </p>
          {figures?.tabellen.map((table) => <Listed key={table.id} caption={table.titel}
                                                    heads={table.kolommen.map(({ titel }) => titel)}
                                                    first="Cijfer" rows={table.rijen} mayOpen={false} />)}
          {events !== undefined && <Events section={events} mayOpen={mayOpen} />}
        </>
      )}
    </section>
  );
}

function Events({ section, mayOpen }: { section: Section; mayOpen: boolean }) {
  const rows = section.tabellen.flatMap(({ rijen }) => rijen);
  const [table] = section.tabellen;
  if (table === undefined || rows.length === 0) {
    return <p>Welke gebeurtenissen dat deden, ziet alleen wie ze mag inzien.</p>;
  }
  return (
    <details>
      <summary>
        {rows.length === 1 ? "De gebeurtenis die dat deed"
          : `De ${number(rows.length)} gebeurtenissen die dat deden`}
      </summary>
      <Listed caption={section.titel} heads={table.kolommen.map(({ titel }) => titel)} first="Wat"
              rows={rows} mayOpen={mayOpen} />
    </details>
  );
}

interface ListedProps {
  caption: string;
  heads: readonly string[];
  first: string;
  rows: readonly Row[];
  mayOpen: boolean;
}

function Listed({ caption, heads, first, rows, mayOpen }: ListedProps) {
  return (
    <div class="scrolls" role="group" tabIndex={0} aria-label={caption}>
      <table class="utrecht-table paper">
        <caption class="utrecht-table__caption">{caption}</caption>
        <thead class="utrecht-table__header">
          <tr>
            <th scope="col">{first}</th>
            {heads.map((head) => <th key={head} scope="col">{head}</th>)}
          </tr>
        </thead>
        <tbody class="utrecht-table__body">
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.titel}</th>
              {row.cellen.map((cell) => (
                <td key={cell.kolom} class={cell.toestand === "getal" ? "number" : ""}>
                  <Value cell={cell} mayOpen={mayOpen} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ cell, mayOpen }: { cell: Cell; mayOpen: boolean }) {
  const text = cell.gedrukt ?? "";
  const dossier = /^dossier\/([0-9a-f-]{36})$/.exec(text)?.[1];
  if (dossier === undefined || !mayOpen) return <>{text}</>;
  return <a class="utrecht-link" href={`/dossiers/${dossier}`}>{text.slice(0, 16)}</a>;
}
