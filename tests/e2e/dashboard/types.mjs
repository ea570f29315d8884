// The types of what a server answers, from the document that it hands out.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export async function writeTypes(modules, serving, out) {
  const answer = await fetch(`${serving.address}/v1/openapi.json`);
  const document = join(serving.place, "openapi.json");
  writeFileSync(document, await answer.text());
  execFileSync(process.execPath, [join(modules, "node_modules/openapi-typescript/bin/cli.js"),
                                  document, "-o", out], { stdio: "pipe" });
}
