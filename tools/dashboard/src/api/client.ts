// Asks the server of this page. What comes back is one of four things, and each page says what it
// does with each: an answer, a problem in words, no session, or no server.
import type { components } from "./schema";

export type Schemas = components["schemas"];
export type Bewoners = Schemas["Bewoners"];
export type Bijdrage = Schemas["Bijdrage"];
export type Caseload = Schemas["Caseload"];
export type CaseloadDossier = Schemas["CaseloadDossier"];
export type CaseloadTermijn = Schemas["CaseloadTermijn"];
export type Cijfers = Schemas["Cijfers"];
export type Codelijsten = Schemas["Codelijsten"];
export type Dossier = Schemas["Dossier"];
export type Attribuut = Schemas["Attribuut"];
export type Gebeurtenis = Schemas["Gebeurtenis"];
export type GeopendeSessie = Schemas["GeopendeSessie"];
export type Maat = Schemas["Maat"];
export type Maten = Schemas["Maten"];
export type Mogelijkheden = Schemas["Mogelijkheden"];
export type Mogelijkheid = Schemas["Mogelijkheid"];
export type NieuweGebeurtenis = Schemas["NieuweGebeurtenis"];
export type Rij = Schemas["Rij"];
export type Sessie = Schemas["Sessie"];
export type Soort = Schemas["Soort"];
export type Tijdlijn = Schemas["Tijdlijn"];
export type Verklaring = Schemas["Verklaring"];
export type Verschillen = Schemas["Verschillen"];
export type Vastgelegd = Schemas["Vastgelegd"];
type Probleem = Schemas["Probleem"];

export interface Refusal {
  kind: "refused";
  status: number;
  /** `urn:trede:problem:regel`; empty when the server did not say. */
  type: string;
  detail: string;
  /** Per field of what was sent: what is wrong with it. */
  fields: ReadonlyMap<string, string>;
  /** Which rule does not allow it; empty = it is not about a rule. */
  rule: string;
  /** How long to wait before another attempt; 0 = it says nothing of that. */
  waitSeconds: number;
}
export type Outcome<T> =
  | { kind: "answer"; value: T }
  | Refusal
  | { kind: "not_changed" } // since the ETag that was sent along
  | { kind: "no_session" }
  | { kind: "no_server" };

interface Asking {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  csrf?: string;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  onHeaders?: (headers: Headers) => void;
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
           rule: problem.regel ?? "",
           waitSeconds: Number(response.headers.get("Retry-After") ?? 0) || 0 };
}

/** Never throws, but when `signal` says that nobody waits any more. */
export async function ask<T>(path: string, asking: Asking = {}): Promise<Outcome<T>> {
  const headers = new Headers({ Accept: "application/json", ...asking.headers });
  if (asking.csrf !== undefined) headers.set("X-CSRF-Token", asking.csrf);
  if (asking.body !== undefined) headers.set("Content-Type", "application/json");
  const patience = AbortSignal.timeout(kPatienceMs);
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
    asking.onHeaders?.(response.headers);
    if (response.status === 304) return { kind: "not_changed" };
    if (!response.ok) return await refusalOf(response);
    const value = response.status === 204 ? undefined : await response.json();
    return { kind: "answer", value: value as T };
  } catch (error) {
    if (asking.signal?.aborted) throw error;
    return { kind: "no_server" };
  }
}

/** `path` with those of `values` that are not empty behind it. */
export function withQuery(path: string, values: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ""));
  return query.size === 0 ? path : `${path}?${query}`;
}
