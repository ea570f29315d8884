// Recording, from a filled-in form to what the server made of it. What is sent twice is recorded
// once: the key goes with the content until it is known what became of it.
import { ask, withQuery, type NieuweGebeurtenis, type Outcome, type Sessie,
         type Vastgelegd } from "../api/client";

/** Random as RFC 9562 has it; `crypto.randomUUID` is not there on every page of ours. */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20),
          text.slice(20)].join("-");
}

/** Stands where the number of a dossier stands otherwise: what is recorded of the organisation. */
export const kOrganisation = "organisatie";
export function streamPath(id: string): string {
  return id === kOrganisation ? "/v1/organisatie" : `/v1/dossiers/${id}`;
}
/** The page that shows it. */
export function streamPage(id: string): string {
  return id === kOrganisation ? "/beheer/organisatie" : `/dossiers/${id}`;
}

/** What is recorded, and in which version of its dossier; 0 = it is new. */
export interface Part {
  dossier: string;
  version: number;
  events: readonly NieuweGebeurtenis[];
}

function withoutEmpty(event: NieuweGebeurtenis): NieuweGebeurtenis {
  return { ...event, attributen: Object.fromEntries(
    Object.entries(event.attributen ?? {}).filter(([, value]) => value !== "")) };
}

interface Sent {
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

/** One dossier by its own address; several as a group, of which all is recorded or nothing. */
function sentOf(parts: readonly Part[], isTrial: boolean): Sent {
  const query = { proef: isTrial ? "true" : "" };
  const [only] = parts;
  if (only !== undefined && parts.length === 1) {
    const isNew = only.version === 0;
    return { path: withQuery(`${streamPath(only.dossier)}/gebeurtenissen`, query),
             body: { gebeurtenissen: only.events.map(withoutEmpty) },
             headers: isNew && only.dossier !== kOrganisation
               ? { "If-None-Match": "*" } : { "If-Match": `"${only.version}"` } };
  }
  return { path: withQuery("/v1/gebeurtenissen", query), headers: {},
           body: { delen: parts.map(({ dossier, version, events }) => ({
             stream: `dossier/${dossier}`, versie: version,
             gebeurtenissen: events.map(withoutEmpty) })) } };
}

/** Whether it would be accepted; nothing is recorded. */
export function tryOut(session: Sessie, parts: readonly Part[],
                       signal?: AbortSignal): Promise<Outcome<Vastgelegd>> {
  const { path, body, headers } = sentOf(parts, true);
  return ask<Vastgelegd>(path, { method: "POST", body, headers, csrf: session.csrfToken,
                                 ...(signal ? { signal } : {}) });
}

/** Records at most once, however often it is asked to. One for each form that is filled in. */
export class Recording {
  private key = newUuid();
  /** Something was sent and not answered: it may have been recorded. */
  isUnknown = false;
  private running: Promise<Outcome<Vastgelegd>> | null = null;

  /** While one is under way a second one is the same. */
  record(session: Sessie, parts: readonly Part[]): Promise<Outcome<Vastgelegd>> {
    this.running ??= this.send(session, parts).finally(() => { this.running = null; });
    return this.running;
  }

  private async send(session: Sessie, parts: readonly Part[]): Promise<Outcome<Vastgelegd>> {
    const { path, body, headers } = sentOf(parts, false);
    const outcome = await ask<Vastgelegd>(path, {
      method: "POST", body, csrf: session.csrfToken,
      headers: { ...headers, "Idempotency-Key": this.key } });
    // What was refused was not recorded, so the next attempt is another one. Of what went out and
    // was not answered nobody knows: it keeps its key.
    const isRefused = outcome.kind === "refused" && outcome.status < 500 && outcome.status !== 429;
    if (isRefused) this.key = newUuid();
    if (isRefused || outcome.kind === "answer") this.isUnknown = false;
    else if (outcome.kind === "no_server" || outcome.kind === "refused") this.isUnknown = true;
    return outcome;
  }
}
