// `audit_test.mjs MODULES TREDE SHOTS`: what an auditor checks in a browser, on the real server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { heading, leave, rowsOf } from "./browsing.mjs";
import { openPages } from "./pages.mjs";

const { serving, visitAs, look } = openPages();

const judged = (tab) => tab.getByRole("button", { name: "Reken na" }).click();
const noteField = (tab) => tab.getByLabel("Tekst van het controlepunt");
async function save(tab, name) {
  const [file] = await Promise.all([tab.waitForEvent("download"),
                                    tab.getByRole("button", { name }).click()]);
  return readFileSync(await file.path(), "utf8");
}
/** One event more, through the server. */
async function recordSomething() {
  const coach = await visitAs("m1", "/caseload");
  await coach.getByRole("link", { name: /^[0-9a-f]{8}$/ }).first().click();
  await heading(coach, /^Dossier /);
  await coach.goto(`${coach.url().split("?")[0]}/vastleggen?soort=contactmoment`);
  await coach.getByLabel("Soort contact").selectOption({ index: 1 });
  await coach.getByRole("button", { name: "Vastleggen" }).click();
  await coach.getByText(/^Vastgelegd: /).waitFor();
  await leave(coach);
}

test("checkpoint.isKeptAndTheLogIsHeldToItInTheBrowser", async () => {
  const tab = await visitAs("a1", "/controle");
  await heading(tab, "Klopt het log nog?");
  await tab.getByText("8.000", { exact: true }).waitFor();
  await look(tab, "controle");
  const kept = await save(tab, "Controlepunt bewaren");
  const key = await save(tab, "Sleutel bewaren");
  assert.match(kept, /^trede\/[0-9a-f-]+\n8000\n/);
  await recordSomething();
  await noteField(tab).fill(kept);
  await tab.getByLabel("Sleutel die u bewaarde").fill(key);
  await judged(tab);
  await tab.getByText("Er is niets veranderd.").waitFor();
  await tab.getByText(/De 8.000 gebeurtenissen van toen .* 1 gebeurtenis kwam erbij/).waitFor();
  await tab.getByText("De sleutel was die van u.").waitFor();
  await look(tab, "controle-niets-veranderd");
  await leave(tab);
});

test("checkpoint.ofAnySizeIsContinued", async () => {
  const tab = await visitAs("a1", "/controle");
  await heading(tab, "Klopt het log nog?");
  for (const size of [1, 2, 3, 5, 1024, 4095, 4096, 4097, 7999]) {
    const kept = await tab.evaluate(async (at) => (await fetch(`/v1/controlepunt?positie=${at}`,
      { headers: { Accept: "text/plain" } })).text(), size);
    assert.match(kept, new RegExp(`^\\S+\\n${size}\\n`));
    await noteField(tab).fill(kept);
    await judged(tab);
    await tab.getByText(size === 1 ? /^Er is niets veranderd\. De 1 gebeurtenis van/
      : new RegExp(`^Er is niets veranderd\\. De ${size.toLocaleString("nl-NL")} gebeurtenissen van`))
      .waitFor();
  }
  await leave(tab);
});

test("checkpoint.thatWasAlteredOrIsOfAnotherLogIsSeen", async () => {
  const tab = await visitAs("c1", "/controle");
  const kept = await save(tab, "Controlepunt bewaren");
  const cases = [
    ["zomaar tekst", "Dit is geen controlepunt."],
    [kept.replace(/\n80\d\d\n/, "\n7999\n"), "De handtekening onder dit controlepunt klopt niet."],
    [kept.replace(/^trede\/[0-9a-f]{4}/, "trede/0000"), "Dit controlepunt is van een ander log"],
    [kept.replace(/(.{8})=\n?$/, "AAAAAAAA=\n"), "De handtekening onder dit controlepunt klopt niet."],
  ];
  for (const [text, says] of cases) {
    assert.notEqual(text, kept);
    await noteField(tab).fill(text);
    await judged(tab);
    await tab.getByText(says).waitFor();
  }
  await noteField(tab).fill(kept);
  await tab.getByLabel("Sleutel die u bewaarde").fill("geen sleutel");
  await judged(tab);
  await tab.getByText("Dit is geen sleutel.").waitFor();
  await look(tab, "controle-geen-sleutel");
  await leave(tab);
});

test("checkpoint.ofALogThatIsNotContinuedIsSeenWhateverTheServerSays", async () => {
  const tab = await visitAs("a1", "/controle");
  await heading(tab, "Klopt het log nog?");
  const kept = await save(tab, "Controlepunt bewaren");
  await recordSomething();
  await recordSomething();
  // Somebody on the way, or a server that lies: another hash in the proof.
  let alter = (says) => { says.bewijs[0] = Buffer.alloc(32, 7).toString("base64"); };
  await tab.route("**/controlepunt/verloop**", async (route) => {
    const answer = await route.fetch();
    const says = await answer.json();
    alter(says);
    await route.fulfill({ response: answer, json: says });
  });
  await noteField(tab).fill(kept);
  await judged(tab);
  await tab.getByText("Het log is veranderd.").waitFor();
  await look(tab, "controle-veranderd");
  // A head that the key did not sign.
  alter = (says) => { says.controlepunt = says.controlepunt.replace(/\n80(\d\d)\n/, "\n90$1\n"); };
  await judged(tab);
  await tab.getByText("De server geeft geen bewijs dat klopt.").waitFor();
  // A proof that is cut off.
  alter = (says) => { says.bewijs.pop(); };
  await judged(tab);
  await tab.getByText("Het log is veranderd.").waitFor();
  await tab.unroute("**/controlepunt/verloop**");
  await judged(tab);
  await tab.getByText("Er is niets veranderd.").waitFor();
  await leave(tab);
});

test("log.isReadAgainPartByPart", async () => {
  const tab = await visitAs("a1", "/controle");
  await tab.getByRole("button", { name: "Lees alles na" }).click();
  await tab.getByText(/^Alles klopt, tot en met gebeurtenis 8\.0/).waitFor();
  assert.equal(await tab.locator(".reread > li", { hasText: "klopt" }).count(), 6);
  await look(tab, "controle-nagelezen");
  await leave(tab);
});

test("trail.isBrowsedFilteredAndChecked", async () => {
  const tab = await visitAs("a1", "/auditspoor");
  await rowsOf(tab).first().waitFor();
  await look(tab, "auditspoor");
  await tab.getByLabel("Wat", { exact: true }).selectOption("vastleggen");
  await tab.waitForURL(/actie=vastleggen/);
  await tab.waitForFunction(() => [...document.querySelectorAll("tbody tr")]
    .every((row) => row.innerText.includes("Vastgelegd")));
  await tab.getByRole("link", { name: /^Dossier / }).first().click();
  await heading(tab, /^Dossier /);
  const [id] = new URL(tab.url()).pathname.split("/").slice(-1);
  await tab.goto(`${serving.address}/auditspoor`);
  await tab.getByLabel("Nummer van het dossier").fill(id);
  await tab.getByRole("button", { name: "Toon" }).click();
  await tab.waitForURL(/object=dossier/);
  await tab.waitForFunction((asked) => [...document.querySelectorAll("tbody tr")]
    .every((row) => [asked, "Alle dossiers"].some((one) => row.innerText.includes(one))), `Dossier ${id.slice(0, 8)}`);
  const first = rowsOf(tab).first();
  assert.equal(await first.locator("[data-title=Wie]").innerText(), "a1");
  assert.match(await first.innerText(), /Dossier bekeken/);
  await tab.getByRole("button", { name: "Ga na of het heel is" }).click();
  await tab.getByText(/^Het spoor is heel: /).waitFor();
  await look(tab, "auditspoor-heel");
  await leave(tab);
});

test("proof.isNotForWhoMayNotSeeIt", async () => {
  for (const [actor, path] of [["m1", "/controle"], ["g1", "/auditspoor"], ["c1", "/auditspoor"],
                               ["g1", "/controle"]]) {
    const tab = await visitAs(actor, path);
    await heading(tab, "Deze pagina is er niet");
    assert.equal(await tab.getByRole("link", { name: "Auditspoor" }).count(), 0);
    await leave(tab);
  }
});
