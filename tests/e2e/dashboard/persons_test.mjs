// `persons_test.mjs MODULES TREDE SHOTS`: names and notes from the vault, on the real server.
import assert from "node:assert/strict";
import { test } from "node:test";

import { heading, leave, logIn, rowsOf } from "./browsing.mjs";
import { openPages } from "./pages.mjs";

const { serving, visitAs, look } = openPages();

/** Each test takes dossiers of its own. */
let taken = 0;
async function openDossier(tab) {
  await tab.goto(`${serving.address}/caseload?sorteer=dagen&fase=5`);
  await rowsOf(tab).first().waitFor();
  await rowsOf(tab).nth(taken++).locator("a").first().click();
  await heading(tab, /^Dossier /);
  return new URL(tab.url()).pathname;
}
const save = (tab) => tab.getByRole("button", { name: "Bewaren", exact: true });
const noteField = (tab) => tab.getByRole("textbox", { name: /^Notitie/ });

test("person.isFilledInAndThenNamedOnDossierAndCaseload", async () => {
  const tab = await visitAs("m1", "/");
  await openDossier(tab);
  await tab.getByText("Van wie dit dossier is, staat niet in de kluis.").waitFor();
  await tab.getByRole("link", { name: "Vul in wie het is" }).click();
  await heading(tab, "Wie is het?");
  await look(tab, "persoon-leeg");
  await tab.getByLabel("Naam").fill("De Vries, B.");
  await tab.getByLabel("E-mail").fill("geen adres");
  await save(tab).click();
  await tab.getByText("Dit is geen e-mailadres.").waitFor();
  assert.equal(await tab.getByLabel("Naam").inputValue(), "De Vries, B.");
  await look(tab, "persoon-geweigerd");
  await tab.getByLabel("E-mail").fill("b@velsen.example");
  await tab.getByLabel("Geboortedatum").fill("1980-02-29");
  await save(tab).click();
  await tab.getByText("De persoonsgegevens zijn bewaard.").waitFor();
  const person = tab.getByRole("region", { name: "Wie het is" });
  await person.getByText("De Vries, B.").waitFor();
  await person.getByText("29 februari 1980").waitFor();
  await look(tab, "dossier-met-naam");
  await tab.goto(`${serving.address}/caseload`);
  await tab.getByLabel("Zoeken", { exact: true }).fill("vries");
  await tab.getByRole("link", { name: "De Vries, B." }).waitFor();
  assert.ok(!tab.url().includes("vries"));  // a name has no place in an address
  assert.equal(await rowsOf(tab).count(), 1);
  await look(tab, "caseload-met-naam");
  await leave(tab);
});

test("note.goesWithAContactmomentAndStandsBesideIt", async () => {
  const tab = await visitAs("m1", "/");
  const path = await openDossier(tab);
  await tab.goto(`${serving.address}${path}/vastleggen?soort=contactmoment`);
  await tab.getByLabel("Soort contact").selectOption({ index: 1 });
  await noteField(tab).fill("Wil liever 's ochtends werken.\nBelt vrijdag terug.");
  await look(tab, "contactmoment-notitie");
  await tab.getByRole("button", { name: "Vastleggen" }).click();
  await tab.getByText(/^Vastgelegd: /).waitFor();
  const note = tab.locator(".notes li");
  assert.match(await note.innerText(), /door m1, bij contactmoment van .*\n+Wil liever/);
  await look(tab, "dossier-met-notitie");
  // Nobody else's, and not in the log.
  const elsewhere = await visitAs("m2", path);
  await elsewhere.getByText("U mag dit niet inzien.").first().waitFor();
  assert.equal(await elsewhere.getByText("ochtends").count(), 0);
  assert.ok(!serving.run("export").includes("ochtends"));
  await leave(elsewhere);
  await leave(tab);
});

test("note.thatWasNotSealedIsWaitingAndTheEventIsRecordedOnce", async () => {
  const tab = await visitAs("m1", "/");
  const path = await openDossier(tab);
  await tab.goto(`${serving.address}${path}/vastleggen?soort=contactmoment`);
  await tab.getByLabel("Soort contact").selectOption({ index: 1 });
  await noteField(tab).fill("Komt donderdag.");
  await tab.route("**/notities/**", (route) => route.abort());
  await tab.getByRole("button", { name: "Vastleggen" }).click();
  await heading(tab, "Notitie");
  await tab.getByText("De gebeurtenis is vastgelegd, de notitie nog niet.").waitFor();
  assert.equal(await noteField(tab).inputValue(), "Komt donderdag.");
  await tab.getByRole("button", { name: "Notitie bewaren" }).click();
  await tab.getByText("De server is niet bereikbaar.").waitFor();
  assert.equal(await noteField(tab).inputValue(), "Komt donderdag.");
  await look(tab, "notitie-niet-bewaard");
  await tab.unroute("**/notities/**");
  await tab.getByRole("button", { name: "Notitie bewaren" }).click();
  await tab.getByText("De notitie is verzegeld en bewaard.").waitFor();
  assert.match(await tab.locator(".notes li").innerText(), /bij contactmoment .*\n+Komt donderdag/);
  const [id] = path.split("/").slice(-1);
  const ofToday = serving.run("export").split("\n")
    .filter((line) => line.includes(id) && line.includes("contactmoment") && line.includes('"m1"'));
  assert.equal(ofToday.length, 1);
  await leave(tab);
});

test("note.survivesASessionThatEnds", async () => {
  const tab = await visitAs("m1", "/");
  const path = await openDossier(tab);
  await tab.getByRole("link", { name: "Schrijf een notitie" }).click();
  await heading(tab, "Notitie");
  await noteField(tab).fill("Nog te bespreken: reiskosten.");
  await tab.context().clearCookies();
  await tab.getByRole("button", { name: "Notitie bewaren" }).click();
  await heading(tab, "Inloggen");
  await logIn(tab, "m1");
  await heading(tab, "Notitie");
  assert.equal(await noteField(tab).inputValue(), "Nog te bespreken: reiskosten.");
  await tab.getByRole("button", { name: "Notitie bewaren" }).click();
  await heading(tab, /^Dossier /);
  await tab.locator(".notes").getByText("reiskosten").waitFor();
  assert.equal(new URL(tab.url()).pathname, path);
  await leave(tab);
});

test("persons.areNotShownToWhoMayNotSeeThem", async () => {
  const named = await visitAs("m1", "/");
  const path = await openDossier(named);
  await leave(named);
  const auditor = await visitAs("a1", path);
  await heading(auditor, /^Dossier /);
  await auditor.getByRole("heading", { name: "Alles wat is vastgelegd" }).waitFor();
  assert.equal(await auditor.getByText("Notities").count(), 0);
  assert.equal(await auditor.getByRole("region", { name: "Wie het is" }).count(), 0);
  await auditor.goto(`${serving.address}${path}/persoon`);
  await heading(auditor, "Deze pagina is er niet");
  await leave(auditor);
});
