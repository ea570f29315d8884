// A browser on a server of this program: visiting, logging in, and looking at what is in sight.
// `open` before the first visit, `close` after the last.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { PASSWORD } from "./serving.mjs";

const WIDTHS = [1280, 768];
/** What the console may say: that the server refused or was gone, which the test meant it to. */
const MEANT = /^Failed to load resource: (the server responded with a status of 4|net::ERR_)/;

export class Browsing {
  /** `modules`: where what checks pages is installed. `shots`: where screenshots are left. */
  constructor(modules, serving, shots) {
    const require = createRequire(join(modules, "package.json"));
    this.chromium = require("playwright-core").chromium;
    this.axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
    this.serving = serving;
    this.shots = shots;
    for (const name of ["visit", "visitAs", "look"]) this[name] = this[name].bind(this);
  }

  async open() {
    mkdirSync(this.shots, { recursive: true });
    this.browser = await this.chromium.launch({
      executablePath: "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-background-networking"] });
  }
  async close() {
    await this.browser?.close();
  }

  /** Somebody new. `tab.said` has what should not have been said. */
  async visit(path, options = {}) {
    const context = await this.browser.newContext({
      viewport: { width: 1280, height: 900 }, locale: "nl-NL", timezoneId: "Europe/Amsterdam",
      reducedMotion: "reduce", // screenshots of what is drawn, not of its drawing
      ...options });
    const tab = await context.newPage();
    tab.setDefaultTimeout(Number(process.env.PATIENCE_MS ?? 60_000));
    tab.said = [];
    tab.on("console", (message) => MEANT.test(message.text()) || tab.said.push(message.text()));
    tab.on("pageerror", (error) => tab.said.push(String(error)));
    tab.on("request", (request) => request.url().startsWith(this.serving.address)
      || request.url().startsWith("blob:") || tab.said.push(`asks ${request.url()}`));
    await tab.goto(this.serving.address + path);
    return tab;
  }
  async visitAs(actor, path, options) {
    const tab = await this.visit(path, options);
    await logIn(tab, actor);
    await tab.getByRole("button", { name: "Uitloggen" }).waitFor();
    return tab;
  }

  /** No rule of axe broken, nothing too wide, at each width; and a screenshot of each. */
  async look(tab, name) {
    await tab.evaluate(this.axe);
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: 900 });
      const { violations } = await tab.evaluate(
        () => globalThis.axe.run({ resultTypes: ["violations"] }));
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
      assert.deepEqual(found, [], `${name} at ${width}`);
      await tab.screenshot({ path: join(this.shots, `${name}-${width}.png`), fullPage: true });
    }
    for (const width of [...WIDTHS, 320]) {  // 320 is 1280 at 400 %
      await tab.setViewportSize({ width, height: 900 });
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth
        - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${name} is ${wide} px too wide for ${width}`);
    }
    await tab.setViewportSize({ width: 1280, height: 900 });
  }
}

export async function leave(tab) {
  assert.deepEqual(tab.said, []);
  await tab.context().close();
}
export async function logIn(tab, actor, password = PASSWORD) {
  await tab.getByLabel("Gebruikersnaam").fill(actor);
  await tab.getByLabel("Wachtwoord").fill(password);
  await tab.getByRole("button", { name: "Inloggen" }).click();
}
export const heading = (tab, name) => tab.getByRole("heading", { level: 1, name }).waitFor();
export const focusAt = (tab, name) => tab.waitForFunction(
  (wanted) => document.activeElement?.getAttribute("name") === wanted, name);
export const alert = (tab) => tab.getByRole("alert");
export const rowsOf = (tab) => tab.locator("tbody tr");
export async function rowTexts(tab) {
  await rowsOf(tab).first().waitFor();
  return rowsOf(tab).allInnerTexts();
}
