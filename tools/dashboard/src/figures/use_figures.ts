// Asks for many figures at once. What is in sight stays there until all of the next are in, so that
// a page never shows two days beside each other, and nothing jumps.
import { useEffect, useRef, useState } from "preact/hooks";

import { ask, type Outcome, type Refusal } from "../api/client";

export interface Answers<T, A> {
  /** By the name under which each was asked; one that is not for who asks is absent. */
  value: T | null;
  /** What `value` is about: as it was when it was asked; null without a value. */
  about: A | null;
  at: Date | null;
  isAway: boolean;
  /** Of one that the server could not give, or did not understand: then `value` stays what it was. */
  refusal: Refusal | null;
  isWaiting: boolean;
  again: () => void;
}

type Paths = Readonly<Record<string, string>>;
interface Kept {
  etag: string;
  value: unknown;
}

/** `about`: what the paths were made of; `turn` asks the same again. */
export function useFigures<T extends object, A>(paths: Paths, about: A, turn: number,
                                                onNoSession: () => void): Answers<Partial<T>, A> {
  const wanted = JSON.stringify(paths);
  const [own, setOwn] = useState(0);
  const kept = useRef(new Map<string, Kept>());
  const [state, setState] = useState<Omit<Answers<Partial<T>, A>, "again">>({
    value: null, about: null, at: null, isAway: false, refusal: null, isWaiting: true });

  useEffect(() => {
    const asking = new AbortController();
    setState((before) => ({ ...before, isWaiting: true }));
    const names = Object.keys(paths);
    Promise.all(names.map((name) => one(paths[name] ?? "", kept.current, asking.signal)))
      .then((outcomes) => {
        if (asking.signal.aborted) return;
        if (outcomes.some(({ kind }) => kind === "no_session")) return onNoSession();
        if (outcomes.some(({ kind }) => kind === "no_server")) {
          setState((before) => ({ ...before, isAway: true, refusal: null, isWaiting: false }));
          return;
        }
        const failed = outcomes.find(isFailure);
        if (failed !== undefined) {
          setState((before) => ({ ...before, isAway: false, refusal: failed, isWaiting: false }));
          return;
        }
        const values: Record<string, unknown> = {};
        outcomes.forEach((outcome, n) => {
          if (outcome.kind === "answer") values[names[n] ?? ""] = outcome.value;
        });
        setState({ value: values as Partial<T>, about, at: new Date(), isAway: false, refusal: null,
                   isWaiting: false });
      }, () => undefined); // nobody waits for it any more
    return () => asking.abort();
  }, [wanted, turn, own]);
  return { ...state, again: () => setOwn((before) => before + 1) };
}

/** Refused otherwise than because it is not for who asks: that says nothing of the figure. */
function isFailure(outcome: Outcome<unknown>): outcome is Refusal {
  return outcome.kind === "refused" && outcome.status !== 403 && outcome.status !== 404;
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
