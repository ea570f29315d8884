// `behind_test.mjs MODULES TREDE SHOTS`: what is behind a figure, in a browser on the real server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { heading, leave } from "./browsing.mjs";
import { openPages } from "./pages.mjs";
import { recordTraffic } from "./traffic.mjs";

const kDay = "2024-06-30";
const kOthers = ["Beverwijk", "Heemskerk", "Uitgeest"];

const { serving, visitAs, look } = openPages((serving) => {
  serving.make();
  serving.addUser("k1", "--rol", "klantmanager", "--gemeente", "Velsen", "--blijvend");
});

const bigFigure = async (tab) => {
  await tab.locator(".figure").waitFor();
  return parseInt((await tab.locator(".figure").innerText()).replaceAll(".", ""), 10);
};
const tableOf = (tab, name) => tab.getByRole("table", { name });

test("subCounts.addUpToTheFigure", async () => {
  const tab = await visitAs("a1", `/cijfers/trajecten?op=${kDay}&per=trede`);
  await heading(tab, "Trajecten");
  const rows = tableOf(tab, "Trajecten per trede").locator("tbody tr");
  await rows.first().waitFor();
  const values = (await rows.locator("td").allInnerTexts()).map(Number);
  const sum = values.pop();
  assert.equal(values.reduce((all, one) => all + one, 0), sum);
  assert.equal(await bigFigure(tab), sum);
  await tab.getByText(`${sum} gebeurtenissen tellen op tot ${sum}.`).waitFor();
  await look(tab, "cijfer");
  await leave(tab);
});

test("events.ofALargeFigureAreLookedForWhenAsked", async () => {
  const tab = await visitAs("a1", "/wachtwoord");
  // A figure of years of many gemeenten; what stands behind it is that of ours.
  await tab.route("**/v1/cijfers/trajecten?*", async (route) => {
    const answer = await route.fetch();
    const figures = await answer.json();
    for (const row of figures.rijen) row.waarde = "5000";
    await route.fulfill({ response: answer, json: figures });
  });
  const asked = [];
  tab.on("request", (request) => {
    if (request.url().includes("/verklaring")) asked.push(request.url());
  });
  await tab.goto(`${serving.address}/cijfers/trajecten?op=${kDay}`);
  const show = tab.getByRole("button", { name: "Toon de gebeurtenissen" });
  await show.waitFor();
  await look(tab, "cijfer-groot");
  assert.deepEqual(asked, []);
  await show.click();
  await tableOf(tab, "Trajecten: gebeurtenissen").locator("tbody tr").first().waitFor();
  assert.equal(asked.length, 1);
  // Another question is asked anew.
  await tab.goto(`${serving.address}/cijfers/trajecten?op=2024-03-31`);
  await show.waitFor();
  assert.equal(asked.length, 1);
  await leave(tab);
});

test("differences.areExplained", async () => {
  const tab = await visitAs("a1", `/cijfers/trajecten?op=${kDay}`);
  await tab.getByLabel("Vergelijk met wat bekend was op").fill("2024-06-30");
  await tab.getByRole("button", { name: "Vergelijk" }).click();
  const rows = tableOf(tab, "Trajecten: wat anders is").locator("tbody tr");
  await rows.first().waitFor();
  const words = (await tab.getByText("De gebeurtenissen tellen op tot").innerText());
  const [was, is] = [...words.matchAll(/: (\d+)\./g)].map((one) => Number(one[1]));
  const more = tab.locator("section", {
    has: tab.getByRole("heading", { name: "Wat er sindsdien anders is" }) })
    .getByRole("button", { name: /^Toon er meer/ });
  while (await more.count() > 0) {
    const before = await rows.count();
    await more.click();
    await tab.waitForFunction((few) => [...document.querySelectorAll("table")].some((table) =>
      table.caption?.textContent === "Trajecten: wat anders is"
      && table.tBodies[0].rows.length > few), before);
  }
  const changes = await rows.locator("td:last-child").allInnerTexts();
  assert.notEqual(was, is);
  assert.equal(changes.map(Number).reduce((all, one) => all + one, 0), is - was);
  await look(tab, "cijfer-verschil");
  await leave(tab);
});

test("export.saysWhatItIsOf", async () => {
  const tab = await visitAs("a1", `/cijfers/trajecten?op=${kDay}&per=trede`);
  const group = tab.getByRole("group", { name: "Meenemen: Trajecten per trede" });
  const saved = async (name) => {
    const [file] = await Promise.all([tab.waitForEvent("download"),
                                      group.getByRole("button", { name }).click()]);
    return [file.suggestedFilename(), readFileSync(await file.path())];
  };
  const [name, csv] = await saved("Opslaan als CSV");
  assert.equal(name, `trajecten-per-trede-${kDay}.csv`);
  const text = csv.toString();
  assert.ok(text.startsWith("\uFEFFTrajecten per trede\r\nPeildatum;30 juni 2024\r\nBekend op;"));
  assert.match(text, /\r\nPositie;8000\r\n/);
  assert.match(text, new RegExp(`\r\nSamen;${await bigFigure(tab)}\r\n$`));
  const [, book] = await saved("Opslaan als Excel");
  assert.equal(book.subarray(0, 2).toString(), "PK");
  await leave(tab);
});

test("known.earlierIsSaid", async () => {
  const tab = await visitAs("c1", `/cijfers/trajecten?op=${kDay}&bekendOp=2024-07-01T00:00:00Z`);
  await tab.getByText("Wat later is vastgelegd, telt hier niet mee.").waitFor();
  const then = await bigFigure(tab);
  assert.equal(await tab.locator("td a").count(), 0);  // a controller reads no dossiers
  await tab.getByRole("link", { name: "Naar wat nu bekend is" }).click();
  await tab.waitForFunction((before_) => parseInt(
    document.querySelector(".figure").textContent, 10) !== before_, then);
  await leave(tab);
});

test("gemeente.isSentNothingOfAnother", async () => {
  for (const actor of ["k1", "g1"]) {
    const tab = await visitAs(actor, "/wachtwoord");
    const traffic = recordTraffic(tab.context());
    for (const measure of ["trajecten", "uitstroom", "intakes_binnen_4_weken"]) {
      await tab.goto(`${serving.address}/cijfers/${measure}?op=${kDay}&per=gemeente`);
      await tab.getByRole("heading", { name: "Uitgesplitst naar gemeente" }).waitFor();
      await tab.getByRole("rowheader", { name: "Velsen" }).waitFor();
    }
    assert.ok((await traffic.answers()) >= 6);
    assert.deepEqual(await traffic.withAny(kOthers), []);
    assert.ok((await traffic.withAny(["Velsen"])).length > 0);  // and it finds what is there
    assert.equal(await tab.getByRole("heading", { name: "De gebeurtenissen erachter" }).count(), 0);
    if (actor === "k1") await look(tab, "cijfer-bewoners");
    await leave(tab);
  }
});
