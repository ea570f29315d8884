// Asks for all figures of a page in one answer, so that all of them are of the same moment. What is
// in sight stays there until the next is in: a page never shows two days beside each other.
import { useEffect, useState } from "preact/hooks";

import { ask, withQuery, type Cijferantwoorden, type Cijfervraag, type Refusal,
         type Sessie } from "../api/client";
import type { Targets } from "./figure";

/** How much of the log was known to an answer. */
export interface KnownThen {
  positie: string;
  bekendOp: string | null; // null = the log was empty
}

interface State<T, A> {
  /** By the name under which each was asked; one that is not for who asks is absent. */
  value: Partial<T> | null;
  /** What they are read beside. */
  targets: Targets | null; // null without a value, as the three below
  known: KnownThen | null;
  /** What `value` is about: as it was when it was asked. */
  about: A | null;
  at: Date | null;
  isAway: boolean;
  /** Why the server gave nothing, or did not understand: then `value` stays what it was. */
  refusal: Refusal | null;
  isWaiting: boolean;
}
export type Answers<T, A> = State<T, A> & { again: () => void };

interface Asked<T, A> {
  questions: Readonly<Record<keyof T & string, Cijfervraag>>;
  /** The moment of which all of it is, RFC 3339; empty = now. */
  bekendOp: string;
  about: A; // what the questions were made of
  turn: number; // another one asks the same again
  session: Sessie;
  onNoSession: () => void;
}

export function useFigures<T extends object, A>(asked: Asked<T, A>): Answers<T, A> {
  const { bekendOp, about, turn, session, onNoSession } = asked;
  const names = Object.keys(asked.questions) as (keyof T & string)[];
  const vragen = names.map((name) => asked.questions[name]);
  const [own, setOwn] = useState(0);
  const [state, setState] = useState<State<T, A>>({
    value: null, targets: null, known: null, about: null, at: null, isAway: false, refusal: null,
    isWaiting: true });

  useEffect(() => {
    const asking = new AbortController();
    setState((before) => ({ ...before, isWaiting: true }));
    ask<Cijferantwoorden>(withQuery("/v1/cijfervragen", { bekendOp }), {
      method: "POST", body: { vragen, doelen: true }, csrf: session.csrfToken,
      signal: asking.signal }).then((outcome) => {
      if (asking.signal.aborted) return;
      if (outcome.kind === "no_session") return onNoSession();
      if (outcome.kind !== "answer") {
        const refusal = outcome.kind === "refused" ? outcome : null;
        setState((before) => ({ ...before, isAway: refusal === null, refusal, isWaiting: false }));
        return;
      }
      const { antwoorden, doelen, positie } = outcome.value;
      const figures = Object.fromEntries((antwoorden ?? []).map((one, n) => [
        names[n], one.cijfers ?? one.reeks]).filter(([, one]) => one !== undefined));
      setState({ value: figures as Partial<T>, targets: doelen ?? null,
                 known: { positie: positie ?? "0", bekendOp: outcome.value.bekendOp ?? null },
                 about, at: new Date(), isAway: false, refusal: null, isWaiting: false });
    }, () => undefined); // nobody waits for it any more
    return () => asking.abort();
  }, [JSON.stringify(vragen), bekendOp, session.csrfToken, turn, own]);
  return { ...state, again: () => setOwn((before) => before + 1) };
}
