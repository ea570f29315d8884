// Asks for many figures at once. What is in sight stays there until all of the next are in, so that
// a page never shows two days beside each other, and nothing jumps.
import { useEffect, useRef, useState } from "preact/hooks";

import { ask, type Outcome } from "../api/client";

export interface Answers<T> {
  /** By the name under which each was asked; one that was refused or is not there is absent. */
  values: T | null;
  /** What `values` was asked for. */
  shownFor: string;
  at: Date | null;
  isAway: boolean;
  isWaiting: boolean;
  again: () => void;
}

type Paths = Readonly<Record<string, string>>;
interface Kept {
  etag: string;
  value: unknown;
}

/** `for_` names what is asked for as a whole; `turn` asks the same again. */
export function useFigures<T extends object>(paths: Paths, turn: number,
                                             onNoSession: () => void): Answers<Partial<T>> {
  const wanted = JSON.stringify(paths);
  const [own, setOwn] = useState(0);
  const kept = useRef(new Map<string, Kept>());
  const [state, setState] = useState<Omit<Answers<Partial<T>>, "again">>({
    values: null, shownFor: "", at: null, isAway: false, isWaiting: true });

  useEffect(() => {
    const asking = new AbortController();
    setState((before) => ({ ...before, isWaiting: true }));
    const names = Object.keys(paths);
    Promise.all(names.map((name) => one(paths[name] ?? "", kept.current, asking.signal)))
      .then((outcomes) => {
        if (asking.signal.aborted) return;
        if (outcomes.some(({ kind }) => kind === "no_session")) return onNoSession();
        if (outcomes.some(({ kind }) => kind === "no_server")) {
          setState((before) => ({ ...before, isAway: true, isWaiting: false }));
          return;
        }
        const values: Record<string, unknown> = {};
        outcomes.forEach((outcome, n) => {
          if (outcome.kind === "answer") values[names[n] ?? ""] = outcome.value;
        });
        setState({ values: values as Partial<T>, shownFor: wanted, at: new Date(), isAway: false,
                   isWaiting: false });
      }, () => undefined); // nobody waits for it any more
    return () => asking.abort();
  }, [wanted, turn, own]);
  return { ...state, again: () => setOwn((before) => before + 1) };
}

/** What did not change since it was asked last is not sent again. */
async function one(path: string, kept: Map<string, Kept>,
                   signal: AbortSignal): Promise<Outcome<unknown>> {
  const before = kept.get(path);
  let etag = "";
  const outcome = await ask<unknown>(path, {
    signal, onHeaders: (headers) => { etag = headers.get("ETag") ?? ""; },
    ...(before ? { headers: { "If-None-Match": before.etag } } : {}) });
  if (outcome.kind === "not_changed" && before !== undefined) {
    return { kind: "answer", value: before.value };
  }
  if (outcome.kind === "answer" && etag !== "") {
    if (kept.size > 500) kept.clear();
    kept.set(path, { etag, value: outcome.value });
  }
  return outcome;
}
