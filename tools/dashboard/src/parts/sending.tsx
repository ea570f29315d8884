// A form that changes something: busy, refused, or not answered. What was filled in stays.
import { useRef, useState } from "preact/hooks";

import { ask, type Refusal, type Sessie } from "../api/client";
import { Notice } from "./notice";

export interface Sending {
  isBusy: boolean;
  refusal: Refusal | null;
  isAway: boolean;
  /** What came of it; null when it did not go, or is under way already. */
  send: <T>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown, isLong?: boolean) =>
    Promise<{ value: T } | null>;
  /** Forgets what went wrong. */
  clear: () => void;
}

export function useSending(session: Sessie, onEnded: () => void): Sending {
  const [isBusy, setIsBusy] = useState(false);
  const isUnderWay = useRef(false); // at once, also before the page shows that it is busy
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isAway, setIsAway] = useState(false);
  const clear = () => {
    setRefusal(null);
    setIsAway(false);
  };
  const send: Sending["send"] = async <T,>(method: "POST" | "PUT" | "DELETE", path: string,
                                           body?: unknown, isLong = false) => {
    if (isUnderWay.current) return null;
    isUnderWay.current = true;
    setIsBusy(true);
    clear();
    const outcome = await ask<T>(path, { method, csrf: session.csrfToken, isLong,
                                         ...(body === undefined ? {} : { body }) });
    isUnderWay.current = false;
    setIsBusy(false);
    if (outcome.kind === "answer") return { value: outcome.value };
    if (outcome.kind === "no_session") onEnded();
    if (outcome.kind === "no_server") setIsAway(true);
    if (outcome.kind === "refused") setRefusal(outcome);
    return null;
  };
  return { isBusy, refusal, isAway, send, clear };
}

/** Why it did not go; what is about a field in `atFields` stands there. */
export function SendingNotice({ sending, atFields = [] }:
                              { sending: Sending; atFields?: readonly string[] }) {
  const { refusal, isAway } = sending;
  if (isAway) {
    return (
      <Notice kind="error">
        De server is niet bereikbaar. Wat u invulde staat er nog: probeer het opnieuw.
      </Notice>
    );
  }
  if (refusal === null || atFields.some((one) => refusal.fields.has(one))) return null;
  return <Notice kind="error">{sendingWords(refusal)}</Notice>;
}

function sendingWords(refusal: Refusal): string {
  if (refusal.status === 403 || refusal.status === 409) return refusal.detail;
  if (refusal.status === 404) return "Dit is er niet meer.";
  if (refusal.status === 429) return "Er is te vaak iets gevraagd. Wacht even en probeer het opnieuw.";
  if (refusal.status >= 500) return "De server kan dit nu niet. Probeer het over een minuut opnieuw.";
  return "Er klopt iets niet in wat u invulde. Kijk het na.";
}
