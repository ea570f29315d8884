// A server of this program over a made-up organisation, and users of each kind for it.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export const PASSWORD = "paars varken op wielen";
const GEMEENTEN = "Velsen,Beverwijk,Heemskerk,Uitgeest";
// A test asks for more dossiers in a second than a person does.
const SETTINGS = "[limits]\nrequests_per_second = 1000000\nrequests_at_once = 1000000\n";
const USERS = [
  ["m1", ["--rol", "werkcoach", "--gemeente", GEMEENTEN, "--werkcoach", "wc-001", "--blijvend"]],
  ["m2", ["--rol", "werkcoach", "--gemeente", GEMEENTEN, "--werkcoach", "wc-002", "--blijvend"]],
  ["leeg", ["--rol", "werkcoach", "--gemeente", "Velsen", "--werkcoach", "wc-999"]],
  ["slot", ["--rol", "werkcoach", "--gemeente", "Velsen", "--werkcoach", "wc-998", "--blijvend"]],
  ["a1", ["--rol", "auditor", "--blijvend"]],
  ["c1", ["--rol", "controller", "--blijvend"]],
  ["g1", ["--rol", "gemeente", "--gemeente", "Velsen", "--blijvend"]],
  ["b1", ["--rol", "beheerder", "--blijvend"]],
];

export class Serving {
  constructor(trede) {
    this.trede = trede;
    this.place = mkdtempSync(join(tmpdir(), "trede-dashboard-"));
    this.data = join(this.place, "werk");
    this.listen = "127.0.0.1:0";
    this.config = join(this.place, "trede.toml");
    this.masterKey = join(this.place, "master.key");
    writeFileSync(this.config, `${SETTINGS}[vault]\nkey_file = "${this.masterKey}"\n`);
  }

  run(...words) {
    const done = spawnSync(this.trede, [...words, "--data", this.data], { encoding: "utf8",
                                                                      maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(`${words}: ${done.stderr}`);
    return done.stdout;
  }

  make() {
    this.run("simulate", "--events", "8000", "--from", "2022-01-01", "--until", "2024-12-31");
    this.addUsers();
  }

  /** A log without events. */
  makeEmpty() {
    this.run("init");
    this.addUsers();
  }

  addUsers() {
    this.run("person", "init", "--master-key", this.masterKey);
    for (const [name, words] of USERS) this.addUser(name, ...words);
  }
  /** Their password is PASSWORD. */
  addUser(name, ...words) {
    const file = join(this.place, "password");
    writeFileSync(file, `${PASSWORD}\n`);
    this.run("user", "add", name, ...words, "--password-file", file);
  }

  async start() {
    this.process = spawn(this.trede, ["serve", "--data", this.data, "--listen", this.listen,
                                      "--config", this.config],
                         { stdio: ["ignore", "pipe", "ignore"] });
    this.gone = new Promise((done) => this.process.on("exit", done));
    const line = await Promise.race([
      new Promise((done) => createInterface({ input: this.process.stdout }).once("line", done)),
      this.gone.then(() => { throw new Error("the server ended"); }),
    ]);
    this.address = line.split(" ").pop();
    this.listen = new URL(this.address).host;  // where it comes back after a stop
  }

  async stop() {
    this.process.kill("SIGTERM");
    await this.gone;
  }

  async end() {
    if (this.process?.exitCode === null) await this.stop();
    rmSync(this.place, { recursive: true });
  }
}
