// `dashboard_test.mjs MODULES TREDE SHOTS`: the pages in a browser, on the real server. MODULES is where
// what checks pages is installed; screenshots are left in SHOTS for who wants to look.
import assert from "node:assert/strict";
import { test } from "node:test";

import { alert, focusAt, heading, leave, logIn, rowTexts, rowsOf } from "./browsing.mjs";
import { openPages } from "./pages.mjs";
import { PASSWORD } from "./serving.mjs";

const kDay = "2024-06-30";
const kScriptMax = 250_000;  // compressed, of the first page

const { serving, visit, visitAs, look } = openPages();

test("login.returnsToThePageThatWasAskedFor", async () => {
  const tab = await visit(`/caseload?op=${kDay}&zoek=trede`);
  await heading(tab, "Inloggen");
  await focusAt(tab, "username");
  await look(tab, "inloggen");
  await logIn(tab, "m1");
  await heading(tab, "Mijn caseload");
  assert.equal(tab.url(), `${serving.address}/caseload?op=${kDay}&zoek=trede`);
  assert.equal(await tab.title(), "Caseload · Trede");
  await leave(tab);
});

test("login.neverLeadsElsewhere", async () => {
  for (const naar of ["//elders.example/", "https://elders.example/", "/\\elders.example"]) {
    const tab = await visit(`/inloggen?naar=${encodeURIComponent(naar)}`);
    await logIn(tab, "m1");
    await heading(tab, "Mijn caseload");
    assert.ok(tab.url().startsWith(`${serving.address}/`), tab.url());
    await leave(tab);
  }
});

test("login.saysWhatIsWrong", async () => {
  const tab = await visit("/inloggen");
  await tab.getByRole("button", { name: "Inloggen" }).click();
  await tab.getByText("Vul uw gebruikersnaam in.").waitFor();
  await tab.getByText("Vul uw wachtwoord in.").waitFor();
  await focusAt(tab, "username");
  await look(tab, "inloggen-leeg");
  await logIn(tab, "m1", "verkeerd");
  await alert(tab).getByText("Naam of wachtwoord klopt niet").waitFor();
  assert.equal(await tab.getByLabel("Gebruikersnaam").inputValue(), "m1");
  await look(tab, "inloggen-fout");
  await logIn(tab, "m1");
  await heading(tab, "Mijn caseload");
  await leave(tab);
});

test("login.tellsHowLongToWait", async () => {
  const tab = await visit("/inloggen");
  // On a slow machine a short wait is over before the next attempt; each is longer than the one before.
  const wait = alert(tab).getByText(/Wacht \d+ seconden en probeer het dan opnieuw/);
  for (let turn = 0; turn < 30 && (await wait.count()) === 0; ++turn) {
    const answer = tab.waitForResponse("**/v1/sessies");
    await logIn(tab, "slot", "verkeerd");
    await (await answer).finished();
    await tab.getByRole("button", { name: "Inloggen", exact: true }).waitFor();
  }
  await wait.waitFor();
  await look(tab, "inloggen-wachten");
  await leave(tab);
});

test("password.ofAnotherIsChangedFirst", async () => {
  const tab = await visit("/caseload");
  await logIn(tab, "leeg");
  await heading(tab, "Wachtwoord wijzigen");
  assert.equal(await tab.getByRole("link", { name: "Mijn caseload" }).count(), 0);
  const old = tab.getByLabel("Huidig wachtwoord");
  const fresh = tab.getByLabel("Nieuw wachtwoord", { exact: true });
  const again = tab.getByLabel("Nieuw wachtwoord, nog een keer");
  const button = tab.getByRole("button", { name: "Wachtwoord wijzigen" });
  await old.fill("iets anders dan het was");
  await fresh.fill("kort");
  await again.fill("anders");
  await button.click();
  await tab.getByText("Kies minstens 12 tekens.").waitFor();
  await tab.getByText("Dit is niet hetzelfde").waitFor();
  await look(tab, "wachtwoord-fout");
  await fresh.fill("groene giraf in de regen");
  await again.fill("groene giraf in de regen");
  await button.click();
  await tab.getByText("Dit is niet uw huidige wachtwoord.").waitFor();
  await old.fill(PASSWORD);
  await button.click();
  // Whatever the session becomes, the new password is what lets in.
  await heading(tab, "Mijn caseload");
  await tab.getByRole("heading", { name: /^Geen dossiers op/ }).waitFor();
  await tab.getByText("zodra het aan u (wc-999) is toegewezen").waitFor();
  await look(tab, "caseload-leeg");
  await leave(tab);
});

test("caseload.isFilteredSortedAndSearched", async () => {
  const tab = await visitAs("m1", `/caseload?op=${kDay}`);
  const all = await rowTexts(tab);
  assert.ok(all.length > 5, `${all.length} dossiers`);
  await tab.getByText("U ziet hoe het is op 30 juni 2024").waitFor();
  await look(tab, "caseload");
  // What is late stands on top, in words.
  assert.match(all[0], /dagen te laat|dagen geen contact/);
  const late = all.filter((text) => /\d+ dag(en)? te laat|geen contact/.test(text)
    && !/^.*over \d+ dag/m.test(text)).length;
  assert.ok(late > 0);
  await tab.getByLabel("Aandacht").selectOption("te_laat");
  await tab.waitForFunction((most) => document.querySelectorAll("tbody tr").length < most,
                            all.length);
  assert.match(tab.url(), /aandacht=te_laat/);
  const some = await rowTexts(tab);
  for (const text of some) assert.match(text, /te laat|geen contact/);
  // The address is the view: somebody else's look through it is the same.
  const other = await tab.context().newPage();
  await other.goto(tab.url());
  assert.deepEqual(await rowTexts(other), some);
  await other.close();
  await tab.goBack();
  await tab.waitForFunction((most) => document.querySelectorAll("tbody tr").length === most,
                            all.length);
  const id = (await rowsOf(tab).last().getByRole("link").innerText()).trim();
  await tab.getByLabel("Zoeken", { exact: true }).fill(id);
  await tab.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  await tab.getByText(new RegExp(`^1 van ${all.length} dossiers`)).waitFor();
  assert.ok(!tab.url().includes(id));  // names are sought for too
  await tab.getByLabel("Zoeken", { exact: true }).fill("dit staat nergens");
  await tab.getByText("Geen dossier past bij wat u zoekt en koos.").waitFor();
  await look(tab, "caseload-niets");
  await tab.getByRole("link", { name: "Toon alle dossiers" }).click();
  await tab.getByRole("button", { name: "Dagen daarin" }).click();
  await tab.waitForURL(/sorteer=dagen/);
  const column = tab.getByRole("columnheader", { name: "Dagen daarin" });
  assert.equal(await column.getAttribute("aria-sort"), "descending");
  const cells = await tab.locator("tbody tr > :nth-child(4)").allInnerTexts();
  const numbers = cells.filter((text) => text !== "n.v.t.").map((text) => Number(
    text.replaceAll(".", "")));
  assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a));
  await leave(tab);
});

test("caseload.isThatOfItsDayAndItsWerkcoach", async () => {
  const tab = await visitAs("m1", `/caseload?op=${kDay}`);
  const mine = await rowTexts(tab);
  await tab.getByLabel("Peildatum").fill("2023-06-30");
  await tab.getByRole("button", { name: "Toon", exact: true }).click();
  await tab.getByText("Dossiers op 30 juni 2023").waitFor();
  assert.notDeepEqual(await rowTexts(tab), mine);
  await leave(tab);
  const other = await visitAs("m2", `/caseload?op=${kDay}`);
  const links = (texts) => texts.map((text) => text.slice(0, 8));
  const theirs = links(await rowTexts(other));
  assert.ok(links(mine).every((id) => !theirs.includes(id)));
  await leave(other);
});

test("dossier.tellsItsLife", async () => {
  const tab = await visitAs("m1", `/caseload?op=${kDay}`);
  const first = rowsOf(tab).first();
  const trede = (await first.locator("td").nth(1).innerText()).trim();
  await first.getByRole("link").click();
  await heading(tab, /^Dossier /);
  assert.match(tab.url(), new RegExp(`/dossiers/[0-9a-f-]{36}\\?op=${kDay}$`));
  await tab.getByRole("heading", { name: "Wat er geldt op 30 juni 2024" }).waitFor();
  assert.equal(await tab.locator(".facts dd").first().innerText(), trede);
  await tab.getByRole("img", { name: /^Tijdlijn van/ }).waitFor();
  const bars = await tab.locator("svg .bar").count();
  const periods = tab.getByRole("table", { name: /^Perioden/ }).locator("tbody tr");
  assert.equal(await periods.count(), bars);  // what is drawn is told too
  const events = tab.getByRole("table", { name: /^Gebeurtenissen/ });
  assert.ok(await events.locator("tbody tr").count() > 3);
  assert.match(await events.locator("tbody tr").last().innerText(), /Aanmelding|Dienstverband/);
  assert.match(await events.locator("tbody tr").last().innerText(), /u-\d+/);  // by whom
  await look(tab, "dossier");
  await tab.getByRole("link", { name: "Oudste eerst" }).click();
  await tab.waitForURL(/volgorde=oud/);
  assert.match(await events.locator("tbody tr").first().innerText(), /Aanmelding|Dienstverband/);
  await tab.getByRole("link", { name: "Naar mijn caseload" }).click();
  await heading(tab, "Mijn caseload");
  await leave(tab);
});

test("dossier.isShownAsItWasKnownThen", async () => {
  const tab = await visitAs("m1", `/caseload?op=${kDay}`);
  const now = await rowTexts(tab);
  await rowsOf(tab).first().getByRole("link").click();
  const events = tab.getByRole("table", { name: /^Gebeurtenissen/ }).locator("tbody tr");
  await events.first().waitFor();
  const all = await events.count();
  const first = await events.last().locator("td").nth(3).innerText();
  await tab.getByText("Zoals het eerder bekend was").click();
  await tab.getByLabel("Zoals bekend op").fill("2024-01-01T12:00");
  await tab.getByRole("button", { name: "Toon wat toen bekend was" }).click();
  await tab.getByText("Wat later is vastgelegd, staat er niet bij.").waitFor();
  assert.match(tab.url(), /bekendOp=2024-01-01T11/);
  await tab.waitForFunction((most) => document.querySelectorAll(
    "section[aria-labelledby=alles] tbody tr").length < most
    || document.body.innerText.includes("toen nog niets bekend"), all);
  assert.equal(await tab.getByRole("link", { name: "Iets vastleggen" }).count(), 0);
  await look(tab, "dossier-toen");
  await tab.getByRole("link", { name: "Naar mijn caseload" }).click();
  await tab.getByText("Wat later is vastgelegd, staat er niet bij.").waitFor();
  await look(tab, "caseload-toen");
  assert.notDeepEqual(await rowTexts(tab), now);
  assert.equal(await tab.getByRole("link", { name: /^Draag dossiers over/ }).count(), 0);
  await tab.getByRole("link", { name: "Naar wat nu bekend is" }).click();
  await tab.waitForFunction((most) => document.querySelectorAll("tbody tr").length === most,
                            now.length);
  assert.deepEqual(await rowTexts(tab), now);
  const id = /[0-9a-f]{8}/.exec(now[0])[0];
  const href = await rowsOf(tab).filter({ hasText: id }).getByRole("link").getAttribute("href");
  await tab.goto(`${serving.address}${href}&bekendOp=2000-01-01T12:00:00Z`);
  await tab.getByText("Van dit dossier was toen nog niets bekend.").waitFor();
  assert.ok(first.length > 0);
  await leave(tab);
});

test("dossier.ofAnotherIsRefusedInWords", async () => {
  const other = await visitAs("m2", `/caseload?op=${kDay}`);
  const theirs = await rowsOf(other).first().getByRole("link").getAttribute("href");
  await leave(other);
  const tab = await visitAs("m1", theirs);
  await alert(tab).getByText("U mag dit niet inzien").waitFor();
  await look(tab, "dossier-geweigerd");
  await tab.goto(`${serving.address}/dossiers/11111111-1111-4111-8111-111111111111`);
  await alert(tab).getByText("Dit is er niet.").waitFor();
  await leave(tab);
});

test("keyboard.isEnough", async () => {
  const tab = await visit(`/caseload?op=${kDay}`);
  await heading(tab, "Inloggen");
  const focused = () => tab.evaluate(() => {
    const { outlineStyle, outlineColor } = getComputedStyle(document.activeElement);
    return { text: document.activeElement.textContent.trim(), is: document.activeElement.outerHTML,
             seen: outlineStyle !== "none" && outlineColor !== "rgba(0, 0, 0, 0)" };
  });
  await focusAt(tab, "username");
  await tab.keyboard.type("m1");
  await tab.keyboard.press("Tab");
  await tab.keyboard.type(PASSWORD);
  await tab.keyboard.press("Enter");
  await heading(tab, "Mijn caseload");
  await rowsOf(tab).first().waitFor();
  await tab.evaluate(() => document.activeElement.blur());
  await tab.reload();
  await rowsOf(tab).first().waitFor();
  await tab.keyboard.press("Tab");
  const skip = await focused();
  assert.ok(skip.text === "Naar de inhoud" && skip.seen, skip.is);
  await tab.keyboard.press("Enter");
  assert.equal(await tab.evaluate(() => document.activeElement.id), "inhoud");
  const first = await rowsOf(tab).first().getByRole("link").innerText();
  let at = await focused();
  for (let turn = 0; at.text !== first; ++turn) {
    assert.ok(turn < 40, "the first dossier is out of reach");
    await tab.keyboard.press("Tab");
    at = await focused();
    assert.ok(at.seen, `nothing shows that ${at.is} has the focus`);
  }
  await tab.keyboard.press("Enter");
  await heading(tab, `Dossier ${first}`);
  // Read out, and Tab goes on from here.
  await tab.waitForFunction((name) => document.activeElement.textContent === name,
                            `Dossier ${first}`);
  await leave(tab);
});

test("session.thatEndedIsTakenUpAgain", async () => {
  const tab = await visitAs("m1", `/caseload?op=${kDay}`);
  await tab.getByLabel("Zoeken", { exact: true }).fill("trede");
  await rowsOf(tab).first().waitFor();
  await tab.context().clearCookies();
  await tab.getByLabel("Peildatum").fill("2024-05-31");
  await tab.getByRole("button", { name: "Toon", exact: true }).click();
  await tab.getByText("Uw sessie is beëindigd").waitFor();
  await look(tab, "sessie-voorbij");
  await logIn(tab, "m1");
  await tab.getByText("Dossiers op 31 mei 2024").waitFor();
  assert.equal(await tab.getByLabel("Zoeken", { exact: true }).inputValue(), "trede");
  await leave(tab);
});

test("session.endsWhenOneLeaves", async () => {
  const tab = await visitAs("m1", "/");
  await heading(tab, "Mijn caseload");
  await tab.getByRole("button", { name: "Uitloggen" }).click();
  await heading(tab, "Inloggen");
  assert.equal(await tab.getByText("Uw sessie is beëindigd").count(), 0);
  assert.deepEqual(await tab.context().cookies(), []);
  await tab.goBack();
  await heading(tab, "Inloggen");
  await leave(tab);
});

test("server.thatIsGoneCostsNothing", async () => {
  const tab = await visitAs("m1", `/caseload?op=${kDay}`);
  const known = await rowTexts(tab);
  const other = await visit("/inloggen");
  await heading(other, "Inloggen");
  await serving.stop();
  await tab.getByLabel("Peildatum").fill("2024-05-31");
  await tab.getByRole("button", { name: "Toon", exact: true }).click();
  await alert(tab).getByText(/De server is niet bereikbaar. U ziet wat er om \d\d:\d\d/).waitFor();
  assert.deepEqual(await rowTexts(tab), known);
  await tab.getByText("U ziet hoe het is op 30 juni 2024").waitFor();  // as it still is
  await look(tab, "caseload-server-weg");
  await logIn(other, "m1");
  await alert(other).getByText("De server is niet bereikbaar").waitFor();
  assert.equal(await other.getByLabel("Wachtwoord").inputValue(), PASSWORD);
  await serving.start();
  await tab.getByRole("button", { name: "Opnieuw proberen" }).click();
  await tab.getByText("Dossiers op 31 mei 2024").waitFor();
  assert.equal(await alert(tab).count(), 0);
  await other.getByRole("button", { name: "Inloggen" }).click();
  await heading(other, "Mijn caseload");
  await leave(tab);
  await leave(other);
});

test("roles.beginAtThePageThatIsTheirs", async () => {
  const tab = await visitAs("b1", "/");
  await heading(tab, "Toestand van de server");
  assert.equal(await tab.getByRole("link", { name: "caseload" }).count(), 0);
  assert.equal(await tab.getByRole("link", { name: "Dashboard" }).count(), 0);
  await leave(tab);
});

test("roles.thatSeeAllChooseOne", async () => {
  const tab = await visitAs("a1", `/caseload?op=${kDay}`);
  await tab.getByText("Kies een gemeente of een werkcoach").waitFor();
  await look(tab, "caseloads");
  await tab.getByLabel("Gemeente").selectOption("Velsen");
  for (const text of await rowTexts(tab)) assert.match(text, /Velsen/);
  await tab.getByRole("button", { name: "Werkcoach", exact: true }).waitFor();  // whose it is
  await leave(tab);
});

test("address.thatIsNoneIsSaidInWords", async () => {
  const tab = await visitAs("m1", "/nergens");
  await heading(tab, "Deze pagina is er niet");
  await look(tab, "geen-pagina");
  await tab.getByRole("link", { name: "opnieuw beginnen" }).click();
  await heading(tab, "Mijn caseload");
  const answer = await fetch(`${serving.address}/nergens`, { headers: { Accept: "text/html" } });
  assert.equal(answer.status, 404);
  const problem = await fetch(`${serving.address}/v1/nergens`, { headers: { Accept: "text/html" } });
  assert.equal(problem.headers.get("content-type"), "application/problem+json");
  await leave(tab);
});

test("policy.letsNothingElseRun", async () => {
  const tab = await visit("/inloggen");
  await heading(tab, "Inloggen");
  const ran = await tab.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.smuggled = true";
    document.head.append(script);
    return globalThis.smuggled === true;
  });
  assert.equal(ran, false);
  assert.match(tab.said.join(), /Content Security Policy/);  // and a test that breaks it notices
  await tab.context().close();
});

test("look.seesWhatItLooksFor", async () => {
  const tab = await visit("/inloggen");
  await heading(tab, "Inloggen");
  const put = (tag, width) => tab.evaluate(([name, px]) => {
    document.getElementById("broken")?.remove();
    const broken = document.createElement(name);
    broken.id = "broken";
    broken.style.width = px;
    broken.textContent = "·";
    document.querySelector("main").append(broken);
  }, [tag, width]);
  await put("img", "20px");  // without words
  await assert.rejects(look(tab, "gebroken"), /image-alt/);
  await put("p", "400px");
  await assert.rejects(look(tab, "gebroken"), /too wide for 320/);
  await tab.context().close();
});

test("budget.ofTheFirstPageIsKept", async () => {
  const tab = await visit("/inloggen");
  await heading(tab, "Inloggen");
  const sizes = await tab.evaluate(() => performance.getEntriesByType("resource")
    .filter((one) => one.name.endsWith(".js"))
    .map((one) => ({ sent: one.encodedBodySize, whole: one.decodedBodySize })));
  const sent = sizes.reduce((sum, one) => sum + one.sent, 0);
  assert.ok(sent > 0 && sent <= kScriptMax, `${sent} bytes of JavaScript`);
  assert.ok(sizes.every((one) => one.sent < one.whole), "not compressed");
  console.log(`${sent} bytes of JavaScript`);
  await leave(tab);
});

test("budget.theMenuStaysWhereItIsOnEveryPage", async () => {
  const tab = await visitAs("b1", "/beheer/toestand");
  const places = () => tab.locator(".top__link").evaluateAll(
    (links) => links.map((link) => [link.innerText, link.getBoundingClientRect().toJSON()]));
  const before = await places();
  assert.ok(before.length > 3);
  for (const [words] of before) {
    await tab.locator(".top__link", { hasText: words }).click();
    await tab.locator(".top__link[aria-current]", { hasText: words }).waitFor();
    assert.deepEqual(await places(), before, `on ${words}`);
  }
  await leave(tab);
});

test("budget.nothingJumpsWhileAPageComesIn", async () => {
  const coach = await visitAs("m1", "/caseload");
  const link = await coach.locator("tbody a[href^='/dossiers/']").first().getAttribute("href");
  const [dossier] = link.split("?");
  await leave(coach);
  const quarter = "van=2024-04-01&tm=2024-06-30";
  const PAGES = {
    m1: ["/caseload", "/caseload/overdragen", "/dossiers/nieuw", dossier, `${dossier}/vastleggen`,
         `${dossier}/vastleggen?soort=contactmoment`, `${dossier}/persoon`, "/wachtwoord"],
    c1: ["/cijfers", `/cijfers?op=${kDay}&bekendOp=2024-07-01T00:00:00Z`, "/rapporten",
         `/cijfers/trajecten?op=${kDay}&per=trede`, `/rapporten/kwartaal?${quarter}`,
         `/rapporten/kwartaal/vaststellen?${quarter}`, "/beheer/rapporten"],
    a1: [`/cijfers/trajecten?op=${kDay}&per=trede`, `/cijfers/trajecten?op=${kDay}`, "/controle",
         "/auditspoor", `/rapporten/kwartaal?${quarter}&bekendOp=2024-07-01T00:00:00Z&naast=nu`],
    b1: ["/beheer/toestand", "/beheer/organisatie", "/beheer/invoer", "/beheer/gebruikers",
         "/beheer/gebruikers/m1", "/beheer/gebruiker-toevoegen", "/beheer/tokens",
         "/beheer/token-maken", "/beheer/organisatie/vastleggen?soort=afdeling_ingesteld"],
  };
  const jumps = [];
  for (const [actor, paths] of Object.entries(PAGES)) {
    const tab = await visitAs(actor, "/wachtwoord");
    for (const width of [1280, 768]) {
      await tab.setViewportSize({ width, height: 900 });
      for (const path of paths) {
        await tab.goto(serving.address + path);
        await tab.locator("h1").waitFor();
        await tab.waitForFunction(() => document.querySelector(".waiting, [aria-busy=true]") === null);
        await tab.waitForTimeout(300);  // for what comes after
        const moved = await tab.evaluate(() => new Promise((done) => {
          const found = [];
          const words = (node) => (node?.outerHTML ?? node?.textContent ?? "what is gone").slice(0, 80);
          new PerformanceObserver((list) => found.push(...list.getEntries()
            .filter(({ value }) => value >= 0.001)  // below that nobody sees it
            .flatMap(({ value, sources }) => sources.map(
              ({ node }) => `${value.toFixed(3)} ${words(node)}`))))
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(found), 50);
        }));
        if (moved.length > 0) jumps.push(`${path} for ${actor} at ${width}`, ...moved);
      }
    }
    await leave(tab);
  }
  assert.deepEqual(jumps, []);
});
