// The address of the page holds the whole view: which page, and every choice made on it. A link
// shows the same, and Back takes back the last choice.
import { useEffect, useState } from "preact/hooks";

export interface Address {
  path: string;
  query: URLSearchParams;
}

function current(): Address {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

const listeners = new Set<() => void>();
function tellAll(): void {
  for (const listener of listeners) listener();
}
addEventListener("popstate", tellAll);

/** To another page or view, which Back returns from. */
export function goTo(address: string): void {
  history.pushState(null, "", address);
  tellAll();
}
/** The same page seen otherwise while one types: Back returns to before the typing. */
export function replaceAddress(address: string): void {
  history.replaceState(null, "", address);
  tellAll();
}

/** The address of `base` with these choices changed; an empty one is left out. */
export function changed(base: Address, choices: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(base.query);
  for (const [name, value] of Object.entries(choices)) {
    if (value === "") query.delete(name);
    else query.set(name, value);
  }
  query.sort();
  return query.size === 0 ? base.path : `${base.path}?${query}`;
}

/** An address of ours, to return to; anything else is the first page. */
export function ownAddress(text: string | null): string {
  return text !== null && /^\/(?![/\\])/.test(text) ? text : "/";
}

export function useAddress(): Address {
  const [address, setAddress] = useState(current);
  useEffect(() => {
    const listener = () => setAddress(current());
    listeners.add(listener);
    listener();
    return () => void listeners.delete(listener);
  }, []);
  return address;
}

/** Clicks on links of ours stay in the page; those with a key or another button do not. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest("a");
  if (link === null || link.origin !== location.origin || link.hasAttribute("download")) return;
  if (link.target !== "" || link.pathname.startsWith("/v1/")) return;
  if (link.hash !== "" && link.pathname === location.pathname) return;
  event.preventDefault();
  goTo(link.pathname + link.search);
}
