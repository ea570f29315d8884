// What is to be said of a checkpoint that somebody kept, held to the log of now. All of it is worked
// out here; of the server come only texts that prove themselves, or do not.
import { ask, download, withQuery, type Spoorcontrole, type Verloop } from "../api/client";
import { continues } from "./consistency";
import { bytesOf, isSignedBy, readCheckpoint, readKey, type Checkpoint,
         type VerifierKey } from "./note";

const kHashBytes = 32;

export type Verdict =
  | { kind: "same"; kept: Checkpoint; now: Checkpoint; isOwnKey: boolean; isNewKey: boolean }
  | { kind: "not_a_checkpoint" | "not_a_key" | "no_server" | "no_session" | "busy" }
  | { kind: "other_log"; kept: Checkpoint; now: Checkpoint }
  | { kind: "bad_signature" | "shorter" | "altered" | "server_lies"; kept: Checkpoint }
  | { kind: "trail_altered"; kept: Checkpoint; now: Checkpoint; flaw: string };

export interface Now {
  checkpoint: Checkpoint;
  key: VerifierKey;
  note: string;
}
export type FoundNow = Now | { kind: "no_server" | "no_session" | "no_key" | "bad_signature" };

async function textOf(path: string): Promise<string | "no_server" | "no_session" | null> {
  const outcome = await download(path, "text/plain");
  if (outcome.kind === "answer") return outcome.value.text();
  if (outcome.kind === "refused" && outcome.status === 404) return null;
  return outcome.kind === "no_session" ? "no_session" : "no_server";
}

/** The signed head of now, by the key that the server says is its own. */
export async function findNow(): Promise<FoundNow> {
  const [note, keyText] = await Promise.all([textOf("/v1/controlepunt"),
                                             textOf("/v1/controlepunt/sleutel")]);
  if (note === null || keyText === null) return { kind: "no_key" };
  for (const one of [note, keyText]) {
    if (one === "no_server" || one === "no_session") return { kind: one };
  }
  const checkpoint = readCheckpoint(note);
  const key = await readKey(keyText);
  if (checkpoint === null || key === null) return { kind: "bad_signature" };
  if (!await isSignedBy(checkpoint, key)) return { kind: "bad_signature" };
  return { checkpoint, key, note };
}

/** `ownKey`: the key that was kept too; empty = the one that the server gives. */
export async function judge(note: string, ownKey: string, now: Now): Promise<Verdict> {
  const kept = readCheckpoint(note);
  if (kept === null) return { kind: "not_a_checkpoint" };
  const key = ownKey.trim() === "" ? now.key : await readKey(ownKey);
  if (key === null) return { kind: "not_a_key" };
  if (kept.origin !== now.checkpoint.origin) return { kind: "other_log", kept, now: now.checkpoint };
  if (!await isSignedBy(kept, key)) return { kind: "bad_signature", kept };
  return holdToNow(kept, now.key, ownKey.trim() === "" ? null : key);
}

/**
 * The head of now is signed by the key of now, which may be another than the one that was kept: what
 * ties it to `kept` is the proof, and not the key.
 */
async function holdToNow(kept: Checkpoint, keyNow: VerifierKey,
                         ownKey: VerifierKey | null): Promise<Verdict> {
  const outcome = await ask<Verloop>(withQuery("/v1/controlepunt/verloop",
                                               { vanaf: String(kept.size) }));
  // The server itself says that there is less than there was.
  if (outcome.kind === "refused" && outcome.status === 400) return { kind: "shorter", kept };
  if (outcome.kind === "no_session") return { kind: "no_session" };
  if (outcome.kind !== "answer") return { kind: "no_server" };
  const now = readCheckpoint(outcome.value.controlepunt ?? "");
  if (now === null || now.origin !== kept.origin || !await isSignedBy(now, keyNow)) {
    return { kind: "server_lies", kept };
  }
  if (now.size < kept.size) return { kind: "shorter", kept };
  const path = outcome.value.bewijs.map(bytesOf);
  if (path.includes(null)) return { kind: "server_lies", kept };
  const whole = path.filter((one) => one !== null);
  if (whole.some((one) => one.length !== kHashBytes)) return { kind: "server_lies", kept };
  if (!await continues(kept, now, whole)) return { kind: "altered", kept };
  const isOwnKey = ownKey !== null && await isSignedBy(now, ownKey);
  return holdTrail({ kind: "same", kept, now, isOwnKey, isNewKey: ownKey !== null && !isOwnKey });
}

/** Of the audit trail the server says it; the end that it is held to was signed. */
async function holdTrail(same: Verdict & { kind: "same" }): Promise<Verdict> {
  const { kept, now } = same;
  if (kept.trail === null) return same;
  const outcome = await ask<Spoorcontrole>(withQuery("/v1/auditspoor/controle", {
    aantal: String(kept.trail.count), vingerafdruk: kept.trail.print }));
  if (outcome.kind === "no_session") return { kind: "no_session" };
  if (outcome.kind !== "answer") return { kind: "no_server" };
  return outcome.value.heel ? same
    : { kind: "trail_altered", kept, now, flaw: outcome.value.gebrek };
}
