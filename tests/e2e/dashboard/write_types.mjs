// `write_types.mjs MODULES TREDE OUT`: what `tools/dev api-types` runs.
import { resolve } from "node:path";

import { Serving } from "./serving.mjs";
import { writeTypes } from "./types.mjs";

const [modules, trede, out] = process.argv.slice(2).map((path) => resolve(path));
const serving = new Serving(trede);
serving.run("init", "--zonder-beheerder");
await serving.start();
try {
  await writeTypes(modules, serving, out);
} finally {
  await serving.end();
}
