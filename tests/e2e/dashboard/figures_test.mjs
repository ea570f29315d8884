// `figures_test.mjs MODULES TREDE SHOTS`: the dashboard in a browser, on the real server.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { alert, heading, leave } from "./browsing.mjs";
import { openPages } from "./pages.mjs";

const kDay = "2024-10-31";
const kYear = ["--van", "2024-01-01", "--tm", kDay];

const { serving, visitAs, look } = openPages((serving) => {
  serving.make();
  for (const [gemeente, aim] of [["Velsen", 2], ["Heemskerk", 1]]) {
    serving.run("record", "--stream", "organisatie", "--soort", "taakstelling_vastgesteld",
                "--geldig-op", "2024-01-01", "--maat", "dienstverbanden", "--periode", "2024",
                "--waar", `dienstverband=beschut_werk;gemeente=${gemeente}`,
                "--waarde", String(aim), "--richting", "hoger", "--actor", "test");
  }
  serving.run("record", "--stream", "organisatie", "--soort", "afspraak_vastgesteld",
              "--geldig-op", "2024-01-01", "--maat", "intakes_binnen_4_weken", "--periode", "2024",
              "--waarde", "80", "--richting", "hoger", "--actor", "test");
});

/** What the program itself says: the rows of its answer, without the header. */
function asked(measure, ...words) {
  return serving.run("query", measure, ...words, "--format", "csv").trim().split("\n").slice(1)
    .map((line) => line.split(","));
}
const tile = (tab, name) => tab.locator(".tile", { has: tab.getByRole("heading", { name, exact: true }) });
const valueIn = (tab, name) => tile(tab, name).locator(".tile__value").innerText();
const number = (text) => Number(text.replaceAll(".", ""));
const drawn = (tab) => tab.locator(".chart__place canvas").first().waitFor();
const shown = (tab, day) => tab.getByText(new RegExp(`^${day}: `)).waitFor();

test("figures.areThoseOfTheProgram", async () => {
  const tab = await visitAs("c1", `/cijfers?op=${kDay}`);
  await heading(tab, "Dashboard");
  await shown(tab, "31 oktober 2024");
  assert.equal(number(await valueIn(tab, "Aanmeldingen")), Number(asked("aanmeldingen", ...kYear)[0][0]));
  assert.equal(number(await valueIn(tab, "Trajecten per trede")),
               Number(asked("trajecten", "--op", kDay)[0][0]));
  assert.equal(number(await valueIn(tab, "Uitstroom")), Number(asked("uitstroom", ...kYear)[0][0]));
  const [inTime] = asked("intakes_binnen_4_weken", ...kYear);
  assert.equal(await valueIn(tab, "Intakes binnen 4 weken"), `${Math.floor(Number(inTime[2]) + 0.5)}%`);
  const [sick] = asked("verzuimpercentage", ...kYear);
  assert.equal(await valueIn(tab, "Ziekteverzuim"),
               `${(Math.floor(Number(sick[2]) * 10 + 0.5) / 10).toFixed(1).replace(".", ",")}%`);
  const perTrede = await tile(tab, "Trajecten per trede").locator("dd").allInnerTexts();
  assert.deepEqual(perTrede.map(number),
                   asked("trajecten", "--op", kDay, "--per", "trede").map((row) => Number(row[1])));
  await drawn(tab);
  await look(tab, "dashboard");
  await leave(tab);
});

test("figures.standBesideWhatWasAgreed", async () => {
  const tab = await visitAs("c1", `/cijfers?op=${kDay}`);
  await shown(tab, "31 oktober 2024");
  const share = Number(asked("intakes_binnen_4_weken", ...kYear)[0][2]);
  await tile(tab, "Intakes binnen 4 weken")
    .getByText(`${share >= 80 ? "Boven" : "Onder"} de afspraak van 80%`).waitFor();
  await tile(tab, "Aanmeldingen").getByText("Geen norm voor 2024").waitFor();
  const perGemeente = new Map(asked("dienstverbanden", "--op", kDay, "--per", "gemeente", "--waar",
                                    "dienstverband=beschut_werk"));
  for (const [gemeente, aim] of [["Velsen", 2], ["Heemskerk", 1]]) {
    const is = Number(perGemeente.get(gemeente) ?? 0);
    const side = is === aim ? "gelijk aan" : is > aim ? "boven" : "onder";
    await tile(tab, "Beschut werk").locator("div", { hasText: gemeente })
      .getByText(`${is}, ${side} de taakstelling van ${aim}`).waitFor();
  }
  await leave(tab);
});

test("figures.ofAnyDayAsKnownAtAnyMomentStandInTheAddress", async () => {
  const tab = await visitAs("c1", "/cijfers");
  await heading(tab, "Dashboard");
  await tab.locator(".tiles").waitFor();
  assert.equal(await tab.getByText("U ziet niet de stand van nu").count(), 0);
  await tab.getByLabel("Peildatum", { exact: true }).fill("2024-06-30");
  await tab.getByRole("button", { name: "Toon", exact: true }).click();
  await shown(tab, "30 juni 2024");
  const later = await valueIn(tab, "Trajecten per trede");
  await tab.getByLabel("Zoals bekend op").fill("2024-03-01T12:00");
  await tab.getByRole("button", { name: "Toon wat toen bekend was" }).click();
  await tab.getByText(/zoals bekend op 1 mrt 2024, 12:00/).waitFor();
  await tab.waitForFunction((before) => document.querySelectorAll(".tile__value")[3].innerText !== before,
                            later);
  assert.equal(number(await valueIn(tab, "Trajecten per trede")), Number(asked(
    "trajecten", "--op", "2024-06-30", "--bekend-op", "2024-03-01T12:00:00+01:00")[0][0]));
  await look(tab, "dashboard-toen");
  const link = tab.url();
  const values = await tab.locator(".tile__value").allInnerTexts();
  const other = await visitAs("c1", new URL(link).pathname + new URL(link).search);
  await shown(other, "30 juni 2024");
  assert.deepEqual(await other.locator(".tile__value").allInnerTexts(), values);
  await leave(other);
  await tab.getByRole("button", { name: "Naar nu" }).click();
  await tab.waitForURL(`${serving.address}/cijfers`);
  await tab.getByText("U ziet niet de stand van nu").waitFor({ state: "detached" });
  await leave(tab);
});

test("figures.moveWithTheSliderAndNothingJumps", async () => {
  const tab = await visitAs("c1", "/cijfers?op=2024-10-31");
  await shown(tab, "31 oktober 2024");
  await drawn(tab);
  // Those since the page was fetched; what follows on what somebody does is what they asked for.
  await tab.evaluate(() => {
    globalThis.shifts = [];
    new PerformanceObserver((list) => list.getEntries()
      .filter(({ value, hadRecentInput }) => !hadRecentInput && value >= 0.001)  // less is not seen
      .forEach((one) => globalThis.shifts.push(
        { by: one.value, what: one.sources.map(({ node }) => node?.outerHTML?.slice(0, 80)) })))
      .observe({ type: "layout-shift", buffered: true });
  });
  const slider = tab.getByRole("slider", { name: "Peildatum verschuiven" });
  await slider.focus();
  for (const day of ["30 september 2024", "31 augustus 2024", "31 juli 2024"]) {
    await tab.keyboard.press("ArrowLeft");
    await shown(tab, day);
    assert.equal(await slider.getAttribute("aria-valuetext"), day);
  }
  assert.match(tab.url(), /op=2024-07-31/);
  assert.deepEqual(await tab.evaluate(() => globalThis.shifts), []);
  await leave(tab);
});

test("figures.haveTheSameInATable", async () => {
  const tab = await visitAs("c1", `/cijfers?op=${kDay}`);
  await shown(tab, "31 oktober 2024");
  await tab.getByText("Aanmeldingen en uitstroom per maand als tabel").click();
  const rows = tab.getByRole("table", { name: "Aanmeldingen en uitstroom per maand" }).locator("tbody tr");
  assert.equal(await rows.count(), 12);
  const [month] = asked("aanmeldingen", "--van", "2024-09-01", "--tm", "2024-09-30");
  assert.match(await rows.nth(10).innerText(), new RegExp(`^sep 2024\\s+${month[0]}\\s`));
  const words = await tab.getByRole("img", { name: /^Trajecten per trede, / }).getAttribute("aria-label");
  assert.match(words, /Trede 3 van \d+ naar \d+/);
  await tab.getByText("Beweging tussen treden in 2024 als tabel").click();
  const flows = tab.getByRole("table", { name: "Beweging tussen treden in 2024" }).locator("tbody tr");
  const moved = asked("doorstroom", ...kYear, "--per", "van,naar");
  for (const [from, to, count] of moved.filter((row) => !row.includes("nader_te_bepalen"))) {
    const row = flows.filter({ hasText: new RegExp(`^Trede ${from}\\s*Trede ${to}`) });
    assert.match(await row.innerText(), new RegExp(`\\s${count}$`));
  }
  await look(tab, "dashboard-tabellen");
  await leave(tab);
});

test("figures.followWhatIsRecordedWithoutReloading", async () => {
  const tab = await visitAs("c1", "/cijfers");
  await heading(tab, "Dashboard");
  await tab.locator(".tiles").waitFor();
  const before = number(await valueIn(tab, "Aanmeldingen"));
  const other = await visitAs("m1", "/");
  const status = await other.evaluate(async () => {
    const { csrfToken } = await (await fetch("/v1/sessies/huidige")).json();
    const geldigOp = new Date().toISOString().slice(0, 10);
    const answer = await fetch(`/v1/dossiers/${crypto.randomUUID()}/gebeurtenissen`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": csrfToken,
                 "If-None-Match": "*" },
      body: JSON.stringify({ gebeurtenissen: [
        { soort: "aanmelding", geldigOp,
          attributen: { gemeente: "Velsen", regeling: "participatiewet" } },
        { soort: "werkcoach_toegewezen", geldigOp, attributen: { werkcoach: "wc-001" } }] }) });
    return answer.status;
  });
  assert.equal(status, 201);
  await leave(other);
  await tab.waitForFunction((wanted) => document.querySelectorAll(".tile__value")[1].innerText
    === String(wanted), before + 1);
  await leave(tab);
});

test("figures.areNarrowedByGemeenteAndDoelgroep", async () => {
  const tab = await visitAs("c1", `/cijfers?op=${kDay}`);
  await shown(tab, "31 oktober 2024");
  await tab.getByLabel("Gemeente").selectOption("Velsen");
  await tab.waitForURL(/gemeente=Velsen/);
  const own = Number(asked("trajecten", "--op", kDay, "--waar", "gemeente=Velsen")[0][0]);
  await tab.waitForFunction((wanted) => document.querySelectorAll(".tile__value")[3].innerText
    === String(wanted), own);
  await tile(tab, "Ziekteverzuim").getByText("Dit cijfer is er niet per gemeente").waitFor();
  await look(tab, "dashboard-gemeente");
  await leave(tab);
});

test("figures.ofAnotherGemeenteAreNowhere", async () => {
  const others = ["Beverwijk", "Heemskerk", "Uitgeest"];
  const tab = await visitAs("g1", "/");
  const bodies = [];
  tab.on("response", async (response) => {
    if (!response.url().includes("/v1/") || response.url().includes("/live")) return;
    bodies.push([response.url(), await response.text().catch(() => "")]);
  });
  await tab.goto(`${serving.address}/cijfers?op=${kDay}`);
  await heading(tab, "Dashboard");
  await shown(tab, "31 oktober 2024");
  assert.equal(number(await valueIn(tab, "Trajecten per trede")),
               Number(asked("trajecten", "--op", kDay, "--waar", "gemeente=Velsen")[0][0]));
  await tile(tab, "Ziekteverzuim").getByText("n.v.t.").waitFor();
  // What was agreed with all together is no measure for one of them.
  await tile(tab, "Intakes binnen 4 weken").getByText("Geen norm voor 2024").waitFor();
  assert.equal(await tile(tab, "Uitstroom").getByText(/afspraak/).count(), 0);
  await tile(tab, "Beschut werk").getByText(/taakstelling van 2/).waitFor();
  await look(tab, "dashboard-gemeente-gebruiker");
  await tab.goto(`${serving.address}/cijfers?op=${kDay}&gemeente=Heemskerk`);
  await tab.getByText(/^31 oktober 2024\.$/).waitFor();
  assert.equal(await tab.getByText("n.v.t.", { exact: true }).count(), 6);
  const answers = bodies.filter(([url]) => url.endsWith("/cijfervragen"))
    .map(([, body]) => JSON.parse(body).antwoorden);
  const given = answers.map((all) => all.filter(({ probleem }) => probleem === undefined).length);
  assert.ok(given[0] > 15 && given.at(-1) === 0, `answered: ${given}`);
  for (const [url, body] of bodies) {
    // Which gemeenten there are is no secret; what is counted of them is.
    if (url.endsWith("/codelijsten")) continue;
    for (const name of others) {
      assert.ok(!body.includes(name), `${url} names ${name}`);
    }
  }
  await leave(tab);
});

test("figures.areKeptInSightWhenTheServerIsGone", async () => {
  const tab = await visitAs("c1", `/cijfers?op=${kDay}`);
  await shown(tab, "31 oktober 2024");
  const values = await tab.locator(".tile__value").allInnerTexts();
  await serving.stop();
  await tab.getByLabel("Peildatum", { exact: true }).fill("2024-06-30");
  await tab.getByRole("button", { name: "Toon", exact: true }).click();
  await alert(tab).getByText("De server is niet bereikbaar.").waitFor();
  // What stays is told as the day that it is of, in a file too.
  await shown(tab, "31 oktober 2024");
  const [file] = await Promise.all([tab.waitForEvent("download"),
    tab.getByRole("group", { name: "Meenemen: Dashboard" })
      .getByRole("button", { name: "Opslaan als CSV" }).click()]);
  assert.equal(file.suggestedFilename(), "dashboard-2024-10-31.csv");
  assert.match(readFileSync(await file.path(), "utf8"), /Peildatum;31 oktober 2024\r\n/);
  assert.deepEqual(await tab.locator(".tile__value").allInnerTexts(), values);
  await serving.start();
  await tab.getByRole("button", { name: "Opnieuw proberen" }).click();
  await alert(tab).waitFor({ state: "detached" });
  await leave(tab);
});

test("figures.onASlowConnectionStayThoseOfTheirDay", async () => {
  const tab = await visitAs("c1", "/cijfers?op=2024-10-31");
  await shown(tab, "31 oktober 2024");
  const october = await tab.locator(".tile__value").allInnerTexts();
  const client = await tab.context().newCDPSession(tab);
  await client.send("Network.emulateNetworkConditions", {
    offline: false, latency: 1000, downloadThroughput: 50_000, uploadThroughput: 50_000 });
  await tab.getByRole("slider", { name: "Peildatum verschuiven" }).focus();
  for (let press = 0; press < 3; ++press) await tab.keyboard.press("ArrowLeft");
  await tab.waitForURL(/op=2024-07-31/);
  const busy = tab.locator("[aria-busy=true]", { has: tab.locator(".summary") });
  await busy.waitFor();
  assert.match(await busy.locator(".summary").innerText(), /^31 oktober 2024: /);
  assert.deepEqual(await tab.locator(".tile__value").allInnerTexts(), october);
  await shown(tab, "31 juli 2024");
  assert.equal(number(await valueIn(tab, "Trajecten per trede")),
               Number(asked("trajecten", "--op", "2024-07-31")[0][0]));
  // And a page that has nothing yet says so.
  await tab.reload();
  await tab.getByText("Het dashboard wordt geladen").waitFor();
  await shown(tab, "31 juli 2024");
  await leave(tab);
});

/** The fields of each line of a CSV without line ends in fields; of those that are empty at its end none. */
function fieldsOf(text) {
  return text.replace(/^\uFEFF/, "").trim().split(/\r?\n/).map((line) =>
    line.replace(/;+$/, "").split(";").map((field) => field.replaceAll(/^"|"$/g, "")));
}
/** What LibreOffice finds in a spreadsheet. */
function readSpreadsheet(bytes) {
  const file = join(serving.place, "saved.xlsx");
  writeFileSync(file, bytes);
  const done = spawnSync("soffice", [
    `-env:UserInstallation=file://${join(serving.place, "office")}`, "--headless", "--convert-to",
    "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,false,false", "--outdir", serving.place, file]);
  assert.equal(done.status, 0, String(done.stderr));
  return fieldsOf(readFileSync(join(serving.place, "saved.csv"), "utf8"));
}

test("figures.areTakenAlong", async () => {
  const tab = await visitAs("c1", `/cijfers?op=${kDay}`);
  await shown(tab, "31 oktober 2024");
  await drawn(tab);
  const saved = async (name) => {
    const [file] = await Promise.all([tab.waitForEvent("download"),
                                      tab.getByRole("button", { name, exact: true }).click()]);
    return [file.suggestedFilename(), readFileSync(await file.path())];
  };
  const [csvName, csv] = await saved("Opslaan als CSV");
  assert.equal(csvName, "dashboard-2024-10-31.csv");
  const total = asked("aanmeldingen", ...kYear)[0][0];
  assert.match(csv.toString(), new RegExp(`Aanmeldingen in 2024;;${total}\r\n`));
  assert.match(csv.toString(), /Peildatum;31 oktober 2024\r\n.*\r\nPositie;\d+\r\n/s);
  const [xlsxName, xlsx] = await saved("Opslaan als Excel");
  assert.equal(xlsxName, "dashboard-2024-10-31.xlsx");
  assert.deepEqual(readSpreadsheet(xlsx), fieldsOf(csv.toString().replaceAll(/(\d),(\d)/g, "$1.$2")));
  const [pngName, png] = await saved("Opslaan als afbeelding: Trajecten per trede");
  assert.equal(pngName, "trajecten-per-trede-2024-10-31.png");
  assert.equal(png.toString("latin1", 1, 4), "PNG");
  assert.ok(png.readUInt32BE(16) > 300 && png.readUInt32BE(20) > 400, "too small for a chart");
  await leave(tab);
});

test("figures.leadToWhatIsBehindThem", async () => {
  const tab = await visitAs("c1", `/cijfers?op=${kDay}&gemeente=Velsen`);
  await shown(tab, "31 oktober 2024");
  const count = number(await valueIn(tab, "Uitstroom"));
  await tab.getByRole("link", { name: "Wat zit hierachter? Uitstroom" }).click();
  await heading(tab, "Uitstroom");
  await tab.locator(".figure").waitFor();
  assert.equal(parseInt(await tab.locator(".figure").innerText(), 10), count);
  await tab.goBack();
  await shown(tab, "31 oktober 2024");
  await leave(tab);
});

test("figures.costLittleToFetch", async () => {
  const tab = await visitAs("c1", "/cijfers");
  await drawn(tab);
  const sent = await tab.evaluate(() => performance.getEntriesByType("resource")
    .filter((one) => one.name.endsWith(".js")).reduce((sum, one) => sum + one.encodedBodySize, 0));
  assert.ok(sent > 0 && sent <= 250_000, `${sent} bytes of JavaScript`);
  console.log(`${sent} bytes of JavaScript`);
  await leave(tab);
});
