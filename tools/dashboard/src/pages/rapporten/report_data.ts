// A report as the server hands it out in JSON; tools/render writes it.
export interface Cell {
  kolom: string;
  waarde: number | string | null;
  eenheid: string;
  toestand: "getal" | "leeg" | "nvt" | "geen_gegevens" | "onderdrukt" | "tekst" | "dag";
  oordeel?: "gunstig" | "ongunstig";
  /** As it stands on paper: `12,1%`; absent when nothing stands there. */
  gedrukt?: string;
}
type Style = "totaal" | "deel" | "kop";
export interface Line {
  id: string;
  titel: string;
  stijl?: Style;
}
export interface Said {
  tekst: string;
  aanleiding?: string;
  gevolg?: string;
  verwachting?: string;
}
export interface Row extends Line {
  cellen: Cell[];
  toelichtingen?: Said[];
}
export interface Table {
  id: string;
  titel: string;
  kolommen: Line[];
  rijen: Row[];
  noot: string;
}
export interface Section {
  id: string;
  titel: string;
  tekst?: string;
  tabellen: Table[];
}
export interface Report {
  rapport: string;
  titel: string;
  definitie: string;
  van: string;
  tm: string;
  bekend_op: string;
  positie: number;
  catalogus: string;
  waar: string;
  boomkop: string;
  vastgesteld: { positie: number; moment: string } | null;
  onderdrukt: boolean;
  secties: Section[];
  begrippen: { naam: string; titel: string; definitie: string; eenheid: string }[];
}

/** What stands in a cell, by where it stands, so that two reports can be laid side by side. */
export type Printed = ReadonlyMap<string, string>;

export function placeOf(table: Table, row: Row, cell: Cell): string {
  return [table.id, row.id, cell.kolom].join("\n");
}
export function printedIn(report: Report): Printed {
  const printed = new Map<string, string>();
  for (const { tabellen } of report.secties) {
    for (const table of tabellen) {
      for (const row of table.rijen) {
        for (const cell of row.cellen) printed.set(placeOf(table, row, cell), cell.gedrukt ?? "");
      }
    }
  }
  return printed;
}

/** Paragraphs of a text. */
export function paragraphs(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
