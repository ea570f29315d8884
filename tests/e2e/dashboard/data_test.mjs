// `data_test.mjs MODULES TREDE SHOTS`: what a beheerder does in a browser, on the real server.
import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { heading, leave, rowsOf } from "./browsing.mjs";
import { openPages } from "./pages.mjs";

const HEAD = "event_id,stream,soort,geldig_op,afdeling\n";
const row = (n, day, name) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")},organisatie,`
  + `afdeling_ingesteld,${day},${name}\n`;
const GOOD = HEAD + row(1, "2024-04-01", "Textiel") + row(2, "2024-04-01", "Hout");
const BAD = GOOD + row(3, "gisteren", "Post")
  + row(4, "2024-04-01", "Kas").replace("afdeling_ingesteld", "bestaat_niet");

const { serving, visitAs, look } = openPages((serving) => {
  serving.make();
  appendFileSync(serving.config, `[backup]\nfolder = "${join(serving.place, "kopie")}"\n`);
});

function fileOf(name, text) {
  const path = join(serving.place, name);
  writeFileSync(path, text);
  return path;
}
const check = (tab) => tab.getByRole("button", { name: "Ga na" }).click();

test("import.namesWhatIsWrongAndRecordsNothing", async () => {
  const tab = await visitAs("b1", "/beheer/invoer");
  await heading(tab, "Bestand inlezen");
  await check(tab);
  await tab.getByText("Kies eerst een bestand.").waitFor();
  await look(tab, "invoer-leeg");
  await tab.getByLabel("Bestand", { exact: true }).setInputFiles(fileOf("fout.csv", BAD));
  await check(tab);
  await tab.getByText("2 regels kloppen niet; er is niets vastgelegd.", { exact: false }).waitFor();
  const rows = await rowsOf(tab).allInnerTexts();
  assert.equal(rows.length, 2);
  assert.match(rows[0], /^4\s+geldig_op\s+/);
  assert.match(rows[1], /^5\s+soort\s+/);
  await look(tab, "invoer-fouten");
  const [kept] = await Promise.all([
    tab.waitForEvent("download"), tab.getByRole("button", { name: "Opslaan als CSV" }).click()]);
  assert.match(readFileSync(await kept.path(), "utf8"), /4;geldig_op;/);
  assert.equal(await tab.getByRole("button", { name: "Lees dit bestand in" }).count(), 0);
  assert.ok(!serving.run("show", "organisatie").includes("Textiel"));
  await tab.getByLabel("Bestand", { exact: true }).setInputFiles(fileOf("geen.csv", "\x00\x01 zomaar wat"));
  await check(tab);
  await tab.getByRole("heading", { name: "Dit bestand kan zo niet worden ingelezen" }).waitFor();
  await leave(tab);
});

test("import.ofAGoodFileIsShownFirstAndThenRecordedOnce", async () => {
  const tab = await visitAs("b1", "/beheer/invoer");
  await tab.getByLabel("Bestand", { exact: true }).setInputFiles(fileOf("goed.csv", GOOD));
  await check(tab);
  await tab.getByText("Er staan 2 nieuwe gebeurtenissen in.").waitFor();
  assert.ok(!serving.run("show", "organisatie").includes("Textiel"));
  await look(tab, "invoer-goed");
  await tab.getByRole("button", { name: "Lees dit bestand in" }).dblclick();
  await tab.getByText("Ingelezen: 2 gebeurtenissen, tot en met gebeurtenis 8.002.").waitFor();
  await look(tab, "invoer-klaar");
  assert.ok(serving.run("show", "organisatie").includes("Textiel"));
  // Another time they are there already.
  await tab.getByLabel("Bestand", { exact: true }).setInputFiles(fileOf("nog-eens.csv", GOOD));
  await check(tab);
  await tab.getByText(/^Er staat niets nieuws in\. 2 stonden er al/).waitFor();
  await leave(tab);
});

test("import.thatIsKilledHalfwayLeavesNothing", async () => {
  const tab = await visitAs("b1", "/beheer/invoer");
  const rows = Array.from({ length: 3_000 }, (_, n) =>
    row(1000 + n, "2024-05-01", `Groep ${n}`)).join("");
  await tab.getByLabel("Bestand", { exact: true }).setInputFiles(
    fileOf("groot.csv", HEAD + rows));
  await check(tab);
  await tab.getByText("Er staan 3.000 nieuwe gebeurtenissen in.").waitFor({ timeout: 120_000 });
  await tab.getByRole("button", { name: "Lees dit bestand in" }).click();
  await tab.getByText("Bezig met inlezen…").waitFor();
  serving.process.kill("SIGKILL");
  await serving.gone;
  await tab.getByText("De server is niet bereikbaar, of het duurde te lang.").waitFor();
  await serving.start();
  const names = serving.run("show", "organisatie").match(/Groep \d+/g)?.length ?? 0;
  assert.ok(names === 0 || names === 3_000, `${names} of 3000`);
  assert.match(serving.run("verify"), /all is well/);
  await leave(tab);
});

test("standing.isToldInWordsAndABackupIsMade", async () => {
  const tab = await visitAs("b1", "/beheer/toestand");
  await tab.getByText("Er is er nog geen gemaakt.").waitFor();
  await look(tab, "toestand-zonder-kopie");
  await tab.getByRole("button", { name: "Maak nu een reservekopie" }).click();
  await tab.getByText(/^Gemaakt op .*(niets is|gebeurtenissen) /).waitFor();
  await tab.getByText("Alles in orde.").waitFor();
  await look(tab, "toestand");
  await leave(tab);
  const auditor = await visitAs("a1", "/beheer/toestand");
  await auditor.getByText("Reservekopie").first().waitFor();
  assert.equal(await auditor.getByRole("button", { name: /reservekopie/ }).count(), 0);
  await leave(auditor);
});

test("definition.isJudgedAndTriedOutWithRealFigures", async () => {
  const tab = await visitAs("c1", "/beheer/rapporten");
  await rowsOf(tab).first().waitFor();
  const text = tab.getByLabel("Tekst van de definitie");
  await text.fill('name: "eigen"\nsoort: 3\n');
  await check(tab);
  await tab.getByText(/klop(t|pen) niet in deze definitie/).waitFor();
  await look(tab, "definitie-fout");
  await text.fill(`name: "eigen" title: "Eigen {periode}" version: "1"
    section { id: "stand" title: "Stand" table {
      id: "stand" title: "Trajecten" heading: "Wat" measure: "trajecten"
      column { id: "eind" title: "{eind}" cell { figure { aspect: EIND } } }
      row { id: "alle" title: "Alle" } } }`);
  await check(tab);
  await tab.getByText("Deze definitie klopt.").waitFor();
  await tab.getByRole("button", { name: "Toon wat zij zou afdrukken" }).click();
  await tab.getByRole("heading", { name: /^Proef: Eigen/ }).waitFor();
  assert.match(await tab.locator(".paper tbody td").first().innerText(), /^[\d.]+$/);
  await look(tab, "definitie-proef");
  await leave(tab);
});

test("administration.isNotForOthers", async () => {
  for (const [actor, path] of [["m1", "/beheer/toestand"], ["g1", "/beheer/rapporten"],
                               ["a1", "/beheer/invoer"], ["c1", "/beheer/invoer"]]) {
    const tab = await visitAs(actor, path);
    await heading(tab, "Deze pagina is er niet");
    await leave(tab);
  }
});
