// `roles_test.mjs MODULES TREDE SHOTS`: who works in few pages: what they may, and what of another
// gemeente nobody who belongs to one is ever sent.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { heading, leave, rowsOf } from "./browsing.mjs";
import { openPages } from "./pages.mjs";
import { recordTraffic } from "./traffic.mjs";

const kDay = "2024-06-30";
const kOthers = ["Beverwijk", "Heemskerk", "Uitgeest"];
const kPlaces = JSON.parse(readFileSync(
  new URL("../../../tools/dashboard/src/places.json", import.meta.url), "utf8"));
const USERS = [
  ["k1", ["--rol", "klantmanager", "--gemeente", "Velsen"]],
  ["i1", ["--rol", "intaker", "--gemeente", "Velsen"]],
  ["v1", ["--rol", "verzuimadviseur"]],
  ["mv", ["--rol", "werkcoach", "--gemeente", "Velsen", "--werkcoach", "wc-001"]],
];
let events = [];

const { serving, visitAs, look } = openPages((serving) => {
  serving.make();
  for (const [name, words] of USERS) serving.addUser(name, ...words, "--blijvend");
  events = serving.run("export").trim().split("\n").map((line) => JSON.parse(line));
});

/** The dossiers that were of `gemeente` at some time, or (`isNot`) never were. */
function dossiersOf(gemeente, isNot = false) {
  const ever = new Map();
  for (const { stream_id: stream, attributen } of events) {
    if (!stream.startsWith("dossier/")) continue;
    const known = ever.get(stream) ?? new Set();
    if (attributen?.gemeente) known.add(attributen.gemeente);
    ever.set(stream, known);
  }
  return [...ever].filter(([, known]) => known.size > 0 && known.has(gemeente) !== isNot)
    .map(([stream]) => stream.slice("dossier/".length));
}

/** Every page there is, with what stands between its braces filled in: of another where it can. */
function everyAddress(foreign, maten, reports) {
  const filled = Object.keys(kPlaces).flatMap((place) => {
    if (place.includes("{maat}")) return maten.map((one) => place.replace("{maat}", one));
    if (place.startsWith("/rapporten/{naam}")) {
      return reports.map((one) => place.replace("{naam}", one));
    }
    return [place.replace("{naam}", "m1").replace("{id}", foreign)];
  });
  const asking = filled.flatMap((path) => {
    if (path.startsWith("/cijfers/")) {
      return [`${path}?op=${kDay}&per=gemeente`, `${path}?op=${kDay}&waar=gemeente%3DHeemskerk`];
    }
    if (path === "/cijfers") return [`${path}?op=${kDay}`, `${path}?op=${kDay}&gemeente=Heemskerk`];
    if (path.startsWith("/rapporten/")) {
      const when = "van=2024-04-01&tm=2024-06-30";
      return [`${path}?${when}`, `${path}?${when}&waar=gemeente%3DHeemskerk`,
              `${path}?${when}&waar=gemeente%3DVelsen`];
    }
    return [path];
  });
  return [...asking, "/caseload?gemeente=Heemskerk", "/caseload?werkcoach=wc-002",
          `/dossiers/${foreign}?bekendOp=2024-01-01T12:00:00Z`];
}

async function catalogue(tab) {
  const { maten } = await tab.evaluate(async () => (await fetch("/v1/maten")).json());
  return maten.map(({ naam }) => naam);
}
const kReports = ["kwartaal", "gemeente", "verzuim", "p-en-c", "raadsbrief"];

for (const actor of ["g1", "k1", "i1", "mv"]) {
  test(`gemeente.of.${actor}.isSentNothingOfAnotherOnAnyPage`, async () => {
    const strangers = dossiersOf("Velsen", true);
    assert.ok(strangers.length > 100, `${strangers.length} dossiers of others`);
    const tab = await visitAs(actor, "/wachtwoord");
    const traffic = recordTraffic(tab.context());
    const maten = await catalogue(tab);
    assert.ok(maten.length > 40);
    // The page of a figure is the same for each: one role looks at all, the others at some.
    const addresses = everyAddress(strangers[0], actor === "g1" ? maten : maten.slice(0, 6), kReports);
    let seen = 0;
    for (const address of addresses) {
      await tab.goto(serving.address + address);
      await tab.locator("main h1").first().waitFor();
      await tab.waitForFunction(() => document.querySelector(".waiting") === null);
      const text = await tab.locator("main").innerText();
      // A name that one asked for oneself stands in the field one asked it with.
      const named = kOthers.filter((one) => text.includes(one) && !address.includes(one));
      assert.deepEqual(named, [], address);
      if (text.includes("Velsen")) ++seen;
    }
    assert.ok((await traffic.answers()) > 50);
    const isSaid = (url) => !url.endsWith("/codelijsten") && !url.endsWith("/openapi.json");
    const told = (await traffic.withAny(kOthers)).filter(isSaid)
      .filter((url) => !kOthers.some((one) => url.includes(one)));
    assert.deepEqual(told, []);
    const found = (await traffic.withAny(strangers)).filter((url) => !url.includes(strangers[0]));
    assert.deepEqual(found, []);
    if (actor !== "i1") assert.ok(seen > 0, "nothing of the own gemeente either");
    await leave(tab);
  });
}

test("klantmanager.readsFiguresAndTheResidentsBehindThem", async () => {
  const tab = await visitAs("k1", "/");
  await heading(tab, "Dashboard");
  await tab.goto(`${serving.address}/cijfers/trajecten?op=${kDay}`);
  await tab.getByRole("heading", { name: "De bewoners erachter" }).waitFor();
  const rows = tab.getByRole("table", { name: "Trajecten: bewoners" }).locator("tbody tr");
  await rows.first().waitFor();
  assert.equal(await rows.getByRole("link").count(), 0);  // no dossier
  await look(tab, "bewoners");
  await leave(tab);
});

test("intaker.bringsSomebodyInAndGoesNoFurther", async () => {
  const tab = await visitAs("i1", "/");
  await tab.getByRole("navigation").getByRole("link", { name: "Nieuw dossier" }).click();
  await heading(tab, "Nieuw dossier");
  await tab.getByLabel("Aangemeld door").selectOption({ index: 1 });
  await tab.getByLabel("Regeling").selectOption({ index: 1 });
  await tab.getByText("Dit past in het dossier.").waitFor();
  await look(tab, "intaker-nieuw");
  await tab.getByRole("button", { name: "Vastleggen" }).click();
  await heading(tab, "Wie is het?");
  await tab.getByLabel("Naam").fill("De Wit, C.");
  await tab.getByRole("button", { name: "Bewaren" }).click();
  await tab.getByText("De persoonsgegevens zijn bewaard.").waitFor();
  await tab.getByRole("link", { name: "Iets vastleggen" }).click();
  await tab.getByRole("link", { name: "Intake", exact: false }).first().waitFor();
  assert.equal(await tab.getByRole("link", { name: "Begin van het traject" }).count(), 0);
  await look(tab, "intaker-mag");
  await tab.getByRole("link", { name: "Intake gestart" }).click();
  await tab.getByText("Dit past in het dossier.").waitFor();
  await tab.getByRole("button", { name: "Vastleggen" }).click();
  await tab.getByText(/^Vastgelegd: Intake gestart/).waitFor();
  await leave(tab);
});

test("verzuimadviseur.recordsSicknessAndSeesNothingElse", async () => {
  // Somebody in service who was not sick when the log ended.
  const sick = new Map();
  const served = new Set();
  for (const { stream_id: stream, soort } of events) {
    if (soort === "dienstverband_start") served.add(stream);
    if (soort === "dienstverband_einde") served.delete(stream);
    if (soort === "ziekmelding") sick.set(stream, true);
    if (soort === "herstelmelding") sick.set(stream, false);
  }
  const [stream] = [...served].filter((one) => sick.get(one) !== true);
  const tab = await visitAs("v1", `/${stream.replace("dossier/", "dossiers/")}`);
  await heading(tab, /^Dossier /);
  const text = await tab.locator("main").innerText();
  assert.ok(!/Traject|Contactmoment|Aanmelding/.test(text), text);
  await look(tab, "verzuim-dossier");
  await tab.getByRole("link", { name: "Iets vastleggen" }).click();
  await tab.getByRole("link", { name: "Ziekmelding" }).click();
  await tab.getByText("Dit past in het dossier.").waitFor();
  await tab.getByRole("button", { name: "Vastleggen" }).click();
  await tab.getByText(/^Vastgelegd: Ziekmelding/).waitFor();
  await rowsOf(tab).filter({ hasText: "Ziekmelding" }).first().waitFor();
  await leave(tab);
});
