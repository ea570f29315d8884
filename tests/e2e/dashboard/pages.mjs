// What a file of tests stands on: `X_test.mjs MODULES TREDE SHOTS`, where MODULES has what drives the
// browser, TREDE is the program, and SHOTS takes the screenshots.
import { resolve } from "node:path";
import { after, before } from "node:test";

import { Browsing } from "./browsing.mjs";
import { Serving } from "./serving.mjs";

/** A server and a browser on it, from before the first test until after the last; `prepare`: its log. */
export function openPages(prepare = (serving) => serving.make()) {
  const [modules, trede, shots] = process.argv.slice(2).map((path) => resolve(path));
  const serving = new Serving(trede);
  const browsing = new Browsing(modules, serving, shots);
  before(async () => {
    prepare(serving);
    await serving.start();
    await browsing.open();
  });
  after(async () => {
    await browsing.close();
    await serving.end();
  });
  const { visit, visitAs, look } = browsing;
  return { serving, visit, visitAs, look };
}
