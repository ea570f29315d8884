// `reports_test.mjs MODULES TREDE SHOTS`: reports in a browser, on the real server.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { heading, leave, rowsOf } from "./browsing.mjs";
import { openPages } from "./pages.mjs";

const Q = "van=2024-07-01&tm=2024-09-30";

const { serving, visitAs, look } = openPages();

const cellsOf = (tab, caption) => tab.getByRole("table", { name: caption }).first()
  .locator("tbody tr").first().locator("td").allInnerTexts();

/** The report of the quarter by the program. */
const quarter = (format, ...options) => serving.run(
  "report", "kwartaal", "--van", "2024-07-01", "--tm", "2024-09-30", "--format", format, ...options);
/** Its cells as they are printed, row by row. */
function onPaper(...options) {
  const printed = JSON.parse(quarter("json", ...options));
  return printed.secties.flatMap(({ tabellen }) => tabellen).flatMap(({ rijen }) => rijen)
    .filter(({ stijl }) => stijl !== "kop")
    .flatMap(({ cellen }) => cellen.map(({ gedrukt }) => gedrukt ?? ""));
}
/** The same, as they stand in the page. */
async function shownIn(tab) {
  return (await tab.locator(".paper tbody td").allTextContents())
    .map((text) => text.replace(/^[✓✗](on)?gunstig\s*/, ""));
}

test("reports.areListedForWhoMayReadThem", async () => {
  const tab = await visitAs("a1", "/rapporten");
  await rowsOf(tab).first().waitFor();
  assert.ok(await rowsOf(tab).count() >= 7);
  await look(tab, "rapporten");
  await tab.getByRole("link", { name: "kwartaal" }).click();
  await heading(tab, /^Kwartaalrapportage /);
  await leave(tab);
  // Of one gemeente: those about a gemeente.
  const gemeente = await visitAs("g1", "/rapporten");
  await rowsOf(gemeente).first().waitFor();
  assert.deepEqual(await gemeente.locator("tbody a").allInnerTexts(), ["gemeente"]);
  await gemeente.getByRole("link", { name: "gemeente" }).click();
  await heading(gemeente, /Velsen/);
  assert.equal(await gemeente.getByText("Beverwijk").count(), 0);
  await gemeente.goto(`${serving.address}/rapporten/gemeente?${Q}&waar=gemeente%3DBeverwijk`);
  await gemeente.getByText("U leest alleen rapporten over uw eigen gemeente.").waitFor();
  await leave(gemeente);
  const coach = await visitAs("m1", "/rapporten");
  await heading(coach, "Deze pagina is er niet");
  await leave(coach);
});

test("report.saysWhatTheProgramPrints", async () => {
  const tab = await visitAs("c1", `/rapporten/kwartaal?${Q}`);
  await heading(tab, /^Kwartaalrapportage /);
  await tab.getByText("Concept").waitFor();
  assert.deepEqual(await shownIn(tab), onPaper());
  await look(tab, "rapport");
  await tab.getByLabel("Periode").selectOption({ index: 1 });
  await tab.waitForURL(/van=20\d\d/);
  await leave(tab);
});

test("report.isSavedInEachForm", async () => {
  const tab = await visitAs("c1", `/rapporten/kwartaal?${Q}`);
  await heading(tab, /^Kwartaalrapportage /);
  for (const [button, kind] of [["Excel", "xlsx"], ["CSV", "csv"], ["webpagina", "html"],
                                ["tekst", "txt"]]) {
    const [file] = await Promise.all([
      tab.waitForEvent("download"),
      tab.getByRole("button", { name: `Opslaan als ${button}` }).click()]);
    assert.equal(file.suggestedFilename(), `kwartaal-2024-07-01-2024-09-30.${kind}`);
  }
  assert.equal(await tab.getByRole("button", { name: "Bewijsbundel opslaan" }).count(), 0);
  await leave(tab);
});

test("report.forPublicationLeavesSmallCountsOut", async () => {
  const tab = await visitAs("c1", `/rapporten/kwartaal?${Q}`);
  await heading(tab, /^Kwartaalrapportage /);
  await tab.getByText("Concept").waitFor();
  const whole = await shownIn(tab);
  assert.ok(!whole.includes("< 5"));
  // Until they are left out nothing is there at all.
  await tab.route("**/v1/rapporten/kwartaal?*onderdruk=true*", (route) => route.abort());
  await tab.getByLabel("Zonder aantallen van 1 tot en met 4, om te publiceren").check();
  await tab.waitForURL(/onderdruk=ja/);
  await tab.getByText("De server is niet bereikbaar.").waitFor();
  assert.equal(await tab.locator(".paper").count(), 0);
  assert.equal(await tab.getByRole("button", { name: "Opslaan als CSV" }).count(), 0);
  await tab.unroute("**/v1/rapporten/kwartaal?*onderdruk=true*");
  await tab.getByRole("button", { name: "Opnieuw proberen" }).click();
  await tab.getByText(/^Om te publiceren: /).waitFor();
  const shown = await shownIn(tab);
  assert.deepEqual(shown, onPaper("--onderdruk"));
  assert.ok(shown.includes("< 5") && shown.includes("x"));
  assert.equal(await tab.getByRole("link", { name: "Stel dit rapport vast" }).count(), 0);
  const [file] = await Promise.all([
    tab.waitForEvent("download"), tab.getByRole("button", { name: "Opslaan als CSV" }).click()]);
  assert.equal(file.suggestedFilename(), "kwartaal-2024-07-01-2024-09-30-publicatie.csv");
  const csv = readFileSync(await file.path(), "utf8");
  assert.ok(csv.includes(",onderdrukt,"));
  assert.equal(csv, quarter("csv", "--onderdruk"));
  await look(tab, "rapport-publicatie");
  await tab.getByLabel("Zonder aantallen van 1 tot en met 4, om te publiceren").uncheck();
  await tab.getByText(/^Om te publiceren: /).waitFor({ state: "detached" });
  assert.deepEqual(await shownIn(tab), whole);
  await leave(tab);
});

test("report.asKnownThenStandsBesideNowWithEveryDifferenceExplained", async () => {
  const tab = await visitAs("a1", `/rapporten/kwartaal?${Q}&bekendOp=2024-10-01T06:00:00Z`);
  await heading(tab, /^Kwartaalrapportage /);
  await tab.getByText("Zoals bekend op 1 okt 2024, 08:00", { exact: false }).waitFor();
  await tab.getByRole("link", { name: "Leg dit naast wat nu bekend is" }).click();
  const found = await tab.getByText(/cijfers? (is|zijn) nu anders/).innerText();
  const told = Number(found.match(/^\d+/)[0]);
  assert.ok(told > 3, found);
  const marked = tab.locator(".paper__other");
  await marked.first().waitFor();
  assert.equal(await marked.count(), told);
  const says = JSON.parse(serving.run("report", "kwartaal", "--van", "2024-07-01", "--tm",
    "2024-09-30", "--format", "json", "--bekend-op", "2024-10-01T06:00:00Z",
    "--en-positie", String(8000)));
  assert.equal(says.secties[0].tabellen.flatMap(({ rijen }) => rijen).length, told);
  await tab.getByText(/^De .*gebeurtenis(sen)? die dat (deed|deden)$/).click();
  await look(tab, "rapport-naast-nu");
  await tab.locator(".differences details tbody a").first().click();
  await heading(tab, /^Dossier /);
  await leave(tab);
});

test("report.rowIsExplainedFromWhereItStands", async () => {
  const tab = await visitAs("c1", "/rapporten/kwartaal?van=2024-04-01&tm=2024-06-30");
  const table = tab.locator(".report-table").first();
  await table.getByText(/^Licht een regel toe: /).click();
  const link = table.locator("details a").first();
  const row = await link.innerText();
  await link.click();
  await heading(tab, "Toelichting vastgelegd");
  assert.equal(await tab.getByLabel("Rapport").inputValue(), "kwartaal");
  await tab.getByLabel("Tekst").fill("Hier staat waarom.");
  await tab.getByText("Dit past bij wat er staat.").waitFor();
  await look(tab, "rapport-toelichten");
  await tab.getByRole("button", { name: "Vastleggen" }).click();
  await tab.getByText(/^Vastgelegd: Toelichting vastgelegd, /).waitFor();
  await heading(tab, /^Kwartaalrapportage /);
  await table.locator(".reasons div", { hasText: row }).getByText("Hier staat waarom.").waitFor();
  // Another row begins with an empty form.
  await table.getByText(/^Licht een regel toe: /).click();
  await table.locator("details a").nth(1).click();
  assert.equal(await tab.getByLabel("Tekst").inputValue(), "");
  // Nobody else is asked to: what was laid down stays, and who only reads says nothing.
  await tab.goto(`${serving.address}/rapporten/kwartaal?van=2024-04-01&tm=2024-06-30&onderdruk=ja`);
  await tab.getByText("Om te publiceren:").waitFor();
  assert.equal(await tab.getByText(/^Licht een regel toe/).count(), 0);
  await leave(tab);
  const auditor = await visitAs("a1", "/rapporten/kwartaal?van=2024-04-01&tm=2024-06-30");
  await auditor.getByText("Hier staat waarom.").waitFor();
  assert.equal(await auditor.getByText(/^Licht een regel toe/).count(), 0);
  await leave(auditor);
});

test("report.isLaidDownOnceAndStaysAsItWas", async () => {
  const tab = await visitAs("c1", "/rapporten/identiteiten?van=2023-01-01&tm=2023-03-31");
  await heading(tab, /2023/);
  await tab.getByRole("link", { name: "Stel dit rapport vast" }).click();
  await heading(tab, "Rapport vaststellen");
  await tab.getByText("Alle controles kloppen.").waitFor();
  await look(tab, "vaststellen");
  await tab.getByRole("button", { name: "Stel vast" }).dblclick();
  await tab.getByText("Het rapport is vastgesteld.").waitFor();
  await tab.getByText(/^Vastgesteld op /).waitFor();
  assert.equal(await tab.getByRole("link", { name: "Stel dit rapport vast" }).count(), 0);
  await look(tab, "rapport-vastgesteld");
  await tab.getByRole("link", { name: "Leg dit naast wat nu bekend is" }).click();
  await tab.getByText("Niets: elk cijfer is nu hetzelfde.").waitFor();
  await tab.goto(`${serving.address}/rapporten/identiteiten/vaststellen?van=2023-01-01&tm=2023-03-31`);
  await tab.getByRole("alert").waitFor();
  assert.equal(await tab.getByRole("button", { name: "Stel vast" }).count(), 0);
  await look(tab, "vaststellen-al-gedaan");
  await leave(tab);
  const auditor = await visitAs("a1", "/rapporten/identiteiten?van=2023-01-01&tm=2023-03-31");
  await auditor.getByText(/^Vastgesteld op /).waitFor();
  assert.equal(await auditor.getByRole("link", { name: "Stel dit rapport vast" }).count(), 0);
  await leave(auditor);
});

test("report.whosePeriodIsNotOverCannotBeLaidDown", async () => {
  const tab = await visitAs("c1", "/rapporten/kwartaal/vaststellen?van=2090-01-01&tm=2090-03-31");
  await tab.getByRole("alert").waitFor();
  assert.match(await tab.getByRole("alert").innerText(), /^Vaststellen kan niet: .*\.$/);
  assert.equal(await tab.getByRole("button", { name: "Stel vast" }).count(), 0);
  await leave(tab);
});

test("bundle.isWhatTheProgramVerifies", async () => {
  const tab = await visitAs("a1", `/rapporten/kwartaal?${Q}`);
  await heading(tab, /^Kwartaalrapportage /);
  const [file] = await Promise.all([
    tab.waitForEvent("download"),
    tab.getByRole("button", { name: "Bewijsbundel opslaan" }).click()]);
  const kept = join(serving.place, "bewijs.zip");
  await file.saveAs(kept);
  const checked = spawnSync(serving.trede, ["verify-evidence", kept], { encoding: "utf8" });
  assert.equal(checked.status, 0, checked.stderr);
  assert.match(checked.stdout, /kwartaal/);
  await leave(tab);
});
