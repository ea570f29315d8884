// `work_test.mjs MODULES TREDE SHOTS`: recording in a dossier in a browser, on the real server.
import assert from "node:assert/strict";
import { test } from "node:test";

import { alert, heading, leave, logIn, rowTexts, rowsOf } from "./browsing.mjs";
import { openPages } from "./pages.mjs";

const { serving, visitAs, look } = openPages();

/** The numbers of the dossiers of m1 in a traject; each test takes its own. */
let left = null;
async function openDossier(tab) {
  if (left === null) {
    await tab.goto(`${serving.address}/caseload`);
    await rowsOf(tab).first().waitFor();
    left = await tab.locator("tbody a").evaluateAll(
      (links) => links.filter((one) => /Trede \d/.test(one.closest("tr").innerText))
        .map((one) => new URL(one.href).pathname));
    assert.ok(left.length >= 8, `${left.length} dossiers in a traject`);
  }
  const path = left.pop();
  await tab.goto(`${serving.address}${path}`);
  await heading(tab, /^Dossier /);
  return path;
}
const events = (tab) => tab.getByRole("table", { name: /^Gebeurtenissen/ }).locator("tbody tr");
async function eventCount(tab) {
  await events(tab).first().waitFor();
  return events(tab).count();
}
const save = (tab) => tab.getByRole("button", { name: "Vastleggen" });
const fits = (tab) => tab.getByText("Dit past in het dossier.").waitFor();
async function startForm(tab, kind) {
  await tab.getByRole("link", { name: "Iets vastleggen" }).click();
  await heading(tab, "Wat wilt u vastleggen?");
  await tab.getByRole("link", { name: kind, exact: true }).click();
  await heading(tab, kind);
}

test("record.offersWhatTheRulesAllow", async () => {
  const tab = await visitAs("m1", "/");
  await openDossier(tab);
  await tab.getByRole("link", { name: "Iets vastleggen" }).click();
  await heading(tab, "Wat wilt u vastleggen?");
  await tab.locator(".kinds a").first().waitFor();
  const links = await tab.locator(".kinds a").allInnerTexts();
  assert.ok(links.includes("Naar een andere trede") && links.includes("Uitstroom"), links.join());
  for (const not of ["Begin van het traject", "Aanmelding", "Ziekmelding"]) {
    assert.ok(!links.includes(not), not);
  }
  await tab.getByText("Wat vandaag niet kan, en waarom").click();
  const reason = await tab.locator(".reasons > div", { hasText: "Begin van het traject" })
    .locator("dd").innerText();
  assert.match(reason, /\.$/);
  assert.equal(await tab.locator(".reasons dt", { hasText: "Ziekmelding" }).count(), 0);
  await look(tab, "vastleggen-soorten");
  await leave(tab);
});

test("record.isJudgedWhileOneTypesAndThenRecorded", async () => {
  const tab = await visitAs("m1", "/");
  await openDossier(tab);
  const before = await eventCount(tab);
  const trede = await tab.locator(".facts dd").first().innerText();
  await startForm(tab, "Naar een andere trede");
  const choices = await tab.getByLabel("Naar trede").locator("option").allInnerTexts();
  assert.ok(!choices.includes(trede), `${trede} is one of ${choices}`);
  await save(tab).click();
  await tab.getByText("Vul dit in.").waitFor();
  await look(tab, "vastleggen-leeg");
  await tab.getByLabel("Naar trede").selectOption({ index: 1 });
  await fits(tab);
  const today = await tab.getByLabel("Datum").inputValue();
  assert.match(today, /^\d{4}-\d\d-\d\d$/);
  await tab.getByLabel("Datum").fill("1999-01-01");
  const wrong = tab.getByLabel("Datum");
  await tab.waitForFunction(() => document.querySelector("[name=dag]").ariaInvalid === "true");
  const told = await tab.locator(`[id="${await wrong.getAttribute("aria-describedby")}"]`).innerText();
  assert.match(told, /^[A-Z].*\.$/s);
  await look(tab, "vastleggen-geweigerd");
  await tab.getByLabel("Datum").fill(today);
  await fits(tab);
  await look(tab, "vastleggen");
  await save(tab).click();
  await heading(tab, /^Dossier /);
  await tab.getByText(/^Vastgelegd: Naar een andere trede, /).waitFor();
  assert.equal(await eventCount(tab), before + 1);
  assert.notEqual(await tab.locator(".facts dd").first().innerText(), trede);
  await look(tab, "vastgelegd");
  await tab.reload();
  await heading(tab, /^Dossier /);
  assert.equal(await tab.getByText(/^Vastgelegd:/).count(), 0);
  await leave(tab);
});

test("record.asksTheLastDayAndRecordsTheOneAfter", async () => {
  const tab = await visitAs("m1", "/");
  await openDossier(tab);
  await startForm(tab, "Uitstroom");
  await tab.getByLabel("Laatste dag in traject").fill("2025-02-28");
  await tab.getByText("de eerste waarop het niet meer geldt: 1 maart 2025").waitFor();
  await tab.getByLabel("Reden", { exact: true }).selectOption("werkaanvaarding");
  await fits(tab);
  await look(tab, "vastleggen-uitstroom");
  await save(tab).click();
  await tab.getByText("Vastgelegd: Uitstroom, geldt niet meer vanaf 1 maart 2025.").waitFor();
  assert.match(await events(tab).first().innerText(), /Uitstroom\s+1 mrt 2025/);
  await leave(tab);
});

test("record.twiceClickedIsRecordedOnce", async () => {
  const tab = await visitAs("m1", "/");
  await openDossier(tab);
  const before = await eventCount(tab);
  await startForm(tab, "Contactmoment");
  await tab.getByLabel("Soort contact").selectOption("telefoon");
  await fits(tab);
  await save(tab).dblclick();
  await heading(tab, /^Dossier /);
  await tab.getByText(/^Vastgelegd: Contactmoment/).waitFor();
  assert.equal(await eventCount(tab), before + 1);
  await leave(tab);
});

test("record.whoseAnswerIsLostIsRecordedOnceAndNothingTypedIsGone", async () => {
  const tab = await visitAs("m1", "/");
  const path = await openDossier(tab);
  const before = await eventCount(tab);
  await startForm(tab, "Contactmoment");
  await tab.getByLabel("Soort contact").selectOption("huisbezoek");
  await tab.getByLabel("Volgende actie op (mag leeg blijven)").fill("2026-12-01");
  await fits(tab);
  let reached = 0;
  await tab.route(`**/v1${path}/gebeurtenissen`, async (route) => {
    const answer = await route.fetch();  // it arrives, and nobody hears so
    assert.equal(answer.status(), 201);
    reached += 1;
    await route.abort();
  }, { times: 1 });
  await save(tab).click();
  await alert(tab).getByText("De server is niet bereikbaar.").waitFor();
  assert.equal(reached, 1);
  assert.equal(await tab.getByLabel("Soort contact").inputValue(), "huisbezoek");
  assert.equal(await tab.getByLabel("Volgende actie op (mag leeg blijven)").inputValue(),
               "2026-12-01");
  await look(tab, "vastleggen-server-weg");
  await save(tab).click();
  await heading(tab, /^Dossier /);
  assert.equal(await eventCount(tab), before + 1);
  await leave(tab);
});

test("record.onASlowConnectionSaysThatItIsBusy", async () => {
  const tab = await visitAs("m1", "/");
  const path = await openDossier(tab);
  await startForm(tab, "Contactmoment");
  await tab.getByLabel("Soort contact").selectOption("bericht");
  await fits(tab);
  let release;
  const held = new Promise((done) => { release = done; });
  await tab.route(`**/v1${path}/gebeurtenissen`, async (route) => {
    await held;
    await route.continue();
  });
  await save(tab).click();
  await tab.getByRole("button", { name: "Bezig met vastleggen…" }).waitFor();
  release();
  await tab.getByText(/^Vastgelegd: Contactmoment/).waitFor();
  await leave(tab);
});

test("record.ofTwoAtOnceTheSecondSeesWhatTheFirstDid", async () => {
  const first = await visitAs("m1", "/");
  const path = await openDossier(first);
  const before = await eventCount(first);
  const second = await visitAs("m1", path);
  for (const tab of [first, second]) {
    await startForm(tab, "Contactmoment");
    await tab.getByLabel("Soort contact").selectOption("gesprek");
    await fits(tab);
  }
  await save(first).click();
  await first.getByText(/^Vastgelegd: Contactmoment/).waitFor();
  await save(second).click();
  await second.getByText(/Intussen is hier 1 gebeurtenis vastgelegd/).waitFor();
  await second.getByText(/^Contactmoment op .*, door m1 op /).waitFor();
  await fits(second);
  await look(second, "vastleggen-intussen");
  await save(second).click();
  await heading(second, /^Dossier /);
  assert.equal(await eventCount(second), before + 2);
  await leave(first);
  await leave(second);
});

test("record.goesOnAfterASessionThatEnded", async () => {
  const tab = await visitAs("m1", "/");
  const path = await openDossier(tab);
  const before = await eventCount(tab);
  await startForm(tab, "Contactmoment");
  await tab.getByLabel("Soort contact").selectOption("huisbezoek");
  await fits(tab);
  await tab.context().clearCookies();
  await save(tab).click();
  await tab.getByText("Uw sessie is beëindigd").waitFor();
  await logIn(tab, "m1");
  await heading(tab, "Contactmoment");
  assert.equal(new URL(tab.url()).pathname, `${path}/vastleggen`);
  assert.equal(await tab.getByLabel("Soort contact").inputValue(), "huisbezoek");
  await fits(tab);
  await save(tab).click();
  await heading(tab, /^Dossier /);
  assert.equal(await eventCount(tab), before + 1);
  await leave(tab);
});

test("record.takesTheKeyboardAlone", async () => {
  const tab = await visitAs("m1", "/");
  const path = await openDossier(tab);
  const before = await eventCount(tab);
  const tabTo = async (found) => {
    for (let turn = 0; turn < 60; ++turn) {
      if (await tab.evaluate(found)) return;
      await tab.keyboard.press("Tab");
    }
    assert.fail(`out of reach: ${found}`);
  };
  await tab.reload();
  await heading(tab, /^Dossier /);
  await tabTo(() => document.activeElement.textContent === "Iets vastleggen");
  await tab.keyboard.press("Enter");
  await heading(tab, "Wat wilt u vastleggen?");
  await tab.waitForFunction(() => document.activeElement.tagName === "H1");
  await tabTo(() => document.activeElement.textContent === "Contactmoment");
  await tab.keyboard.press("Enter");
  await heading(tab, "Contactmoment");
  await tabTo(() => document.activeElement.getAttribute("name") === "contact");
  await tab.keyboard.press("t"); // telefoon
  await fits(tab);
  await tab.keyboard.press("Tab");
  await tabTo(() => document.activeElement.textContent === "Vastleggen");
  await tab.keyboard.press("Enter");
  await heading(tab, /^Dossier /);
  assert.ok(tab.url().endsWith(path));
  assert.equal(await eventCount(tab), before + 1);
  assert.match(await events(tab).first().innerText(), /telefoon/);
  await leave(tab);
});

test("record.isNotForWhoReadsOnly", async () => {
  const path = left.pop();
  const tab = await visitAs("a1", path);
  await heading(tab, /^Dossier /);
  assert.equal(await tab.getByRole("link", { name: "Iets vastleggen" }).count(), 0);
  await tab.goto(`${serving.address}${path}/vastleggen`);
  await heading(tab, "Deze pagina is er niet");
  await leave(tab);
});

const row = (tab, text) => events(tab).filter({ hasText: text }).first();
async function recordContact(tab, contact) {
  await startForm(tab, "Contactmoment");
  await tab.getByLabel("Soort contact").selectOption(contact);
  await fits(tab);
  await save(tab).click();
  await tab.getByText(/^Vastgelegd: Contactmoment/).waitFor();
}

test("mend.correctsAndSaysWhatChanges", async () => {
  const tab = await visitAs("m1", "/");
  await openDossier(tab);
  await recordContact(tab, "telefoon");
  const before = await eventCount(tab);
  await row(tab, "telefoon").getByRole("link", { name: /^Corrigeren/ }).click();
  await heading(tab, "Corrigeren");
  await tab.getByText("U hebt nog niets veranderd.").waitFor();
  await tab.getByLabel("Soort contact").selectOption("huisbezoek");
  await tab.getByText("Soort contact: Telefoon wordt Huisbezoek").waitFor();
  await fits(tab);
  await look(tab, "corrigeren");
  await save(tab).click();
  await tab.getByText("Gecorrigeerd. Nu telt wat u invulde.").waitFor();
  assert.equal(await eventCount(tab), before + 1);  // what stood there is there still
  await row(tab, "huisbezoek").getByText(/Telt mee, in plaats van/).waitFor();
  await row(tab, "telefoon").getByText("Gecorrigeerd, telt niet meer zo mee").waitFor();
  await leave(tab);
});

test("mend.withdraws", async () => {
  const tab = await visitAs("m1", "/");
  await openDossier(tab);
  await recordContact(tab, "bericht");
  await row(tab, "bericht").getByRole("link", { name: /^Intrekken/ }).click();
  await heading(tab, "Intrekken");
  await tab.getByLabel("Waarom").selectOption("dubbel");
  await tab.getByText("Wat er overblijft klopt met elkaar.").waitFor();
  await look(tab, "intrekken");
  await tab.getByRole("button", { name: "Intrekken" }).click();
  await tab.getByText("Ingetrokken. Dit telt niet meer mee.").waitFor();
  await row(tab, "bericht").getByText("Ingetrokken, telt niet mee").waitFor();
  assert.equal(await row(tab, "bericht").getByRole("link").count(), 0);
  await leave(tab);
});

test("mend.doesNotWithdrawWhatOtherThingsStandOn", async () => {
  const tab = await visitAs("m1", "/");
  await openDossier(tab);
  await row(tab, "Aanmelding").getByRole("link", { name: /^Intrekken/ }).click();
  await heading(tab, "Intrekken");
  await tab.getByText("Zo kan dit niet: wat er overblijft zou niet met elkaar kloppen.").waitFor();
  assert.match(await alert(tab).innerText(), /\.$/);
  await look(tab, "intrekken-geweigerd");
  await leave(tab);
});

test("mend.movesToTheRightDossierAllOrNothing", async () => {
  const tab = await visitAs("m1", "/");
  const right = await openDossier(tab);
  const theirs = await eventCount(tab);
  const wrong = await openDossier(tab);
  await recordContact(tab, "huisbezoek");
  await row(tab, "huisbezoek").getByRole("link", { name: /^Intrekken/ }).click();
  await tab.getByLabel("Waarom").selectOption("verkeerd_dossier");
  await tab.getByRole("link", { name: "Verplaats het" }).click();
  await heading(tab, "In het verkeerde dossier");
  const field = tab.getByLabel("Nummer of adres van het goede dossier");
  await field.fill(wrong);
  await tab.getByText("Dit is het dossier waarin het nu staat.").waitFor();
  await field.fill(`${serving.address}${right}`);
  await tab.getByText("Wat er overblijft klopt met elkaar.").waitFor();
  await look(tab, "verplaatsen");
  await tab.getByRole("button", { name: "Verplaatsen" }).click();
  await tab.getByText(/^Verplaatst naar dossier /).waitFor();
  await row(tab, "huisbezoek").getByText("Ingetrokken, telt niet mee").waitFor();
  await tab.goto(serving.address + right);
  await heading(tab, /^Dossier /);
  assert.equal(await eventCount(tab), theirs + 1);
  assert.match(await row(tab, "huisbezoek").innerText(), /m1\s+Telt mee/);
  await leave(tab);
});

test("begin.makesADossierOfOnesOwn", async () => {
  const tab = await visitAs("m1", "/");
  await tab.getByRole("link", { name: "Nieuw dossier" }).click();
  await heading(tab, "Nieuw dossier");
  await tab.getByLabel("Gemeente", { exact: true }).selectOption("Velsen");
  await tab.getByLabel("Regeling", { exact: true }).selectOption("participatiewet");
  await tab.getByLabel("Statushouder").check();
  await fits(tab);
  await look(tab, "nieuw-dossier");
  await save(tab).dblclick();
  await heading(tab, "Wie is het?");
  await tab.getByText("Het dossier is begonnen.").waitFor();
  await tab.getByRole("link", { name: /^Dit later invullen/ }).click();
  assert.equal(await eventCount(tab), 2);
  assert.deepEqual(await tab.locator(".facts dd").allInnerTexts(),
                   ["Geen traject", "Velsen", "wc-001", "Participatiewet", "Statushouder"]);
  await leave(tab);
});

test("handOver.givesWhatWasChosenAndSaysWhatWasNot", async () => {
  const tab = await visitAs("m1", "/caseload");
  await tab.getByRole("link", { name: "Draag dossiers over aan een collega" }).click();
  await heading(tab, "Dossiers overdragen");
  await tab.getByRole("button", { name: /^Draag 0 dossiers over/ }).click();
  await tab.getByText("Kies uw collega, of vul de code in.").waitFor();
  await tab.getByText("Kies eerst een of meer dossiers.").waitFor();
  const names = await tab.locator("tbody label").allInnerTexts();
  for (const name of names.slice(0, 2)) await tab.getByLabel(name.trim()).check();
  const colleague = tab.getByLabel("Uw collega", { exact: true });
  const offered = await colleague.locator("option").allInnerTexts();
  assert.ok(offered.includes("wc-002") && !offered.includes("wc-001"), offered.join());
  await colleague.selectOption("Iemand anders");
  await tab.getByLabel("Code van uw collega").fill("wc-nieuw");
  await look(tab, "overdragen-andere");
  await colleague.selectOption("wc-002");
  assert.equal(await tab.getByLabel("Code van uw collega").count(), 0);
  await look(tab, "overdragen");
  // The first goes through and its answer is lost; the second time it is there already.
  await tab.route("**/gebeurtenissen", async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await tab.getByRole("button", { name: "Draag 2 dossiers over" }).click();
  await alert(tab).getByText("de server is niet bereikbaar").waitFor();
  await tab.getByRole("button", { name: "Draag 2 dossiers over" }).click();
  await tab.getByText("2 dossiers overgedragen.").waitFor();
  await look(tab, "overgedragen");
  await tab.goto(`${serving.address}/caseload`);
  const mine = (await rowTexts(tab)).join();
  for (const name of names.slice(0, 2)) assert.ok(!mine.includes(name.trim()), name);
  await leave(tab);
  const other = await visitAs("m2", "/caseload");
  const theirs = (await rowTexts(other)).join();
  for (const name of names.slice(0, 2)) assert.ok(theirs.includes(name.trim()), name);
  await leave(other);
});
