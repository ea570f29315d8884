// `measure.mjs MODULES TREDE EVENTS[,EVENTS] [ROUNDS]`: how long the pages take in a browser on the real
// server, from what the browser itself noted, over histories of so many events. All in one run: what
// it says is how one compares with the other.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

import { logIn } from "../../e2e/dashboard/browsing.mjs";
import { Serving } from "../../e2e/dashboard/serving.mjs";

const [modules, trede] = process.argv.slice(2, 4).map((path) => resolve(path));
const sizes = (process.argv[4] ?? "5000,50000").split(",").map(Number);
const ROUNDS = Number(process.argv[5] ?? 9);
const { chromium } = createRequire(join(modules, "package.json"))("playwright-core");
const DAY = "2024-10-31";
/** What is asked for, by whom, and what it is about. `{dossier}`: one of their caseload. */
const PAGES = [
  ["dashboard", `/cijfers?op=${DAY}`, "c1", ".tile__value"],
  ["figure", `/cijfers/trajecten?op=${DAY}&per=trede`, "c1", "tbody tr"],
  ["caseload", `/caseload?op=${DAY}`, "m1", "tbody tr"],
  ["dossier", "/dossiers/{dossier}", "m1", ".facts"],
  ["recording", "/dossiers/{dossier}/vastleggen?soort=contactmoment", "m1", "form.narrow"],
  ["report", "/rapporten/kwartaal?van=2024-07-01&tm=2024-09-30", "c1", ".paper tbody td"],
  ["checking", "/controle", "a1", "main .facts"],
  ["trail", "/auditspoor", "a1", "tbody tr"],
  ["organisation", "/beheer/organisatie", "b1", ".running"],
  ["users", "/beheer/gebruikers", "b1", "tbody tr"],
];

/** Median and slowest, whole milliseconds. */
function told(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return `${Math.round(sorted[sorted.length >> 1])} (${Math.round(sorted.at(-1))})`;
}

/** From asking for the page until the browser has painted what it is about, with nothing kept. */
async function firstView(browser, serving, path, actor, shown) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const tab = await context.newPage();
  await tab.goto(`${serving.address}/inloggen`);
  await logIn(tab, actor);
  await tab.getByRole("button", { name: "Uitloggen" }).waitFor();
  const client = await context.newCDPSession(tab);
  await client.send("Network.clearBrowserCache");
  await tab.goto(serving.address + path);
  const took = await tab.evaluate((wanted) => new Promise((done, fail) => {
    const look = () => {
      if (performance.now() > 120_000) return fail(new Error(`${location.pathname}: no ${wanted}`));
      if (document.querySelector(wanted) === null) return requestAnimationFrame(look);
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
    };
    look();
  }), shown);
  const noted = await tab.evaluate(() => new Promise((done) => {
    let shift = 0;
    new PerformanceObserver((list) => {
      for (const one of list.getEntries()) if (!one.hadRecentInput) shift += one.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done({
      shift, script: performance.getEntriesByType("resource").filter((one) => one.name.endsWith(".js"))
        .reduce((sum, one) => sum + one.encodedBodySize, 0) }), 1500);
  }));
  return { took, tab, ...noted };
}

/** From a key on the slider until the figures of the other day are painted. */
async function slide(tab) {
  await tab.getByRole("slider").focus();
  const times = [];
  for (let round = 0; round < ROUNDS; ++round) {
    const before = await tab.locator(".summary").innerText();
    await tab.evaluate((old) => {
      globalThis.slid = new Promise((done) => {
        addEventListener("keydown", () => {
          const begun = performance.now();
          const look = () => {
            if (document.querySelector(".summary").innerText === old) return requestAnimationFrame(look);
            requestAnimationFrame(() => done(performance.now() - begun));
          };
          look();
        }, { once: true });
      });
    }, before);
    await tab.keyboard.press("ArrowLeft");
    times.push(await tab.evaluate(() => globalThis.slid));
  }
  return times;
}

/** From a key in a field until the browser has painted what came of it, as it noted itself. */
async function type(tab, label) {
  await tab.getByLabel(label, { exact: true }).focus();
  await tab.evaluate(() => {
    globalThis.noted = new Map();  // of each key all its events, the slowest counts
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries()) {
        if (interactionId === 0) continue;
        globalThis.noted.set(interactionId, Math.max(duration, globalThis.noted.get(interactionId) ?? 0));
      }
    }).observe({ type: "event", durationThreshold: 16 });
  });
  for (let round = 0; round < ROUNDS; ++round) {
    await tab.keyboard.press("2");
    await tab.waitForTimeout(250);
  }
  const noted = await tab.evaluate(() => [...globalThis.noted.values()]);
  // What took less than the 16 ms that it notes is not among them.
  return [...noted, ...Array(Math.max(0, ROUNDS - noted.length)).fill(16)];
}

/** What is done on a page whose answer to a key is measured. */
const ACTS = {
  dashboard: slide,
  caseload: (tab) => type(tab, "Zoeken"),
  recording: (tab) => type(tab, "Volgende actie op (mag leeg blijven)"),
};

/** A dossier of the caseload of `m1`. */
async function someDossier(browser, serving) {
  const { tab } = await firstView(browser, serving, `/caseload?op=${DAY}`, "m1", "tbody a");
  const href = await tab.locator("tbody a[href^='/dossiers/']").first().getAttribute("href");
  await tab.context().close();
  return new URL(href, serving.address).pathname.split("/")[2];
}

console.log("events      page          first view, ms   a key, ms     shift   JavaScript, bytes");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium",
                                        args: ["--no-sandbox", "--disable-background-networking"] });
for (const events of sizes) {
  const serving = new Serving(trede);
  serving.run("simulate", "--events", String(events));
  serving.addUsers();
  await serving.start();
  const dossier = await someDossier(browser, serving);
  for (const [name, path, actor, shown] of PAGES) {
    const times = [];
    let last;
    for (let round = 0; round < ROUNDS; ++round) {
      await last?.tab.context().close();
      last = await firstView(browser, serving, path.replace("{dossier}", dossier), actor, shown);
      times.push(last.took);
    }
    const acted = ACTS[name] === undefined ? "" : told(await ACTS[name](last.tab));
    console.log([String(events).padEnd(11), name.padEnd(13), told(times).padEnd(16), acted.padEnd(13),
                 last.shift.toFixed(4), String(last.script)].join(" "));
    await last.tab.context().close();
  }
  await serving.end();
}
await browser.close();
