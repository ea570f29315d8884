// Signed notes and checkpoints, read and checked here, so that nobody need believe the server.
// Source: c2sp.org/signed-note, c2sp.org/tlog-checkpoint; Ed25519 of @noble/ed25519.
import { verifyAsync } from "@noble/ed25519";

export interface Checkpoint {
  origin: string; // `trede/<uuid>`: which log
  size: number; // events
  root: Uint8Array; // over all of them
  /** When the last of them was recorded, RFC 3339; empty = not said. */
  moment: string;
  /** How the audit trail stood; null = not said. */
  trail: { count: number; print: string } | null;
  /** What is signed, and the lines of signatures below it. */
  text: string;
  signatures: readonly { name: string; bytes: Uint8Array }[];
}

/** `<name>+<8 hex digits>+<base64>`. */
export interface VerifierKey {
  name: string;
  hash: Uint8Array; // 4 bytes that signatures name it by
  key: Uint8Array;
  text: string;
}

const kEd25519 = 1;

/** Null when it is no base64. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  } catch {
    return null;
  }
}
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, n) => byte === other[n]);
}
export async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const whole = new Uint8Array(parts.reduce((all, part) => all + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

/** Null when it is not a checkpoint. */
export function readCheckpoint(note: string): Checkpoint | null {
  const text = note.replaceAll("\r\n", "\n").trim();
  const split = text.indexOf("\n\n");
  if (split < 0) return null;
  const signed = text.slice(0, split + 1);
  const [origin = "", size = "", root = "", ...more] = signed.trimEnd().split("\n");
  const rootBytes = bytesOf(root);
  if (origin === "" || !/^(0|[1-9]\d{0,14})$/.test(size)) return null;
  if (rootBytes === null || rootBytes.length !== 32) return null;
  const signatures = text.slice(split + 2).split("\n").map((line) => {
    const [, name = "", sealed = ""] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    return { name, bytes: bytesOf(sealed) ?? new Uint8Array() };
  });
  if (signatures.some(({ bytes }) => bytes.length < 5)) return null;
  const said = (word: string) => more.find((line) => line.startsWith(`${word} `))
    ?.slice(word.length + 1) ?? "";
  const [count = "", print = ""] = said("trail").split(" ");
  return { origin, size: Number(size), root: rootBytes, moment: said("vastgelegd_op"),
           trail: print === "" ? null : { count: Number(count), print },
           text: signed, signatures };
}

/** Null when it is not a key, or its digits are not its own. */
export async function readKey(text: string): Promise<VerifierKey | null> {
  const [, name = "", digits = "", sealed = ""] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim())
    ?? [];
  const bytes = bytesOf(sealed);
  if (name === "" || bytes === null || bytes.length !== 33 || bytes[0] !== kEd25519) return null;
  const hash = (await sha256(new TextEncoder().encode(`${name}\n`), bytes)).slice(0, 4);
  const found = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return found === digits ? { name, hash, key: bytes.slice(1), text: text.trim() } : null;
}

/** Whether `key` signed it. */
export async function isSignedBy(checkpoint: Checkpoint, key: VerifierKey): Promise<boolean> {
  const message = new TextEncoder().encode(checkpoint.text);
  for (const { name, bytes } of checkpoint.signatures) {
    if (name !== key.name || !isSame(bytes.slice(0, 4), key.hash)) continue;
    const signature = bytes.slice(4);
    if (signature.length === 64 && await verifyAsync(signature, message, key.key)) return true;
  }
  return false;
}
