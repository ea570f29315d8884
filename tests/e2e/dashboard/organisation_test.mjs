// `organisation_test.mjs MODULES TREDE SHOTS`: what holds for the organisation, in a browser.
import assert from "node:assert/strict";
import { test } from "node:test";

import { heading, leave, rowsOf } from "./browsing.mjs";
import { openPages } from "./pages.mjs";

const save = (tab) => tab.getByRole("button", { name: "Vastleggen" });

const { serving, visitAs, look } = openPages();

test("organisation.isReadAndRecordedWithARefusalInDutch", async () => {
  const tab = await visitAs("b1", "/beheer/organisatie");
  await rowsOf(tab).first().waitFor();
  await look(tab, "organisatie");
  await tab.getByRole("link", { name: "Afdeling ingesteld", exact: true }).click();
  await heading(tab, "Afdeling ingesteld");
  await save(tab).click();
  await tab.getByText("Vul dit in.").waitFor();
  await look(tab, "organisatie-vastleggen");
  await tab.getByLabel("Afdeling").fill("Textiel");
  await tab.getByText("Dit past bij wat er staat.").waitFor();
  await save(tab).dblclick();
  await tab.getByText(/^Vastgelegd: Afdeling ingesteld, /).waitFor();
  await rowsOf(tab).first().getByText("Textiel").waitFor();
  assert.equal(serving.run("show", "organisatie").match(/Textiel/g).length > 0, true);
  // Another time the rules say no, and nothing is recorded.
  await tab.getByRole("link", { name: "Gemeente toegetreden", exact: true }).click();
  await tab.getByLabel("Gemeente").fill("Velsen");
  await tab.getByText("Zo kan dit niet worden vastgelegd.").waitFor();
  const told = await tab.locator(".field-error, .utrecht-alert").first().innerText();
  assert.match(told, /^[A-Z].*\.$/s);
  await leave(tab);
});

test("organisation.withoutAKindOneChooses", async () => {
  const tab = await visitAs("b1", "/beheer/organisatie/vastleggen");
  await heading(tab, "Wat wilt u vastleggen?");
  await tab.getByRole("link", { name: "Afdeling ingesteld", exact: true }).click();
  await heading(tab, "Afdeling ingesteld");
  await leave(tab);
});

test("organisation.targetIsChosenAndWrittenInWords", async () => {
  const tab = await visitAs("b1", "/beheer/organisatie");
  await tab.getByRole("link", { name: "Taakstelling vastgesteld", exact: true }).click();
  await tab.getByLabel("Maat").selectOption("Dienstverbanden");
  await tab.getByLabel("Gemeente").selectOption("Velsen");
  await tab.getByLabel("Dienstverband").selectOption("Beschut werk");
  await tab.getByLabel("Periode").fill("2031");
  await tab.getByLabel("Waarde").fill("40,5");
  await tab.getByLabel("Richting (mag leeg blijven)").selectOption("Hoger");
  await tab.getByText("Dit past bij wat er staat.").waitFor();
  await look(tab, "organisatie-taakstelling");
  await save(tab).click();
  await tab.getByText(/^Vastgelegd: Taakstelling vastgesteld, /).waitFor();
  await rowsOf(tab).first().getByText(
    "Dienstverbanden (beschut werk en Velsen) in 2031: ten minste 40,5").waitFor();
  assert.match(serving.run("show", "organisatie"),
               /waarde=40\.5.*waar=dienstverband=beschut_werk;gemeente=Velsen|waar=dienstverband=beschut_werk;gemeente=Velsen.*waarde=40\.5/);
  await leave(tab);
});

test("organisation.amountIsWrittenInEuros", async () => {
  const tab = await visitAs("c1", "/beheer/organisatie/vastleggen?soort=boeking");
  await tab.getByLabel("Programma").fill("6.3 610");
  await tab.getByLabel("Soort bedrag").selectOption("Lasten");
  await tab.getByLabel("Periode").fill("2024-05");
  await tab.getByLabel("Bedrag in euro's").fill("12,345");
  await tab.getByText("Schrijf een bedrag, zoals 1250,00 of -80.").waitFor();
  await tab.getByLabel("Bedrag in euro's").fill("1.250,5");
  await tab.getByText("Dit past bij wat er staat.").waitFor();
  await look(tab, "organisatie-boeking");
  await save(tab).click();
  await tab.getByText(/^Vastgelegd: Boeking, /).waitFor();
  await rowsOf(tab).first().getByText(/^6\.3 610: €\s1\.250,50 lasten in 2024-05/).waitFor();
  assert.match(serving.run("show", "organisatie"), /bedrag_eurocent=125050/);
  await leave(tab);
});

test("organisation.isSetRight", async () => {
  const tab = await visitAs("b1", "/beheer/organisatie?soort=afdeling_ingesteld");
  await rowsOf(tab).first().waitFor();
  const row = rowsOf(tab).filter({ hasText: "Textiel" });
  await row.getByRole("link", { name: /^Corrigeren/ }).click();
  await heading(tab, "Corrigeren");
  await tab.getByLabel("Afdeling").fill("Textiel en kleding");
  await tab.getByText("Afdeling: Textiel wordt Textiel en kleding").waitFor();
  await save(tab).click();
  await tab.getByText("Gecorrigeerd. Nu telt wat u invulde.").waitFor();
  await rowsOf(tab).filter({ hasText: "Gecorrigeerd, telt niet meer zo mee" }).waitFor();
  await rowsOf(tab).filter({ hasText: "Gecorrigeerd" }).getByRole("link", { name: /^Intrekken/ })
    .click();
  await heading(tab, "Intrekken");
  assert.equal(await tab.locator("option", { hasText: "ander dossier" }).count(), 0);
  await tab.getByText("Wat er overblijft klopt met elkaar.").waitFor();
  await tab.getByRole("button", { name: "Intrekken" }).click();
  await tab.getByText("Ingetrokken. Dit telt niet meer mee.").waitFor();
  await look(tab, "organisatie-ingetrokken");
  await leave(tab);
});

test("organisation.hasAmountsForWhoKeepsTheBooksAlone", async () => {
  const books = await visitAs("c1", "/beheer/organisatie");
  await books.getByRole("link", { name: "Boeking", exact: true }).waitFor();
  assert.equal(await books.getByRole("link", { name: "Afdeling ingesteld", exact: true }).count(), 0);
  assert.ok((await books.getByLabel("Soort").locator("option").allInnerTexts()).includes("Boeking"));
  await leave(books);
  const keeper = await visitAs("b1", "/beheer/organisatie");
  await rowsOf(keeper).first().waitFor();
  assert.ok(!(await keeper.getByLabel("Soort").locator("option").allInnerTexts())
    .includes("Boeking"));
  await leave(keeper);
  const auditor = await visitAs("a1", "/beheer/organisatie");
  await rowsOf(auditor).first().waitFor();
  assert.equal(await auditor.getByRole("heading", { name: "Vastleggen" }).count(), 0);
  assert.equal(await auditor.getByRole("link", { name: /^Corrigeren/ }).count(), 0);
  await leave(auditor);
  const coach = await visitAs("m1", "/beheer/organisatie");
  await heading(coach, "Deze pagina is er niet");
  await leave(coach);
});
