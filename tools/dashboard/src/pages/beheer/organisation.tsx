// The organisation itself: what was recorded of it, and what of that counts.
import { changed, goTo, ownAddress } from "../../address";
import type { Codelijsten, Gebeurtenis, Maat, Maten, Sessie, Soort, Tijdlijn } from "../../api/client";
import { today } from "../../figures/view";
import { Done, tellDone } from "../../parts/done";
import { Choice } from "../../parts/field";
import { AnswerNotice, Waiting } from "../../parts/notice";
import { Rows, type Column } from "../../parts/rows";
import type { PageProps } from "../../places";
import { EventForm } from "../../record/event_form";
import { firstValues, givenValues } from "../../record/form_values";
import { kindTitle } from "../../record/kinds";
import { organisationText } from "../../record/organisation_values";
import { statusWords } from "../../record/replacing";
import { kOrganisation, streamPage, streamPath } from "../../record/recording";
import { useAnswer } from "../../use_answer";
import { capital, count, longDay, moment, shortDay, wordsOf } from "../../words";

const kPage = streamPage(kOrganisation);
const kTimeline = `${streamPath(kOrganisation)}/tijdlijn`;
// Reports are laid down from the report itself.
const kElsewhere = new Set(["rapport_vastgesteld"]);
const kMost = 300;

export function OrganisationPage({ session, address, onEnded }: PageProps) {
  const line = useAnswer<Tijdlijn>(kTimeline, onEnded);
  const codes = useAnswer<Codelijsten>("/v1/codelijsten", onEnded);
  const measures = useAnswer<Maten>("/v1/maten", onEnded);
  const maten = measures.value?.maten ?? [];
  // Without the names that the codes and measures have the page does, but it does not change later.
  const isComing = line.value === null ? line.isWaiting
    : [codes, measures].some((one) => one.value === null && one.isWaiting);
  const kind = address.query.get("soort") ?? "";
  const all = line.value?.gebeurtenissen ?? [];
  const kinds = [...new Set(all.map(soortOf(all)))].sort();
  const shown = [...all].reverse().filter((one) => kind === "" || soortOf(all)(one) === kind);
  const theirs = kindsOf(session, codes.value);
  return (
    <>
      <h1 tabIndex={-1}>De organisatie</h1>
      <p>
        Gemeenten die meedoen, afdelingen, afspraken, taakstellingen, benchmarks en bedragen: elk vanaf een
        dag, en met wie het vastlegde. Cijfers en rapporten worden hieraan gehouden.
      </p>
      <Done />
      <AnswerNotice answered={line} />
      {isComing && <Waiting what="De organisatie" />}
      {!isComing && theirs.length > 0 && (
        <section aria-labelledby="vastleggen">
          <h2 id="vastleggen">Vastleggen</h2>
          <Kinds soorten={theirs} />
        </section>
      )}
      {!isComing && line.value !== null && (
        <section aria-labelledby="alles">
          <h2 id="alles">Alles wat is vastgelegd</h2>
          <div class="narrow">
            <Choice label="Soort" value={kind}
                    options={[["", "Alle"], ...kinds.map((one) => [one, kindTitle(one)] as const)]}
                    onChoice={(soort) => goTo(changed(address, { soort }))} />
          </div>
          <p role="status">
            {count(shown.length, "gebeurtenis", "gebeurtenissen")}, de nieuwste eerst
            {shown.length > kMost && `; de eerste ${kMost} staan hieronder, kies een soort voor de rest`}.
          </p>
          {shown.length > 0 && (
            <Rows caption="Van de organisatie" columns={columnsFor(session, all, maten)}
                  rows={shown.slice(0, kMost)} rowKey={(one) => one.eventId}
                  rowClass={(one) => (one.ingetrokken || one.gecorrigeerdDoor ? "row--gone" : "")} />
          )}
        </section>
      )}
    </>
  );
}

function Kinds({ soorten }: { soorten: readonly Soort[] }) {
  return (
    <ul class="running">
      {soorten.map(({ code }) => (
        <li key={code}>
          <a class="utrecht-link" href={`${kPage}/vastleggen?soort=${code}`}>{kindTitle(code)}</a>
        </li>
      ))}
    </ul>
  );
}

/** Of a correctie or intrekking: the kind of what it is about. */
function soortOf(all: readonly Gebeurtenis[]): (event: Gebeurtenis) => string {
  const byId = new Map(all.map((one) => [one.eventId, one]));
  return (event) => byId.get(event.vervangt ?? "")?.soort ?? event.soort;
}

function kindsOf(session: Sessie, codes: Codelijsten | null) {
  return (codes?.soorten ?? []).filter(({ code, stream }) => stream === "organisatie"
    && session.soorten.includes(code) && !kElsewhere.has(code));
}

function columnsFor(session: Sessie, all: readonly Gebeurtenis[], maten: readonly Maat[]): Column<Gebeurtenis>[] {
  const kindOf = soortOf(all);
  const words = (one: Gebeurtenis) => organisationText(kindOf(one), one.attributen, maten);
  const isTheirs = (one: Gebeurtenis) => one.ingetrokken !== true && session.soorten.includes(one.soort)
    && !kElsewhere.has(one.soort);
  const mending: Column<Gebeurtenis> = {
    key: "recht", title: "Rechtzetten", show: (one) => (isTheirs(one) ? <Mending event={one} about={words(one)} /> : "") };
  return [
    { key: "wat", title: "Wat", show: (one) => capital(wordsOf(one.soort)) },
    { key: "dag", title: "Geldig op", isShort: true,
      show: (one) => (one.geldigOp === undefined ? "n.v.t." : shortDay(one.geldigOp)) },
    { key: "meer", title: "Bijzonderheden", show: (one) => words(one) || "Geen" },
    { key: "vast", title: "Vastgelegd op", isShort: true, show: (one) => moment(one.vastgelegdOp ?? "") },
    { key: "door", title: "Door", isShort: true, show: (one) => one.actor },
    { key: "stand", title: "Stand", show: (one) => statusWords(one, all) },
    ...(all.some(isTheirs) ? [mending] : []),
  ];
}

function Mending({ event, about }: { event: Gebeurtenis; about: string }) {
  const to = (what: string) => `${kPage}/${what}?gebeurtenis=${event.eventId}`;
  return (
    <span class="mending">
      <a class="utrecht-link" href={to("corrigeren")} aria-label={`Corrigeren: ${about}`}>Corrigeren</a>{" "}
      <a class="utrecht-link" href={to("intrekken")} aria-label={`Intrekken: ${about}`}>Intrekken</a>
    </span>
  );
}

export function RecordOrganisationPage({ session, address, onEnded }: PageProps) {
  const kind = address.query.get("soort") ?? "";
  const line = useAnswer<Tijdlijn>(kTimeline, onEnded);
  const codes = useAnswer<Codelijsten>("/v1/codelijsten", onEnded);
  const theirs = kindsOf(session, codes.value);
  const soort = theirs.find(({ code }) => code === kind);
  // Opened at something elsewhere: with that filled in, and back to it afterwards.
  const from = ownAddress(address.query.get("naar") ?? kPage);
  const given = soort === undefined ? {} : givenValues(soort, address.query);
  return (
    <>
      <p class="back">
        <a class="utrecht-link" href={from}>
          {from.startsWith("/rapporten/") ? "Naar het rapport" : "Naar de organisatie"}
        </a>
      </p>
      <h1 tabIndex={-1}>{kind === "" ? "Wat wilt u vastleggen?" : kindTitle(kind)}</h1>
      <AnswerNotice answered={line.refusal === null && !line.isAway ? codes : line} />
      {(line.value === null || codes.value === null) && line.isWaiting && <Waiting what="Het formulier" />}
      {codes.value !== null && kind === "" && <Kinds soorten={theirs} />}
      {codes.value !== null && kind !== "" && soort === undefined && <p>Dit kan hier niet worden vastgelegd, of niet door u.</p>}
      {line.value !== null && codes.value !== null && soort !== undefined && (
        <EventForm session={session} dossier={kOrganisation} version={line.value.versie} soort={soort}
                   codes={codes.value} possibility={null}
                   first={{ ...firstValues(soort, null, today()), ...given }}
                   subject={Object.values(given).join(" ")} onEnded={onEnded}
                   onRecorded={(what) => {
                     tellDone(`Vastgelegd: ${kindTitle(kind)}, ${longDay(
                       what.gebeurtenissen[0]?.geldigOp ?? today())}.`);
                     goTo(from);
                   }} />
      )}
    </>
  );
}
