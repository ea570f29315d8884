// `measure.mjs MODULES TREDE EVENTS[,EVENTS]`: how long the pages take in a browser on the real server,
// from what the browser itself noted, over histories of so many events. All in one run: what it says
// is how one compares with the other.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

import { logIn } from "../../e2e/dashboard/browsing.mjs";
import { Serving } from "../../e2e/dashboard/serving.mjs";

const [modules, trede] = process.argv.slice(2, 4).map((path) => resolve(path));
const sizes = (process.argv[4] ?? "5000,50000").split(",").map(Number);
const ROUNDS = 9;
const { chromium } = createRequire(join(modules, "package.json"))("playwright-core");
const DAY = "2024-10-31";

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
  const took = await tab.evaluate((wanted) => new Promise((done) => {
    const look = () => {
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

console.log("events      page        first view, ms   slider, ms    shift   JavaScript, bytes");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium",
                                        args: ["--no-sandbox", "--disable-background-networking"] });
for (const events of sizes) {
  const serving = new Serving(trede);
  serving.run("simulate", "--events", String(events));
  serving.addUsers();
  await serving.start();
  for (const [name, path, actor, shown] of [
    ["dashboard", `/cijfers?op=${DAY}`, "c1", ".tile__value"],
    ["caseload", `/caseload?op=${DAY}`, "m1", "tbody tr"]]) {
    const times = [];
    let last;
    for (let round = 0; round < ROUNDS; ++round) {
      await last?.tab.context().close();
      last = await firstView(browser, serving, path, actor, shown);
      times.push(last.took);
    }
    const slid = name === "dashboard" ? told(await slide(last.tab)) : "";
    console.log([String(events).padEnd(11), name.padEnd(11), told(times).padEnd(16), slid.padEnd(13),
                 last.shift.toFixed(4), String(last.script)].join(" "));
    await last.tab.context().close();
  }
  await serving.end();
}
await browser.close();
