// Days, moments, numbers and codes as a Dutch reader writes them.

const kDayMs = 86_400_000;
const kPlace = "Europe/Amsterdam"; // days are civil days there

const dayForm = new Intl.DateTimeFormat("nl-NL", { dateStyle: "long", timeZone: "UTC" });
const shortDayForm = new Intl.DateTimeFormat("nl-NL", { dateStyle: "medium", timeZone: "UTC" });
const momentForm = new Intl.DateTimeFormat("nl-NL", {
  dateStyle: "medium", timeStyle: "short", timeZone: kPlace });
const timeForm = new Intl.DateTimeFormat("nl-NL", { timeStyle: "short", timeZone: kPlace });
const numberForm = new Intl.NumberFormat("nl-NL");
const euroForm = new Intl.NumberFormat("nl-NL", { style: "currency", currency: "EUR" });
const listForm = new Intl.ListFormat("nl-NL", { type: "conjunction" });
const choiceForm = new Intl.ListFormat("nl-NL", { type: "disjunction" });
const plurals = new Intl.PluralRules("nl-NL");

export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}
/** `2026-06-30` as a number of days; a day later is one more. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(day) / kDayMs);
}
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}
/** So many days later; earlier when below zero. */
export function addDays(day: string, count: number): string {
  return new Date((dayNumber(day) + count) * kDayMs).toISOString().slice(0, 10);
}
/** 30 juni 2026 */
export function longDay(day: string): string {
  return dayForm.format(Date.parse(day));
}
/** 30 jun 2026 */
export function shortDay(day: string): string {
  return shortDayForm.format(Date.parse(day));
}
/** 30 jun 2026, 14:12 */
export function moment(text: string): string {
  return momentForm.format(Date.parse(text));
}
/** 14:12 */
/** As a field for a moment has it: without a zone, in that of who looks; empty = empty. */
export function localMoment(text: string): string {
  if (text === "") return "";
  const at = new Date(text);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
export function clockTime(at: Date): string {
  return timeForm.format(at);
}
/** The civil day of a moment: 2026-06-30. */
export function dayOfMoment(text: string): string {
  return new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone: kPlace })
    .format(Date.parse(text));
}
export function number(value: number): string {
  return numberForm.format(value);
}
const kCents = 100;
/** € 1.250,50, of cents */
export function amountWords(cents: string): string {
  return euroForm.format(Number(cents) / kCents);
}
/** 1 dag, 2 dagen */
export function count(value: number, one: string, more: string): string {
  return `${number(value)} ${plurals.select(value) === "one" ? one : more}`;
}
export function days(value: number): string {
  return count(value, "dag", "dagen");
}
/** 2, 5 of 12 */
export function choice(words: readonly string[]): string {
  return choiceForm.format(words);
}
export function list(words: readonly string[]): string {
  return listForm.format(words);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// Codes of which the words are not the code itself with spaces.
const kWords: Readonly<Record<string, string>> = {
  "100_procent": "100 procent",
  "2x_100_procent": "tweemaal 100 procent",
  "1_maand_10_procent": "10 procent, 1 maand",
  "1_maand_20_procent": "20 procent, 1 maand",
  "2_maanden_10_procent": "10 procent, 2 maanden",
  "2_maanden_20_procent": "20 procent, 2 maanden",
  "18_plus": "18 jaar en ouder",
  a0: "A0", a1: "A1", a2: "A2", b1: "B1", b2: "B2", c1: "C1",
  abc_meting: "ABC-meting",
  anw: "Anw",
  ioaw: "IOAW",
  ioaz: "IOAZ",
  map: "MAP",
  nug: "nug",
  participatiewet: "Participatiewet",
  pro_vso: "pro/vso",
  re_integratie: "re-integratie",
  taalniveautoets: "taalniveautoets",
  uwv: "UWV",
  wajong: "Wajong",
  wia: "WIA",
  wsw: "Wsw",
  ww: "WW",
};
/** A code as words: `terug_naar_gemeente` becomes "terug naar gemeente". */
export function wordsOf(code: string): string {
  return kWords[code] ?? code.replaceAll("_", " ");
}

/** `5` becomes "trede 5", and one that is not known yet says so. */
export function tredeWords(trede: string): string {
  return /^\d+$/.test(trede) ? `trede ${trede}` : `trede ${wordsOf(trede)}`;
}

// Values that an organisation or a person wrote: they are not codes, and stay as they are.
const kOwnNames = new Set(["gemeente", "afdeling", "werkcoach", "werkgever", "naam", "kenmerk",
                           "programma", "kostenregel"]);
export function isOwnName(name: string): boolean {
  return kOwnNames.has(name);
}

/** A code of a dimension. */
export function codeWords(dimension: string, code: string): string {
  if (code === "") return "niet vastgelegd";
  if (isOwnName(dimension)) return code;
  return ["trede", "van", "naar"].includes(dimension) ? tredeWords(code) : wordsOf(code);
}

const kAttributeWords: Readonly<Record<string, string>> = {
  trede: "trede",
  naar: "naar",
  volgende_actie_op: "volgende actie",
  deeltijdfactor: "deeltijdfactor",
  percentage: "arbeidsongeschikt",
  bedrag_eurocent: "bedrag",
};

function attributeValue(name: string, value: string): string {
  if (isOwnName(name)) return value;
  if (isDay(value)) return shortDay(value);
  if (name === "naar" || name === "trede") return tredeWords(value);
  if (name === "percentage") return `${value}%`;
  if (name === "bedrag_eurocent") return amountWords(value);
  if (name === "uren") return `${value.replace(".", ",")} per week`;
  if (name === "deeltijdfactor") return value.replace(".", ",");
  return list(value.split("|").map(wordsOf));
}

/** The attributes of an event, as "uitkomst: positief; advies: traject". */
export function attributesText(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .filter(([name, value]) => value !== "" && !(name === "kenmerk" && value === "1"))
    .map(([name, value]) => {
      const shown = attributeValue(name, value);
      if (name === "naar" || name === "trede") return shown;
      return `${kAttributeWords[name] ?? wordsOf(name)}: ${shown}`;
    })
    .join("; ");
}

/** The first part of a dossier's id: enough to tell those of one caseload apart. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}
