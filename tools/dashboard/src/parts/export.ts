// What is on the screen as a file: CSV as a Dutch Excel reads it, a spreadsheet, a picture. Each says
// of which day it is and how much was known, so that it can be asked again.
export type Cell = string | number | null;

/** What was asked, as words beside words: ["Peildatum", "30 juni 2024"]. */
export type Asked = readonly (readonly [what: string, words: string])[];
export interface Exported {
  title: string;
  asked: Asked;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** The lines of a file: title, what was asked, an empty line, the table. */
export function linesOf({ title, asked, columns, rows }: Exported): Cell[][] {
  return [[title], ...asked.map(([what, words]) => [what, words]), [], [...columns],
          ...rows.map((row) => [...row])];
}

/** Fields between `;`, a decimal comma, a byte order mark: a Dutch Excel opens it as a table. */
export function csvOf(exported: Exported): string {
  return `\uFEFF${linesOf(exported).map((line) => line.map(csvCell).join(";")).join("\r\n")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell).replace(".", ",");
  // A text that a spreadsheet would work out is kept a text.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `Trajecten 2024-06-30` as the name of a file. */
export function fileName(title: string, day: string, kind: string): string {
  const words = title.normalize("NFD").replace(/[^\w ]/g, "").trim().replace(/\s+/g, "-");
  return `${words.toLowerCase()}-${day}.${kind}`;
}

/** Hands `content` to the browser, to be kept under `name`. */
export function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // a slow browser reads it later
}

export function saveCsv(exported: Exported, name: string): void {
  save(new Blob([csvOf(exported)], { type: "text/csv;charset=utf-8" }), name);
}

export async function saveSpreadsheet(exported: Exported, name: string): Promise<void> {
  const write = (await import("write-excel-file/universal")).default;
  const head = linesOf(exported).length - exported.rows.length - 1;
  const lines = linesOf(exported).map((line, n) => line.map((value) => {
    if (value === null) return null;
    const isHead = n === 0 || n === head;
    return { value, ...(isHead ? { fontWeight: "bold" as const } : {}) };
  }));
  const columns = exported.columns.map(() => ({ width: 24 }));
  save(await write(lines, { columns, sheet: "Cijfers" }).toBlob(), name);
}

const kLinePx = 24;

/** A chart, with above it what it is of. `scale`: pixels of the canvas for one of the screen. */
export async function savePicture(chart: HTMLCanvasElement, exported: Omit<Exported, "columns" | "rows">,
                                  name: string, scale = devicePixelRatio): Promise<void> {
  const lines = [exported.title, ...exported.asked.map(([what, words]) => `${what}: ${words}`)];
  const top = (lines.length + 1) * kLinePx * scale;
  const picture = document.createElement("canvas");
  picture.width = chart.width;
  picture.height = chart.height + top;
  const pen = picture.getContext("2d");
  if (pen === null) return;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.fillStyle = "#1c232b";
  lines.forEach((line, n) => {
    pen.font = `${n === 0 ? "bold " : ""}${16 * scale}px sans-serif`;
    pen.fillText(line, 12 * scale, (n + 1) * kLinePx * scale);
  });
  pen.drawImage(chart, 0, top);
  const content = await new Promise<Blob | null>((done) => picture.toBlob(done, "image/png"));
  if (content !== null) save(content, name);
}
