// `agrees_test.mjs MODULES SOURCES TREDE`: what the pages say themselves is what the server says:
// what runs in a dossier on a day.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { PASSWORD, Serving } from "./serving.mjs";

const [modules, sources, trede] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const serving = new Serving(trede);
const kDays = ["2023-03-01", "2023-11-15", "2024-06-30", "2024-12-31"];
let headers;

async function get(path) {
  const answer = await fetch(serving.address + path, { headers });
  assert.equal(answer.status, 200, path);
  return answer.json();
}

before(async () => {
  serving.make();
  await serving.start();
  const opened = await fetch(`${serving.address}/v1/sessies`, {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ actor: "a1", wachtwoord: PASSWORD }) });
  assert.equal(opened.status, 201);
  headers = { Cookie: opened.headers.get("set-cookie").split(";")[0] };
});
after(() => serving.end());

/** What runs, by the server and by the pages, as lines that can be compared. */
function byServer(dossier) {
  return dossier.toestand.filter((one) => one.sinds !== undefined)
    .map((one) => (one.wat === "traject" ? `trede ${dossier.trede}` : `${one.wat} ${one.sinds}`))
    .sort();
}
function byPages(periods) {
  return periods.filter((one) => one.to === null)
    .map((one) => (one.what === "trede" ? `trede ${one.code}` : `${one.what} ${one.from}`)).sort();
}

test("timeline.foldsAsTheServerDoes", async () => {
  const { transformSync } = require("esbuild");
  const made = join(serving.place, "timeline.mjs");
  const source = readFileSync(join(sources, "timeline.ts"), "utf8");
  writeFileSync(made, transformSync(source, { loader: "ts", format: "esm" }).code);
  const { actingEvents, periodsOf } = await import(made);
  let compared = 0;
  const kinds = new Set();
  for (const op of kDays) {
    const { dossiers } = await get(`/v1/caseload?op=${op}&gemeente=Velsen`);
    for (const { id } of dossiers) {
      const dossier = await get(`/v1/dossiers/${id}?op=${op}`);
      const line = await get(`/v1/dossiers/${id}/tijdlijn`);
      const periods = periodsOf(actingEvents(line.gebeurtenissen).filter((one) => one.day <= op));
      assert.deepEqual(byPages(periods), byServer(dossier), `${id} on ${op}`);
      periods.forEach((one) => kinds.add(one.what));
      compared += 1;
    }
  }
  assert.ok(compared > 100, `only ${compared} dossiers`);
  for (const what of ["aangemeld", "wacht_op_start", "trede", "diagnose", "voorziening",
                      "plaatsing", "dienstverband", "verzuim"]) {
    assert.ok(kinds.has(what), `no ${what} among them`);
  }
});
