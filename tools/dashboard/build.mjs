// `node build.mjs MODULES OUT DOCUMENT`: the pages, checked and built, in OUT/dist, and in
// OUT/embedded.cc as the server has them. MODULES is where `tools/dev setup` installed what
// package.json names; the types of the API (src/api/schema) are made of its DOCUMENT.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync,
         writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const [modules, out, document] = process.argv.slice(2).map((path) => resolve(path));
const SOURCES = ["package.json", "tsconfig.json", "vite.config.mjs", "index.html", "src"];

function end(why) {
  console.error(`The pages cannot be built: ${why}`);
  process.exit(1);
}

// `installed.json` is the lock file of what is there, put beside it when all of it was.
const lock = readFileSync(join(here, "package-lock.json"));
const installed = join(modules, "installed.json");
if (!existsSync(installed) || !lock.equals(readFileSync(installed))) {
  end("their npm packages are not installed, or are others than package-lock.json names. "
    + "`tools/dev setup` installs them.");
}

// What imports a package looks for it in the folders above: sources and packages meet in OUT.
const sources = join(out, "sources");
rmSync(sources, { recursive: true, force: true });
mkdirSync(sources, { recursive: true });
for (const name of SOURCES) cpSync(join(here, name), join(sources, name), { recursive: true });
symlinkSync(join(modules, "node_modules"), join(sources, "node_modules"));

function run(script, ...words) {
  try {
    execFileSync(process.execPath, [join(modules, "node_modules", script), ...words],
                 { cwd: sources, stdio: "pipe" });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ""}${error.stderr ?? ""}`);
    end(`${script} says what is wrong above.`);
  }
}
run("openapi-typescript/bin/cli.js", document, "--output", "src/api/schema.d.ts");
run("typescript/bin/tsc", "--project", "tsconfig.json");
const dist = join(out, "dist");
run("vite/bin/vite.js", "build", "--outDir", dist, "--emptyOutDir", "--logLevel", "warn");

// What is in the pages (not what builds them) is handed out, and so are the terms it comes under.
const terms = Object.entries(JSON.parse(lock).packages)
  .filter(([place, { dev }]) => place !== "" && !dev)
  .map(([place, { version }]) => {
    const files = readdirSync(join(modules, place), { withFileTypes: true })
      .filter((one) => one.isFile() && /^(licen[cs]e|notice)/i.test(one.name))
      .map((one) => one.name);
    if (files.length === 0) end(`${place} says nothing of the terms it comes under.`);
    const texts = files.map((one) => readFileSync(join(modules, place, one), "utf8").trim());
    return `${place.replace("node_modules/", "")} ${version}\n\n${texts.join("\n\n")}\n`;
  });
writeFileSync(join(dist, "licenties.txt"), terms.join(`\n${"=".repeat(80)}\n\n`));

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8",
                css: "text/css; charset=utf-8", svg: "image/svg+xml",
                txt: "text/plain; charset=utf-8" };
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(dist, join(entry.parentPath ?? entry.path, entry.name))).sort();

function array(name, bytes) {
  return `constexpr unsigned char ${name}[] = {${[...bytes].join(",")}};\n`;
}

let arrays = "";
let rows = "";
files.forEach((file, n) => {
  const type = TYPES[file.split(".").pop()];
  if (type === undefined) end(`${file} is of a kind that build.mjs does not know.`);
  const bytes = readFileSync(join(dist, file));
  arrays += array(`kWhole${n}`, bytes);
  arrays += array(`kGzip${n}`, gzipSync(bytes, { level: 9 }));
  const tag = createHash("sha256").update(bytes).digest("hex").slice(0, 20);
  rows += `    {"/${file}", "${type}", "${tag}", text(kWhole${n}), text(kGzip${n})},\n`;
});
const places = Object.keys(JSON.parse(readFileSync(join(here, "src/places.json"), "utf8")));
writeFileSync(join(out, "embedded.cc"), `// Made by tools/dashboard/build.mjs.
#include "tools/server/pages/embedded.h"

namespace trede::server {
namespace {
${arrays}
template <std::size_t N>
std::string_view text(const unsigned char (&bytes)[N]) {
  return {reinterpret_cast<const char*>(bytes), N};
}
}  // namespace

std::vector<PageFile> embedded_pages() {
  return {
${rows}  };
}

std::vector<std::string_view> embedded_places() {
  return {${places.map((one) => JSON.stringify(one)).join(", ")}};
}

}  // namespace trede::server
`);
