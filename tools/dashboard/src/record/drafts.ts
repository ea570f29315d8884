// What was filled in and not yet recorded, while this tab is open: a session that ends, another
// page, or a server that is gone costs nothing. Kept in memory alone, so nothing of a dossier is left
// on the machine; who logs in next as somebody else does not find it.
import type { Values } from "./form_values";

const drafts = new Map<string, Values>();
let owner = "";

/** Those of anybody else are thrown away. */
function ownedBy(actor: string): Map<string, Values> {
  if (owner !== actor) drafts.clear();
  owner = actor;
  return drafts;
}
export function draftOf(actor: string, name: string): Values | null {
  return ownedBy(actor).get(name) ?? null;
}
export function keepDraft(actor: string, name: string, values: Values): void {
  ownedBy(actor).set(name, values);
}
export function dropDraft(actor: string, name: string): void {
  ownedBy(actor).delete(name);
}
