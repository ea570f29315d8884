// `check_document.mjs MODULES TREDE`: the document that a server hands out keeps every rule; and
// each rule says no to a document that breaks it alone. Exit status 1 when one of both is not so.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { BROKEN } from "./broken.mjs";
import { OURS, TAKEN, ruleset } from "./ruleset.mjs";

const [modules, trede] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const { Document, Spectral } = require("@stoplight/spectral-core");
const { Json } = require("@stoplight/spectral-parsers");
const { oas } = require("@stoplight/spectral-rulesets");

let failures = 0;
function check(holds, what) {
  if (holds) return;
  failures += 1;
  console.error(what);
}

/** The document of a server of this program, with what `settings` says in its file. */
async function served(settings) {
  const place = mkdtempSync(join(tmpdir(), "trede-document-"));
  const data = join(place, "data");
  const config = join(place, "trede.toml");
  writeFileSync(config, settings);
  const made = spawnSync(trede, ["init", "--data", data, "--zonder-beheerder"]);
  if (made.status !== 0) throw new Error(String(made.stderr));
  const server = spawn(trede, ["serve", "--data", data, "--config", config, "--listen",
                               "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise((done) => server.on("exit", done));
  try {
    const lines = createInterface({ input: server.stdout });
    const [line] = await Promise.race([
      new Promise((done) => lines.once("line", (text) => done([text]))),
      gone.then(() => { throw new Error("the server ended"); }),
    ]);
    const answer = await fetch(`${line.split(" ").pop()}/v1/openapi.json`);
    check(answer.status === 200, `answered with ${answer.status}`);
    check(answer.headers.get("content-type") === "application/json", "is of another media type");
    check(answer.headers.get("access-control-allow-origin") === "*", "is not for every page");
    return await answer.text();
  } finally {
    server.kill("SIGTERM");
    await gone;
    rmSync(place, { recursive: true });
  }
}

const spectral = new Spectral();
spectral.setRuleset(ruleset(oas));

/** `rule at place: words` of whatever a rule says of the document. */
async function flaws(text) {
  const found = await spectral.run(new Document(text, Json));
  return found.map(({ code, path, message }) => ({
    code: String(code), line: `${code} at ${path.join("/")}: ${message}` }));
}

const SETTINGS = `[api]
base_url = "https://trede.velsen.example"
contact_name = "Applicatiebeheer"
contact_email = "beheer@velsen.example"
contact_url = "https://velsen.example/beheer"
`;

const plain = await served("");
for (const { line } of await flaws(plain)) check(false, `by default: ${line}`);
const text = await served(SETTINGS);
const settled = JSON.parse(text);
check(settled.servers[0].url === "https://trede.velsen.example/v1", "the server is another");
check(settled.info.contact.email === "beheer@velsen.example", "the contact is another");

const bitten = new Set();
for (const [rule, breaks] of BROKEN) {
  const api = JSON.parse(plain);
  breaks(api);
  const codes = (await flaws(JSON.stringify(api))).map(({ code }) => code);
  check(codes.includes(rule), `${rule} does not see ${breaks}; seen: ${codes}`);
  bitten.add(rule);
}
for (const rule of [...OURS, ...TAKEN]) check(bitten.has(rule), `${rule}: nothing breaks it`);
console.log(`${OURS.length + TAKEN.length} rules, ${BROKEN.length} ways to break them`);
process.exitCode = failures === 0 ? 0 : 1;
