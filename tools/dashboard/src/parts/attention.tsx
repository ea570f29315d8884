// What one must see now, wherever one is on the page: the focus goes there.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** Takes the focus when it appears, so that it is in sight and read out. */
export function Attention({ children }: { children: ComponentChildren }) {
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => here.current?.focus(), []);
  return <div ref={here} tabIndex={-1}>{children}</div>;
}

/** The first field of the form that is wrong takes the focus, after `look` is called. */
export function useFlawFocus() {
  const form = useRef<HTMLFormElement>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (turn === 0) return;
    form.current?.querySelector<HTMLElement>(".utrecht-form-field--invalid :is(input,select,textarea)")
      ?.focus();
  }, [turn]);
  return { form, look: () => setTurn((before) => before + 1) };
}

/** The page became another one, though its address begins the same: as when one comes to a page. */
export function useArrival(title: string): void {
  const before = useRef(title);
  useEffect(() => {
    if (before.current === title) return;
    before.current = title;
    document.title = `${title} · Trede`;
    document.querySelector<HTMLElement>("main h1")?.focus();
    scrollTo(0, 0);
  }, [title]);
}
