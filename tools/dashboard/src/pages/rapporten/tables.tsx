// The tables of a report, as on paper; beside what is known now where that is asked.
import type { ComponentChildren } from "preact";

import { paragraphs, placeOf, type Cell, type Printed, type Report, type Row, type Said,
         type Table } from "./report_data";

interface TablesProps {
  report: Report;
  /** What stands there now; null = it is not laid beside it. */
  now: Printed | null;
  /** Where a row, `table/row`, is explained; null = not here, or not by who reads it. */
  explainAt: ((rij: string) => string) | null;
}

export function ReportTables({ report, now, explainAt }: TablesProps) {
  return (
    <>
      {report.secties.length > 2 && (
        <nav class="contents" aria-label="Inhoud">
          <ol>
            {report.secties.map(({ id, titel }) => (
              <li key={id}><a class="utrecht-link" href={`#s-${id}`}>{titel}</a></li>
            ))}
          </ol>
        </nav>
      )}
      {report.secties.map((section) => (
        <section key={section.id} aria-labelledby={`s-${section.id}`}>
          <h2 id={`s-${section.id}`}>{section.titel}</h2>
          {paragraphs(section.tekst ?? "").map((words, n) => <p key={n}>{words}</p>)}
          {section.tabellen.map((table) => (
            <OneTable key={table.id} table={table} now={now} explainAt={explainAt} />
          ))}
        </section>
      ))}
      {report.begrippen.length > 0 && (
        <details>
          <summary>Wat de begrippen betekenen</summary>
          <dl class="reasons">
            {report.begrippen.map(({ naam, titel, definitie }) => (
              <div key={naam}><dt>{titel}</dt><dd>{definitie}</dd></div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

type OneTableProps = Pick<TablesProps, "now" | "explainAt"> & { table: Table };

function OneTable({ table, now, explainAt }: OneTableProps) {
  const said = table.rijen.flatMap((row) => (row.toelichtingen ?? []).map((one) => ({ row, one })));
  return (
    <div class="report-table">
      <div class="scrolls" role="group" tabIndex={0} aria-label={table.titel}>
        <table class="utrecht-table paper">
          <caption class="utrecht-table__caption">{table.titel}</caption>
          <thead class="utrecht-table__header">
            <tr>
              <td />
              {table.kolommen.map((column) => (
                <th key={column.id} scope="col" class={`number ${styleOf(column.stijl)}`}>
                  {column.titel}
                </th>
              ))}
            </tr>
          </thead>
          <tbody class="utrecht-table__body">
            {table.rijen.map((row) => (row.stijl === "kop" ? (
              <tr key={row.id}><th scope="colgroup" colSpan={table.kolommen.length + 1}>{row.titel}</th></tr>
            ) : (
              <tr key={row.id} class={styleOf(row.stijl)}>
                <th scope="row">{row.titel}</th>
                {row.cellen.map((cell) => (
                  <OneCell key={cell.kolom} cell={cell} now={now?.get(placeOf(table, row, cell))} />
                ))}
              </tr>
            )))}
          </tbody>
        </table>
      </div>
      {table.noot !== "" && <p class="hint">{table.noot}</p>}
      {said.length > 0 && (
        <dl class="reasons">
          {said.map(({ row, one }, n) => (
            <div key={n}><dt>{row.titel}</dt><dd><Explained row={row} said={one} /></dd></div>
          ))}
        </dl>
      )}
      {explainAt !== null && <Explainable table={table} at={explainAt} />}
    </div>
  );
}

function Explainable({ table, at }: { table: Table; at: (rij: string) => string }) {
  return (
    <details class="onward">
      <summary>Licht een regel toe: {table.titel}</summary>
      <ul>
        {table.rijen.filter(({ stijl }) => stijl !== "kop").map(({ id, titel }) => (
          <li key={id}><a class="utrecht-link" href={at(`${table.id}/${id}`)}>{titel}</a></li>
        ))}
      </ul>
    </details>
  );
}

function styleOf(style: string | undefined): string {
  return style === undefined ? "" : `paper__${style}`;
}

const kSays = { gunstig: "gunstig", ongunstig: "ongunstig" };

function OneCell({ cell, now }: { cell: Cell; now: string | undefined }) {
  const isOther = now !== undefined && now !== (cell.gedrukt ?? "");
  const isWords = cell.toestand === "tekst";
  const judged: ComponentChildren = cell.oordeel === undefined || isWords ? null : (
    <span class={`judged-${cell.oordeel}`}>
      <span aria-hidden="true">{cell.oordeel === "gunstig" ? "✓" : "✗"}</span>
      <span class="unseen">{kSays[cell.oordeel]}</span>{" "}
    </span>
  );
  return (
    <td class={`${isWords ? "" : "number"} ${isOther ? "paper__other" : ""}`}>
      {judged}{cell.gedrukt ?? ""}
      {isOther && <span class="paper__now">nu {now === "" ? "leeg" : now}</span>}
    </td>
  );
}

function Explained({ said }: { row: Row; said: Said }) {
  const lines: [string, string | undefined][] = [
    ["", said.tekst], ["Aanleiding", said.aanleiding], ["Gevolg", said.gevolg],
    ["Verwachting", said.verwachting]];
  return (
    <>
      {lines.flatMap(([label, text]) => paragraphs(text ?? "").map((words, n) => (
        <p key={`${label} ${n}`}>
          {label !== "" && n === 0 && <strong>{label}: </strong>}{words}
        </p>
      )))}
    </>
  );
}
