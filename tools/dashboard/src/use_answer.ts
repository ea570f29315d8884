// Asks the server for what a page shows. While another answer is awaited the one before stays in
// sight, and so it does when the server cannot be reached.
import { useCallback, useEffect, useState } from "preact/hooks";

import { ask, type Outcome, type Refusal } from "./api/client";

export interface Answered<T> {
  value: T | null;
  /** When `value` came. */
  at: Date | null;
  isWaiting: boolean;
  refusal: Refusal | null;
  isAway: boolean;
  again: () => void;
}

interface State<T> {
  path: string | null;
  value: T | null;
  at: Date | null;
  outcome: Exclude<Outcome<T>["kind"], "answer"> | null; // of the last time it was asked
  refusal: Refusal | null;
  isWaiting: boolean;
}

/** `path` null: nothing is asked. `onNoSession` is called when the session has ended. */
export function useAnswer<T>(path: string | null, onNoSession: () => void): Answered<T> {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<State<T>>({
    path: null, value: null, at: null, outcome: null, refusal: null, isWaiting: path !== null });

  useEffect(() => {
    if (path === null) return undefined;
    const asking = new AbortController();
    setState((before) => ({ ...before, isWaiting: true }));
    ask<T>(path, { signal: asking.signal }).then((outcome) => {
      if (asking.signal.aborted) return;
      if (outcome.kind === "no_session") onNoSession();
      setState((before) => {
        const isOther = before.path !== null && before.path.split("?")[0] !== path.split("?")[0];
        const kept = isOther ? { value: null, at: null } : { value: before.value, at: before.at };
        switch (outcome.kind) {
          case "answer":
            return { path, value: outcome.value, at: new Date(), outcome: null, refusal: null,
                     isWaiting: false };
          case "refused":
            return { ...kept, path, value: null, outcome: "refused", refusal: outcome,
                     isWaiting: false };
          default:
            return { ...kept, path, outcome: outcome.kind, refusal: null, isWaiting: false };
        }
      });
    }, () => undefined); // nobody waits for it any more
    return () => asking.abort();
  }, [path, turn]);

  const again = useCallback(() => setTurn((before) => before + 1), []);
  return { value: state.value, at: state.at, isWaiting: state.isWaiting, refusal: state.refusal,
           isAway: state.outcome === "no_server", again };
}
