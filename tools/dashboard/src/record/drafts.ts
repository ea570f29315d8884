// What was filled in and not yet recorded, and what was sent of which nobody knows what became of
// it, while this tab is open: a session that ends, another page, or a server that is gone costs
// nothing. Kept in memory alone, so nothing of a dossier is left on the machine; who logs in next as
// somebody else does not find it.
import { useState } from "preact/hooks";

import { Recording } from "./recording";

const drafts = new Map<string, unknown>();
const recordings = new Map<string, Recording>();
let owner = "";

/** Those of anybody else are thrown away. */
function belongTo(actor: string): void {
  if (owner !== actor) {
    drafts.clear();
    recordings.clear();
  }
  owner = actor;
}
/** Null: there is none. Requires: what was kept under that name is a T. */
export function draftOf<T>(actor: string, name: string): T | null {
  belongTo(actor);
  return (drafts.get(name) ?? null) as T | null;
}
export function keepDraft(actor: string, name: string, values: unknown): void {
  belongTo(actor);
  drafts.set(name, values);
}
/** It is done, or not wanted any more. */
export function dropDraft(actor: string, name: string): void {
  belongTo(actor);
  drafts.delete(name);
  recordings.delete(name);
}
/** The same for a form that is opened again before it is known what became of it. */
export function recordingOf(actor: string, name: string): Recording {
  belongTo(actor);
  const found = recordings.get(name) ?? new Recording();
  recordings.set(name, found);
  return found;
}

/** As useState, of a form that goes on where it was; `drop` when it is done. */
export function useDraft<T>(actor: string, name: string, first: T):
    [value: T, set: (value: T) => void, drop: () => void] {
  const [value, setValue] = useState(() => draftOf<T>(actor, name) ?? first);
  const set = (next: T) => {
    keepDraft(actor, name, next);
    setValue(next);
  };
  const drop = () => {
    dropDraft(actor, name);
    setValue(first);
  };
  return [value, set, drop];
}
