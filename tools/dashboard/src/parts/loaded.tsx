// A page that is fetched when somebody first goes there.
import { useEffect, useState } from "preact/hooks";

import type { Found, Page, PageProps } from "../places";
import { Away, Waiting } from "./notice";

const fetched = new Map<Found["place"], Page>();

interface LoadedProps extends PageProps {
  found: Found;
  /** Called when the page is in sight. */
  onShown: () => void;
}

export function Loaded({ found, onShown, ...props }: LoadedProps) {
  const [, setTurn] = useState(0);
  const [isAway, setIsAway] = useState(false);
  const shown = fetched.get(found.place);
  useEffect(() => {
    if (fetched.has(found.place)) return undefined;
    let isAwaited = true;
    setIsAway(false);
    found.load().then((page) => {
      fetched.set(found.place, page);
      if (isAwaited) setTurn((before) => before + 1);
    }, () => isAwaited && setIsAway(true));
    return () => { isAwaited = false; };
  }, [found.place]);
  useEffect(() => {
    if (shown !== undefined) onShown();
  }, [shown]);
  if (shown !== undefined) {
    const PageShown = shown;
    return <PageShown {...props} />;
  }
  // A part that once could not be fetched is not tried again by the browser, but by a new page.
  return isAway ? <Away again={() => location.reload()} /> : <Waiting what="De pagina" />;
}
