// What was just done, told once on the page one comes to.
import { useState } from "preact/hooks";

import { Notice } from "./notice";

let told = "";

/** Said by the next page that has a place for it. */
export function tellDone(words: string): void {
  told = words;
}

export function Done() {
  const [words] = useState(() => {
    const here = told;
    told = "";
    return here;
  });
  return words === "" ? null : <Notice kind="ok">{words}</Notice>;
}
