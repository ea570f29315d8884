// That something came into the log, without asking for it again and again.
import { useEffect, useState } from "preact/hooks";

/** Rises whenever something came in; stays as it is while `isFollowed` is not so. */
export function useTurns(isFollowed: boolean): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (!isFollowed) return undefined;
    // A browser takes it up again by itself when the connection is lost.
    const source = new EventSource("/v1/posities/live");
    let before = "";
    source.addEventListener("positie", ({ lastEventId }) => {
      if (before !== "" && lastEventId !== before) setTurn((one) => one + 1);
      before = lastEventId;
    });
    return () => source.close();
  }, [isFollowed]);
  return turn;
}
