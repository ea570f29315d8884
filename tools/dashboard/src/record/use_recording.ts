// The life of a form that records: what the rules say of it while it is filled in, and what became
// of it when it was sent.
import { useEffect, useRef, useState } from "preact/hooks";

import type { Outcome, Refusal, Sessie, Vastgelegd } from "../api/client";
import { dropDraft, recordingOf } from "./drafts";
import { tryOut, type Part } from "./recording";

const kPauseMs = 350; // after the last key, before the rules are asked

export type Failure = "" | "no_server" | "outdated" | "other_content" | "refused";
export interface RecordingState {
  /** What the rules say of what is filled in now; null = not known. */
  isGood: boolean | null;
  refusal: Refusal | null;
  failure: Failure;
  isBusy: boolean;
  record: () => Promise<void>;
}

interface Asked {
  session: Sessie;
  /** Of the form: what was sent under it and not answered is sent as the same again. */
  name: string;
  /** Null: it is not filled in yet. */
  parts: readonly Part[] | null;
  onEnded: () => void;
  /** `isThere`: whether the form is still in sight. */
  onRecorded: (what: Vastgelegd, isThere: () => boolean) => void | Promise<void>;
}

function failureOf(outcome: Outcome<unknown>): Failure {
  if (outcome.kind === "no_server") return "no_server";
  if (outcome.kind !== "refused") return "";
  if (outcome.status === 412) return "outdated";
  if (outcome.type.endsWith(":andere-inhoud")) return "other_content";
  return outcome.status >= 500 || outcome.status === 429 ? "no_server" : "refused";
}

export function useRecording({ session, name, parts, onEnded, onRecorded }: Asked): RecordingState {
  const recording = recordingOf(session.actor, name);
  const isThere = useRef(true);
  const isUnderWay = useRef(false);
  const [judged, setJudged] = useState<{ of: string; refusal: Refusal | null } | null>(null);
  const [failed, setFailed] = useState<{ of: string; failure: Failure } | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const content = JSON.stringify(parts);

  useEffect(() => () => { isThere.current = false; }, []);
  useEffect(() => {
    // Beside what may stand there already the rules would speak of that.
    if (parts === null || isBusy || recording.isUnknown) return undefined;
    const asking = new AbortController();
    const timer = setTimeout(() => {
      tryOut(session, parts, asking.signal).then((outcome) => {
        if (asking.signal.aborted) return;
        if (outcome.kind === "answer") setJudged({ of: content, refusal: null });
        if (outcome.kind === "refused" && failureOf(outcome) === "refused") {
          setJudged({ of: content, refusal: outcome });
        }
        if (outcome.kind === "refused" && outcome.status === 412) {
          setFailed({ of: content, failure: "outdated" });
        }
        // A server that is gone is told when one sends; a session that ended too.
      }, () => undefined);
    }, kPauseMs);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [content, isBusy, recording.isUnknown]);

  const record = async () => {
    if (parts === null || isUnderWay.current) return;
    isUnderWay.current = true;
    setIsBusy(true);
    setFailed(null);
    const outcome = await recording.record(session, parts);
    if (outcome.kind === "answer") {
      dropDraft(session.actor, name);
      await onRecorded(outcome.value, () => isThere.current);
    }
    isUnderWay.current = false;
    if (!isThere.current) return;
    setIsBusy(false);
    if (outcome.kind === "answer") return;
    if (outcome.kind === "no_session") return onEnded();
    setFailed({ of: content, failure: failureOf(outcome) });
    if (outcome.kind === "refused") setJudged({ of: content, refusal: outcome });
  };
  const isJudged = judged !== null && judged.of === content;
  return { isGood: isJudged ? judged.refusal === null : null,
           refusal: isJudged ? judged.refusal : null,
           failure: failed !== null && (failed.of === content || failed.failure === "no_server")
             ? failed.failure : "",
           isBusy, record };
}
