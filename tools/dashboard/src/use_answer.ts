// Asks the server for what a page shows. While another answer is awaited the one before stays in
// sight, and so it does when the server cannot be reached.
import { useCallback, useEffect, useState } from "preact/hooks";

import { ask, type Outcome, type Refusal } from "./api/client";

export interface Answered<T, A = unknown> {
  value: T | null;
  /** What `value` is about: `about` as it was when it was asked; null without a value. */
  about: A | null;
  /** Whether `value` is the answer to what is asked now, and not to what was asked before. */
  isCurrent: boolean;
  /** When `value` came. */
  at: Date | null;
  isWaiting: boolean;
  refusal: Refusal | null;
  isAway: boolean;
  again: () => void;
}

interface State<T, A> {
  path: string | null; // of the last outcome
  value: T | null;
  about: A | null;
  of: string | null; // the path that `value` was asked at
  at: Date | null;
  outcome: Exclude<Outcome<T>["kind"], "answer"> | null; // of the last time it was asked
  refusal: Refusal | null;
  isWaiting: boolean;
}

/**
 * `path` null: nothing is asked. `onNoSession` is called when the session has ended. `about`: what
 * the path was made of; what stays in sight is named by its own.
 */
export function useAnswer<T, A = unknown>(path: string | null, onNoSession: () => void,
                                          about: A | null = null): Answered<T, A> {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<State<T, A>>({
    path: null, value: null, about: null, of: null, at: null, outcome: null, refusal: null,
    isWaiting: path !== null });

  useEffect(() => {
    if (path === null) return undefined;
    const asking = new AbortController();
    setState((before) => ({ ...before, isWaiting: true }));
    ask<T>(path, { signal: asking.signal }).then((outcome) => {
      if (asking.signal.aborted) return;
      if (outcome.kind === "no_session") onNoSession();
      setState((before) => {
        const isOther = before.path !== null && before.path.split("?")[0] !== path.split("?")[0];
        const kept = isOther ? { value: null, about: null, of: null, at: null }
          : { value: before.value, about: before.about, of: before.of, at: before.at };
        switch (outcome.kind) {
          case "answer":
            return { path, value: outcome.value, about, of: path, at: new Date(), outcome: null,
                     refusal: null, isWaiting: false };
          case "refused":
            return { ...kept, path, value: null, about: null, of: null, outcome: "refused",
                     refusal: outcome, isWaiting: false };
          default:
            return { ...kept, path, outcome: outcome.kind, refusal: null, isWaiting: false };
        }
      });
    }, () => undefined); // nobody waits for it any more
    return () => asking.abort();
  }, [path, turn]);

  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { value: state.value, about: state.about, at: state.at, refusal: state.refusal, again,
           isCurrent: path !== null && state.of === path, isWaiting: state.isWaiting,
           isAway: state.outcome === "no_server" };
}
