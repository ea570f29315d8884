// `people_test.mjs MODULES TREDE SHOTS`: users and what they may do, on the real server.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { heading, leave, logIn, rowsOf } from "./browsing.mjs";
import { openPages } from "./pages.mjs";
import { PASSWORD } from "./serving.mjs";

const { serving, visit, visitAs, look } = openPages();

const user = (name) => `/beheer/gebruikers/${name}`;
const button = (tab, name) => tab.getByRole("button", { name, exact: true });

async function logInWith(name, password) {
  const tab = await visit("/inloggen");
  await logIn(tab, name, password);
  return tab;
}

/** Whether any file below `folder` has `text` in it. */
function isOnDisk(folder, text) {
  return readdirSync(folder).some((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? isOnDisk(path, text)
      : readFileSync(path).includes(text);
  });
}

test("users.areListedWithWhatTheyMay", async () => {
  const tab = await visitAs("b1", "/");
  await tab.getByRole("link", { name: "Gebruikers" }).first().click();
  await heading(tab, "Gebruikers");
  await rowsOf(tab).first().waitFor();
  const rows = await rowsOf(tab).allInnerTexts();
  assert.equal(rows.length, serving.run("user", "list").trim().split("\n").length - 2); // its head
  assert.match(rows.find((one) => one.startsWith("m1")), /werkcoach.*Velsen.*wc-001.*Kan inloggen/s);
  await look(tab, "gebruikers");
  await leave(tab);
});

test("newUser.getsAPasswordOnceAndChangesItAtTheFirstLogin", async () => {
  const tab = await visitAs("b1", "/beheer/gebruiker-toevoegen");
  await button(tab, "Toevoegen").click();
  await tab.getByText("Vul een naam in.").waitFor();
  await tab.getByText("Kies een of meer rollen.").waitFor();
  await look(tab, "gebruiker-onvolledig");
  await tab.getByLabel("Naam om mee in te loggen").fill("M1");
  await tab.getByLabel("werkcoach", { exact: true }).check();
  await tab.getByLabel("Velsen").check();
  await tab.getByLabel("Code van de werkcoach").fill("wc-003");
  await button(tab, "Toevoegen").click();
  await tab.getByText("Deze naam kan niet").waitFor();
  assert.equal(await tab.getByLabel("Code van de werkcoach").inputValue(), "wc-003");
  await tab.getByLabel("Naam om mee in te loggen").fill("m9");
  await button(tab, "Toevoegen").dblclick();
  const password = await tab.locator(".once").innerText();
  await look(tab, "gebruiker-toegevoegd");
  assert.ok(!tab.url().includes(password));
  await tab.goto(serving.address + user("m9"));
  await heading(tab, "Gebruiker m9");
  await tab.getByText("Moet het wachtwoord nog wijzigen").waitFor();
  assert.equal(await tab.getByText(password).count(), 0);
  assert.ok(!isOnDisk(serving.data, password));
  const newcomer = await logInWith("m9", password);
  await heading(newcomer, /wachtwoord/i);
  await leave(newcomer);
  await leave(tab);
});

test("user.whoIsBlockedIsOutAndComesInAgain", async () => {
  const coach = await visitAs("m2", "/caseload");
  const tab = await visitAs("b1", user("m2"));
  await button(tab, "Blokkeren").click();
  await tab.getByText("m2 is geblokkeerd.").waitFor();
  await look(tab, "gebruiker-geblokkeerd");
  await coach.waitForFunction(async () =>
    (await fetch("/v1/sessies/huidige")).status === 401, null, { polling: 200 });
  const refused = await logInWith("m2", PASSWORD);
  await refused.getByText("Naam of wachtwoord klopt niet").waitFor();
  await button(tab, "Weer toelaten").click();
  await tab.getByText("m2 kan weer inloggen.").waitFor();
  await leave(await visitAs("m2", "/caseload"));
  for (const one of [refused, coach, tab]) await leave(one);
});

test("user.standsInForAColleagueUntilItEnds", async () => {
  const tab = await visitAs("b1", user("m1"));
  await button(tab, "Laat vervangen").click();
  await tab.getByText("Kies wie wordt vervangen.").waitFor();
  await tab.getByLabel("Collega").selectOption("m2");
  await tab.getByLabel("Tot en met").fill("2099-12-31");
  await button(tab, "Laat vervangen").click();
  await tab.getByText("m1 vervangt m2 tot en met 31 december 2099.").waitFor();
  await look(tab, "gebruiker-vervangt");
  await button(tab, "Beëindig vervanging van m2").click();
  await tab.getByText("m1 vervangt m2 niet meer.").waitFor();
  await leave(tab);
});

test("user.theLastWhoManagesUsersIsNotLockedOut", async () => {
  const tab = await visitAs("b1", user("b1"));
  await button(tab, "Blokkeren").click();
  await tab.getByText("Dit is de laatste gebruiker die gebruikers beheert.").waitFor();
  await tab.getByLabel("beheerder", { exact: true }).uncheck();
  await tab.getByLabel("auditor", { exact: true }).check();
  await button(tab, "Bewaren").click();
  await tab.getByText("Dit is de laatste gebruiker die gebruikers beheert.").waitFor();
  await look(tab, "gebruiker-laatste");
  await tab.reload();
  await heading(tab, "Gebruiker b1");
  assert.equal(await tab.getByLabel("beheerder", { exact: true }).isChecked(), true);
  await leave(tab);
});

test("users.areReadByAnAuditorAndByNobodyElse", async () => {
  const auditor = await visitAs("a1", user("m1"));
  await auditor.getByText("wc-001").waitFor();
  assert.equal(await auditor.locator("main form, main button").count(), 0);
  await look(auditor, "gebruiker-gelezen");
  await auditor.goto(`${serving.address}/beheer/gebruiker-toevoegen`);
  await heading(auditor, "Deze pagina is er niet");
  await leave(auditor);
  for (const name of ["m1", "g1", "c1"]) {
    const tab = await visitAs(name, "/beheer/gebruikers");
    await heading(tab, "Deze pagina is er niet");
    assert.equal(await tab.getByRole("link", { name: "Gebruikers" }).count(), 0);
    const status = await tab.evaluate(async () => (await fetch("/v1/gebruikers")).status);
    assert.equal(status, 403);
    tab.said.length = 0;
    await leave(tab);
  }
});

test("token.isToldOnceAndHoldsUntilItIsWithdrawn", async () => {
  const tab = await visitAs("b1", "/beheer/gebruikers");
  await tab.getByRole("link", { name: "Tokens van programma's" }).click();
  await tab.getByText("Er is nog geen token.").waitFor();
  await tab.getByRole("link", { name: "Token maken" }).click();
  await heading(tab, "Token maken");
  await button(tab, "Token maken").click();
  await tab.getByText("Vul een naam in.").waitFor();
  await tab.getByLabel("Naam van het programma").fill("bord");
  await tab.getByLabel("gemeente", { exact: true }).check();
  await tab.getByLabel("Velsen").check();
  await button(tab, "Token maken").click();
  await tab.getByText("Kies een of meer rechten.").waitFor();
  assert.equal(await tab.getByLabel("Dossiers lezen").count(), 0);  // the role does not have it
  await tab.getByLabel("Cijfers lezen").check();
  await look(tab, "token-maken");
  await button(tab, "Token maken").dblclick();
  const secret = await tab.locator(".once").innerText();
  await look(tab, "token-gemaakt");
  const comesIn = async (path) => (await fetch(serving.address + path, {
    headers: { Authorization: `Bearer ${secret}` } })).status;
  assert.equal(await comesIn("/v1/maten"), 200);
  assert.equal(await comesIn("/v1/gebruikers"), 403);
  assert.ok(!isOnDisk(serving.data, secret));
  await tab.getByRole("link", { name: "Naar de tokens" }).click();
  await rowsOf(tab).first().waitFor();
  assert.match((await rowsOf(tab).allInnerTexts()).join("|"),
               /^bord\s+gemeente\s+Velsen\s+Cijfers lezen\s.*Geldig/s);
  assert.equal(await tab.getByText(secret).count(), 0);
  await tab.getByRole("button", { name: "Intrekken: bord" }).click();
  await tab.getByText("Dit token komt niet terug").waitFor();
  await look(tab, "tokens");
  await button(tab, "Niet intrekken").click();
  assert.equal(await comesIn("/v1/maten"), 200);
  await tab.getByRole("button", { name: "Intrekken: bord" }).click();
  await button(tab, "Ja, intrekken").click();
  await tab.getByText("Het token van bord is ingetrokken.").waitFor();
  assert.equal(await comesIn("/v1/maten"), 401);
  await tab.getByRole("cell", { name: "Ingetrokken" }).waitFor();
  await leave(tab);
  const auditor = await visitAs("a1", "/beheer/tokens");
  await rowsOf(auditor).first().waitFor();
  assert.equal(await auditor.locator("main button").count(), 0);
  await leave(auditor);
});
