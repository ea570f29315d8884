// From what was recorded of a dossier to what held and when: the events that count, and periods
// drawn on a line. The rules are those of proto/README.md; what runs on a day the server says
// itself, and a test holds the two together.
import type { Gebeurtenis } from "./api/client";

/** An event with what counts now: its own day and attributes, or those of its correctie. */
export interface Acting {
  soort: string;
  day: string;
  attributes: Readonly<Record<string, string>>;
  position: number;
  recorded: string; // the moment at which what counts became known
}

/** Those that count, of the whole timeline of a dossier. */
export function actingEvents(events: readonly Gebeurtenis[]): Acting[] {
  const byPosition = new Map(events.map((event) => [event.positie, event]));
  const out: Acting[] = [];
  for (const event of events) {
    if (event.soort === "correctie" || event.soort === "intrekking") continue;
    if (event.ingetrokken === true) continue;
    const mended = event.gecorrigeerdDoor;
    const counts = mended === undefined ? event : byPosition.get(mended);
    if (counts === undefined) throw new Error(`correctie ${mended} is not in the timeline`);
    if (counts.geldigOp === undefined || counts.vastgelegdOp === undefined) continue;
    out.push({ soort: event.soort, day: counts.geldigOp, attributes: counts.attributen,
               position: Number(event.positie), recorded: counts.vastgelegdOp });
  }
  return out;
}

export interface Period {
  lane: string; // what it is drawn with: re-integratie, voorziening, ...
  what: string; // `aangemeld`, `trede`, `voorziening`, ...
  code: string; // of it: the trede, the kind of voorziening
  name: string; // what the organisation calls it
  key: string; // tells several that run at once apart
  from: string;
  to: string | null; // the first day on which it no longer holds; null = it runs
}

// The order in which they act within a day (proto/README.md).
const kOrder = [
  "aanmelding", "intake_gestart", "intake", "niet_gestart", "traject_start", "trede_doorstroom",
  "gemeente_gewijzigd", "doelgroep_gewijzigd", "werkcoach_toegewezen", "contactmoment",
  "abc_meting", "taalniveautoets", "indicatie", "diagnose_start", "diagnose_einde",
  "oponthoud_start", "oponthoud_einde", "voorziening_start", "voorziening_einde", "maatregel",
  "maatregel_herzien", "ontheffing_beoordeeld", "dienstverband_start", "dienstverband_gewijzigd",
  "plaatsing", "plaatsing_einde", "ziekmelding", "verzuim_gewijzigd", "herstelmelding",
  "verlof_start", "verlof_einde", "uitstroom", "dienstverband_einde",
];
const kEnds: Readonly<Record<string, string>> = {
  diagnose_einde: "diagnose",
  oponthoud_einde: "oponthoud",
  voorziening_einde: "voorziening",
  plaatsing_einde: "plaatsing",
  herstelmelding: "verzuim",
  verlof_einde: "verlof",
  dienstverband_einde: "dienstverband",
};
const kEndOrder = Object.keys(kEnds);
const kPhases = ["aangemeld", "wacht_op_start", "trede"];
const kOfTraject = new Set(["parttime_werk", "werkervaringsplaats"]);

class Folding {
  readonly periods: Period[] = [];
  private day = "";

  /** Those of one day, in their order. */
  actOn(day: string, events: readonly Acting[]): void {
    this.day = day;
    const rank = (event: Acting) => kOrder.indexOf(event.soort);
    const inOrder = (a: Acting, b: Acting) => rank(a) - rank(b) || a.position - b.position;
    const before = new Set(this.periods.filter((one) => one.to === null));
    const first: Acting[] = [];
    const last: Acting[] = [];
    const rest: Acting[] = [];
    for (const event of [...events].sort((a, b) => a.position - b.position)) {
      const what = kEnds[event.soort];
      if (what === undefined) {
        rest.push(event);
        continue;
      }
      const target = [...before].find((one) => one.what === what && one.key === keyOf(event));
      if (target !== undefined) before.delete(target);
      (target !== undefined ? first : last).push(event);
    }
    const ends = (a: Acting, b: Acting) =>
      kEndOrder.indexOf(a.soort) - kEndOrder.indexOf(b.soort) || a.position - b.position;
    for (const event of first.sort(ends)) this.act(event);
    for (const event of rest.sort(inOrder)) this.act(event);
    for (const event of last.sort(ends)) this.act(event);
  }

  private open(lane: string, what: string, code = "", name = "", key = ""): void {
    this.periods.push({ lane, what, code, name, key, from: this.day, to: null });
  }
  private close(matches: (period: Period) => boolean): void {
    for (const period of this.periods) {
      if (period.to === null && matches(period)) period.to = this.day;
    }
  }
  private closeWhat(what: string, key = ""): void {
    this.close((one) => one.what === what && one.key === key);
  }
  private closePhase(): void {
    this.close((one) => kPhases.includes(one.what));
  }
  private closeTraject(): void {
    this.closePhase();
    this.close((one) => one.what === "diagnose" || one.what === "oponthoud");
    this.close((one) => one.what === "voorziening" && !["map", "project"].includes(one.code));
    this.close((one) => one.what === "plaatsing" && kOfTraject.has(one.code));
  }

  private act(event: Acting): void {
    const of = (name: string) => event.attributes[name] ?? "";
    switch (event.soort) {
      case "aanmelding": this.open("re_integratie", "aangemeld"); break;
      case "intake":
        this.closePhase();
        if (of("uitkomst") === "positief") this.open("re_integratie", "wacht_op_start");
        else this.closeWhat("diagnose");
        break;
      case "niet_gestart":
        this.closePhase();
        this.closeWhat("diagnose");
        break;
      case "traject_start":
        this.closePhase();
        this.open("re_integratie", "trede", of("trede"));
        break;
      case "trede_doorstroom":
        this.closeWhat("trede");
        this.open("re_integratie", "trede", of("naar"));
        break;
      case "uitstroom": this.closeTraject(); break;
      case "diagnose_start": this.open("diagnose", "diagnose"); break;
      case "oponthoud_start": this.open("oponthoud", "oponthoud", of("reden")); break;
      case "voorziening_start":
        this.open("voorziening", "voorziening", of("voorziening"), of("naam"), keyOf(event));
        break;
      case "plaatsing":
        this.open("plaatsing", "plaatsing", of("plaatsing"), "", keyOf(event));
        break;
      case "dienstverband_start":
        this.open("dienstverband", "dienstverband", of("dienstverband"));
        break;
      case "dienstverband_einde":
        this.close((one) => ["dienstverband", "verlof", "verzuim"].includes(one.what));
        this.close((one) => one.what === "plaatsing" && one.code === "detachering");
        break;
      case "ziekmelding": this.open("verzuim", "verzuim"); break;
      case "verlof_start":
        this.closeWhat("verzuim");
        this.open("verlof", "verlof");
        break;
      default: {
        const ended = kEnds[event.soort];
        if (ended !== undefined) this.closeWhat(ended, keyOf(event));
      }
    }
  }
}

function keyOf(event: Acting): string {
  const isMarked = event.soort.startsWith("voorziening") || event.soort.startsWith("plaatsing");
  return isMarked ? (event.attributes["kenmerk"] ?? "1") : "";
}

/** The periods of a dossier, in the order in which they began. */
export function periodsOf(events: readonly Acting[]): Period[] {
  const byDay = new Map<string, Acting[]>();
  for (const event of events) {
    const there = byDay.get(event.day);
    if (there === undefined) byDay.set(event.day, [event]);
    else there.push(event);
  }
  const folding = new Folding();
  for (const day of [...byDay.keys()].sort()) folding.actOn(day, byDay.get(day) ?? []);
  return folding.periods;
}
