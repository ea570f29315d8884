// `first_run_test.mjs MODULES TREDE SHOTS`: a server without anything in it, and what it takes to
// have something to look at.
import assert from "node:assert/strict";
import { test } from "node:test";

import { heading, leave, rowsOf } from "./browsing.mjs";
import { openPages } from "./pages.mjs";

const { serving, visit, visitAs, look } = openPages((serving) => serving.makeEmpty());

test("empty.isExplainedOnEachPage", async () => {
  for (const [actor, path, name] of [["m1", "/caseload", "Mijn caseload"],
                                     ["c1", "/cijfers", "Dashboard"]]) {
    const tab = await visitAs(actor, path);
    await heading(tab, name);
    await tab.getByText("Er is nog niets vastgelegd, dus deze pagina is leeg.").waitFor();
    assert.equal(await tab.getByRole("button", { name: "Laad de voorbeeldorganisatie" }).count(), 0);
    await look(tab, `leeg-${actor}`);
    await leave(tab);
  }
});

test("example.isLoadedWithOneButtonAndOnlyOnce", async () => {
  const tab = await visitAs("b1", "/");
  await heading(tab, "Toestand van de server");
  await look(tab, "leeg-beheerder");
  await tab.getByRole("button", { name: "Laad de voorbeeldorganisatie" }).dblclick();
  await tab.getByText(/^Het voorbeeld is geladen: 1\d\.\d{3} gebeurtenissen\.$/).waitFor();
  assert.equal(await tab.getByText("Er is nog niets vastgelegd").count(), 0);
  await look(tab, "voorbeeld-geladen");
  await leave(tab);
  const coach = await visitAs("m1", "/");
  await heading(coach, "Mijn caseload");
  await rowsOf(coach).first().waitFor();
  await leave(coach);
  const controller = await visitAs("c1", "/");
  await heading(controller, "Dashboard");
  await controller.locator(".chart__place canvas").first().waitFor();
  await look(controller, "dashboard-voorbeeld");
  await leave(controller);
});

test("accessibility.isToldToWhoeverAsks", async () => {
  const tab = await visit("/inloggen");
  await heading(tab, "Inloggen");
  await tab.getByRole("link", { name: "Toegankelijkheid" }).click();
  await heading(tab, "Toegankelijkheid");
  await look(tab, "toegankelijkheid");
  await leave(tab);
  const terms = await fetch(`${serving.address}/licenties.txt`);
  const text = await terms.text();
  for (const name of ["preact", "echarts", "zrender", "@utrecht/button-css"]) {
    assert.ok(text.includes(`${name} `), `${name} is in the pages, and its terms are not told`);
  }
});
