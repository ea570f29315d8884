// Asks the server of this page. What comes back is one of four things, and each page says what it
// does with each: an answer, a problem in words, no session, or no server.
import type { components } from "./schema";

export type Schemas = components["schemas"];
export type Auditregel = Schemas["Auditregel"];
export type Auditspoor = Schemas["Auditspoor"];
export type Bewoners = Schemas["Bewoners"];
export type Bijdrage = Schemas["Bijdrage"];
export type Caseload = Schemas["Caseload"];
export type CaseloadDossier = Schemas["CaseloadDossier"];
export type CaseloadTermijn = Schemas["CaseloadTermijn"];
export type Cijfers = Schemas["Cijfers"];
export type Cijferantwoorden = Schemas["Cijferantwoorden"];
export type Cijfervraag = Schemas["Cijfervraag"];
export type Codelijsten = Schemas["Codelijsten"];
export type Controledeel = Schemas["Controledeel"];
export type Definitieoordeel = Schemas["Definitieoordeel"];
export type Dossier = Schemas["Dossier"];
export type Attribuut = Schemas["Attribuut"];
export type Gebeurtenis = Schemas["Gebeurtenis"];
export type GeopendeSessie = Schemas["GeopendeSessie"];
export type Ingelezenbestand = Schemas["Ingelezenbestand"];
export type Dimensie = Schemas["Dimensie"];
export type Maat = Schemas["Maat"];
export type Maten = Schemas["Maten"];
export type Mogelijkheden = Schemas["Mogelijkheden"];
export type Mogelijkheid = Schemas["Mogelijkheid"];
export type NieuweGebeurtenis = Schemas["NieuweGebeurtenis"];
export type Namen = Schemas["Namen"];
export type Notitie = Schemas["Notitie"];
export type Notities = Schemas["Notities"];
export type Persoonsgegevens = Schemas["Persoonsgegevens"];
export type Rapport = Schemas["Rapport"];
export type Rapporten = Schemas["Rapporten"];
export type Reservekopie = Schemas["Reservekopie"];
export type Rij = Schemas["Rij"];
export type Sessie = Schemas["Sessie"];
export type Serverstand = Schemas["Serverstand"];
export type Soort = Schemas["Soort"];
export type Spoorcontrole = Schemas["Spoorcontrole"];
export type Tijdlijn = Schemas["Tijdlijn"];
export type Verklaring = Schemas["Verklaring"];
export type Verschillen = Schemas["Verschillen"];
export type Vastgesteld = Schemas["Vastgesteld"];
export type Vastgelegd = Schemas["Vastgelegd"];
export type Verloop = Schemas["Verloop"];
export type Bevoegdheden = Schemas["Bevoegdheden"];
export type EenmaligWachtwoord = Schemas["EenmaligWachtwoord"];
export type Gebruiker = Schemas["Gebruiker"];
export type Gebruikers = Schemas["Gebruikers"];
export type EenmaligToken = Schemas["EenmaligToken"];
export type Rollen = Schemas["Rollen"];
export type Token = Schemas["Token"];
export type Tokens = Schemas["Tokens"];
export type Werkcoaches = Schemas["Werkcoaches"];
type Probleem = Schemas["Probleem"];

export interface Refusal {
  kind: "refused";
  status: number;
  /** `urn:trede:problem:regel`; empty when the server did not say. */
  type: string;
  detail: string;
  /** Per field of what was sent: what is wrong with it. */
  fields: ReadonlyMap<string, string>;
  /** All that is wrong, in the order in which the server says it. */
  messages: readonly string[];
  /** Which rule does not allow it; empty = it is not about a rule. */
  rule: string;
  /** How long to wait before another attempt; 0 = it says nothing of that. */
  waitSeconds: number;
}
export type Outcome<T> =
  | { kind: "answer"; value: T }
  | Refusal
  | { kind: "no_session" }
  | { kind: "no_server" };

interface Asking {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  csrf?: string;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  isLong?: boolean; // it may take minutes
}

const kPatienceMs = 30_000;

function isProblem(value: unknown): value is Partial<Probleem> {
  return typeof value === "object" && value !== null;
}

async function refusalOf(response: Response): Promise<Refusal> {
  const said: unknown = await response.json().catch(() => null);
  const problem = isProblem(said) ? said : {};
  const fields = new Map((problem.fouten ?? []).map((one) => [one.plaats ?? "",
                                                             one.melding ?? ""]));
  return { kind: "refused", status: response.status, type: problem.type ?? "",
           detail: problem.detail ?? "", fields,
           messages: (problem.fouten ?? []).map((one) => one.melding ?? ""),
           rule: problem.regel ?? "",
           waitSeconds: Number(response.headers.get("Retry-After") ?? 0) || 0 };
}

/** Never throws, but when `signal` says that nobody waits any more. */
export async function ask<T>(path: string, asking: Asking = {}): Promise<Outcome<T>> {
  const headers = new Headers({ Accept: "application/json", ...asking.headers });
  if (asking.csrf !== undefined) headers.set("X-CSRF-Token", asking.csrf);
  if (asking.body !== undefined) headers.set("Content-Type", "application/json");
  const patience = AbortSignal.timeout(asking.isLong ? kDownloadPatienceMs : kPatienceMs);
  try {
    const response = await fetch(path, {
      method: asking.method ?? "GET",
      cache: "no-store", // dossiers have no place on the disk of whoever sits here next
      headers,
      body: asking.body === undefined ? null : JSON.stringify(asking.body),
      signal: asking.signal ? AbortSignal.any([asking.signal, patience]) : patience,
    });
    if (response.status === 401 && path !== "/v1/sessies") return { kind: "no_session" };
    // A proxy speaks for a server that is not there.
    if (response.status === 502 || response.status === 504) return { kind: "no_server" };
    if (!response.ok) return await refusalOf(response);
    const value = response.status === 204 ? undefined : await response.json();
    return { kind: "answer", value: value as T };
  } catch (error) {
    if (asking.signal?.aborted) throw error;
    return { kind: "no_server" };
  }
}

const kDownloadPatienceMs = 600_000;

/** A file, in the form `mediaType`. Never throws. */
export async function download(path: string, mediaType: string): Promise<Outcome<Blob>> {
  try {
    const response = await fetch(path, { cache: "no-store", headers: { Accept: mediaType },
                                         signal: AbortSignal.timeout(kDownloadPatienceMs) });
    if (response.status === 401) return { kind: "no_session" };
    if (response.status === 502 || response.status === 504) return { kind: "no_server" };
    if (!response.ok) return await refusalOf(response);
    return { kind: "answer", value: await response.blob() };
  } catch {
    return { kind: "no_server" };
  }
}

/** Sends a file as it is. Never throws. */
export async function sendFile<T>(path: string, file: Blob, mediaType: string,
                                  csrf: string): Promise<Outcome<T>> {
  try {
    const response = await fetch(path, {
      method: "POST", cache: "no-store", body: file, signal: AbortSignal.timeout(kDownloadPatienceMs),
      headers: { Accept: "application/json", "Content-Type": mediaType, "X-CSRF-Token": csrf } });
    if (response.status === 401) return { kind: "no_session" };
    if (response.status === 502 || response.status === 504) return { kind: "no_server" };
    if (!response.ok) return await refusalOf(response);
    return { kind: "answer", value: await response.json() as T };
  } catch {
    return { kind: "no_server" };
  }
}

/** An answer of a line at a time, each an object; ends when the server is done, or is told to. */
export async function readLines<T>(path: string, onLine: (line: T) => void,
                                   signal: AbortSignal): Promise<Outcome<void>> {
  try {
    const response = await fetch(path, { cache: "no-store", signal,
                                         headers: { Accept: "application/x-ndjson" } });
    if (response.status === 401) return { kind: "no_session" };
    if (response.status === 502 || response.status === 504) return { kind: "no_server" };
    if (!response.ok) return await refusalOf(response);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let left = ""; ;) {
      const { done, value } = await reader?.read() ?? { done: true, value: undefined };
      if (done) return { kind: "answer", value: undefined };
      const lines = (left + value).split("\n");
      left = lines.pop() ?? "";
      for (const line of lines) onLine(JSON.parse(line) as T);
    }
  } catch {
    return signal.aborted ? { kind: "answer", value: undefined } : { kind: "no_server" };
  }
}

/** `path` with those of `values` that are not empty behind it. */
export function withQuery(path: string, values: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ""));
  return query.size === 0 ? path : `${path}?${query}`;
}
