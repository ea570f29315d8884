// That something came into the log, without asking for it again and again.
import { useEffect, useRef, useState } from "preact/hooks";

import { ask } from "../api/client";

const kPauseMs = 5000; // before it is tried anew after the server refused it

interface Live {
  /** Rises whenever something came in. */
  turn: number;
  /** Tells up to which position of the log the page has what is in sight. */
  sees: (position: string | undefined) => void;
}

/** Nothing rises while `isFollowed` is not so. `onNoSession` is called when the session has ended. */
export function useLive(isFollowed: boolean, onNoSession: () => void): Live {
  const [turn, setTurn] = useState(0);
  const [opened, setOpened] = useState(0);
  const seen = useRef("");
  useEffect(() => {
    if (!isFollowed) return undefined;
    // A browser takes it up again by itself when the connection is lost, and not when the server
    // refused it: because the session is over, or because it is starting.
    const source = new EventSource("/v1/posities/live");
    let timer = 0;
    source.addEventListener("positie", ({ lastEventId }) => {
      if (seen.current !== "" && lastEventId !== seen.current) setTurn((one) => one + 1);
      seen.current = lastEventId;
    });
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return;
      timer = window.setTimeout(async () => {
        const outcome = await ask("/v1/sessies/huidige");
        if (outcome.kind === "no_session") onNoSession();
        else setOpened((one) => one + 1);
      }, kPauseMs);
    });
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [isFollowed, opened]);
  return { turn, sees: (position) => { if (position !== undefined) seen.current = position; } };
}
