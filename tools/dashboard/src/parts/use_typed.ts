// What somebody types over what is shown, until something else is shown.
import { useState } from "preact/hooks";

/**
 * As useState, but what was typed is let go when `key` is another. Not with an effect: that runs
 * when the page can be typed in already, and would wipe out what was typed first.
 */
export function useTyped<T extends string | Readonly<Record<string, string>>>(
  shown: T,
  key: string = JSON.stringify(shown),
): [typed: T, type: (typed: T) => void] {
  const [state, setState] = useState<{ key: string; typed: T } | null>(null);
  return [state?.key === key ? state.typed : shown, (typed) => setState({ key, typed })];
}
